"""Erasure: everything about a person leaves every table, and what may not come back is remembered as keyed hashes.

Decisions stay as evidence: under a name that leads to nobody, and unreadable, since the key of their personal part is
destroyed. Who looked at the person's data stays too, under the keyed hash of the id.
`FATES` says of every table what happens to it; a test holds it against the schema.
"""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Text, bindparam, delete, or_, select, update

from domain.customer import Customer
from records import accesses, passes, schema, tombstones, unfinished
from records.connection import Connection
from records.members import members
from records.statement import Statement, prepare
from records.unfinished import Rest
from records.vault import Vault

Fate = Literal["deleted", "unreadable", "hashed", "searched", "nobody"]
"""What an erasure does to a table's rows about a person; `nobody`: there are none."""

FATES: Mapping[str, Fate] = {
    **dict.fromkeys(
        ("customers", "identifiers", "consents", "events", "memories", "contacts", "purchases", "redemptions"),
        "deleted",
    ),
    **dict.fromkeys(
        ("passes", "prepared", "reviews", "behaviours", "responses", "due", "outbox", "merges", "matches", "claims"),
        "deleted",
    ),
    **dict.fromkeys(("vault", "idempotency", "shared_identifiers", "reported"), "deleted"),
    **dict.fromkeys(("decisions", "deliveries"), "unreadable"),
    "accesses": "hashed",
    **dict.fromkeys(("dead_letters", "talks", "accounts"), "searched"),
    **dict.fromkeys(("tallies", "charges", "stops", "keys", "offers", "products", "co_purchases"), "nobody"),
    **dict.fromkeys(("policy_versions", "proposals", "directives", "imports", "versions", "model_usage"), "nobody"),
    **dict.fromkeys(("variants", "compositions", "segments", "mandates", "tombstones", "marks"), "nobody"),
}

