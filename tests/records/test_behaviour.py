"""Behaviour in the database: folded in with the events, rebuilt from them, refreshed by time; on both databases."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue
from sqlalchemy import Text, bindparam, delete, update

from domain.customer import Customer, Stage
from domain.event import Event
from domain.features import Features, Habit, Habits
from domain.stages import StageRule, Stages
from records import accounts, behaviour, erasure, following, merging, profiles, purchases, recount, reported, schema
from records.connection import Connection
from records.database import Database
from records.held import held
from records.intake import row
from records.statement import insert_new, prepare
from tests.clock import START
from tests.domain.streams import event, streams

numbers = count()
STAGES = Stages()
DAY = timedelta(days=1)
ADD = insert_new(schema.events)
customers = schema.customers
LET_GO = prepare(delete(schema.events).where(schema.events.c.message_id == bindparam("key")))
PERSON = prepare(
    update(customers).where(customers.c.id == bindparam("key")).values(person_id=bindparam("person_id", type_=Text))
)
ABSORBS = prepare(
    update(customers).where(customers.c.id == bindparam("key")).values(absorbs=bindparam("absorbs", type_=Text))
)


def keep(database: Database, events: Sequence[Event], id: str = "c-1") -> tuple[behaviour.StageChange, ...]:
    """Takes events in as the intake does: the rows, then what they add up to."""
    theirs = [one.model_copy(update={"customer_id": id, "received_at": START}) for one in events]

    def write(c: Connection) -> tuple[behaviour.StageChange, ...]:
        c.many(ADD, [row(one) for one in theirs])
        return behaviour.fold(c, {id: theirs}, STAGES, START)

    return database.write(write)


def person(database: Database, id: str = "c-1", features: Features | None = None, **known: object) -> None:
    """Somebody who is known."""

    def write(c: Connection) -> None:
        profiles.upsert(c, [Customer.model_validate({"id": id, "timezone": "Asia/Tokyo", **known})], START)
        if features is not None:
            profiles.save_features(c, [(id, features)], START)

    database.write(write)


def features(database: Database, id: str = "c-1") -> Features:
    """What an ask reads."""
    return database.read(lambda c: profiles.features(c, id))


def stage(database: Database, id: str = "c-1") -> Stage | None:
    """The stage in the profile."""
    found = database.read(lambda c: profiles.customer(c, id))
    assert found is not None
    return found.stage


def document(c: Connection, id: str = "c-1") -> object:
    """What is stored of the customer."""
    return held(c, [id], START, lock=False)[id].behaviour.document()


def order(number: int, days_ago: float = 0, **said: Any) -> Event:
    """An order of 1,000 yen."""
    known: dict[str, Any] = {
        "order_id": f"o-{number}",
        "total": 1000,
        "currency": "JPY",
        "category": "tea",
        "product_id": "t-1",
    }
    return event("Order Completed", START - days_ago * DAY, f"m-{number}", **{**known, **said})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(streams(most=25))
def test_incremental_is_the_same_as_rebuilt(database: Database, events: list[Event]) -> None:
    id = f"drawn-{next(numbers)}"  # The same events may be drawn twice, and the database stays.
    person(database, id)
    apart = [one.model_copy(update={"message_id": f"{id}/{one.message_id}"}) for one in events]
    for start in range(0, len(apart), 4):
        keep(database, apart[start : start + 4], id)
    before = database.read(lambda c: (document(c, id), profiles.features(c, id)))
    assert database.write(lambda c: recount.recount(c, id, STAGES, START)) is False
    assert database.read(lambda c: (document(c, id), profiles.features(c, id))) == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 70))
def test_an_order_under_another_message_never_counts_twice(
    database: Database, chance: random.Random, size: int
) -> None:
    """However many orders lie between, however they are batched, and whichever report comes first."""
    id = f"c-{chance.getrandbits(60)}"
    person(database, id)
    live = [order(number, number, at_the_till=True) for number in range(60)]
    nightly = [order(number, number - 0.3, orderId=f"o-{number}", total=1000) for number in range(60)]
    refunds = [order_refunded(number, report) for number in range(40) for report in (1, 2)]
    both = [*live, *nightly, *refunds]
    chance.shuffle(both)
    apart = [one.model_copy(update={"message_id": f"{id}/{number}"}) for number, one in enumerate(both)]
    for start in range(0, len(apart), size):
        keep(database, apart[start : start + size], id)
    found = database.read(lambda c: profiles.features(c, id))
    assert (found.orders, found.spend, found.refunds) == (60, 60_000 - 40 * 100, 40)
    assert database.write(lambda c: recount.recount(c, id, STAGES, START)) is False
    assert database.read(lambda c: profiles.features(c, id)) == found


def order_refunded(number: int, report: int) -> Event:
    """A refund of 100 yen, reported more than once."""
    said: dict[str, Any] = {"order_id": f"o-{number}", "refundId": f"r-{number}", "total": 100, "currency": "JPY"}
    return event("Order Refunded", START - report * timedelta(hours=1), f"r-{number}-{report}", **said)


def test_one_order_told_to_two_members_counts_once_while_they_are_one(database: Database) -> None:
    for id in ("c-1", "c-2"):
        person(database, id)
        keep(database, [renamed(order(number, number), id) for number in range(60)], id)
    keep(database, [renamed(order(99, 70), "c-2")], "c-2")
    database.write(lambda c: merging.merge(c, "c-1", "c-2", kind="person", by="mika", now=START))
    database.write(lambda c: behaviour.refresh(c, STAGES, START))
    assert (features(database).orders, features(database).spend) == (61, 61_000)
    keep(database, [order(99, 70), order(100, 80)], "c-1")
    keep(database, [renamed(order(100, 80), "later")], "c-2")
    assert features(database).orders == 62
    again = [database.write(lambda c, id=id: recount.recount(c, id, STAGES, START)) for id in ("c-2", "c-1")]  # type: ignore[misc]
    assert again == [False, False] and features(database).orders == 62
    database.write(lambda c: merging.split(c, "c-2", "mika", START))
    database.write(lambda c: behaviour.refresh(c, STAGES, START))
    assert (features(database, "c-1").orders, features(database, "c-2").orders) == (62, 62)
    again = [database.write(lambda c, id=id: recount.recount(c, id, STAGES, START)) for id in ("c-2", "c-1")]  # type: ignore[misc]
    assert again == [False, False]


def test_a_merge_takes_nothing_from_a_sum_whose_events_were_let_go(database: Database) -> None:
    for id in ("c-1", "c-2"):
        person(database, id)
        keep(database, [renamed(order(number, number), id) for number in range(30)], id)
    database.write(lambda c: c.run(LET_GO, key="c-2/m-29"))
    before = database.read(lambda c: document(c, "c-2"))
    database.write(lambda c: merging.merge(c, "c-1", "c-2", kind="person", by="mika", now=START))
    assert database.read(lambda c: document(c, "c-2")) == before


def renamed(one: Event, prefix: str) -> Event:
    """The same thing under another message id."""
    return one.model_copy(update={"message_id": f"{prefix}/{one.message_id}"})


def test_who_was_erased_leaves_no_numbers_of_orders(database: Database) -> None:
    person(database)
    keep(database, [order(1)])
    assert database.read(lambda c: c.all(reported.OF, keys='["c-1"]'))
    database.write(lambda c: c.run(erasure.DELETE["reported"], key="c-1"))
    assert database.read(lambda c: c.all(reported.OF, keys='["c-1"]')) == []


def test_what_was_imported_counts_and_events_add_to_it(database: Database) -> None:
    habits = Habits.of({"tea": Habit(days=30, last_at=START - 9 * DAY, gap_days=9.0)})
    known = Features(first_at=START - 300 * DAY, last_at=START - 9 * DAY, orders=200, orders_90d=40, spend=4000.5,
                     spend_90d=800.0, coupon_orders=3, redemptions=2, habits=habits, hours=(0,) * 23 + (200,),
                     favourites=("a", "b"))  # fmt: skip
    person(database, features=known, stage="loyal")
    keep(database, [event("Page", START, "m-0", "page")])
    same = features(database)
    assert same.model_dump(include={"orders", "orders_90d", "spend", "spend_90d", "hours", "coupon_orders"}) == (
        known.model_dump(include={"orders", "orders_90d", "spend", "spend_90d", "hours", "coupon_orders"})
    )
    assert (same.habits, same.favourites, same.redemptions) == (habits, ("a", "b"), 2)
    keep(database, [order(1)])
    found = features(database)
    assert (found.orders, found.orders_90d, found.spend, found.currency) == (201, 41, 5000.5, "JPY")
    assert found.habits.by_topic()["tea"] == Habit(31, START, 9.0)
    assert database.write(lambda c: recount.recount(c, "c-1", STAGES, START)) is False
    assert features(database) == found


def test_baskets_stand_for_the_days_where_they_are_known(database: Database) -> None:
    person(
        database, features=Features(first_at=START - 200 * DAY, last_at=START - DAY, orders=3, orders_90d=1, spend=6.0)
    )
    lines: list[purchases.PurchaseRow] = [
        {"basket_id": f"b-{days}", "line": line, "customer_id": "c-1", "product_id": "p", "category": None,
         "at": int((START - days * DAY).timestamp()) * 1_000_000, "quantity": 1, "amount_minor": 100, "coupon_minor": 0}
        for days in (200, 100, 1, -5) for line in (1, 2)
    ]  # fmt: skip
    database.write(lambda c: purchases.put(c, lines))
    keep(database, [event("Page", START, "m-0", "page")])
    found = features(database)
    assert (found.orders, found.orders_90d, found.spend_90d, found.order_days) == (3, 1, 2.0, 3)
    assert found.usual_gap == 99.5


def test_a_stage_that_was_told_stands_until_behaviour_says_otherwise(database: Database) -> None:
    person(database, stage="loyal")
    assert keep(database, [order(1, 10)]) == () and stage(database) == "loyal"
    assert keep(database, [order(2, 8)]) == () and stage(database) == "loyal"
    later = START + 40 * DAY
    assert refreshed(database, later) == (behaviour.StageChange("c-1", Stage.LOYAL, Stage.AT_RISK, later),)
    assert stage(database) == "at_risk"


def test_a_prospect_becomes_new_and_time_makes_the_rest(database: Database) -> None:
    person(database, stage="prospect")
    assert keep(database, [event("Product Viewed", START, "m-0", product_id="a")]) == ()
    assert [change[1:3] for change in keep(database, [order(1)])] == [("prospect", "new")]
    seen = []
    for days in range(0, 200, 5):
        found = refreshed(database, START + days * DAY)
        seen += [(days, change.after) for change in found]
    assert seen == [(45, "at_risk"), (85, "dormant"), (185, "churned")]
    assert refreshed(database, START + 199 * DAY) == ()


def refreshed(database: Database, at: datetime) -> tuple[behaviour.StageChange, ...]:
    """What time has changed until then."""
    return database.write(lambda c: behaviour.refresh(c, STAGES, at))


def test_stages_are_what_the_marketer_wrote(database: Database) -> None:
    own = Stages(stages=(StageRule(stage=Stage.LOYAL, orders=2), StageRule(stage=Stage.PROSPECT)))
    person(database)
    database.write(lambda c: behaviour.fold(c, {"c-1": [order(1), order(2, 1)]}, own, START))
    assert stage(database) == "loyal"


def test_a_person_is_the_sum_of_all_members(database: Database) -> None:
    person(database, "c-1")
    person(database, "c-2")
    keep(database, [order(1, 3)], "c-1")
    keep(database, [order(2, 2)], "c-2")
    joined(database, "c-1", '["c-2"]')
    keep(database, [order(3, 1)], "c-2")
    assert features(database, "c-1").orders == 3
    joined(database, None, None)
    database.write(lambda c: behaviour.refresh(c, STAGES, START))
    assert (features(database, "c-1").orders, features(database, "c-2").orders) == (1, 2)


def joined(database: Database, person_id: str | None, absorbs: str | None) -> None:
    """Makes c-2 a member of a person, or takes it out again."""

    def write(c: Connection) -> None:
        c.run(PERSON, key="c-2", person_id=person_id)
        c.run(ABSORBS, key="c-1", absorbs=absorbs)
        behaviour.stale(c, "c-1")
        behaviour.stale(c, "c-2")

    database.write(write)


def test_an_open_enquiry_is_a_tag_that_rules_read(database: Database) -> None:
    person(database, tags=["vip"])
    keep(database, [event("Ticket Opened", START - DAY, "m-1", ticket_id="t")])
    assert tags(database) == {"vip", "open_ticket"}
    keep(database, [event("Ticket Resolved", START, "m-2", ticket_id="t"), event("Complained", START, "m-3")])
    assert tags(database) == {"vip", "complained"}


def resolved(database: Database, number: int = 0) -> frozenset[str]:
    """The tags after another enquiry was opened and resolved."""
    keep(database, [event("Ticket Opened", START - DAY, f"o-{number}", ticket_id=f"t-{number}")])
    keep(database, [event("Ticket Resolved", START, f"r-{number}", ticketId=f"t-{number}")])
    return tags(database)


def test_a_tag_that_somebody_else_set_is_theirs(database: Database) -> None:
    person(database)
    assert resolved(database) == frozenset()
    person(database, tags=["open_ticket", "complained", "vip"])
    assert tags(database) == resolved(database, 1) == {"open_ticket", "complained", "vip"}
    person(database, tags=["vip"])
    assert tags(database) == resolved(database, 2) == {"vip"}


def test_a_tag_that_is_told_while_an_enquiry_is_open_stays_when_it_is_resolved(database: Database) -> None:
    for id, tell in (("c-1", whole_profile), ("c-2", traits_said), ("c-3", carried)):
        person(database, id)
        keep(database, [event("Ticket Opened", START - DAY, f"o-{id}", ticket_id="t")], id)
        tell(database, id)
        keep(database, [event("Ticket Resolved", START, f"r-{id}", ticket_id="t")], id)
    assert [tags(database, id) for id in ("c-1", "c-2", "c-3")] == [{"open_ticket"}, {"open_ticket"}, frozenset()]


def whole_profile(database: Database, id: str) -> None:
    """The customer as a system of somebody else writes it."""
    person(database, id, tags=["open_ticket"])


def traits_said(database: Database, id: str) -> None:
    """An identify that names the tag."""
    keep(database, [event("", START, f"i-{id}", "identify", tags=["open_ticket"])], id)


def carried(database: Database, id: str) -> None:
    """A load that says something else and leaves the tags as they are."""
    known = database.read(lambda c: profiles.own(c, id))
    assert known is not None and known.tags == {"open_ticket"}
    database.write(lambda c: profiles.upsert(c, [known], START, carried={id}))


def tags(database: Database, id: str = "c-1") -> frozenset[str]:
    """The tags in the profile."""
    found = database.read(lambda c: profiles.customer(c, id))
    assert found is not None
    return found.tags


def test_a_customer_who_was_only_touched_loses_nothing(database: Database) -> None:
    person(database, features=Features(orders=5, first_at=START - 9 * DAY, last_at=START - DAY, spend=50.0))
    database.write(lambda c: following.touch(c, ["c-1"], START))
    keep(database, [order(1)])
    assert features(database).orders == 6
    waiting = database.read(lambda c: following.waiting(c, 9))
    keep(database, [order(2)])
    assert database.read(lambda c: following.waiting(c, 9))[0].touched_at > waiting[0].touched_at


def test_a_profile_written_anew_keeps_what_events_know(database: Database) -> None:
    person(database, stage="prospect")
    keep(database, [order(1), event("Ticket Opened", START, "m-t")])
    person(database, tags=["vip"])
    assert tags(database) == {"vip", "open_ticket"}
    assert stage(database) is Stage.NEW


def test_features_imported_again_are_a_new_base(database: Database) -> None:
    person(database, features=Features(orders=5, first_at=START - 9 * DAY, last_at=START - DAY, spend=50.0))
    keep(database, [order(1)])
    again = Features(orders=7, first_at=START - 9 * DAY, last_at=START - DAY, spend=70.0)
    database.write(lambda c: profiles.save_features(c, [("c-1", again)], START))
    assert database.write(lambda c: recount.recount(c, "c-1", STAGES, START)) is True
    assert features(database).orders == 8


def test_an_account_says_its_industry_to_its_members(database: Database) -> None:
    person(database, attributes={"role": "buyer"})
    said: dict[str, JsonValue] = {
        "name": "ACME",
        "industry": "retail",
        "employees": 120,
        "plan": "pro",
        "address": {"city": "Osaka"},
    }
    database.write(lambda c: behaviour.group(c, "c-1", "a-1", {"industry": "food", "website": "x"}, START))
    database.write(lambda c: behaviour.group(c, "c-1", "a-1", said, START))
    found = database.read(lambda c: profiles.customer(c, "c-1"))
    assert found is not None and found.attributes == {
        "role": "buyer", "account_id": "a-1", "account_name": "ACME", "industry": "retail", "employees": 120,
        "plan": "pro",
    }  # fmt: skip
    assert database.read(lambda c: accounts.account(c, "a-1")) == {"website": "x", **said}


def test_an_account_has_a_bound_and_a_profile_copies_what_can_be_read(database: Database) -> None:
    person(database, attributes={})
    said: dict[str, JsonValue] = {
        "name": "n" * 501,
        "employees": 10**400,
        "plan": "pro",
        "x" * 101: 1,
        "note": "y" * 3000,
    }
    refused = database.write(lambda c: behaviour.group(c, "c-1", "a-1", said, START))
    assert set(refused) == {"x" * 101, "note"}
    found = database.read(lambda c: profiles.customer(c, "c-1"))
    assert found is not None and found.attributes == {"account_id": "a-1", "plan": "pro"}
    many: dict[str, JsonValue] = {f"t{number}": number for number in range(1000)}
    assert len(database.write(lambda c: behaviour.group(c, "c-1", "a-1", {**many, "plan": "max"}, START))) == 803
    known = database.read(lambda c: accounts.account(c, "a-1"))
    assert known is not None and len(known) == accounts.MOST_TRAITS and known["plan"] == "max"


def test_nobody_is_folded_who_is_not_there(database: Database) -> None:
    assert database.write(lambda c: behaviour.fold(c, {"nobody": [order(1)]}, STAGES, START)) == ()
    database.write(lambda c: behaviour.group(c, "nobody", "a-1", {}, START))


def test_of_many_batches_at_once_none_is_lost(database: Database) -> None:
    person(database, features=Features(orders=5, first_at=START - 9 * DAY, last_at=START - DAY, spend=50.0))
    batches = [[order(number, number / 24)] for number in range(24)]
    tasks = [database.submit(partial(behaviour.fold, events={"c-1": one}, stages=STAGES, now=START)) for one in batches]
    assert [len(task.result()) <= 1 for task in tasks] == [True] * 24
    assert features(database).orders == 29
