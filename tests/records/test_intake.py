"""Intake on both databases: an event counts once, and what follows from it is written with it or not at all."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.arrival import Arrival, Refusal
from domain.event import Event
from domain.happening import Happening
from domain.journey import NO_EFFECTS, Cancel, Due, Effects, cause_id
from domain.stages import Stages
from records import answers, dead_letters, due, merging, profiles, schema, tombstones
from records.connection import Connection
from records.database import Database
from records.identity import Claim
from records.intake import Means, Repeated, Taken, take
from records.members import person_of
from records.statement import prepare
from tests.clock import START
from tests.records.people import customer

KEY = b"k" * 32
EVENTS = prepare(select(schema.events.c.message_id, schema.events.c.customer_id).order_by(schema.events.c.message_id))
COUNT = prepare(select(func.count()).select_from(schema.events))


def quiet(event: Event) -> Effects:
    """Nothing starts and nothing ends."""
    return NO_EFFECTS


MEANS = Means(KEY, Stages(), quiet)


def viewed(message_id: str, user: str | None = "u1", **more: object) -> Arrival:
    """Somebody looked at something."""
    known = Arrival(message_id, "track", START, "shop", user_id=user, name="Product Viewed")
    return known._replace(**more)  # type: ignore[arg-type]  # fields of an arrival


def taken(database: Database, *arrivals: Arrival, refusals: Sequence[Refusal] = (), means: Means = MEANS) -> Taken:
    """What becomes of a request."""
    return database.write(lambda c: take(c, arrivals, refusals, means, START))


def kept(database: Database) -> list[tuple[str, str]]:
    """Every event with its customer."""
    return [(row[0], row[1]) for row in database.read(lambda c: c.all(EVENTS))]


def test_an_event_counts_once_inside_a_request_and_between_two(database: Database) -> None:
    first = taken(database, viewed("m1"), viewed("m2"), viewed("m1"))
    assert ([one.message_id for one in first.events], first.repeated) == (["m1", "m2"], 1)
    second = taken(database, viewed("m2"), viewed("m3"))
    assert ([one.message_id for one in second.events], second.repeated) == (["m3"], 1)
    assert kept(database) == [("m1", "u1"), ("m2", "u1"), ("m3", "u1")]
    assert taken(database).events == ()


def test_many_requests_with_the_same_events_at_once_count_them_once(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer("u1"), customer("u2")], START))
    requests = [[viewed(f"m{number}", f"u{1 + number % 2}") for number in range(step, step + 10)] for step in range(8)]

    def one(arrivals: list[Arrival]) -> int:
        for _ in range(50):
            try:
                return len(taken(database, *arrivals).events)
            except Repeated:
                continue
        raise AssertionError("it never got through")

    with ThreadPoolExecutor(8) as pool:
        counted = sum(pool.map(one, requests))
    assert counted == len(kept(database)) == 17


def test_a_request_that_fails_leaves_nothing(database: Database) -> None:
    def broken(event: Event) -> Effects:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        taken(database, viewed("m1", "new"), means=MEANS.__class__(KEY, Stages(), broken))
    assert kept(database) == []
    assert database.read(lambda c: profiles.customer(c, "new")) is None


def test_nobody_comes_back_who_was_to_be_forgotten(database: Database) -> None:
    gone = Claim("gone", None, {"email": "gone@example.com"})
    database.write(lambda c: tombstones.put(c, tombstones.hashes_of(KEY, gone), START))
    letter = Refusal("event", "no name", '{"userId": "gone"}', "shop", "track", "m9", user_id="gone")
    found = taken(
        database,
        viewed("m1", "gone"),
        viewed("m2", None, anonymous_id="b1", identifiers={"email": "Gone@example.com"}),
        viewed("m3", "u1"),
        Arrival("m4", "alias", START, "shop", user_id="u1", previous_id="gone"),
        refusals=[letter],
    )
    assert (found.forgotten, [one.message_id for one in found.events], found.refused) == (3, ["m3"], 0)
    assert database.read(dead_letters.waiting) == 0


def test_what_an_event_starts_and_ends_is_written_with_it(database: Database) -> None:
    def effects(event: Event) -> Effects:
        if event.happening is Happening.ORDERED:
            return Effects(cancels=(Cancel("cart", "moot:ordered", event.at),))
        id = cause_id("cart", event.customer_id, "day")
        until = event.at + timedelta(days=1)
        start = Due(id, event.customer_id, "cart", "day", event.at + timedelta(hours=1), until, event.at, START)
        return Effects(starts=(start,))

    means = Means(KEY, Stages(), effects)
    first = taken(database, viewed("m1", at=START - timedelta(minutes=9)), means=means)
    assert [one.scene for one in first.dues] == ["cart"]
    assert taken(database, viewed("m1"), means=means).dues == ()
    id = first.dues[0].id
    assert database.read(lambda c: due.get(c, id)).state == "waiting"
    taken(database, viewed("m2", name="Order Completed"), means=means)
    assert database.read(lambda c: due.get(c, id)).state == "cancelled"


def test_an_answer_of_a_merged_customer_is_an_answer(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer("u1"), customer("u2"), customer("u3")], START))
    database.write(lambda c: merging.merge(c, "u1", "u2", kind="person", by="anna", now=START))
    known = {"d-1": answers.Owner("u2", None)}
    opened = [
        Event(message_id=f"m{user}", type="track", customer_id=user, at=START, name="Message Opened", decision_id="d-1")
        for user in ("u3", "u1")
    ]

    def join(c: Connection) -> answers.Joined:
        return answers.join(c, opened, known, lambda a, b: person_of(c, a) == person_of(c, b))

    found = database.write(join)
    assert (found.joined, found.strangers) == (1, 1)


def test_a_dead_letter_that_comes_again_is_one(database: Database) -> None:
    letter = Refusal("event", "no name", '{"sentAt": "a", "x": 1}', "shop", "track")
    again = letter._replace(document='{"x": 1, "sentAt": "b"}')
    assert taken(database, refusals=[letter]).refused == 1
    assert taken(database, refusals=[again, letter._replace(field="userId")]).refused == 1
    assert database.read(dead_letters.waiting) == 2


def test_the_intake_gets_through_beside_itself(database: Database) -> None:
    """Requests for the same customers in any order neither lock each other out nor lose anything."""

    async def all_at_once() -> list[Taken]:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(6) as pool:
            work = [
                loop.run_in_executor(pool, lambda n=n: retried(database, n))  # type: ignore[misc]  # the default binds n
                for n in range(24)
            ]
            return await asyncio.gather(*work)

    asyncio.run(all_at_once())
    row = database.read(lambda c: c.one(COUNT))
    assert row is not None and row[0] == 24 * 6


def retried(database: Database, number: int) -> Taken:
    """One request, again where another one stands in the way, as agent/intake.py does it."""
    users = [f"u{(number * 5 + place) % 6}" for place in range(6)]
    arrivals = [viewed(f"m{number}-{place}", user, anonymous_id=f"b{user}") for place, user in enumerate(users)]
    for _ in range(30):
        try:
            return taken(database, *arrivals)
        except Exception as error:
            if "another" not in str(error):
                raise
    raise AssertionError("it never got through")
