"""Volumes, budgets, exclusivity and approval at the commit: exactly as much as there is, on both databases."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from agent.conductor import new_id
from agent.evidence import Public
from agent.reckoning import first_id, reckon, reckon_ahead
from agent.rulebook import put_in_force
from agent.verification import replay, verify
from domain.decision import Decision
from domain.language import Text
from domain.offer import Offer
from domain.past_price import PastPrice
from policies.book import Book
from records import book as versions
from records import catalogue, consents, profiles, tallies
from records.connection import Connection
from records.idempotency import Slot
from records.outcome import Stored
from tests.agent.stage import ANNA, CONSENTED, Scenery, question, run, word
from tests.clock import START

PEOPLE = 64
ONLY = ("coffee", "coat", "fair", "too-cheap")

COUPON = Offer(
    id="coupon",
    kind="coupon",
    name=Text(ja="お買い物クーポン", en="Shopping coupon"),
    category="food",
    discount_amount=Decimal(50),
    list_price=Decimal(1000),
    price=Decimal(950),
    price_history=(PastPrice.model_validate({"price": 1000, "from": "2026-09-01"}),),
    currency="JPY",
    url="https://shop.example.com/coupon",
    facts={"word": Text(ja="お買い物", en="shopping"), "target": Text(ja="お買い物", en="shopping")},
)


def rule(type: str, id: str, **fields: object) -> dict[str, object]:
    """A rule as the book keeps it."""
    return {"type": type, "id": id, "name": {"ja": id, "en": id}, **fields}


VOLUME = rule("volume_cap", "ten_in_all", max=10, per="total")
BUDGET = rule("budget", "five_hundred_yen", amount="500", currency="JPY", per="month")
CLASH = rule(
    "exclusivity",
    "coffee_or_coat",
    groups=[
        {"name": {"en": "coffee"}, "offers": ["coffee"]},
        {"name": {"en": "coat"}, "offers": ["coat"]},
    ],
    window={"kind": "rolling", "unit": "day", "length": 90},
)


def put(stage: Scenery, *rules: dict[str, object]) -> None:
    """The house rules and these in force."""
    book, _ = stage.parts.shelf.load()
    document = json.loads(book.to_document())
    document["rules"] += rules
    stage.write(lambda c: versions.add(c, json.dumps(document), "Author", "Approver", "more rules", START))


def crowd(stage: Scenery, *offers: Offer) -> None:
    """Many customers who agreed to everything, and no offers but these."""
    people = [ANNA.model_copy(update={"id": f"p-{number}"}) for number in range(PEOPLE)]

    def write(c: Connection) -> None:
        profiles.upsert(c, people, START)
        consents.append(c, [word(one.id, topic, True) for one in people for topic in CONSENTED])
        if offers:
            for id in ONLY:
                catalogue.remove(c, id)
            catalogue.upsert(c, list(offers), START)

    stage.write(write)


def all_at_once(stage: Scenery, channels: str = "app", **more: object) -> list[Decision]:
    """One ask for each of the crowd, at the same time."""

    async def ask() -> list[Decision]:
        asks = [question(f"p-{number}", channels, deadline_ms=60_000, **more) for number in range(PEOPLE)]
        answers = await asyncio.gather(*(stage.parts.conductor.next_message(one, language="en") for one in asks))
        return [answer.decision for answer in answers]

    return run(ask())


def messages(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that say something."""
    return [decision for decision in decisions if decision.outcome == "message"]


def stored(stage: Scenery, decision: Decision) -> Stored:
    """What was kept of a decision."""
    stores = stage.parts.stores
    return stores.read(lambda c: stores.decisions.get(c, decision.decision_id))


