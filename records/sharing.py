"""Sharing: identifiers that several people use, such as a family's address or a shop's tablet; they join nobody.

A shared identifier belongs to a household of its own: what comes under it alone is kept there, and nothing about a
single member is shown to whoever asks by it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from domain.clock import from_micros, to_micros
from domain.customer import Customer, IdentifierKind
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.newcomer import household_id
from records import profiles, schema
from records.connection import Connection
from records.identifiers import STRONGEST_FIRST, WEAK, normalised
from records.statement import insert_new, insert_or_update, prepare

shared, claims = schema.shared_identifiers, schema.claims

MOST_PEOPLE, MOST_PEOPLE_ON_A_DEVICE = 2, 4
"""How many known customers may claim one identifier before it is taken to be shared."""

IS_SHARED = prepare(select(shared.c.at).where(shared.c.kind == bindparam("kind"), shared.c.value == bindparam("value")))
SHARE = insert_new(shared)
UNSHARE = prepare(delete(shared).where(shared.c.kind == bindparam("of_kind"), shared.c.value == bindparam("of_value")))
ALL = prepare(select(*shared.c).order_by(shared.c.kind, shared.c.value))
CLAIM = insert_new(claims)
CLAIMS = prepare(select(func.count()).where(claims.c.kind == bindparam("kind"), claims.c.value == bindparam("value")))
FORGET_CLAIMS = prepare(
    delete(claims).where(claims.c.kind == bindparam("of_kind"), claims.c.value == bindparam("of_value"))
)
HOLD = insert_or_update(schema.identifiers)


class Shared(Frozen):
    """An identifier that several people use, and who said so."""

    kind: str
    value: str
    at: datetime
    by: str


def is_shared(c: Connection, identifier: tuple[str, str]) -> bool:
    """Whether several people use it."""
    return c.one(IS_SHARED, kind=identifier[0], value=identifier[1]) is not None


def share(c: Connection, kind: str, value: str, by: str, now: datetime) -> str:
    """Says that several people use the identifier; answers with the household that has it from now on."""
    written = _written(kind, value)
    c.run(SHARE, kind=kind, value=written, at=to_micros(now), by=by)
    household = Customer(id=household_id(), identifiers={_kind(kind): written})
    c.many(profiles.PUT, [profiles.customer_row(household, now)])
    c.run(HOLD, kind=kind, value=written, customer_id=household.id)
    return household.id


def unshare(c: Connection, kind: str, value: str) -> bool:
    """Says that one person uses it after all: whoever names it next has it; False where it was not shared."""
    written = _written(kind, value)
    c.run(FORGET_CLAIMS, of_kind=kind, of_value=written)
    found = c.run(UNSHARE, of_kind=kind, of_value=written) > 0
    if found:
        c.run(profiles.FORGET_IDENTIFIER, of_kind=kind, of_value=written)
    return found


def everything(c: Connection) -> tuple[Shared, ...]:
    """Every identifier that several people use."""
    return tuple(Shared(kind=kind, value=value, at=from_micros(at), by=by) for kind, value, at, by in c.all(ALL))


def claimed(c: Connection, identifier: tuple[str, str], by: Collection[str], now: datetime) -> bool:
    """Notes who claims an identifier that somebody else has; True where it turns out to be shared."""
    kind, value = identifier
    if is_shared(c, identifier) or kind not in STRONGEST_FIRST:
        return False
    if not c.many(CLAIM, [{"kind": kind, "value": value, "customer_id": id, "at": to_micros(now)} for id in by]):
        return False
    row = c.one(CLAIMS, kind=kind, value=value)
    most = MOST_PEOPLE_ON_A_DEVICE if kind in WEAK else MOST_PEOPLE
    if row is None or row[0] <= most:
        return False
    share(c, kind, value, "tact", now)
    return True


def note(c: Connection, identifier: tuple[str, str], customer_id: str, now: datetime) -> None:
    """Notes that somebody says that a shared identifier is theirs: a no under it is theirs too."""
    row = {"kind": identifier[0], "value": identifier[1], "customer_id": customer_id, "at": to_micros(now)}
    c.many(CLAIM, [row])


def _kind(kind: str) -> IdentifierKind:
    for known in STRONGEST_FIRST:
        if known == kind:
            return known
    raise Malformed("kind", kind, f"give one of {', '.join(STRONGEST_FIRST)}.")


def _written(kind: str, value: str) -> str:
    return normalised(_kind(kind), value)
