"""Export: every row that we hold about a person, table by table, a page at a time.

Each page is a transaction of its own, so that neither memory nor the database is held up by somebody with a long past.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import from_json
from sqlalchemy import BigInteger, ColumnElement, LargeBinary, Table, Text, and_, bindparam, or_, select

from domain.clock import from_micros
from records import erasure, schema
from records.connection import Connection
from records.statement import Statement, prepare

PIECE = 500
"""Rows of a page."""

INSTANTS = frozenset(
    (
        *("at", "until", "send_at", "holds_until", "touched_at", "followed_at", "expires_at", "received_at"),
        *("released_at", "created_at", "updated_at", "decided_at", "undone_at", "told_at"),
    )
)
DOCUMENTS = frozenset(("profile", "features", "evidence", "properties", "context", "document", "public", "absorbs"))
LEFT_OUT = frozenset(("vector", "encoder", "wrapped_key", "seal"))
"""What is made from the rest, and keys."""

Row = dict[str, Any]


def owners(table: Table) -> tuple[str, ...]:
    """The columns in which a table names the customer that a row is about."""
    named = {"customers": ("id",), "merges": ("customer_id", "person_id"), "matches": ("left_id", "right_id")}
    return named.get(table.name, ("customer_id",) if "customer_id" in table.columns else ())


def pages(table: Table) -> tuple[Statement, Statement]:
    """The first page of a customer's rows, and the page behind a row."""
    keys = list(table.primary_key)
    mine = or_(*(table.c[name] == bindparam("customer", type_=Text) for name in owners(table)))
    first = select(*table.c).where(mine).order_by(*keys).limit(PIECE)
    return prepare(first), prepare(first.where(behind(keys)))


def behind(keys: list[Any]) -> ColumnElement[bool]:
    """What comes after the row whose keys are given as `after_…`."""
    equal: list[ColumnElement[bool]] = []
    ways = []
    for key in keys:
        kind = BigInteger if isinstance(key.type, BigInteger) else key.type
        value: ColumnElement[Any] = bindparam(f"after_{key.name}", type_=kind)
        ways.append(and_(*equal, key > value))
        equal.append(key == value)
    return or_(*ways)


TABLES: Mapping[str, Table] = {
    name: schema.metadata.tables[name]
    for name, fate in erasure.FATES.items()
    if fate in ("deleted", "unreadable", "hashed") and name != "vault" and owners(schema.metadata.tables[name])
}
"""What is exported: every table with rows about a person."""
PAGES = {name: pages(table) for name, table in TABLES.items()}


def page(c: Connection, name: str, customer_id: str, after: Row | None = None) -> list[Row]:
    """The customer's rows of a table behind the row `after`; bytes are left as they are, for whoever has the key."""
    table = TABLES[name]
    first, following = PAGES[name]
    if after is None:
        rows = c.all(first, customer=customer_id)
    else:
        rows = c.all(
            following, customer=customer_id, **{f"after_{key.name}": after[key.name] for key in table.primary_key}
        )
    return [dict(zip(table.columns.keys(), row, strict=True)) for row in rows]


def readable(name: str, row: Row) -> Row:
    """A row with its instants as times and its documents as JSON; what only a machine made is left out."""
    columns = TABLES[name].columns
    return {
        key: said(key, value)
        for key, value in row.items()
        if key not in LEFT_OUT and not isinstance(columns[key].type, LargeBinary)
    }


def said(name: str, value: Any) -> Any:
    """One value as a person and a machine can read it."""
    if value is None:
        return None
    if name in INSTANTS and isinstance(value, int):
        return from_micros(value).isoformat() if abs(value) < 1 << 55 else None
    if name in DOCUMENTS and isinstance(value, str):
        try:
            return from_json(value)
        except ValueError:
            return value
    return value


def names() -> Iterator[str]:
    """The tables in the order of an export: who somebody is, what they allowed, what they did, what was decided."""
    yield from TABLES
