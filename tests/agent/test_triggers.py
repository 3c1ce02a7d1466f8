"""Triggers: what each event starts and ends, by the scenes that we ship; and what a wrong trigger is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.triggers import Triggers
from domain.errors import Unreadable
from domain.event import Event
from domain.journey import Trigger, cause_id
from domain.span import read_span, write_span
from policies.book import Book
from policies.document import PLAYBOOK as PLAYBOOK_FOLDER
from policies.document import compose_playbook, read_data, read_playbook

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
CASES: Any = read_data((Path(__file__).parent / "triggers.yaml").read_text(encoding="utf-8"), "triggers.yaml")
PLAYBOOK = read_playbook()
TRIGGERS = Triggers(PLAYBOOK.scenes, TOKYO)


def event_of(given: dict[str, Any], **more: Any) -> Event:
    said = {"message_id": "m", "type": "track", "customer_id": "anna", "at": NOON, "received_at": NOON}
    return Event.model_validate({**said, **given, **more})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["event"]["name"])
def test_an_event_starts_and_ends_what_the_examples_say(case: dict[str, Any]) -> None:
    starts, cancels = TRIGGERS.effects(event_of(case["event"]))
    assert {one.scene: one.cause for one in starts} == case.get("starts", {})
    assert {one.scene: one.reason for one in cancels} == case.get("ends", {})


def test_every_use_case_of_the_founding_list_starts_by_itself() -> None:
    started = {scene.id for scene in PLAYBOOK.scenes if scene.trigger is not None}
    assert started >= {
        "cart_abandonment",
        "browse_abandonment",
        "welcome",
        "post_purchase",
        "replenishment",
        "winback",
        "store_visit",
        "rainy_day",
        "birthday",
        "points_expiring",
        "lead_nurture",
        "onboarding",
        "plan_review",
    }


def test_the_same_cause_has_the_same_id_and_nobody_in_it() -> None:
    given = {"name": "Product Added", "properties": {"cart_id": "c1", "product_id": "coat"}}
    (first,), (again,) = (TRIGGERS.effects(event_of(given, message_id=one)).starts for one in ("m1", "m2"))
    assert first.id == again.id == cause_id("cart_abandonment", "anna", "cart_id:c1")
    assert "anna" not in first.id and "c1" not in first.id
    (other,) = TRIGGERS.effects(event_of(given, customer_id="hana")).starts
    assert other.id != first.id


def test_a_run_waits_from_its_event_and_ends_when_it_is_no_longer_worth_saying() -> None:
    given = {"name": "Product Added", "properties": {"cart_id": "c", "products": [{"product_id": "a"}, {"sku": "b"}]}}
    (due,) = TRIGGERS.effects(event_of(given)).starts
    assert (due.at, due.until) == (NOON + timedelta(hours=1), NOON + timedelta(hours=25))
    assert due.about == ("a", "b") and due.moment.cart is not None
    assert [item.offer for item in due.moment.cart.items] == ["a", "b"] and due.moment.cart.left_at == NOON


def test_a_book_keeps_its_triggers_word_for_word() -> None:
    book = Book(1, PLAYBOOK)
    assert Book.from_document(1, book.to_document()).scenes == book.scenes


@pytest.mark.parametrize("written", ["30m", "1h", "36h", "3d", "2w", "45s"])
def test_a_span_reads_as_it_is_written(written: str) -> None:
    assert read_span(write_span(read_span(written))) == read_span(written)
    trigger = Trigger.model_validate({"starts": [{"event": "carted"}], "wait": written})
    assert Trigger.model_validate_json(trigger.model_dump_json()) == trigger


SCENE = "id: trial\nname: {ja: 試し, en: Trial}\ncard: {ja: 試しです。, en: A trial.}\ntrigger:\n"
HOUSE = (PLAYBOOK_FOLDER / "house.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("  starts: [{event: orderd}]\n", 5, "Did you mean 'ordered'?"),
        ("  starts: [{event: carted}]\n  moot: [orderd]\n", 6, "Did you mean 'ordered'?"),
        ("  starts: [{event: carted}]\n  wait: 1 hour\n", 6, "30m, 1h, 3d or 2w"),
        ("  starts: [{event: carted}]\n  wait: 900d\n", 6, "at most 400 days"),
        ("  starts: [{event: carted}]\n  keep: 1h\n", 6, "Did you mean 'keeps'?"),
        ("  starts: [{event: carted, fact: points_expire}]\n", 5, "exactly one of event, fact, month, habit, stage"),
        ("  starts: []\n", 4, "may not be empty"),
        ("  starts: [{stage: [at_rsk]}]\n", 5, "Did you mean 'at_risk'?"),
        ("  starts: [{month: birth_month, before: 3d}]\n", 5, "before goes with fact or habit"),
        ("  starts: [{event: carted}]\n  value: 0\n", 6, "must be more than 0"),
        ("  starts: [{event: carted}]\n  channels: [fax]\n", 6, "fax"),
        ("  starts: [{event: carted, where: {value: {at_lest: 3}}}]\n", 5, "at_lest"),
    ],
)
def test_a_mistake_in_a_trigger_is_named_with_its_line_and_what_to_write(written: str, line: int, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        compose_playbook(HOUSE, {"trial.yaml": SCENE + written})
    (told,) = refused.value.problems
    assert told.startswith(f"trial.yaml, line {line}: ") and said in told
