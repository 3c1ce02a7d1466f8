"""Recounting: what a customer's events add up to, worked out anew from all of them, and whether it was kept so."""

from collections.abc import Collection, Iterator
from datetime import datetime, tzinfo

from pydantic_core import from_json
from sqlalchemy import bindparam, select, update

from domain.behaviour import Behaviour
from domain.clock import from_micros
from domain.deeds import add
from domain.event import Event
from domain.stages import Stages
from records import behaviour, reported, schema
from records.behaviour import HOME
from records.complaints import last_complaint
from records.connection import Connection
from records.held import behaviour_in, document
from records.members import members
from records.statement import counting, prepare

events = schema.events

OF_CUSTOMER = prepare(
    select(
        events.c.message_id,
        events.c.type,
        events.c.name,
        events.c.properties,
        events.c.at,
        events.c.received_at,
        events.c.decision_id,
    )
    .where(events.c.customer_id == bindparam("customer_id"))
    .order_by(events.c.at, events.c.message_id)
)
PAGE = prepare(
    select(schema.customers.c.id)
    .where(schema.customers.c.id > bindparam("after"))
    .order_by(schema.customers.c.id)
    .limit(bindparam("most"))
)
SUM = prepare(
    update(schema.behaviours)
    .where(schema.behaviours.c.customer_id == bindparam("key"))
    .values(document=bindparam("document"))
)
KEPT = prepare(
    select(schema.behaviours.c.document).where(
        schema.behaviours.c.customer_id == bindparam("id"), schema.behaviours.c.base.is_not(None)
    )
)
COUNT = counting(schema.customers)
EXISTS = prepare(select(schema.customers.c.id).where(schema.customers.c.id == bindparam("id")))


def of_customer(c: Connection, customer_id: str) -> Iterator[Event]:
    """Every event of one customer, members apart, the oldest first."""
    for message_id, type, name, properties, at, received_at, decision_id in c.all(OF_CUSTOMER, customer_id=customer_id):
        yield Event.model_construct(
            message_id=message_id,
            type=type,
            customer_id=customer_id,
            at=from_micros(at),
            name=name,
            properties=from_json(properties),
            received_at=from_micros(received_at),
            decision_id=decision_id,
        )


def counted(c: Connection, customer_id: str, now: datetime) -> Behaviour:
    """The base of a customer and all events; of an order that came again the report that counts."""
    found = behaviour.base(c, customer_id, now)
    events, person = list(of_customer(c, customer_id)), members(c, customer_id)
    again = reported.repeats(c, {customer_id: events}, {customer_id: [id for id in person if id != customer_id]})
    for event in events:
        if event.message_id not in again:
            add(found, event)
    found.complained = max(found.complained, last_complaint(c, customer_id))
    return found.bound()


def recount(c: Connection, customer_id: str, stages: Stages, now: datetime, home: tzinfo = HOME) -> bool:
    """Puts what the events add up to in the place of what is kept; whether that was anything else."""
    return behaviour.put(c, customer_id, counted(c, customer_id, now), stages, now, home)


def joined(c: Connection, stay: Collection[str], come: Collection[str], now: datetime) -> None:
    """After a merge: an order that both sides were told counts for those who stay alone."""
    for id, rows in sorted(reported.shared(c, stay, come).items()):
        if explained(c, id, now):
            reported.give_up(c, rows)
            _resum(c, id, now)


def parted(c: Connection, side: Collection[str], now: datetime) -> None:
    """After a split: each side counts again what it was told itself."""
    for id, pairs in sorted(reported.lent(c, side).items()):
        if explained(c, id, now):
            reported.forget(c, pairs)
            _resum(c, id, now)


def explained(c: Connection, customer_id: str, now: datetime) -> bool:
    """Whether the events that are kept add up to the sum that is kept; not so once some were let go."""
    row = c.one(KEPT, id=customer_id)
    if row is None:
        return False
    return counted(c, customer_id, now).document() == behaviour_in(row[0]).document()


def _resum(c: Connection, customer_id: str, now: datetime) -> None:
    c.run(SUM, key=customer_id, document=document(counted(c, customer_id, now)))


def page(c: Connection, after: str, most: int) -> list[str]:
    """The customers behind the id `after`, in the order of their ids."""
    return [row[0] for row in c.all(PAGE, after=after, most=most)]


def count(c: Connection) -> int:
    """How many customers there are, absorbed ones too."""
    row = c.one(COUNT)
    return int(row[0]) if row else 0


def exists(c: Connection, customer_id: str) -> bool:
    """Whether there is such a customer."""
    return c.one(EXISTS, id=customer_id) is not None
