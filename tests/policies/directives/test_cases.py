"""Every line of cases/ is a directive of a marketer, with what it must mean in some situations, edges included.

`still` says that one which is clear to its author is asked about so far: never wrong, but not yet understood.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agent.trial import TrialRequest, trial
from domain.language import Language
from policies.facts import Home

pytestmark = pytest.mark.no_cover

CASES = Path(__file__).parent / "cases"
NOW = datetime.fromisoformat("2026-11-22T09:00:00+09:00")
SITUATION = ("customer", "action", "history", "copy")


def cases() -> list[Any]:
    """Every directive of every file."""
    found = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found.append(pytest.param(case, id=case["id"]))
    return found


@pytest.mark.parametrize("case", cases())
def test_a_directive_means_what_its_author_meant(case: dict[str, Any]) -> None:
    language: Language = case["language"]
    reading = asked(case, {}, language)
    statuses = {clause.status for clause in reading.clauses}
    got = "refuse" if "refuse" in statuses else "ask" if "ask" in statuses else "understood"
    told = [(clause.status, clause.text, clause.question) for clause in reading.clauses]
    assert got in (case["expect"], case.get("still")), told
    for probe in case["probes"] if got == "understood" else ():
        verdict = asked(case, {key: probe[key] for key in SITUATION if key in probe}, language).verdict
        assert verdict == probe["verdict"], probe


@pytest.mark.parametrize("case", cases())
def test_every_letter_lies_in_exactly_one_clause(case: dict[str, Any]) -> None:
    text = case["directive"]
    seen: set[int] = set()
    for clause in asked(case, {}, case["language"]).clauses:
        assert text[clause.start : clause.end] == clause.text
        assert not seen & set(range(clause.start, clause.end))
        seen.update(range(clause.start, clause.end))
        assert (clause.question is None) == (clause.status == "understood")
        assert clause.status == "understood" or not clause.rules
        assert clause.status != "understood" or clause.rules or clause.assumptions
    assert [sign for place, sign in enumerate(text) if sign.isalnum() and place not in seen] == []


def asked(case: dict[str, Any], situation: dict[str, Any], language: Language) -> Any:
    """What the service answers, with only this directive in force."""
    request = {"directives": [case["directive"]], "language": language, **situation}
    return trial(TrialRequest.model_validate(request), Home(), NOW, language)
