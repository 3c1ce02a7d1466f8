"""Lately: what a customer did since some instant, and how scenes were answered lately."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, bindparam, distinct, func, or_, select

from domain.clock import from_micros, to_micros
from domain.event import Event, EventType
from records import schema
from records.connection import Connection, Row
from records.statement import prepare

events, contacts, responses = schema.events, schema.contacts, schema.responses

MOST, LATEST = 500, 2**63 - 1
SINCE = bindparam("since", type_=BigInteger)
WHOSE = events.c.customer_id == bindparam("customer_id", type_=Text)
BEHIND, ID = bindparam("behind", type_=BigInteger), bindparam("which", type_=Text)
EVENTS = prepare(
    select(events)
    .where(
        WHOSE,
        events.c.at >= SINCE,
        events.c.at <= BEHIND,
        or_(events.c.at < BEHIND, events.c.message_id < ID),
    )
    .order_by(events.c.at.desc(), events.c.message_id.desc())
    .limit(MOST)
)
AT = prepare(select(events).where(WHOSE, events.c.at == SINCE))
NAMES_BEFORE = prepare(select(events.c.type, events.c.name).where(WHOSE, events.c.at < SINCE).distinct())
SAID = prepare(
    select(contacts.c.scene, func.count())
    .where(contacts.c.at >= SINCE, contacts.c.state == "delivered", contacts.c.scene.is_not(None))
    .group_by(contacts.c.scene)
)
ANSWERED = prepare(
    select(contacts.c.scene, func.count(distinct(responses.c.decision_id)))
    .select_from(responses.join(contacts, contacts.c.decision_id == responses.c.decision_id))
    .where(responses.c.at >= SINCE, or_(responses.c.kind == "clicked", responses.c.kind == "ordered"))
    .group_by(contacts.c.scene)
)


class Rate(NamedTuple):
    """How often a scene was said, and how often somebody clicked or bought."""

    said: int
    answered: int


def events_since(c: Connection, customer_ids: Sequence[str], since: datetime) -> list[Event]:
    """What these customers did from then on, the newest first."""
    found = [_event(row) for one in customer_ids for row in _pages(c, one, to_micros(since))]
    return sorted(found, key=lambda event: event.at, reverse=True)


def events_at(c: Connection, customer_ids: Sequence[str], at: datetime) -> list[Event]:
    """What these customers did at that very instant."""
    return [_event(row) for one in customer_ids for row in c.all(AT, customer_id=one, since=to_micros(at))]


def names_before(c: Connection, customer_ids: Sequence[str], at: datetime) -> set[tuple[EventType, str | None]]:
    """The kinds and names of what these customers had done before."""
    rows = [row for one in customer_ids for row in c.all(NAMES_BEFORE, customer_id=one, since=to_micros(at))]
    return {(type, name) for type, name in rows}


def rates(c: Connection, since: datetime) -> Mapping[str, Rate]:
    """How every scene was answered since."""
    answered = {row[0]: int(row[1]) for row in c.all(ANSWERED, since=to_micros(since))}
    return {row[0]: Rate(int(row[1]), answered.get(row[0], 0)) for row in c.all(SAID, since=to_micros(since))}


def _pages(c: Connection, customer_id: str, since: int) -> Iterator[Row]:
    """Everything from then on, the newest first, however much it is."""
    behind, last = LATEST, ""
    while True:
        rows = c.all(EVENTS, customer_id=customer_id, since=since, behind=behind, which=last)
        yield from rows
        if len(rows) < MOST:
            return
        last, behind = rows[-1][0], rows[-1][6]


def _event(row: Row) -> Event:
    message_id, customer_id, type, name, source, properties, at, received_at, context, decision_id = row
    return Event.model_construct(
        message_id=message_id,
        type=type,
        customer_id=customer_id,
        at=from_micros(at),
        name=name,
        source=source,
        properties=from_json(properties),
        context=from_json(context) if context else {},
        decision_id=decision_id,
        received_at=from_micros(received_at),
    )
