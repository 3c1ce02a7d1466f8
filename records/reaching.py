"""Reaching: for whom a no is written. It is everybody who may have said it: one no too many harms nobody.

That is who did it, whose message it answers, and everybody who has the address that it names. A browser that nobody
has named only stands for whom the message was for.
"""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import Text, bindparam, select

from domain.arrival import Arrival
from domain.channel import Channel
from domain.customer import IdentifierKind
from domain.event import Event
from domain.newcomer import is_household, is_provisional
from records import identifiers, schema, sharing
from records.answers import Owner
from records.connection import Connection
from records.identifiers import WEAK, readable
from records.members import person_of
from records.statement import prepare

customers, claims = schema.customers, schema.claims

CLAIMANTS = prepare(
    select(claims.c.customer_id).where(claims.c.kind == bindparam("kind"), claims.c.value == bindparam("value"))
)
WRITTEN = prepare(
    select(customers.c.id, customers.c.profile).where(
        customers.c.profile.like("%" + bindparam("entry", type_=Text) + "%", escape="!")
    )
)
CHANNELS: Mapping[IdentifierKind, frozenset[Channel]] = {
    "email": frozenset({Channel.EMAIL}),
    "phone": frozenset({Channel.SMS, Channel.CALL}),
    "line_id": frozenset({Channel.LINE}),
}
"""What reaches an address."""


class Reached(NamedTuple):
    """A customer, and the channels that the no is about where it is about their address alone."""

    customer_id: str
    channels: frozenset[Channel] | None = None


def reached(c: Connection, event: Event, arrival: Arrival | None, owner: Owner | None) -> tuple[Reached, ...]:
    """Everybody for whom a no is written, each person once."""
    found: dict[str, Reached] = {}
    for one in _candidates(c, event, arrival, owner):
        found.setdefault(person_of(c, one.customer_id), one)
    return tuple(found.values())


def _candidates(c: Connection, event: Event, arrival: Arrival | None, owner: Owner | None) -> Iterator[Reached]:
    if owner is not None:
        yield Reached(owner.customer_id)
    if owner is None or not is_provisional(event.customer_id):
        yield Reached(event.customer_id)
    is_nobody = is_household(event.customer_id)
    for kind, value in readable(arrival.identifiers if arrival else {}).items():
        if kind in CHANNELS or (is_nobody and kind not in WEAK):
            yield from (Reached(id, None if is_nobody else CHANNELS[kind]) for id in having(c, kind, value))


def having(c: Connection, kind: IdentifierKind, value: str) -> list[str]:
    """Everybody who has the address or said that it is theirs; a shared one stands in the profiles of several."""
    holder = identifiers.owner(c, kind, value)
    found = {row[0] for row in c.all(CLAIMANTS, kind=kind, value=value)}
    if sharing.is_shared(c, (kind, value)):
        entry = f"{json.dumps(kind)}:{json.dumps(value, ensure_ascii=False)}"
        for sign in "!%_":
            entry = entry.replace(sign, f"!{sign}")
        rows = c.all(WRITTEN, entry=entry)
        found |= {id for id, profile in rows if from_json(profile)["identifiers"].get(kind) == value}
    elif holder is not None:
        found.add(holder)
    return sorted(id for id in found if not is_household(id))
