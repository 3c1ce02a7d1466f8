"""Versions: counters that tell a reader whether what it holds in memory is still the newest."""

from sqlalchemy import bindparam, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement, prepare

table = schema.versions

GET = prepare(select(table.c.value).where(table.c.name == bindparam("name")))


def _one_more(dialect: Dialect) -> ClauseElement:
    row = sqlite.insert(table) if dialect is SQLITE else postgresql.insert(table)
    first = row.values(name=bindparam("name"), value=literal(1))
    return first.on_conflict_do_update(index_elements=["name"], set_={"value": table.c.value + 1}).returning(
        table.c.value
    )


ONE_MORE = Statement(_one_more)


def bump(c: Connection, name: str) -> int:
    """Counts one up and says where the counter stands; on PostgreSQL others wait until this transaction ends."""
    row = c.one(ONE_MORE, name=name)
    return int(row[0]) if row else 0


def current(c: Connection, name: str) -> int:
    """Where the counter stands; 0 where it never moved."""
    row = c.one(GET, name=name)
    return int(row[0]) if row else 0
