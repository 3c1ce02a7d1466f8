"""A suite: cases as YAML, each an ask with what its answer must and must not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from domain.decision import Ask, Decision
from domain.message import Message
from tools.imports.entries import Expectation
from tools.imports.sample import load_asks

FOLDER = Path(__file__).parent / "suites"


Suite = Dataset[Ask, Decision, Expectation]


@dataclass(repr=False)
class Meets(Evaluator[Ask, Decision, Expectation]):
    """One verdict a case: met, or the first thing that was not."""

    def evaluate(self, ctx: EvaluatorContext[Ask, Decision, Expectation]) -> Mapping[str, EvaluationReason]:
        """Compares the decision with the expectation, must and must-not alike."""
        missed = shortfalls(ctx.metadata or Expectation(), ctx.output)
        return {"met": EvaluationReason(not missed, "; ".join(missed) or None)}


def shortfalls(expected: Expectation, decision: Decision) -> list[str]:
    """Every way in which the decision misses the expectation, each in one phrase."""
    message = decision.message
    found: dict[str, object] = {
        "outcome": decision.outcome,
        "channel": message.channel if message else None,
        "offer": message.offer.id if message and message.offer else None,
        "language": message.language if message else None,
        "retry_at": decision.hold.retry_at if decision.hold else None,
    }
    missed = [
        f"{name} is {found[name]!r}, not {wanted!r}"
        for name in found
        if (wanted := getattr(expected, name)) is not None and found[name] != wanted
    ]
    if found["offer"] in expected.not_offers:
        missed.append(f"offer {found['offer']!r} must not be made")
    types = [reason.type for reason in decision.hold.reasons] if decision.hold else []
    if expected.hold is not None and expected.hold not in types:
        missed.append(f"no reason of type {expected.hold!r} among {types}")
    return missed + wording(expected, message)


def wording(expected: Expectation, message: Message | None) -> list[str]:
    """What the words lack, and what they say although they must not."""
    text = "\n".join(part for _, part in message.words()) if message else ""
    missed = [f"{phrase!r} is not said" for phrase in expected.says if phrase not in text]
    return missed + [f"{phrase!r} is said" for phrase in expected.never if phrase in text]


def load_suites(folder: Path = FOLDER) -> dict[str, Suite]:
    """Every suite of the folder by name, and the sample's own asks as the suite `stories`."""
    paths = sorted(folder.glob("*.yaml"))
    suites = {path.stem: Suite.from_file(path, custom_evaluator_types=[Meets]) for path in paths}
    return {"stories": stories(), **suites}


def stories() -> Suite:
    """The asks that come with the sample, at their own time."""
    cases = [Case(name=one.name, inputs=one.ask, metadata=one.expect) for one in load_asks()]
    return Suite(name="stories", cases=cases, evaluators=[Meets()])
