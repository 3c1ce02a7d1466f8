"""Following: of whom something new was recorded that memories and the context store do not know yet.

`touched_at` moves on with everything that is written about a customer, `followed_at` up to where it was followed. Both
are instants that only ever grow, so that nothing that is written while somebody follows is passed over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, and_, bindparam, case, or_, select, update

from domain.clock import from_micros, to_micros
from domain.event import Event, EventType
from domain.happening import Happening, meaning
from records import schema
from records.connection import Connection
from records.statement import insert_new, prepare

behaviours = schema.behaviours
customers, events, contacts = schema.customers, schema.events, schema.contacts
SHOWN = frozenset({Happening.OPENED, Happening.CLICKED})
"""Answers to a message that say what its reader looked at: the offer that it was about."""
COLUMNS = ("message_id", "customer_id", "type", "name", "source", "properties", "at", "received_at", "context")

FOR_EVER = 1 << 62
AT, AFTER = bindparam("at", type_=BigInteger), bindparam("after", type_=Text)
NOW = bindparam("now", type_=BigInteger)

WAITING = prepare(
    select(behaviours.c.customer_id, behaviours.c.touched_at)
    .where(
        behaviours.c.touched_at > behaviours.c.followed_at,
        or_(behaviours.c.touched_at > AT, and_(behaviours.c.touched_at == AT, behaviours.c.customer_id > AFTER)),
    )
    .order_by(behaviours.c.touched_at, behaviours.c.customer_id)
    .limit(bindparam("most"))
)
FOLLOWED = prepare(
    update(behaviours)
    .where(behaviours.c.customer_id == bindparam("key"), behaviours.c.followed_at < bindparam("seen", type_=BigInteger))
    .values(followed_at=bindparam("seen", type_=BigInteger))
)
MOVE = prepare(
    update(behaviours)
    .where(behaviours.c.customer_id == bindparam("key"))
    .values(touched_at=case((behaviours.c.touched_at >= NOW, behaviours.c.touched_at + 1), else_=NOW))
)
NEW = insert_new(behaviours)
EVENTS = prepare(
    select(*(events.c[name] for name in COLUMNS), contacts.c.offer_id)
    .select_from(events.outerjoin(contacts, contacts.c.decision_id == events.c.decision_id))
    .where(events.c.customer_id == bindparam("id"))
    .order_by(events.c.at.desc(), events.c.message_id.desc())
    .limit(bindparam("most"))
)
IS_THERE = prepare(select(customers.c.id).where(customers.c.id == bindparam("id")))


class Touched(NamedTuple):
    """A customer of whom something new is known, and how new."""

    customer_id: str
    touched_at: int


FIRST = Touched("", 0)


def waiting(c: Connection, most: int, behind: Touched = FIRST) -> list[Touched]:
    """The customers to follow behind that one, those who have waited longest first."""
    return [Touched(*row) for row in c.all(WAITING, at=behind.touched_at, after=behind.customer_id, most=most)]


def followed(c: Connection, those: Sequence[Touched]) -> None:
    """Notes how far these were followed; what was written about them since keeps them waiting."""
    c.many(FOLLOWED, [{"key": one.customer_id, "seen": one.touched_at} for one in those])


def touch(c: Connection, customer_ids: Iterable[str], now: datetime) -> None:
    """Says that something new is known of these customers."""
    at, ids = to_micros(now), list(dict.fromkeys(customer_ids))
    fresh = {"document": "{}", "holds_until": FOR_EVER, "touched_at": at - 1, "followed_at": 0}
    fresh |= {"base": None, "stage": None, "stage_at": None, "tagged": None}
    c.many(NEW, [{"customer_id": id, **fresh} for id in ids])
    c.many(MOVE, [{"key": id, "now": at} for id in ids])


def events_of(c: Connection, customer_id: str, most: int) -> list[Event]:
    """The newest events that were written under this very id; they were checked when they came in."""
    return [_event(*row) for row in c.all(EVENTS, id=customer_id, most=most)]


def _event(
    message_id: str,
    customer_id: str,
    type: EventType,
    name: str | None,
    source: str | None,
    properties: str,
    at: int,
    received_at: int,
    context: str | None,
    offer_id: str | None,
) -> Event:
    known = from_json(properties)
    if offer_id is not None and meaning(type, name) in SHOWN:
        known.setdefault("offer_id", offer_id)
    return Event.model_construct(
        message_id=message_id,
        type=type,
        customer_id=customer_id,
        name=name,
        source=source,
        properties=known,
        at=from_micros(at),
        received_at=from_micros(received_at),
        context=from_json(context) if context else {},
    )


def present(c: Connection, customer_ids: Iterable[str]) -> frozenset[str]:
    """Those of the customers who are still there."""
    return frozenset(id for id in customer_ids if c.one(IS_THERE, id=id) is not None)
