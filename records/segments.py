"""Segments: words that a company gives a meaning once, each definition with who wrote it and who let it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, bindparam, select, update

from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Refused
from records import schema, versions
from records.connection import Connection, Row
from records.statement import insert_into, prepare

table = schema.segments

Status = Literal["draft", "approved", "rejected", "retired"]
BEFORE: dict[Status, Status] = {"approved": "draft", "rejected": "draft", "retired": "approved"}
"""From which state a definition may come into each other one."""

ADD = insert_into(table)
GET = prepare(select(table).where(table.c.number == bindparam("number")))
PAGE = prepare(
    select(table).where(table.c.number < bindparam("before")).order_by(table.c.number.desc()).limit(bindparam("most"))
)
IN_FORCE = prepare(select(table).where(table.c.status == "approved").order_by(table.c.number))
DECIDE = prepare(
    update(table)
    .where(table.c.number == bindparam("which"), table.c.status == bindparam("before"))
    .values(
        status=bindparam("after"),
        decided_by=bindparam("by"),
        decided_at=bindparam("when", type_=BigInteger),
        reason=bindparam("why"),
    )
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One definition: the word, the customers it stands for as JSON, and the words that said so, if words did."""

    number: int
    term: str
    document: str
    said: str | None
    author: str
    created_at: datetime
    status: Status = "draft"
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


def add(c: Connection, term: str, document: str, said: str | None, author: str, now: datetime) -> Segment:
    """Keeps a definition under the next number."""
    number = versions.bump(c, "segment")
    c.run(
        ADD,
        number=number,
        term=term,
        document=document,
        said=said,
        author=author,
        created_at=to_micros(now),
        status="draft",
        decided_by=None,
        decided_at=None,
        reason=None,
    )
    return Segment(number, term, document, said, author, now)


def get(c: Connection, which: int) -> Segment:
    """The definition under that number."""
    row = c.one(GET, number=which)
    if row is None:
        raise NotFound("segment", f"seg-{which}")
    return _read(row)


def page(c: Connection, limit: int, before: int = 1 << 53) -> list[Segment]:
    """The definitions below `before`, newest first."""
    return [_read(row) for row in c.all(PAGE, before=before, most=limit)]


def in_force(c: Connection) -> list[Segment]:
    """Every approved definition that was not retired, oldest first."""
    return [_read(row) for row in c.all(IN_FORCE)]


def decide(c: Connection, which: int, after: Status, by: str, now: datetime, reason: str | None = None) -> None:
    """Brings a definition into its next state; raises Refused where it is no longer in the one before."""
    before = BEFORE[after]
    if not c.run(DECIDE, which=which, before=before, after=after, by=by, when=to_micros(now), why=reason):
        found = get(c, which)
        raise Refused(f"The definition seg-{which} is {found.status}; only one that is {before} can be {after}.")


def _read(row: Row) -> Segment:
    which, term, document, said, author, created_at, status, by, decided_at, reason = row
    decided = None if decided_at is None else from_micros(decided_at)
    return Segment(which, term, document, said, author, from_micros(created_at), status, by, decided, reason)
