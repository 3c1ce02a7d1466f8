"""Lately: what a customer did since some instant, and how scenes were answered lately."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, bindparam, distinct, func, or_, select

from domain.clock import from_micros, to_micros
from domain.event import Event
from records import schema
from records.connection import Connection, Row
from records.statement import prepare

events, contacts, responses = schema.events, schema.contacts, schema.responses

MOST = 500
SINCE = bindparam("since", type_=BigInteger)
EVENTS = prepare(
    select(events)
    .where(events.c.customer_id == bindparam("customer_id", type_=Text), events.c.at >= SINCE)
    .order_by(events.c.at.desc())
    .limit(MOST)
)
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
    found = [row for one in customer_ids for row in c.all(EVENTS, customer_id=one, since=to_micros(since))]
    return sorted((_event(row) for row in found), key=lambda event: event.at, reverse=True)


def rates(c: Connection, since: datetime) -> Mapping[str, Rate]:
    """How every scene was answered since."""
    answered = {row[0]: int(row[1]) for row in c.all(ANSWERED, since=to_micros(since))}
    return {row[0]: Rate(int(row[1]), answered.get(row[0], 0)) for row in c.all(SAID, since=to_micros(since))}


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
