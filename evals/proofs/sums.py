"""Sums: events in any order, in any batches, of people in parts, come to what all of them together come to."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain.behaviour import Behaviour
from domain.customer import Customer
from domain.deeds import add
from domain.deriving import features_of
from domain.event import Event
from domain.happening import NAMES, Happening
from domain.stages import Stages
from records import behaviour, profiles, recount
from records.connection import Connection
from records.database import Database, open_database
from records.held import held
from records.intake import row
from records.statement import insert_new

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
HOME, STAGES = ZoneInfo("Asia/Tokyo"), Stages()
ADD = insert_new(recount.events)
ORDER = "Order Completed"
PRODUCTS, CATEGORIES, CURRENCIES = 200, 30, ("JPY", "JPY", "JPY", "USD", "")


def sums(home: Path, customers: int, each: int, seed: int, database_url: str | None = None) -> dict[str, int]:
    """Takes everybody's events in out of order, and counts whose sum is another one when it is worked out anew."""
    chance = random.Random(seed)
    people = {f"c-{number:05}": stream(f"c-{number:05}", each, chance) for number in range(customers)}
    database = open_database(database_url or f"sqlite:///{home / 'tact.db'}")
    try:
        database.migrate()
        database.write(lambda c: profiles.upsert(c, [Customer(id=id) for id in people], NOW))
        taken_in(database, [event for events in people.values() for event in events], chance)
        return {"customers": customers, "events": customers * each, **compared(database, people, chance)}
    finally:
        database.close()


def taken_in(database: Database, events: list[Event], chance: random.Random) -> None:
    """Every event once, shuffled over everybody, in requests of all sizes."""
    chance.shuffle(events)
    start = 0
    while start < len(events):
        batch = events[start : start + chance.randint(1, 400)]
        start += len(batch)
        database.write(partial(taken, batch=batch))


def taken(c: Connection, batch: Sequence[Event]) -> None:
    """One request: the rows, and what they add up to."""
    c.many(ADD, [row(event) for event in batch])
    by_customer: dict[str, list[Event]] = {}
    for event in batch:
        by_customer.setdefault(event.customer_id, []).append(event)
    behaviour.fold(c, by_customer, STAGES, NOW, HOME)


def compared(database: Database, people: dict[str, list[Event]], chance: random.Random) -> dict[str, int]:
    """What differs: from the rows, from the plain count of orders, and from the sum of two halves."""
    found = Counter({"another sum from the rows": 0, "another number of orders": 0, "another sum of two halves": 0})
    for id, events in people.items():
        kept = database.read(partial(kept_of, id=id))
        again = partial(recount.recount, customer_id=id, stages=STAGES, now=NOW, home=HOME)
        found["another sum from the rows"] += database.write(again)
        orders = sum(event.happening is Happening.ORDERED for event in events)
        found["another number of orders"] += kept.whole().counts.get("orders", 0) != orders
        cut = chance.randrange(len(events))
        halves = summed(events[cut:]).plus(summed(events[:cut]))
        same = halves.document() == kept.document() and derived(halves) == derived(kept)
        found["another sum of two halves"] += not same
    return dict(found)


def kept_of(c: Connection, id: str) -> Behaviour:
    """What is stored of a customer."""
    return held(c, [id], NOW, lock=False)[id].behaviour


def summed(events: Sequence[Event]) -> Behaviour:
    """The sum of some events."""
    whole = Behaviour()
    for event in events:
        add(whole, event)
    return whole.bound()


def derived(whole: Behaviour) -> object:
    """Everything that follows from a sum."""
    return features_of(whole, NOW, HOME, STAGES)


def stream(id: str, each: int, chance: random.Random) -> list[Event]:
    """So many events of one customer within two years, of every name that means something."""
    names = [*sorted(NAMES), *[ORDER] * 20]
    return [event_of(id, f"{id}/{number}", chance.choice(names), chance) for number in range(each)]


def event_of(id: str, message_id: str, name: str, chance: random.Random) -> Event:
    """One event, with what such events say."""
    at = NOW - timedelta(seconds=chance.randrange(2 * 365 * 24 * 3600))
    rows: list[dict[str, Any]] = [
        {
            "product_id": f"p-{chance.randrange(PRODUCTS)}",
            "category": f"k-{chance.randrange(CATEGORIES)}",
            "price": chance.randrange(5000),
            "gift": chance.random() < 0.1,
        }
        for _ in range(chance.randint(1, 4))
    ]
    said: dict[str, Any] = {
        **rows[0],
        "products": rows,
        "currency": chance.choice(CURRENCIES),
        "channel": chance.choice(("email", "line")),
    }
    said |= {
        "survey": "nps",
        "score": chance.randint(0, 10),
        "step": "payment",
        "ticket_id": f"t-{chance.randrange(3)}",
    }
    if name == ORDER:
        said |= {"order_id": message_id, "total": chance.randrange(20_000)}
    return Event(
        message_id=message_id, type="track", customer_id=id, at=at, name=name, properties=said, received_at=NOW
    )