@pytest.mark.parametrize(("counted", "channels"), [(VOLUME, "push"), (BUDGET, "email")], ids=["volume", "budget"])
def test_of_64_asks_at_once_exactly_ten_get_what_is_there_for_ten(
    stage_on_both: Scenery, counted: dict[str, object], channels: str
) -> None:
    put(stage_on_both, counted)
    crowd(stage_on_both, *([COUPON] if counted is BUDGET else []))
    decisions = all_at_once(stage_on_both, channels)
    sent = messages(decisions)
    holds = [decision.hold for decision in decisions if decision.hold]
    assert len(sent) == 10 and len(holds) == 54
    assert all(counted["id"] in {reason.rule for reason in hold.reasons} for hold in holds)
    stores = stage_on_both.parts.stores
    for decision in decisions:
        assert verify(stores, decision.decision_id).ok, verify(stores, decision.decision_id).findings
        again = replay(stores, decision.decision_id)
        assert again.same, again.differences


def test_what_was_not_sent_is_there_for_somebody_else(stage_on_both: Scenery) -> None:
    put(stage_on_both, {**VOLUME, "max": 1})
    crowd(stage_on_both)
    first = stage_on_both.ask("p-0", "push")
    assert first.outcome == "message" and stage_on_both.ask("p-1", "push").outcome == "hold"
    assert run(stage_on_both.parts.delivery.release(first.decision_id, "the device is gone"))
    assert not run(stage_on_both.parts.delivery.release(first.decision_id, "again"))
    second = stage_on_both.ask("p-1", "push")
    assert second.outcome == "message" and stage_on_both.ask("p-2", "push").outcome == "hold"
    handed = run(stage_on_both.parts.delivery.deliver(first.decision_id, language="en"))
    assert handed.hold and handed.hold.reasons[0].type == "released"


def test_a_delivery_does_not_use_up_its_own_volume(stage_on_both: Scenery) -> None:
    put(stage_on_both, {**VOLUME, "max": 1})
    crowd(stage_on_both)
    decision = stage_on_both.ask("p-0", "push")
    for _ in range(2):
        handed = run(stage_on_both.parts.delivery.deliver(decision.decision_id, language="en"))
        assert handed.outcome == "message"
    assert stage_on_both.ask("p-1", "push").outcome == "hold"


def test_an_answer_that_is_repeated_does_not_stand_in_its_own_way(stage_on_both: Scenery) -> None:
    put(stage_on_both, {**VOLUME, "max": 1})
    crowd(stage_on_both)
    slot = Slot("key-1", "order-17", "hash-of-body")
    work = stage_on_both.parts.conductor.next_message
    answers = [run(work(question("p-0", "push"), language="en", slot=slot)) for _ in range(2)]
    assert [answer.replayed for answer in answers] == [False, True]
    assert answers[0].decision == answers[1].decision and answers[0].decision.outcome == "message"


def test_a_new_day_has_a_volume_of_its_own(stage: Scenery) -> None:
    put(stage, {**VOLUME, "max": 1, "per": "day"})
    crowd(stage)
    assert stage.ask("p-0", "push").outcome == "message"
    hold = stage.ask("p-1", "push").hold
    assert hold and hold.retry_at
    stage.clock.set(hold.retry_at - timedelta(seconds=1))
    assert stage.ask("p-1", "push").outcome == "hold"
    stage.clock.set(hold.retry_at)
    assert stage.ask("p-1", "push").outcome == "message"


def test_a_record_keeps_the_tallies_it_was_judged_on(stage: Scenery) -> None:
    put(stage, VOLUME)
    crowd(stage)
    first, second = stage.ask("p-0", "push"), stage.ask("p-1", "push")
    kept = [Public.model_validate_json(stored(stage, decision).public) for decision in (first, second)]
    assert [one.tallies for one in kept] == [{}, {"ten_in_all|total": Decimal(1)}]


def test_a_record_says_nothing_of_tallies_where_no_rule_counts(stage: Scenery) -> None:
    assert "tallies" not in stored(stage, stage.ask("anna", "push")).public


