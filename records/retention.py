"""Retention: what is older than it may be is let go, in transactions so small that nobody waits for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Table, and_, bindparam, delete, or_, select

from domain.clock import to_micros
from records import schema
from records.connection import Connection
from records.statement import Statement, prepare

PIECE = 500
"""Rows a transaction deletes."""

BEFORE = bindparam("before", type_=BigInteger)
reviews, prepared, memories = schema.reviews.c, schema.prepared.c, schema.memories.c
compositions, letters = schema.compositions.c, schema.dead_letters.c

IS_MARK = or_(*(memories.document.contains(f'"why":"{why}"') for why in ("forgotten", "taken_back")))
"""A mark of what its customer had us forget: as long as its events are here, it says not to make it again."""

OVER: Mapping[str, tuple[Table, ColumnElement[Any]]] = {
    "events": (schema.events, schema.events.c.at < BEFORE),
    "dead_letters": (schema.dead_letters, letters.received_at < BEFORE),
    "idempotency": (schema.idempotency, schema.idempotency.c.created_at < BEFORE),
    "prepared": (schema.prepared, prepared.expires_at < BEFORE),
    "memories": (schema.memories, and_(memories.expires_at < BEFORE, ~IS_MARK)),
    "memories taken back": (
        schema.memories,
        and_(memories.expires_at < BEFORE, IS_MARK),
    ),
    "reviews": (
        schema.reviews,
        or_(
            and_(reviews.decided_at.is_not(None), reviews.decided_at < BEFORE),
            and_(reviews.decided_at.is_(None), reviews.expires_at.is_not(None), reviews.expires_at < BEFORE),
        ),
    ),
    "compositions": (
        schema.compositions,
        and_(compositions.updated_at < BEFORE, compositions.status != "running"),
    ),
    "talks": (schema.talks, schema.talks.c.until < BEFORE),
    "accesses": (schema.accesses, schema.accesses.c.at < BEFORE),
}
"""What is over in each table, as of an instant. What was due is let go by the worker, which knows its causes."""


def statements(table: Table, past: ColumnElement[Any]) -> tuple[Statement, Statement]:
    """Finds some rows that are over, and deletes one of them by its key if it is still so."""
    keys = list(table.primary_key)
    find = select(*keys).where(past).limit(PIECE)
    gone = delete(table).where(past, *(key == bindparam(f"old_{key.name}") for key in keys))
    return prepare(find), prepare(gone)


STATEMENTS = {name: statements(table, past) for name, (table, past) in OVER.items()}


def over(c: Connection, name: str, before: datetime) -> list[tuple[Any, ...]]:
    """The keys of some rows of a table that are over: none when nothing is left to do.

    It may look through the whole table, and so it is asked where nobody waits for the one writer.
    """
    return c.all(STATEMENTS[name][0], before=to_micros(before))


def let_go(c: Connection, name: str, rows: Sequence[tuple[Any, ...]], before: datetime) -> None:
    """Deletes the rows under these keys that are over."""
    keys, at = [key.name for key in OVER[name][0].primary_key], {"before": to_micros(before)}
    wanted = [{f"old_{key}": value for key, value in zip(keys, row, strict=True)} | at for row in rows]
    if wanted:
        c.many(STATEMENTS[name][1], wanted)
