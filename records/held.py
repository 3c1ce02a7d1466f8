"""Held: customers with the sum of their events, read under their locks and written back.

Beside the sum stands the base: what was known before the first event. It is taken from stored features when the first
event comes, so that what was imported counts and events add to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import BigInteger, Text, bindparam, select, update

from domain.basing import base_of
from domain.behaviour import Behaviour
from domain.clock import from_micros
from domain.customer import Stage
from domain.features import Features
from records import purchases, schema
from records.connection import Connection, Row
from records.statement import among, insert_or_update, prepare

customers, behaviours = schema.customers, schema.behaviours

STATE = among(
    select(
        customers.c.id,
        customers.c.profile,
        customers.c.features,
        customers.c.person_id,
        customers.c.absorbs,
        behaviours.c.document,
        behaviours.c.base.is_not(None),
        behaviours.c.touched_at,
        behaviours.c.stage,
        behaviours.c.stage_at,
        behaviours.c.tagged,
    ).select_from(customers.outerjoin(behaviours, behaviours.c.customer_id == customers.c.id)),
    customers.c.id,
)
LOCK = among(select(customers.c.id).order_by(customers.c.id).with_for_update(), customers.c.id)
BEGIN = insert_or_update(behaviours, keep=("followed_at",))
GO_ON = prepare(
    update(behaviours)
    .where(behaviours.c.customer_id == bindparam("key"))
    .values(
        document=bindparam("document"),
        holds_until=bindparam("holds_until", type_=BigInteger),
        touched_at=bindparam("touched_at", type_=BigInteger),
        stage=bindparam("stage"),
        stage_at=bindparam("stage_at", type_=BigInteger),
        tagged=bindparam("tagged", type_=Text),
    )
)
STANDS = prepare(
    update(behaviours)
    .where(behaviours.c.customer_id == bindparam("key"))
    .values(
        holds_until=bindparam("holds_until", type_=BigInteger),
        stage=bindparam("stage"),
        stage_at=bindparam("stage_at", type_=BigInteger),
        tagged=bindparam("tagged", type_=Text),
    )
)
TAGGED = prepare(
    update(behaviours)
    .where(behaviours.c.customer_id == bindparam("key"))
    .values(tagged=bindparam("tagged", type_=Text))
)
DERIVED = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"))
    .values(
        profile=bindparam("profile"),
        features=bindparam("features"),
        updated_at=bindparam("updated_at", type_=BigInteger),
    )
)


@dataclass(slots=True)
class Held:
    """One customer as read, with what is written back."""

    id: str
    profile: dict[str, Any]
    features: str | None
    person_id: str | None
    absorbs: tuple[str, ...]
    behaviour: Behaviour
    base: Behaviour | None
    """What was known before the first event, where it is to be kept from now on."""
    touched_at: int
    stage: Stage | None
    """What behaviour said last."""
    stage_at: int | None
    tagged: str | None = None
    """The tag that events set, and that they may take away again."""
    dirty: bool = False
    """Whether anything about the customer is new."""

    @property
    def person(self) -> str:
        """The id under which the person goes on."""
        return self.person_id or self.id

    @property
    def since(self) -> datetime | None:
        """Since when behaviour says that stage."""
        return None if self.stage_at is None else from_micros(self.stage_at)


def held(c: Connection, ids: Sequence[str], now: datetime, *, lock: bool = True) -> dict[str, Held]:
    """The customers under these ids, locked unless they are only looked at, and whoever is one person with them."""
    found: dict[str, Held] = {}
    wanted = set(ids)
    while wanted:
        keys = to_json(sorted(wanted)).decode()
        if lock and c.dialect == "postgresql":
            # Only a second statement sees what whoever held the lock has written.
            c.all(LOCK, keys=keys)
        rows = {row[0]: _read(c, row, now) for row in c.all(STATE, keys=keys)}
        found |= rows
        wanted = {id for one in rows.values() for id in (one.person, *one.absorbs)} - found.keys() - wanted
    return found


def whole(one: Held, among: dict[str, Held]) -> Behaviour:
    """The sum over all members of a person."""
    total = one.behaviour
    for member in members(one, among):
        total = total.plus(member.behaviour)
    return total


def members(one: Held, among: dict[str, Held]) -> list[Held]:
    """The others who are this person."""
    return [among[id] for id in one.absorbs if id in among and among[id].person == one.id]


def keep(c: Connection, one: Held, holds_until: int, now: int) -> None:
    """Writes the sum of one customer, and until when what follows from it holds."""
    stands: dict[str, Any] = {"holds_until": holds_until, "stage": one.stage, "stage_at": one.stage_at}
    stands["tagged"] = one.tagged
    if one.base is None and not one.dirty:
        c.run(STANDS, key=one.id, **stands)
        return
    touched = max(now, one.touched_at + 1) if one.dirty else one.touched_at
    row = {"document": document(one.behaviour), "touched_at": touched, **stands}
    if one.base is None:
        c.run(GO_ON, key=one.id, **row)
    else:
        c.run(BEGIN, customer_id=one.id, base=document(one.base), followed_at=0, **row)


def write(c: Connection, one: Held, features: str, now: int) -> None:
    """Writes the profile and the features of one customer."""
    profile = to_json(one.profile).decode()
    c.run(DERIVED, key=one.id, profile=profile, features=features, updated_at=now)


def write_tagged(c: Connection, one: Held) -> None:
    """Writes down which tag events set."""
    c.run(TAGGED, key=one.id, tagged=one.tagged)


def based(c: Connection, id: str, features: Features, now: datetime) -> Behaviour:
    """The base behind stored features; baskets say the days where they are known."""
    until = features.ordered_at or features.last_at
    return base_of(features, now, purchases.baskets(c, id, until) if until else ())


def document(behaviour: Behaviour) -> str:
    """A sum as it is stored."""
    return to_json(behaviour.document()).decode()


def behaviour_in(document: str) -> Behaviour:
    """A sum as it was stored."""
    return Behaviour.of(from_json(document))


def _read(c: Connection, row: Row, now: datetime) -> Held:
    id, profile, features, person_id, absorbs, kept, has_base, touched_at, stage, stage_at, tagged = row
    base = None
    if has_base:
        behaviour = behaviour_in(kept)
    else:
        base = based(c, id, Features.model_validate_json(features), now) if features else Behaviour()
        behaviour = behaviour_in(document(base))
    return Held(
        id=id,
        profile=from_json(profile),
        features=features,
        person_id=person_id,
        absorbs=tuple(from_json(absorbs)) if absorbs else (),
        behaviour=behaviour,
        base=base,
        touched_at=touched_at or 0,
        stage=Stage(stage) if stage else None,
        stage_at=stage_at,
        tagged=tagged,
    )