def test_a_window_of_ninety_days_reads_ninety_days(stage: Scenery) -> None:
    """Coffee today forbids the coat for as long as the rule says, though contacts are usually read for five weeks."""
    put(stage, CLASH)
    stage.write(lambda c: [catalogue.remove(c, one) for one in ("coat", "fair", "too-cheap")])
    assert stage.ask("anna", "push").outcome == "message"
    coat = Offer(
        id="coat",
        kind="product",
        name=Text(en="Wool coat"),
        category="fashion",
        url="https://shop.example.com/coat",
        facts={"word": Text(en="wool coat")},
    )
    stage.write(lambda c: catalogue.upsert(c, [coat], START))
    stage.write(lambda c: catalogue.remove(c, "coffee"))
    stage.clock.set(START + timedelta(days=80))
    hold = stage.ask("anna", "push").hold
    assert hold and {reason.rule for reason in hold.reasons} == {"coffee_or_coat"}
    stage.clock.set(START + timedelta(days=91))
    assert stage.ask("anna", "push").outcome == "message"


def test_a_book_that_looks_back_further_is_heeded_by_the_very_next_ask(stage: Scenery) -> None:
    cap = rule("frequency_cap", "once_in_200_days", max=1, window={"kind": "rolling", "unit": "day", "length": 200})
    assert stage.ask("anna", "push").outcome == "message"
    stage.clock.set(START + timedelta(days=100))
    put(stage, cap)
    hold = stage.ask("anna", "push").hold
    assert hold and hold.reasons[0].rule == "once_in_200_days"
    assert hold.retry_at == START + timedelta(days=200)


def test_what_needs_approval_is_held_until_somebody_can_give_it(stage: Scenery) -> None:
    decision = stage.ask("anna", "push")
    put(stage, rule("approval", "all_by_hand", scope={"channels": ["push", "email", "line"]}))
    hold = stage.ask("hana", "line email").hold
    assert hold and [reason.type for reason in hold.reasons] == ["approval"] and hold.retry_at is None
    handed = run(stage.parts.delivery.deliver(decision.decision_id, language="en"))
    assert handed.hold and "all_by_hand" in {reason.rule for reason in handed.hold.reasons}


def test_a_share_for_review_is_drawn_once_for_each_decision(stage: Scenery) -> None:
    put(stage, rule("sample_review", "half_by_hand", share=0.5))
    crowd(stage)
    decisions = all_at_once(stage)
    holds = [decision.hold for decision in decisions if decision.hold]
    assert 16 <= len(holds) <= 48
    assert {reason.type for hold in holds for reason in hold.reasons} == {"approval"}
    for decision in decisions:
        assert verify(stage.parts.stores, decision.decision_id).ok
        assert replay(stage.parts.stores, decision.decision_id).same
    for decision in messages(decisions)[:3]:
        assert run(stage.parts.delivery.deliver(decision.decision_id, language="en")).outcome == "message"


def test_a_race_for_one_customer_replays_too(stage_on_both: Scenery) -> None:
    async def ask() -> list[Decision]:
        asks = [question("anna", channels, deadline_ms=60_000) for channels in ("push", "email", "line") * 6]
        answers = await asyncio.gather(
            *(stage_on_both.parts.conductor.next_message(one, language="en") for one in asks)
        )
        return [answer.decision for answer in answers]

    for decision in run(ask()):
        again = replay(stage_on_both.parts.stores, decision.decision_id)
        assert again.same, again.differences
        assert verify(stage_on_both.parts.stores, decision.decision_id).ok


def test_the_house_rules_count_nothing_for_the_whole_house(stage: Scenery) -> None:
    """What ships needs no tally, so that no ask pays for one."""
    book, _ = stage.parts.shelf.load()
    assert not book.counts


