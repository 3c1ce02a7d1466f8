"""The contest: which of several scenes speaks, by examples that a marketer can read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.contest import Contest
from domain.customer import Customer, Record
from domain.journey import Due, cause_id
from domain.span import read_span
from policies.book import Book
from policies.document import read_data, read_playbook
from policies.facts import HERE
from policies.rules.priority import Priority
from records.lately import Rate
from records.run import Run

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
CASES: Any = read_data((Path(__file__).parent / "contests.yaml").read_text(encoding="utf-8"), "contests.yaml")
PLAYBOOK = read_playbook()
ANNA = Record(customer=Customer(id="anna", country="JP", timezone="Asia/Tokyo"))


def run_of(scene: str, keeps: str) -> Run:
    """A run whose time has come."""
    due = Due(
        id=cause_id(scene, "anna", "day"),
        customer_id="anna",
        scene=scene,
        cause="day",
        at=NOON,
        until=NOON + read_span(keeps),
        since=NOON,
        created_at=NOON,
    )
    return Run(due, "waiting", 0, 0, None, None, NOON)


def contest(case: dict[str, Any]) -> Contest:
    rules = PLAYBOOK.rules
    if "priority" in case:
        rules = (*rules, Priority.model_validate({"id": "order", "name": {"en": "Order"}, "scenes": case["priority"]}))
    rates = {scene: Rate(*both) for scene, both in case.get("rates", {}).items()}
    return Contest(Book(1, PLAYBOOK.model_copy(update={"rules": rules})), HERE, ANNA, NOON, rates)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_best_one_goes_first(case: dict[str, Any]) -> None:
    held = contest(case)
    runs = [run_of(scene, keeps) for scene, keeps in case["due"].items()]
    assert all(map(held.takes_part, runs))
    assert [run.due.scene for run in sorted(runs, key=held.rank)] == case["order"]


def test_service_and_what_does_not_start_by_itself_take_no_part() -> None:
    held = contest({})
    assert not held.takes_part(run_of("service_recovery", "1d"))
    assert not held.takes_part(run_of("newsletter", "1d")) and not held.takes_part(run_of("gone", "1d"))
