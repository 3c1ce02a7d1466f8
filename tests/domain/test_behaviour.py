"""Behaviour: a sum whose order never matters, and what follows from it."""

import random
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import from_json, to_json

from domain.basing import base_of
from domain.behaviour import ORDERS, RESOLVED, Behaviour
from domain.clock import from_micros, to_micros
from domain.deeds import add
from domain.deriving import Derived, features_of, open_ticket
from domain.event import Event
from domain.features import Features, Habit, Habits
from domain.stages import Stages
from domain.sums import STAMPS
from tests.clock import START
from tests.domain.streams import event, streams

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)


def summed(events: list[Event]) -> Behaviour:
    """All events at once."""
    behaviour = Behaviour()
    for one in events:
        add(behaviour, one)
    return behaviour.bound()


def stored(behaviour: Behaviour) -> Behaviour:
    """As it comes back from the database."""
    return Behaviour.of(from_json(to_json(behaviour.document())))


def derived(events: list[Event]) -> Derived:
    """What follows from events at START."""
    return features_of(summed(events), START, TOKYO, Stages())


def features(*events: Event) -> Features:
    """The features as an ask reads them."""
    return Features.model_validate_json(to_json(derived(list(events)).features))


@settings(max_examples=150, deadline=None)
@given(streams(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_batches_and_merging_never_matter(events: list[Event], chance: random.Random, parts: int) -> None:
    whole = summed(events)
    shuffled = events[:]
    chance.shuffle(shuffled)
    one_by_one = Behaviour()
    for each in shuffled:
        add(one_by_one, each)
        one_by_one = stored(one_by_one.bound())
    assert one_by_one.document() == whole.document()
    members = [summed([one for one in events if hash(one.message_id) % parts == part]) for part in range(parts)]
    chance.shuffle(members)
    merged = Behaviour()
    for member in members:
        merged = merged.plus(stored(member))
    assert merged.document() == whole.document()
    assert features_of(merged, START, TOKYO, Stages()) == features_of(whole, START, TOKYO, Stages())


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_more_than_is_kept_one_by_one_is_still_a_sum(chance: random.Random) -> None:
    events = [
        event("Order Completed", START - number * DAY / 3, f"m-{number}", order_id=f"o-{number}", total=100 + number,
              currency="JPY", products=[{"product_id": f"p-{number % 60}", "category": f"c-{number % 3}"}])
        for number in range(ORDERS * 6)
    ]  # fmt: skip
    whole = summed(events)
    chance.shuffle(events)
    cut = chance.randrange(len(events))
    left, right = summed(events[:cut]), summed(events[cut:])
    assert left.plus(right).document() == right.plus(left).document() == whole.document()
    assert len(whole.orders) == ORDERS and all(len(row) == STAMPS + 1 for row in whole.topics.values())
    found = features(*events)
    assert (found.orders, found.spend) == (ORDERS * 6, sum(100 + number for number in range(ORDERS * 6)))
    assert dict(zip(found.habits.topics, found.habits.days, strict=True)) == {"c-0": 48, "c-1": 48, "c-2": 48}


@settings(max_examples=100, deadline=None)
@given(streams())
def test_features_hold_until_they_say(events: list[Event]) -> None:
    behaviour = summed(events)
    now = features_of(behaviour, START, TOKYO, Stages())
    last = min(now.holds_until, to_micros(START + 50_000 * DAY)) - 1
    then = features_of(behaviour, from_micros(last), TOKYO, Stages())
    assert then.features == now.features and then.stage == now.stage
    Features.model_validate_json(to_json(now.features))


def test_an_order_counts_once_however_often_it_is_reported() -> None:
    said: dict[str, Any] = {
        "order_id": "o-1",
        "total": 1200,
        "currency": "JPY",
        "coupon": "X",
        "category": "tea",
        "product_id": "t",
    }
    twice = features(event("Order Completed", id="m-1", **said), event("Order Completed", START, "m-2", **said))
    assert (twice.orders, twice.spend, twice.coupon_orders, sum(twice.hours)) == (1, 1200, 1, 1)


def test_gifts_refunds_and_other_currencies_stand_apart() -> None:
    bought = [{"product_id": "a", "price": 3000, "category": "tea"}, {"product_id": "b", "price": 2000, "gift": True}]
    found = features(
        event("Order Completed", START - 3 * DAY, order_id="1", total=5000, currency="JPY", products=bought),
        event("Order Completed", START - 2 * DAY, order_id="2", total="¥1,500", currency="jpy"),
        event("Order Completed", START - 4 * DAY, order_id="3", revenue=20.5, currency="USD"),
        event("Order Cancelled", START - DAY, order_id="2"),
    )
    assert (found.orders, found.currency, found.spend, found.gift_spend) == (3, "JPY", 3000, 2000)
    assert (found.refunds, found.other_spend) == (1, (("USD", 20.5),))
    assert found.bought == ("a",)


def test_the_cart_is_what_lies_in_it_now() -> None:
    events = [
        event("Product Added", START - timedelta(minutes=9), product_id="a", quantity=2),
        event("Product Added", START - timedelta(minutes=8), product_id="b"),
        event("Product Removed", START - timedelta(minutes=7), product_id="a"),
    ]
    found = features(*events)
    assert (found.cart, found.cart_at) == (("b",), START - timedelta(minutes=8))
    assert features(*events, event("Order Completed", START - timedelta(minutes=8), order_id="1")).cart == ()
    assert features(*events, event("Cart Emptied", START)).cart == ()
    now = event("Cart Updated", START, products=[{"product_id": "c"}, {"product_id": "d"}])
    assert features(*events, now).cart == ("c", "d")


def test_saved_unsaved_and_saved_again() -> None:
    saved = event("Product Added to Wishlist", START - 2 * DAY, product_id="boots")
    gone = event("Product Removed from Wishlist", START - 2 * DAY, product_id="boots")
    again = event("Product Saved", START - DAY, product_id="boots")
    assert features(saved).favourites == ("boots",)
    assert features(gone, saved).favourites == ()
    assert features(gone, again, saved).favourites == ("boots",)


@pytest.mark.parametrize(
    ("survey", "score", "said", "satisfaction"),
    [("nps", 9, {}, 0.9), ("CSAT", 5, {}, 1.0), ("csat", 1, {}, 0.0), ("other", 3, {"scale": 5}, 0.5)],
)
def test_satisfaction_is_a_part_of_the_scale(
    survey: str, score: int, said: dict[str, Any], satisfaction: float
) -> None:
    assert features(event("Survey Answered", survey=survey, score=score, **said)).satisfaction == satisfaction
    assert features(event("Survey Answered", survey=survey, score="great")).satisfaction is None


def test_a_complaint_is_open_until_it_is_resolved() -> None:
    opened = event("Ticket Opened", START - DAY, ticket_id="t-1")
    assert features(opened).open_ticket
    assert features(opened, event("Ticket Resolved", START - 2 * DAY, ticket_id="t-1")).open_ticket
    assert not features(opened, event("Ticket Closed", START, ticket_id="t-1")).open_ticket
    assert features(opened, event("Ticket Closed", START, ticket_id="t-2")).open_ticket


def test_what_is_resolved_without_a_number_resolves_what_has_none() -> None:
    numbered, plain = event("Ticket Opened", START - DAY, caseId="t-1"), event("Complaint Received", START - DAY)
    resolved = event("Ticket Resolved", START)
    assert features(numbered, resolved).open_ticket and features(numbered, plain, resolved).open_ticket
    assert not features(plain, resolved).open_ticket
    assert not features(numbered, event("Ticket Closed", START, ticketId="t-1")).open_ticket


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 90))
def test_an_open_enquiry_is_never_pushed_out_by_those_that_were_answered(chance: random.Random, size: int) -> None:
    first = event("Ticket Opened", START - 9 * DAY, "m", ticketId="t")
    others = [event("Ticket Opened", START - 2 * DAY, f"o-{n}", ticket_id=f"d-{n}") for n in range(100)]
    others += [event("Ticket Resolved", START - DAY, f"r-{n}", ticket_id=f"d-{n}") for n in range(100)]
    behaviour = summed([first])
    for start in range(0, len(others), size):
        for one in others[start : start + size]:
            add(behaviour, one)
        behaviour = stored(behaviour.bound())
    assert behaviour.document() == summed([first, *chance.sample(others, len(others))]).document()
    assert open_ticket(behaviour.tickets) and len(behaviour.tickets) == RESOLVED + 1