def test_a_new_rule_has_counted_what_went_out_before_it(stage_on_both: Scenery) -> None:
    crowd(stage_on_both)
    first = [stage_on_both.ask(f"p-{number}", "push") for number in range(4)]
    run(stage_on_both.parts.delivery.release(first[0].decision_id, "the device is gone"))
    stage_on_both.ask("p-5", "app")
    five = {**VOLUME, "max": 5}

    def enact(*rules: dict[str, object]) -> int:
        before, _ = stage_on_both.parts.shelf.load()
        document = json.loads(before.to_document())
        document["rules"] = [one for one in document["rules"] if one["id"] != VOLUME["id"]] + list(rules)
        stores = stage_on_both.parts.stores

        def write(c: Connection) -> int:
            version = versions.add(c, json.dumps(document), "Author", "Approver", "more rules", START)
            return reckon(c, stores, Book.from_document(version, json.dumps(document)), before)

        return stores.write(write)

    assert enact(five) == 3
    assert enact(five) == 0, "nothing is counted anew where the rule stays as it was"
    assert len(messages([stage_on_both.ask(f"p-{number}", "push") for number in range(10, 15)])) == 2
    assert enact({**five, "max": 6}) == 0
    assert len(messages([stage_on_both.ask(f"p-{number}", "push") for number in range(20, 25)])) == 1
    assert enact({**five, "per": "day", "max": 7}) == 6
    assert len(messages([stage_on_both.ask(f"p-{number}", "push") for number in range(30, 35)])) == 1


def test_what_happens_while_a_new_rule_is_counted_ahead_is_counted_too(stage_on_both: Scenery) -> None:
    crowd(stage_on_both)
    stores = stage_on_both.parts.stores
    before, _ = stage_on_both.parts.shelf.load()
    document = json.loads(before.to_document())
    document["rules"].append({**VOLUME, "max": 5})
    book = Book.from_document(before.version + 1, json.dumps(document))
    early = [stage_on_both.ask(f"p-{number}", "push") for number in range(3)]
    ahead = reckon_ahead(stores, book, before)
    assert ahead and ahead.rules == {VOLUME["id"]}
    for decision in early[:2]:
        run(stage_on_both.parts.delivery.deliver(decision.decision_id, language="en"))
    run(stage_on_both.parts.delivery.release(early[0].decision_id, "the device is gone"))
    stage_on_both.ask("p-10", "push")

    def enact(c: Connection) -> int:
        versions.add(c, json.dumps(document), "Author", "Approver", "a volume", START)
        return reckon(c, stores, book, before, ahead)

    assert stores.write(enact) == 3
    assert stores.read(tallies.standing) == {"ten_in_all|total": Decimal(3)}
    assert len(messages([stage_on_both.ask(f"p-{number}", "push") for number in range(20, 25)])) == 2
    assert reckon_ahead(stores, book, book) is None


def test_ids_of_decisions_begin_with_their_time() -> None:
    assert (
        first_id(START)
        < new_id(START)
        < first_id(START + timedelta(milliseconds=1))
        < new_id(START + timedelta(days=9))
    )


def test_a_rule_that_is_approved_has_counted_already(stage: Scenery) -> None:
    crowd(stage)
    for number in range(3):
        stage.ask(f"p-{number}", "push")
    book, _ = stage.parts.shelf.load()
    document = json.loads(book.to_document())
    document["rules"].append({**VOLUME, "max": 4})
    playbook = Book.from_document(0, json.dumps(document)).playbook
    put_in_force(stage.parts.stores, playbook, "Author", "Approver", "a volume", START)
    assert len(messages([stage.ask(f"p-{number}", "push") for number in range(20, 25)])) == 1


def test_a_list_costs_what_all_its_coupons_cost(stage: Scenery) -> None:
    put(stage, {**BUDGET, "amount": "149"})
    several = [COUPON.model_copy(update={"id": f"coupon-{number}"}) for number in range(3)]
    crowd(stage, *several)
    both = stage.ask("p-0", "app", placement={"id": "list", "items": 2})
    assert both.message and len(both.message.items) == 2
    assert set(stage.parts.stores.read(tallies.standing).values()) == {Decimal(100)}
    assert stage.ask("p-1", "app", placement={"id": "list", "items": 2}).outcome == "hold"
    handed = run(stage.parts.delivery.deliver(both.decision_id, language="en"))
    assert handed.outcome == "message" and verify(stage.parts.stores, both.decision_id).ok
    assert set(stage.parts.stores.read(tallies.standing).values()) == {Decimal(100)}