KEY = bindparam("key", type_=Text)
BY_CUSTOMER = tuple(
    schema.metadata.tables[name]
    for name, fate in FATES.items()
    if fate == "deleted" and "customer_id" in schema.metadata.tables[name].columns
)
DELETE: Mapping[str, Statement] = {
    **{table.name: prepare(delete(table).where(table.c.customer_id == KEY)) for table in BY_CUSTOMER},
    "customers": prepare(delete(schema.customers).where(schema.customers.c.id == KEY)),
    "merges": prepare(
        delete(schema.merges).where(or_(schema.merges.c.customer_id == KEY, schema.merges.c.person_id == KEY))
    ),
    # A daily pass notes how far it came by the id of whom it read last.
    "passes": prepare(delete(schema.passes).where(schema.passes.c.cursor == KEY)),
    "matches": prepare(
        delete(schema.matches).where(or_(schema.matches.c.left_id == KEY, schema.matches.c.right_id == KEY))
    ),
}
LOCK = prepare(select(schema.customers.c.profile).where(schema.customers.c.id == KEY).with_for_update())
NAMES = prepare(
    select(schema.identifiers.c.kind, schema.identifiers.c.value)
    .where(schema.identifiers.c.customer_id == KEY)
    .union_all(select(schema.claims.c.kind, schema.claims.c.value).where(schema.claims.c.customer_id == KEY))
)
FORGET_ANSWERS = prepare(
    delete(schema.idempotency).where(
        schema.idempotency.c.decision_id.in_(select(schema.decisions.c.id).where(schema.decisions.c.customer_id == KEY))
    )
)
RENAME = prepare(
    update(schema.decisions).where(schema.decisions.c.customer_id == KEY).values(customer_id=bindparam("nobody"))
)
PASSES = prepare(select(schema.passes.c.name, schema.passes.c.cursor))
REVIEWS = prepare(select(schema.reviews.c.id).where(schema.reviews.c.customer_id == KEY))
DUE = prepare(select(schema.due.c.id).where(schema.due.c.customer_id == KEY))
SHARED = prepare(
    select(schema.shared_identifiers.c.value).where(
        schema.shared_identifiers.c.kind == bindparam("kind"), schema.shared_identifiers.c.value == bindparam("value")
    )
)
UNSHARE = prepare(
    delete(schema.shared_identifiers).where(
        schema.shared_identifiers.c.kind == bindparam("was"), schema.shared_identifiers.c.value == bindparam("key")
    )
)
SAYS = prepare(
    select(schema.customers.c.profile).where(
        schema.customers.c.profile.like(bindparam("pattern", type_=Text), escape="\\")
    )
)
IS_USED = prepare(
    select(schema.identifiers.c.customer_id)
    .where(schema.identifiers.c.kind == bindparam("kind"), schema.identifiers.c.value == bindparam("value"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did."""

    members: tuple[str, ...]
    """Every id under which the person was known."""
    names: tuple[tuple[str, str], ...]
    """Kind and value of everything by which they were known."""
    hashes: tuple[str, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each table were deleted, or made to lead to nobody."""
    reviews: tuple[str, ...] = ()
    due: tuple[str, ...] = ()


def erase(
    c: Connection,
    vault: Vault,
    key: bytes,
    customer_id: str,
    now: datetime,
    *,
    by: str | None = None,
    role: str | None = None,
) -> Erased | None:
    """Takes a person out of every table, whichever of their ids is given; None where nobody goes by it.

    `key` is that of the tombstones. An identifier that somebody else goes by too is not forbidden: a family could not
    come in again for the sake of one of them.
    """
    tombstones.stand_alone(c)
    people = members_of(c, customer_id)
    if not people:
        return None
    names = list(dict.fromkeys(name for one in people for name in _names(c, one)))
    reviews = [row[0] for one in people for row in c.all(REVIEWS, key=one)]
    due = [row[0] for one in people for row in c.all(DUE, key=one)]
    marks = [tombstones.hash_of(key, "id", one) for one in people]
    rows = _rows_deleted(c, vault, dict(zip(people, marks, strict=True)))
    marks += [tombstones.hash_of(key, *name) for name in names if not _belongs_to_others(c, *name)]
    marks = list(dict.fromkeys(marks))
    tombstones.put(c, marks, now)
    accesses.note(c, person=by, role=role, customer_id=marks[0], what="erase", now=now)
    spoken = (*(("id", one) for one in people), *names)
    rest = Rest(members=people, names=spoken, hashes=tuple(marks), reviews=tuple(reviews), at=now)
    unfinished.put(c, key, rest, now)
    _begin_passes_anew(c, people, now)
    return Erased(people, spoken, tuple(marks), {name: n for name, n in rows.items() if n}, tuple(reviews), tuple(due))


def members_of(c: Connection, customer_id: str) -> tuple[str, ...]:
    """Every id of the person, the survivor first, locked; nothing where there is no such customer."""
    if c.one(LOCK, key=customer_id) is None:
        return ()
    found = members(c, customer_id)
    for one in sorted(found):
        c.one(LOCK, key=one)
    return found


def _rows_deleted(c: Connection, vault: Vault, marks: Mapping[str, str]) -> Counter[str]:
    """Deletes what is there of each of these ids, or makes it lead to nobody; says how many rows that was."""
    rows: Counter[str] = Counter()
    nobody = f"erased-{secrets.token_hex(8)}"
    for one, mark in marks.items():
        rows["idempotency"] += c.run(FORGET_ANSWERS, key=one)
        rows["decisions"] += c.run(RENAME, key=one, nobody=nobody)
        rows["vault"] += vault.destroy(c, one)
        rows["accesses"] += accesses.hide(c, one, mark)
        for name, statement in DELETE.items():
            rows[name] += c.run(statement, key=one)
    return rows


def _begin_passes_anew(c: Connection, people: Collection[str], now: datetime) -> None:
    """A pass that stands at somebody erased begins its day anew: what it started before it does not start twice."""
    for name, cursor in c.all(PASSES):
        place = json.loads(cursor) if cursor.startswith("{") else {}
        if place.get("after") in people:
            passes.put(c, name, json.dumps({**place, "after": ""}), now)


def _names(c: Connection, customer_id: str) -> list[tuple[str, str]]:
    """Every identifier of one customer: as it is kept, and as it was given."""
    found = [(str(kind), str(value)) for kind, value in c.all(NAMES, key=customer_id)]
    row = c.one(LOCK, key=customer_id)
    if row is not None:
        found += [(str(kind), value) for kind, value in Customer.model_validate_json(row[0]).identifiers.items()]
    return found


def _belongs_to_others(c: Connection, kind: str, value: str) -> bool:
    """Whether somebody else still goes by it; what nobody shares any more is no longer kept as shared."""
    plain = tombstones.plain(kind, value)
    pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in plain) + "%"
    if c.one(IS_USED, kind=kind, value=plain) is not None:
        return True
    if c.one(SHARED, kind=kind, value=plain) is None:
        return False
    if any(plain in normal_forms(row[0], kind) for row in c.all(SAYS, pattern=pattern)):
        return True
    c.run(UNSHARE, was=kind, key=plain)
    return False


def normal_forms(profile: str, kind: str) -> set[str]:
    """The identifiers of that kind that a profile states, as they are compared."""
    stated = Customer.model_validate_json(profile).identifiers
    return {tombstones.plain(kind, value) for name, value in stated.items() if name == kind}
