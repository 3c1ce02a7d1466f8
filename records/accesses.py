"""Accesses: who looked at whose personal data, when, and through which door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Text, bindparam, or_, select, update

from domain.clock import from_micros, to_micros
from records import schema
from records.connection import Connection
from records.members import is_member, person_of
from records.page import Page
from records.statement import insert_into, prepare

table = schema.accesses

ADD = insert_into(table, "seq")
OF_CUSTOMER = prepare(
    select(table.c.seq, table.c.at, table.c.person, table.c.role, table.c.what)
    .where(
        or_(
            is_member(table.c.customer_id),
            table.c.customer_id == bindparam("own"),
            table.c.customer_id == bindparam("mark"),
        ),
        table.c.seq < bindparam("before", type_=BigInteger),
    )
    .order_by(table.c.seq.desc())
    .limit(bindparam("most"))
)
HIDE = prepare(
    update(table).where(table.c.customer_id == bindparam("key")).values(customer_id=bindparam("mark", type_=Text))
)
NEWEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Access:
    """One look; no person where keys were switched off."""

    at: datetime
    person: str | None
    role: str | None
    customer_id: str
    what: str


def note(c: Connection, *, person: str | None, role: str | None, customer_id: str, what: str, now: datetime) -> None:
    """Writes one look down."""
    note_many(c, [Access(now, person, role, customer_id, what)])


def note_many(c: Connection, looks: Iterable[Access]) -> None:
    """Writes several looks down."""
    c.many(
        ADD,
        [
            {
                "at": to_micros(one.at),
                "person": one.person,
                "role": one.role,
                "customer_id": one.customer_id,
                "what": one.what,
            }
            for one in looks
        ],
    )


def of_customer(c: Connection, customer_id: str, mark: str, limit: int, cursor: str | None = None) -> Page[Access]:
    """Who looked at the person under any id, newest first; `mark` is the hash under which an erased one is kept."""
    before = int(cursor) if cursor and cursor.isascii() and cursor.isdecimal() else NEWEST
    rows = c.all(
        OF_CUSTOMER,
        id=person_of(c, customer_id),
        own=customer_id,
        mark=mark,
        before=min(before, NEWEST),
        most=limit + 1,
    )
    items = tuple(
        Access(from_micros(at), person, role, customer_id, what) for _, at, person, role, what in rows[:limit]
    )
    return Page(items, str(rows[limit - 1][0]) if len(rows) > limit else None)


def hide(c: Connection, customer_id: str, mark: str) -> int:
    """Keeps the looks at somebody under a keyed hash, and says how many there were."""
    return c.run(HIDE, key=customer_id, mark=mark)