def test_a_refund_of_some_products_gives_back_those_alone() -> None:
    listed = [{"product_id": "a", "price": 4000, "quantity": 1}, {"product_id": "b", "price": 3000, "quantity": 2}]
    bought = event("Order Completed", START - DAY, orderId="1", total=10_000, currency="JPY", products=listed)
    some = event("Order Refunded", order_id="1", currency="JPY", products=listed[:1])
    assert features(bought, some).spend == 6000
    assert features(bought, event("Order Refunded", order_id="1", products=listed[:1])).spend == 6000
    assert features(bought, event("Order Refunded", orderId="1", products=[{"product_id": "a"}])).spend == 10_000
    assert features(bought, event("Order Refunded", order_id="1", total=2500)).spend == 7500
    assert features(bought, event("Order Refunded", orderId="1")).spend == 0
    assert features(bought, event("Order Cancelled", order_id="1", products=listed[:1])).spend == 0


def test_what_lies_in_the_cart_zero_times_does_not_lie_in_it() -> None:
    now = event("Cart Updated", START, products=[{"productId": "a", "quantity": 0}, {"productId": "b"}])
    assert features(event("Product Added", START - DAY, product_id="a"), now).cart == ("b",)
    ordered = event("Order Completed", START, currency="JPY", products=[{"sku": "a", "price": 5, "quantity": "0"}])
    assert (features(ordered).bought, features(ordered).spend) == ((), 0)


