"""May this copy be sent for this offer? One line of copy_blind.jsonl is one answer of a trial with the house pack."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agent.trial import TrialRequest, trial
from tests.policies.examples import HOME

pytestmark = pytest.mark.no_cover

LINES = Path(__file__).parent / "cases" / "copy_blind.jsonl"
AT = "2026-11-25T11:00:00+09:00"


def examples() -> list[Any]:
    """Every line, by its id."""
    lines = LINES.read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", examples())
def test_copy_is_tried_as_a_tester_would(case: dict[str, Any]) -> None:
    language, copy = case["language"], case["copy"]
    asked = {
        "directives": [case["directive"]] if case["directive"] else [],
        "language": language,
        "packs": ["house"],
        "stations": ["inspect"],
        "customer": {"language": language, **case.get("customer", {})},
        "action": {"channel": copy["channel"], "at": AT, "offer": case["offer"]},
        "copy": copy,
    }
    told = trial(TrialRequest.model_validate(asked), HOME, datetime.fromisoformat(AT), language)
    assert told.verdict == case["verdict"], (case["why"], copy, told)
