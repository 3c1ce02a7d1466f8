"""Suites: every case is met, there are enough of them, and a miss is noticed."""

from pathlib import Path

import pytest

from domain.channel import Channel
from domain.decision import Decision, Explanation, Hold, Reason
from domain.message import Message, OfferLine
from evals.run import data_of, main
from evals.suite import load_suites, shortfalls
from tools.imports.entries import Expectation

SAID = Decision(
    decision_id="d",
    outcome="message",
    message=Message(
        channel=Channel.EMAIL, language="en", subject="Hello", text="Tea", offer=OfferLine(id="tea", kind="product")
    ),
    explanation=Explanation(summary="x"),
    policy_version=1,
)
HELD = Decision(
    decision_id="d",
    outcome="hold",
    hold=Hold(reasons=(Reason(rule="r", type="consent", text="no"),)),
    explanation=Explanation(summary="x"),
    policy_version=1,
)


def test_there_are_at_least_25_cases_with_must_and_must_not() -> None:
    cases = [case for suite in load_suites().values() for case in suite.cases]
    wanted = [case.metadata for case in cases if case.metadata is not None]
    assert len(cases) >= 25
    assert sum(bool(one.outcome or one.says or one.hold) for one in wanted) >= 25
    assert sum(bool(one.never or one.not_offers) for one in wanted) >= 10


def test_every_case_about_the_department_store_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    names = [name for name in load_suites() if data_of(name) == "department_store"]
    assert main(names) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("decision", "expected", "missed"),
    [
        (SAID, {"outcome": "message", "channel": "email", "offer": "tea", "language": "en", "says": ["Tea"]}, []),
        (SAID, {"outcome": "hold"}, ["outcome is 'message', not 'hold'"]),
        (SAID, {"channel": "push"}, ["channel is <Channel.EMAIL: 'email'>, not <Channel.PUSH: 'push'>"]),
        (SAID, {"says": ["Coffee"]}, ["'Coffee' is not said"]),
        (SAID, {"never": ["Hello"]}, ["'Hello' is said"]),
        (SAID, {"not_offers": ["tea"]}, ["offer 'tea' must not be made"]),
        (HELD, {"hold": "consent"}, []),
        (HELD, {"hold": "quiet_hours"}, ["no reason of type 'quiet_hours' among ['consent']"]),
        (HELD, {"retry_at": "2026-11-24T00:00:00Z"}, ["retry_at is None, not datetime"]),
    ],
)
def test_a_miss_is_named(decision: Decision, expected: dict[str, object], missed: list[str]) -> None:
    found = shortfalls(Expectation.model_validate(expected), decision)
    assert len(found) == len(missed)
    assert all(said.startswith(wanted) for said, wanted in zip(found, missed, strict=True))


def test_a_suite_that_is_missed_fails_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = "{name: wrong, inputs: {customer: {id: s-001}, channels: [app], dry_run: true}, metadata: {outcome: hold}}"
    (tmp_path / "wrong.yaml").write_text(f"name: wrong\nevaluators: [Meets]\ncases: [{case}]\n", encoding="utf-8")
    monkeypatch.setattr("evals.run.load_suites", lambda: load_suites(tmp_path))
    assert main(["wrong"]) == 1
