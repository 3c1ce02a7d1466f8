"""What thinking buys: the same cases decided as usual and by a model that deliberates, side by side.

With TACT_LLM_BASE_URL set, that model thinks; without it a stand-in does that weighs interests and channels by a fixed
rule, so that the figures show the machinery and its price. What thinking is worth only your own model can show.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev
from time import perf_counter

from rich.console import Console
from rich.table import Table

from agent import rulebook
from agent.graph import Through, through_graph
from agent.instruments import Instruments
from agent.parts import Parts, build_parts
from agent.settings import Settings
from agent.state import Walk
from domain.clock import ShiftedClock
from domain.decision import Ask
from evals.rubric import Case, Judged, judged
from evals.run import TIMES, data_of
from evals.stub_model import StubModel
from evals.suite import load_suites
from evals.thinkers import ROGUES, honest, obedient, thinks
from records import profiles
from tools.imports.completejourney import import_completejourney
from tools.imports.sample import import_sample

HOUSEHOLDS, SEED = 150, 20261122
DEADLINE, HURRIED = 20_000, 700
"""Milliseconds for a case: time to think, and less where the model is not to be trusted."""

WHO = ("as usual", "deliberate", "a rogue")
console = Console(width=140)


@dataclass
class Watch:
    """Keeps the walk of the latest ask, for what the decision alone does not say."""

    walk: Walk | None = None

    def __call__(self, instruments: Instruments) -> Through:
        """The walk as it always is, watched."""
        through = through_graph(instruments)

        async def watched(walk: Walk) -> Walk:
            self.walk = await through(walk)
            return self.walk

        return watched


@dataclass(frozen=True, slots=True)
class Row:
    """One way of choosing on one data set."""

    data: str
    who: str
    answers: tuple[Judged, ...]

    def share(self, of: Callable[[Judged], bool | None]) -> float | None:
        """The share of answers of which something holds, among those of which it is known."""
        known = [found for answer in self.answers if (found := of(answer)) is not None]
        return fmean(known) if known else None

    def quantile(self, share: float) -> float:
        """Seconds within which that share of the answers came."""
        ordered = sorted(answer.seconds for answer in self.answers)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def main() -> int:
    """Prints the table; fails where anything that a rule forbids came out."""
    arguments = argparse.ArgumentParser(prog="python -m evals.deliberation", description=__doc__)
    arguments.add_argument("--households", type=int, default=HOUSEHOLDS, help="households drawn for the comparison")
    options = arguments.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="tact-deliberation-") as folder:
        rows += compared("department_store", Path(folder))
        if options.households:
            rows += compared("households", Path(folder), options.households)
    show(rows)
    return 1 if any(answer.violations for row in rows for answer in row.answers) else 0


def compared(data: str, folder: Path, households: int = 0) -> list[Row]:
    """One data set, decided every way; only cases that are answered with a message as usual are compared."""
    watch = Watch()
    with StubModel(thinks(honest), keep_alive=True) as stub:
        own = Settings()
        standing_in = {"llm_base_url": stub.base_url, "llm_model": "stand-in", "llm_concurrency": 4}
        asked = own.model_copy(update={"home": folder / data, **({} if own.llm_base_url else standing_in)})
        clock = ShiftedClock(TIMES[data])
        parts = build_parts(asked, clock=clock, draw=lambda: 0.0, through=watch)
        arrive = import_completejourney if data == "households" else import_sample
        arrive(parts.stores.database, parts.context, parts.instruments.encoder, clock, unshifted=True)
        return asyncio.run(decided(parts, watch, stub, data, cases_of(parts, data, households)))


async def decided(parts: Parts, watch: Watch, stub: StubModel, data: str, cases: Sequence[Case]) -> list[Row]:
    """Every case as usual, then with every scene deliberate, then with models that play by no rules."""
    try:
        usual = [await answer(parts, watch, case, DEADLINE) for case in cases]
        spoken = [case for case, found in zip(cases, usual, strict=True) if found.offer is not None]
        rows = [Row(data, WHO[0], tuple(found for found in usual if found.offer is not None))]
        let_think(parts)
        rows.append(Row(data, WHO[1], tuple([await answer(parts, watch, case, DEADLINE) for case in spoken])))
        if parts.settings.llm_base_url == stub.base_url:
            rows.append(Row(data, WHO[2], tuple([found async for found in tried(parts, watch, stub, spoken)])))
        return rows
    finally:
        await parts.leave()


async def tried(parts: Parts, watch: Watch, stub: StubModel, cases: Sequence[Case]) -> AsyncIterator[Judged]:
    """As many cases as there are ways to break the rules, each with another."""
    # The one that obeys texts is honest where no text tells it anything.
    for place, script in enumerate(script for script, _ in ROGUES.values() if script is not obedient):
        stub.play(thinks(script))
        yield await answer(parts, watch, cases[place % len(cases)], HURRIED)


async def answer(parts: Parts, watch: Watch, case: Case, deadline: int) -> Judged:
    """One case, decided in a dry run and judged."""
    ask, begun = case.ask.model_copy(update={"deadline_ms": deadline}), perf_counter()
    decision = (await parts.conductor.next_message(ask, language="en")).decision
    seconds = perf_counter() - begun
    if watch.walk is None:
        raise ValueError(f"case {case.name!r} was decided without a walk")
    return judged(case, decision, watch.walk, parts, seconds)


def let_think(parts: Parts) -> None:
    """Puts every scene in force as one that deliberates."""
    stores = parts.stores
    playbook = rulebook.playbook_of(stores.read(rulebook.in_force).document)
    scenes = tuple(scene.model_copy(update={"mode": "deliberate"}) for scene in playbook.scenes)
    thinking = playbook.model_copy(update={"scenes": scenes})
    rulebook.put_in_force(stores, thinking, "evaluation", "another", "every scene deliberates", stores.clock.now())


def cases_of(parts: Parts, data: str, households: int) -> list[Case]:
    """The cases of the suites that name a scene, and households drawn with a fixed seed."""
    suites = {name: suite for name, suite in load_suites().items() if data_of(name) == data}
    found = [
        Case(f"{name}: {case.name}", case.inputs, case.metadata)
        for name, suite in suites.items()
        for case in suite.cases
        if case.inputs.scene is not None and case.inputs.dry_run
    ]
    drawn = random.Random(SEED).sample(parts.stores.read(profiles.ids), households) if households else []
    return [*found, *(Case(customer, about(customer)) for customer in drawn)]


def about(customer: str) -> Ask:
    """An ask about a household that opens the app."""
    return Ask.model_validate(
        {"customer": {"id": customer}, "channels": ["app", "web"], "scene": "replenishment", "dry_run": True}
    )


def show(rows: Sequence[Row]) -> None:
    """All figures, and how far thinking differs from the usual on the very same cases."""
    table = Table(title="Deliberate against the usual choice, on the same cases")
    headings = ("data", "who chooses", "cases", "as wanted", "cares", "bought", "otherwise", "violations")
    for heading in (*headings, "calls", "tokens", "p50 ms", "p95 ms"):
        table.add_column(heading, justify="left" if heading in ("data", "who chooses") else "right")
    usual = {(row.data, answer.case): answer for row in rows if row.who == WHO[0] for answer in row.answers}
    for row in rows:
        count = len(row.answers)
        table.add_row(
            row.data,
            row.who,
            str(count),
            shown(row.share(lambda one: one.met)),
            shown(row.share(cares)),
            shown(row.share(was_bought)),
            f"{sum(one.offer != usual[row.data, one.case].offer for one in row.answers) / count:.0%}",
            str(sum(one.violations for one in row.answers)),
            f"{sum(one.calls for one in row.answers) / count:.1f}",
            f"{sum(one.tokens for one in row.answers) / count:,.0f}",
            f"{row.quantile(0.5) * 1e3:.1f}",
            f"{row.quantile(0.95) * 1e3:.1f}",
        )
    console.print(table)
    for row in rows:
        if row.who == WHO[1]:
            for what, of in (("about what they care for", cares), ("bought later", was_bought)):
                console.print(f"{row.data}, {what}: {difference(row, usual, of)}")


def cares(one: Judged) -> bool | None:
    """Whether it is about what the customer cares for."""
    return one.cares


def was_bought(one: Judged) -> bool | None:
    """Whether its category was bought later."""
    return one.bought


def difference(row: Row, usual: dict[tuple[str, str], Judged], of: Callable[[Judged], bool | None]) -> str:
    """The difference on the same cases with its 95 % interval; only what lies outside of it means anything."""
    pairs = [(of(one), of(usual[row.data, one.case])) for one in row.answers]
    gains = [float(new) - float(old) for new, old in pairs if new is not None and old is not None]
    if len(gains) < 2:
        return "nothing to compare"
    mean, half = fmean(gains), 1.96 * stdev(gains) / len(gains) ** 0.5
    return f"{mean * 100:+.1f} points ({(mean - half) * 100:+.1f} to {(mean + half) * 100:+.1f}, {len(gains)} cases)"


def shown(share: float | None) -> str:
    """A share as a table shows it."""
    return "" if share is None else f"{share:.0%}"


if __name__ == "__main__":
    sys.exit(main())
