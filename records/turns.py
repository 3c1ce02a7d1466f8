"""Turns: two requests about the same people write one after the other, whatever order their events are in.

PostgreSQL would find out after a second that each waits for the other, and end one of them. SQLite has one writer.
"""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from records import schema
from records.connection import Connection
from records.identity import Claim, Known
from records.statement import among, prepare

customers = schema.customers

NAMES = func.jsonb_array_elements_text(cast(bindparam("keys"), JSONB)).table_valued("value")
HASHES = select(func.hashtextextended(NAMES.c.value, 0).label("hash")).distinct().order_by("hash").subquery()
RESERVE = prepare(select(func.pg_advisory_xact_lock(HASHES.c.hash)))
LOCK = among(select(customers.c.id).order_by(customers.c.id).with_for_update(), customers.c.id)


def known_in_turn(c: Connection, claims: Sequence[Claim]) -> Known:
    """Who is who among those whom the claims name, held until the end of the transaction."""
    known = Known(c)
    known.look(claims)
    if c.dialect == "sqlite":
        return known
    people, strangers = _sorted_out(known, claims)
    if strangers:
        # Whoever waited here may find that the one before has made them acquaintances.
        c.all(RESERVE, keys=json.dumps(strangers))
        known = Known(c)
        known.look(claims)
        people, _ = _sorted_out(known, claims)
    if people:
        c.all(LOCK, keys=json.dumps(people))
    return known


def _sorted_out(known: Known, claims: Iterable[Claim]) -> tuple[list[str], list[str]]:
    """The people whom the claims name, and the names that are nobody's yet."""
    people, strangers = set[str](), set[str]()
    for claim in claims:
        named = [(f"{kind}={value}", known.owner((kind, value))) for kind, value in claim.named()]
        if claim.user_id:
            named.append((f"id={claim.user_id}", known.person(claim.user_id)))
        for name, person in named:
            if person is None:
                strangers.add(name)
            else:
                people.add(person)
    return sorted(people), sorted(strangers)
