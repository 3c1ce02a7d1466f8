"""Memories from events: examples that a marketer can read, and what holds for any events."""

import random
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.event import Event
from domain.memory import Distance, Memory
from domain.offer import Offer
from policies.inspection.matters import touches
from tests.attacks import attacks
from tests.clock import START
from tools.distill.distilling import Known, distilled
from tools.distill.vocabulary import Vocabulary, topics

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "memories.yaml").read_text("utf-8"))
CATALOGUE = Path(__file__).parents[3] / "samples" / "department_store" / "offers.yaml"
MOST = 50


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary over the catalogue of the sample."""
    return Vocabulary((Offer.model_validate(one) for one in yaml.safe_load(CATALOGUE.read_text("utf-8"))), touches)


def event(given: dict[str, Any], number: int) -> Event:
    """An event of a case."""
    known = {"type", "name", "ago"}
    return Event(
        message_id=f"m-{number}",
        type=given.get("type", "track"),
        customer_id="c-1",
        at=START - timedelta(days=given["ago"]),
        name=given["name"],
        properties={name: value for name, value in given.items() if name not in known},
    )


def memories(
    events: list[Event], language: str = "ja", kept: tuple[Memory, ...] = (), most: int = MOST
) -> list[Memory]:
    """What one customer with these events is remembered by."""
    return list(distilled([Known("c-1", language, None, events, kept)], vocabulary(), START, most)["c-1"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_events_leave_these_memories(case: dict[str, Any]) -> None:
    events = [event(given, number) for number, given in enumerate(case["events"])]
    found = memories(events)
    assert sorted(one.text for one in found) == sorted(want["text"] for want in case["memories"])
    for want in case["memories"]:
        [one] = [
            one
            for one in found
            if one.text == want["text"] and (one.ended.why if one.ended else None) == want.get("ended")
        ]
        said = {**one.model_dump(mode="json"), "ended": one.ended.why if one.ended else None}
        assert {name: said[name] for name in want if name != "en"} == {n: v for n, v in want.items() if n != "en"}
        if "en" in want:
            assert want["en"] in [other.text for other in memories(events, "en")]


def everything() -> list[Event]:
    """The events of all cases, as if one customer had done it all."""
    return [event(given, number) for number, given in enumerate(one for case in CASES for one in case["events"])]


@pytest.mark.parametrize("most", [MOST, 7])
def test_any_order_and_any_splitting_settles_in_the_same(most: int) -> None:
    events, chance = everything(), random.Random(6)
    whole = memories(events, most=most)
    assert memories(events, kept=tuple(whole), most=most) == whole
    for _ in range(10):
        chance.shuffle(events)
        kept: tuple[Memory, ...] = ()
        cuts = sorted(chance.sample(range(len(events)), 3))
        for upto in (*cuts, len(events)):
            kept = tuple(memories(events[:upto], kept=kept, most=most))
        assert list(kept) == whole


def test_there_is_room_for_few_and_the_nearest_stay() -> None:
    whole, few = memories(everything()), memories(everything(), most=3)
    standing = [one for one in few if one.ended is None]
    assert [one.id for one in standing] == [one.id for one in whole if one.ended is None][:3]
    assert len(few) <= 6 and {one.distance for one in standing} == {Distance.TOLD_US}


def test_what_was_read_before_is_remembered_when_its_event_is_gone() -> None:
    events = [event({"name": "Survey Answered", "ago": 100, "answer": "深煎り"}, 0)]
    kept = memories(events)
    assert memories([], kept=tuple(kept)) == kept
    newer = event({"name": "Survey Answered", "ago": 1, "answer": "浅煎り"}, 1)
    assert [one.word for one in memories([newer], kept=tuple(kept)) if one.ended is None] == ["浅煎り"]


def test_a_memory_by_other_hands_is_taken_as_it_is() -> None:
    told = Memory(
        id="x",
        customer_id="c-1",
        text="深煎りが好き",
        distance=Distance.TOLD_US,
        source="survey",
        at=START,
        topic="coffee",
    )
    assert memories([], kept=(told,)) == [told]


NOTES = ("note", "said", "comment", "text", "question", "answer", "topic", "place", "name", "title", "query")


@pytest.mark.parametrize("name", ["Conversation Noted", "Call Received", "Survey Answered", "Webinar Attended"])
def test_no_word_of_anybody_ever_becomes_copy(name: str) -> None:
    """Attacks wherever people write: what may be named is ours, and what is said of them too."""
    ours = {words.get("ja") for one in topics().values() for words in (one.words, *one.choices.values())}
    ours |= {words.ja for words in (vocabulary().thing(offer, None).word for offer in vocabulary()._offers)}
    for number, attack in enumerate(attacks()):
        for field in NOTES:
            given = {"name": name, "ago": 1, field: attack, "products": [{"name": attack, "category": attack}]}
            for memory in memories([event(given, number)]):
                assert memory.word is None or memory.word in ours
                assert attack not in memory.text and len(memory.text) < 60
                assert memory.topic is None or memory.topic in topics() or memory.topic.startswith("said:")


def test_attacks_in_reviews_and_pages_leave_no_word() -> None:
    for number, attack in enumerate(attacks()):
        events = [
            event({"name": "Product Reviewed", "ago": 1, "product_id": "iron-pan-26", "body": attack}, number),
            event({"name": "Page Viewed", "ago": 1, "title": attack, "path": f"/{number}"}, number + 10_000),
            event({"name": "Products Searched", "ago": 1, "query": attack}, number + 20_000),
        ]
        assert all(memory.word is None and attack not in memory.text for memory in memories(events))
