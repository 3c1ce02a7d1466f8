"""The policy book: every version as a document, with who wrote it and who let it in. Nothing is ever overwritten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from domain.clock import from_micros, to_micros
from domain.errors import NotFound
from records import schema, versions
from records.connection import Connection, Row
from records.statement import insert_into, prepare

table = schema.policy_versions

ADD = insert_into(table)
GET = prepare(select(table).where(table.c.version == bindparam("version")))
LATEST = prepare(select(table).order_by(table.c.version.desc()).limit(1))
PAGE = prepare(
    select(table).where(table.c.version < bindparam("before")).order_by(table.c.version.desc()).limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the book as it was approved."""

    version: int
    document: str
    author: str
    approver: str | None
    note: str
    created_at: datetime


def add(c: Connection, document: str, author: str, approver: str | None, note: str, now: datetime) -> int:
    """Writes the next version and answers with its number."""
    number = versions.bump(c, "policy")
    c.run(
        ADD,
        version=number,
        document=document,
        author=author,
        approver=approver,
        note=note,
        created_at=to_micros(now),
    )
    return number


def latest(c: Connection) -> PolicyVersion | None:
    """The version in force, None before the first."""
    row = c.one(LATEST)
    return None if row is None else _read(row)


def get(c: Connection, version: int) -> PolicyVersion:
    """The version under that number."""
    row = c.one(GET, version=version)
    if row is None:
        raise NotFound("policy version", str(version))
    return _read(row)


def page(c: Connection, limit: int, before: int = 1 << 53) -> list[PolicyVersion]:
    """The versions below `before`, newest first."""
    return [_read(row) for row in c.all(PAGE, before=before, most=limit)]


def _read(row: Row) -> PolicyVersion:
    version, document, author, approver, note, created_at = row
    return PolicyVersion(version, document, author, approver, note, from_micros(created_at))