def test_answers_by_channel_and_fatigue() -> None:
    sent = [event("Email Delivered", START - (40 + number) * DAY) for number in range(4)]
    read = [event("Email Opened", START - (40 + number) * DAY) for number in range(2)]
    more = [event("Message Delivered", START - number * DAY, channel="email") for number in range(8)]
    found = features(*sent, *read, *more)
    assert (found.channels, found.answered, found.fatigue) == (("email",), (0.167,), 1.0)
    assert features(*sent, *read).fatigue == 0.0


def test_hours_are_those_of_the_customer() -> None:
    found = features(event("Email Opened", START), event("Order Completed", START + 12 * timedelta(hours=-1)))
    assert [hour for hour, n in enumerate(found.hours) if n] == [10, 22]


def test_signs_of_business() -> None:
    found = features(
        event("Document Downloaded", START - DAY, title="White paper"),
        event("Webinar Attended", START - 2 * DAY, title="Migration"),
        event("料金", START - 3 * DAY, type="page", url="https://example.com/plan"),
        event("Store Visited", START, store="store:ginza"),
        event("Onboarding Step Completed", START - DAY, step="profile"),
        event("Form Abandoned", START, step="payment"),
    )
    assert (found.downloads, found.webinars, found.pricing_views) == (1, 1, 1)
    assert (found.lead_at, found.store, found.stuck) == (START - DAY, "ginza", "payment")


def test_a_clock_that_runs_ahead_does_not_push_out_what_is_known() -> None:
    early = event("Order Completed", START + 3650 * DAY, order_id="1", total=5, currency="JPY")
    found = features(early.model_copy(update={"received_at": START}))
    assert (found.orders_90d, found.ordered_at) == (1, START)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 60), st.integers(2, 80).map(lambda halves: halves / 2), st.integers(0, 23), st.booleans())
def test_a_habit_that_was_imported_comes_out_as_it_was(days: int, gap: float, hours: int, regular: bool) -> None:
    last = START - timedelta(hours=hours, microseconds=0)
    habit = Habit(days, last, gap if regular and days > 2 else None)
    known = Features(habits=Habits.of({"tea": habit}))
    base = base_of(known, START)
    found = Features.model_validate_json(to_json(features_of(base, START, TOKYO, Stages()).features))
    assert found.habits == known.habits


def test_an_order_that_was_imported_without_its_time_stays_of_unknown_time() -> None:
    known = Features(orders=3, first_at=START - 90 * DAY, last_at=START - DAY)
    base = base_of(known, START)
    found = Features.model_validate_json(to_json(features_of(base, START, TOKYO, Stages()).features))
    assert (found.orders, found.ordered_at) == (3, None)
