"""Proposals: playbooks that somebody wrote and that are not in force, with what became of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, bindparam, select, update

from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Refused
from records import schema, versions
from records.connection import Connection, Row
from records.statement import insert_into, prepare

table = schema.proposals

Status = Literal["waiting", "approved", "rejected"]

ADD = insert_into(table)
GET = prepare(select(table).where(table.c.number == bindparam("number")))
PAGE = prepare(
    select(table).where(table.c.number < bindparam("before")).order_by(table.c.number.desc()).limit(bindparam("most"))
)
DECIDE = prepare(
    update(table)
    .where(table.c.number == bindparam("which"), table.c.status == "waiting")
    .values(
        status=bindparam("status"),
        decided_by=bindparam("decided_by"),
        decided_at=bindparam("decided_at", type_=BigInteger),
        reason=bindparam("reason"),
        version=bindparam("version", type_=BigInteger),
    )
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A playbook that waits for an approval, or was approved or rejected; `base` is the version it started from."""

    number: int
    document: str
    base: int
    author: str
    note: str
    created_at: datetime
    status: Status = "waiting"
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    version: int | None = None


def add(c: Connection, document: str, base: int, author: str, note: str, now: datetime) -> Proposal:
    """Keeps a proposal under the next number."""
    number = versions.bump(c, "proposal")
    c.run(
        ADD,
        number=number,
        document=document,
        base=base,
        author=author,
        note=note,
        created_at=to_micros(now),
        status="waiting",
        decided_by=None,
        decided_at=None,
        reason=None,
        version=None,
    )
    return Proposal(number, document, base, author, note, now)


def get(c: Connection, number: int) -> Proposal:
    """The proposal under that number."""
    row = c.one(GET, number=number)
    if row is None:
        raise NotFound("proposal", str(number))
    return _read(row)


def page(c: Connection, limit: int, before: int = 1 << 53) -> list[Proposal]:
    """The proposals below `before`, newest first."""
    return [_read(row) for row in c.all(PAGE, before=before, most=limit)]


def decide(
    c: Connection,
    number: int,
    status: Status,
    by: str,
    now: datetime,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> None:
    """Closes a proposal; raises Refused where it was closed before."""
    closed = c.run(
        DECIDE,
        which=number,
        status=status,
        decided_by=by,
        decided_at=to_micros(now),
        reason=reason,
        version=version,
    )
    if not closed:
        found = get(c, number)
        raise Refused(f"The proposal {number} is {found.status} already. Make a new one.")


def _read(row: Row) -> Proposal:
    number, document, base, author, note, created_at, status, decided_by, decided_at, reason, version = row
    decided = None if decided_at is None else from_micros(decided_at)
    return Proposal(
        number, document, base, author, note, from_micros(created_at), status, decided_by, decided, reason, version
    )
