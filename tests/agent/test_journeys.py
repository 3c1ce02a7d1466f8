"""Journeys: from an event to a message in the outbox, or to the reason why there is none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from agent import looking
from agent.endings import said_of
from agent.outgoing import Outgoing
from agent.stores import Stores
from domain.channel import Channel
from domain.features import Features
from domain.stop import Stop
from records import due, outbox, profiles, stops
from records.merging import merge
from records.outbox import Entry
from records.statement import Statement, prepare
from tests.agent.journeying import Walks
from tests.agent.stage import ANNA, Scenery, run
from tests.agent.test_review import in_review


@pytest.fixture
def walks(stage_on_both: Scenery) -> Walks:
    """The stage on both databases."""
    return Walks(stage_on_both)


@pytest.fixture
def walk(stage: Scenery) -> Walks:
    """The stage on SQLite, for what no database decides."""
    return Walks(stage)


def test_a_cart_waits_an_hour_and_becomes_one_message(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")
    id = walks.only("cart_abandonment").due.id
    assert walks.carry(id) == "early"
    walks.later(hours=1)
    assert walks.carry(id) == "message"
    (entry,) = walks.box()
    ended = walks.only("cart_abandonment")
    assert (ended.state, ended.reason, ended.decision_id) == ("done", None, entry.decision_id)
    assert (entry.customer_id, entry.scene, entry.due_id) == ("anna", "cart_abandonment", id)
    assert walks.carry(id) == "over" and len(walks.box()) == 1


def test_the_same_event_again_and_events_of_the_same_cart_are_one_run(walks: Walks) -> None:
    for _ in range(3):
        walks.happens("Product Added", id="m", at=walks.now, cart_id="c1", product_id="coffee")
    walks.later(minutes=30)
    walks.happens("product_added", cart_id="c1", product_id="coat")
    found = walks.only("cart_abandonment")
    assert found.due.at == walks.now + timedelta(hours=1), "the wait begins again with the last thing put in"
    walks.happens("Product Added", cart_id="c2", product_id="coat")
    page = walks.stage.parts.stores.read(lambda c: due.page(c, 9, scene="cart_abandonment"))
    assert len(page.items) == 2, "another cart is another cause"


def test_an_order_ends_what_waits_whichever_of_the_two_arrives_first(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")
    walks.later(minutes=5)
    walks.happens("Order Completed", order_id="o1", products=[{"product_id": "coffee"}])
    ended = walks.only("cart_abandonment")
    assert (ended.state, ended.reason) == ("cancelled", "moot:ordered")
    # A phone that was offline sends the older event later: the check looks at what happened since.
    walks.happens("Product Added", at=walks.now - timedelta(minutes=1), cart_id="c2", product_id="coffee")
    late = next(one for one in walks.stage.parts.stores.read(lambda c: due.page(c, 9)).items if "c2" in one.due.cause)
    walks.later(hours=1)
    assert walks.carry(late.due.id) == "over"
    assert walks.stage.parts.stores.read(lambda c: due.get(c, late.due.id)).reason == "moot:ordered"


def test_what_is_taken_out_again_ends_it_and_what_is_put_in_later_revives_it(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(minutes=1)
    walk.happens("Product Removed", cart_id="c1", product_id="coffee")
    assert walk.only("cart_abandonment").reason == "undone:uncarted"
    walk.later(minutes=1)
    walk.happens("Product Added", cart_id="c1", product_id="coat")
    revived = walk.only("cart_abandonment")
    assert (revived.state, revived.reason, revived.wakes) == ("waiting", None, 1)


def test_an_order_takes_a_message_back_that_nobody_has_taken(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")
    walks.later(hours=1)
    assert walks.carry(walks.only("cart_abandonment").due.id) == "message"
    (entry,) = walks.box()
    walks.later(minutes=1)
    walks.happens("Order Completed", order_id="o1")
    assert walks.box() == ()
    (taken_back,) = walks.box("cancelled")
    assert taken_back.reason == "moot:ordered"
    stored = walks.stage.parts.stores.read(lambda c: walks.stage.parts.stores.decisions.get(c, entry.id))
    assert stored.contact is not None and stored.contact.state == "released", "its caps are free again"


def test_a_hold_is_tried_again_when_it_may_change(walk: Walks) -> None:
    walk.stage.clock.set(walk.now.replace(hour=22, minute=30))  # 7:30 in Tokyo, and quiet until eight
    walk.happens("Product Viewed", at=walk.now - timedelta(days=2), product_id="coat")
    walk.happens("Store Visited", store_id="ginza", product_id="coat")
    id = walk.only("store_visit").due.id
    assert walk.carry(id) == "again"
    held = walk.only("store_visit")
    assert (held.state, held.reason, held.attempts) == ("waiting", "held:quiet_hours", 1)
    assert (held.due.at.hour, held.due.at.minute) == (23, 0)
    assert walk.carry(id) == "early" and walk.box() == ()
    walk.stage.clock.set(held.due.at)
    assert walk.carry(id) == "message"
    ways = walk.stage.parts.stores.read(lambda c: walk.stage.parts.stores.decisions.of_customer(c, "anna", 9)).items
    assert [one.outcome for one in ways] == ["message", "hold"]


def test_a_message_for_a_better_hour_waits_in_the_outbox(walk: Walks) -> None:
    walk.stage.clock.set(walk.now.replace(hour=12, minute=30))  # 21:30 in Tokyo
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(hours=1)
    assert walk.carry(walk.only("cart_abandonment").due.id) == "message"
    (entry,) = walk.box()
    assert entry.send_at > walk.now + timedelta(hours=9) and entry.until > entry.send_at


def test_a_hold_that_nothing_changes_ends_with_its_reason(walk: Walks) -> None:
    walk.happens("Webinar Attended", webinar="w1")
    walk.later(hours=20)
    # Nothing in this catalogue is for companies; the web may still ask once there is.
    assert walk.carry(walk.only("lead_nurture").due.id) == "left"
    ended = walk.only("lead_nurture")
    assert (ended.state, ended.reason) == ("done", "held:no_offer") and ended.decision_id is not None


def test_many_at_once_go_to_the_best_one_and_the_others_say_to_whom_they_lost(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")  # value 80, in an hour
    walks.later(minutes=15)
    walks.happens("Onboarding Step Abandoned", step="card")  # value 65, 15 minutes before the cart
    walks.later(minutes=45)
    step, cart = walks.only("onboarding").due.id, walks.only("cart_abandonment").due.id
    assert walks.carry(step) == "early"
    assert walks.only("onboarding").reason == "behind:cart_abandonment"
    assert walks.carry(cart) == "message"
    assert (walks.only("onboarding").state, walks.only("onboarding").reason) == ("cancelled", "lost:cart_abandonment")
    assert len(walks.box()) == 1


def test_what_was_said_within_the_hour_is_what_the_next_one_loses_to(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(hours=1)
    assert walk.carry(walk.only("cart_abandonment").due.id) == "message"
    walk.later(minutes=1)
    walk.happens("Weather Changed", condition="Rain")
    assert walk.carry(walk.only("rainy_day").due.id) == "over"
    assert walk.only("rainy_day").reason == "lost:cart_abandonment"


def test_a_scene_that_pulled_channels_fetch_is_left_for_them(walk: Walks) -> None:
    walk.stage.write(lambda c: profiles.upsert(c, [ANNA.model_copy(update={"id": "nobody"})], walk.now))
    walk.happens("Product Added", "nobody", cart_id="c1", product_id="coffee")
    walk.later(hours=1)
    assert walk.carry(walk.only("cart_abandonment", "nobody").due.id) == "left", "no consent to anything pushed"
    left = walk.box("left")
    assert {one.channel for one in left} == {Channel.APP, Channel.WEB} and all(one.decision_id is None for one in left)
    answer = walk.stage.ask("nobody", "app", scene="cart_abandonment")
    assert answer.outcome == "message"
    walk.stage.write(lambda c: [outbox.handed(c, id, walk.now) for id in outbox.asked_for(c)])
    assert {one.channel for one in walk.box("left")} == {Channel.WEB}


def test_steps_that_run_twice_decide_once(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")
    walks.later(hours=1)
    id, journeys = walks.only("cart_abandonment").due.id, walks.journeys
    assert run(journeys.check(id)) == "go" and run(journeys.check(id)) == "go"
    first, second = run(journeys.conduct(id)), run(journeys.conduct(id))
    # A service that stood still for two days comes back to the same step.
    walks.later(days=2)
    third = run(journeys.conduct(id))
    assert first == second == third and first.decision_id is not None
    assert run(journeys.settle(id, first)) == "message" and run(journeys.settle(id, first)) == "over"
    page = walks.stage.parts.stores.read(lambda c: walks.stage.parts.stores.decisions.of_customer(c, "anna", 9))
    assert len(page.items) == 1 and len(walks.box()) == 1


def test_what_is_too_late_is_not_said(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(days=2)
    assert walk.carry(walk.only("cart_abandonment").due.id) == "over"
    assert walk.only("cart_abandonment").reason == "expired"


def test_old_events_of_an_import_start_nothing(walk: Walks) -> None:
    walk.happens("Product Added", at=walk.now - timedelta(days=30), cart_id="c1", product_id="coffee")
    assert walk.runs() == {}


def test_a_visit_counts_near_something_that_was_viewed(walk: Walks) -> None:
    walk.happens("Store Visited", store_id="ginza", product_id="coat")
    assert walk.carry(walk.only("store_visit").due.id) == "over"
    assert walk.only("store_visit").reason == "unlike:near_viewed"
    walk.happens("Product Viewed", at=walk.now - timedelta(days=2), product_id="coat", category="fashion")
    walk.later(days=1)
    walk.happens("Store Visited", store_id="ginza", product_id="coat")
    newest = walk.stage.parts.stores.read(lambda c: due.page(c, 1, scene="store_visit")).items[0]
    assert walk.carry(newest.due.id) == "message"


def test_the_first_order_welcomes_and_the_second_does_not(walk: Walks) -> None:
    walk.happens("Order Completed", at=walk.now - timedelta(days=40), order_id="o0")
    walk.happens("Order Completed", order_id="o1")
    assert walk.carry(walk.only("welcome").due.id) == "over"
    assert walk.only("welcome").reason == "unlike:first"


def test_a_withdrawal_takes_back_what_waits_on_that_channel(walks: Walks) -> None:
    walks.happens("Product Added", cart_id="c1", product_id="coffee")
    walks.later(hours=1)
    assert walks.carry(walks.only("cart_abandonment").due.id) == "message"
    (entry,) = walks.box()
    other = next(one for one in Channel if one is not entry.channel)
    stores = walks.stage.parts.stores
    assert stores.write(lambda c: outbox.cancel_for(c, "anna", {other}, "withdrawn", walks.now)) == 0
    assert stores.write(lambda c: outbox.cancel_for(c, "anna", {entry.channel}, "withdrawn", walks.now)) == 1
    assert walks.box() == ()


def test_a_scene_that_is_stopped_says_nothing(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    stop = Stop(id="s-1", reason="test", by="m", at=walk.now)
    walk.stage.write(lambda c: stops.add(c, stop))
    walk.later(hours=1)
    walk.carry(walk.only("cart_abandonment").due.id)
    assert walk.only("cart_abandonment").reason == "held:stop" and walk.box() == ()


def test_a_customer_who_is_gone_gets_nothing(walk: Walks) -> None:
    walk.happens("Product Added", "stranger", cart_id="c1", product_id="coffee")
    walk.later(hours=1)
    assert walk.carry(walk.only("cart_abandonment", "stranger").due.id) == "over"
    assert walk.only("cart_abandonment", "stranger").reason == "gone"


def test_who_turns_out_to_be_somebody_is_ended_and_asked_about_as_one_person(walks: Walks) -> None:
    walks.stage.write(lambda c: profiles.upsert(c, [ANNA.model_copy(update={"id": "guest"})], walks.now))
    walks.happens("Product Added", "guest", cart_id="c1", product_id="coffee")
    walks.happens("Product Added", "guest", cart_id="c2", product_id="coat")
    walks.stage.write(lambda c: merge(c, "anna", "guest", kind="link", by="test", now=walks.now))
    walks.later(hours=1)
    first, second = walks.stage.parts.stores.read(lambda c: due.page(c, 9, scene="cart_abandonment")).items
    assert {walks.carry(first.due.id), walks.carry(second.due.id)} <= {"message", "over", "early"}
    (entry,) = walks.box()
    stored = walks.stage.parts.stores.read(lambda c: walks.stage.parts.stores.decisions.get(c, entry.id))
    assert stored.customer_id == "anna", "the consents and caps of the whole person count"
    walks.later(minutes=1)
    walks.happens("Order Completed", "anna", order_id="o1")
    assert walks.box() == ()


def test_an_earlier_order_is_seen_behind_a_thousand_views(walk: Walks) -> None:
    walk.stage.write(lambda c: profiles.upsert(c, [ANNA.model_copy(update={"id": "new"})], walk.now))
    walk.happens("Order Completed", "new", at=walk.now - timedelta(days=40), order_id="o0")
    walk.happens("Product Viewed", "new", at=walk.now - timedelta(days=39), product_id="coat", category="fashion")
    for minute in range(505):
        walk.happens("Search", "new", at=walk.now - timedelta(days=30) + timedelta(minutes=minute), query="tea")
    walk.happens("Order Completed", "new", order_id="o1")
    assert walk.carry(walk.only("welcome", "new").due.id) == "over"
    assert walk.only("welcome", "new").reason == "unlike:first"
    walk.happens("Store Visited", "new", store_id="ginza", product_id="coat")
    visit = walk.only("store_visit", "new")
    assert walk.stage.parts.stores.read(lambda c: looking.is_near(c, visit))


def test_who_ordered_before_any_event_is_not_welcomed(walk: Walks) -> None:
    def known(orders: int) -> str | None:
        walk.stage.write(lambda c: profiles.save_features(c, [("anna", Features(orders=orders))], walk.now))
        run = walk.only("welcome")
        return "unlike" if not walk.stage.parts.stores.read(lambda c: looking.is_first(c, run)) else None

    walk.happens("Order Completed", order_id="o1")
    assert known(13) == "unlike", "twelve came as a household's purchases"
    assert known(1) is None, "this one alone"


def test_the_own_limit_holds_for_later_tries_and_counts_what_waits_for_a_person(walk: Walks) -> None:
    for category, product in (("fashion", "coat"), ("food", "coffee")):
        walk.happens("Product Viewed", category=category, product_id=product)
    stores = walk.stage.parts.stores
    mine, other = stores.read(lambda c: due.page(c, 9, customer_id="anna", scene="browse_abandonment")).items
    book = run(walk.stage.parts.instruments.pool.run(walk.stage.parts.shelf.load))[0]
    entry = Entry(
        "d-1", "d-1", "anna", Channel.EMAIL, other.due.scene, other.due.id, "ready",
        walk.now, walk.now + timedelta(days=1), 0, "held:approval", walk.now, walk.now,
    )  # fmt: skip

    def over(attempts: int) -> str | None:
        again = replace(mine, attempts=attempts)
        triggers = walk.journeys.triggers_of(book)
        return stores.read(lambda c: looking.why_over(c, again, book, triggers, walk.now))

    assert over(0) is None
    walk.stage.write(
        lambda c: (outbox.put(c, entry), due.end(c, other.due.id, "done", "held:approval", walk.now, "d-1"))
    )
    assert over(0) == over(1) == "often:1/7d"
    walk.stage.write(lambda c: outbox.cancel(c, entry, "person:kato", walk.now))
    assert over(0) is None, "it will never be said"


def test_words_that_wait_for_a_person_are_in_the_contest_as_well(walk: Walks) -> None:
    in_review(walk.stage, {"id": "look", "type": "approval"})
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(minutes=20)
    walk.happens("Onboarding Step Abandoned", step="card")
    walk.later(minutes=40)
    assert walk.carry(walk.only("cart_abandonment").due.id) == "review"
    assert walk.only("onboarding").reason == "lost:cart_abandonment", "it will not go out beside the other one"
    walk.happens("Weather Changed", condition="Rain")
    assert walk.carry(walk.only("rainy_day").due.id) == "over"
    assert walk.only("rainy_day").reason == "lost:cart_abandonment"
    walk.stage.write(lambda c: outbox.cancel_for(c, "anna", None, "person:kato", walk.now))
    walk.happens("Weather Changed", id="rain", at=walk.now + timedelta(days=1), condition="Rain")
    newest = walk.stage.parts.stores.read(lambda c: due.page(c, 9, scene="rainy_day")).items
    assert walk.carry(next(one.due.id for one in newest if one.state == "waiting")) in ("early", "review")


def test_figures_count_what_is_open_and_what_ended_lately(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.happens("Onboarding Step Abandoned", step="card")
    id, stores = walk.only("onboarding").due.id, walk.stage.parts.stores
    walk.stage.write(lambda c: due.end(c, id, "cancelled", "lost:cart_abandonment", walk.now))
    waiting = {("cart_abandonment", "waiting", ""): 1}
    lately, later = walk.now - timedelta(days=1), walk.now + timedelta(seconds=1)
    assert stores.read(lambda c: due.counts(c, lately)) == {**waiting, ("onboarding", "cancelled", "lost"): 1}
    assert stores.read(lambda c: due.counts(c, later)) == waiting
    assert stores.read(lambda c: due.old(c, lately, 9)) == [] and stores.read(lambda c: due.old(c, later, 9)) == [id]
    both = [id, walk.only("cart_abandonment").due.id]
    assert stores.write(lambda c: due.forget(c, both)) == 1, "what is open stays"
    if stores.database.dialect == "sqlite":
        for statement in (due.COUNT_OPEN, due.COUNT_ENDED, due.OLD, outbox.COUNT_OPEN, outbox.COUNT_ENDED, outbox.OLD):
            assert not any(str(row[-1]).startswith("SCAN") for row in plan_of(stores, statement)), "no whole table"


def plan_of(stores: Stores, statement: Statement) -> list[tuple[Any, ...]]:
    """How SQLite goes about a statement."""
    words, own = statement.sqlite
    explained = prepare(text(f"EXPLAIN QUERY PLAN {words}"))
    return [tuple(row) for row in stores.read(lambda c: c.all(explained, **{**own, "until": 0, "at": 0, "most": 9}))]


def test_what_is_too_late_is_not_offered_to_channels(walk: Walks) -> None:
    walk.happens("Product Added", cart_id="c1", product_id="coffee")
    walk.later(hours=1)
    assert walk.carry(walk.only("cart_abandonment").due.id) == "message"
    outgoing = Outgoing(walk.stage.parts.instruments, walk.stage.parts.delivery)
    assert len(run(outgoing.waiting(9)).items) == 1
    walk.later(days=3)
    assert run(outgoing.waiting(9)).items == () and len(walk.box()) == 1, "nobody has tidied it away yet"


@pytest.mark.parametrize(
    ("reason", "ja", "en"),
    [
        ("consent_withdrawn", "同意が取り下げられました", "Consent was withdrawn"),
        ("unlike:first", "条件に合いませんでした（はじめてのとき）", "The condition first does not hold"),
    ],
)
def test_endings_are_told_in_words(reason: str, ja: str, en: str) -> None:
    assert (said_of(reason, "ja"), said_of(reason, "en")) == (ja, en)
