"""Persons: whose names stand in a text, and who is called so; looked for over the whole base, since no index knows."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.engine import Dialect

from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement

MOST_WORDS = 8
MOST = 50
SHORTEST = 2
"""Letters below which a name is no name: every text holds it."""
NOTHING = "\x1f"
"""A word that no name holds."""


@dataclass(frozen=True, slots=True)
class Called:
    """A customer, and the name under which they are known."""

    customer_id: str
    name: str


def _statement(dialect: Dialect) -> Select[tuple[str, str]]:
    lite = dialect is SQLITE
    name: ColumnElement[str] = literal_column(
        "json_extract(profile, '$.display_name')" if lite else "(profile::json ->> 'display_name')", Text
    )
    holds = func.instr if lite else func.strpos
    plain = func.replace(func.replace(func.lower(name), " ", ""), "\u3000", "")
    words = [holds(plain, bindparam(f"word{place}", type_=Text)) > 0 for place in range(MOST_WORDS)]
    said = and_(func.length(plain) >= SHORTEST, holds(bindparam("text", type_=Text), plain) > 0)
    return (
        select(schema.customers.c.id, name)
        .where(name.is_not(None), or_(said, *words))
        .order_by(schema.customers.c.id)
        .limit(literal_column(str(MOST)))
    )


NAMED = Statement(_statement)


def called(c: Connection, text: str, words: tuple[str, ...] = ()) -> tuple[Called, ...]:
    """The customers whose whole name stands in the text, and those whose name holds one of the words."""
    wanted = [plain(word) for word in words if len(plain(word)) >= SHORTEST][:MOST_WORDS]
    filled = {f"word{place}": NOTHING for place in range(MOST_WORDS)}
    filled |= {f"word{place}": word for place, word in enumerate(wanted)}
    return tuple(Called(str(row[0]), str(row[1])) for row in c.all(NAMED, text=plain(text), **filled))


def plain(text: str) -> str:
    """A name as it is compared: small letters, no spaces."""
    return "".join(text.lower().split())
