"""Mandates: for whom each person speaks, and what they may give instructions about."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from domain.clock import to_micros
from domain.person import plain
from records import schema
from records.connection import Connection
from records.statement import insert_or_update, prepare

table = schema.mandates

PUT = insert_or_update(table)
GET = prepare(select(table.c.document).where(table.c.person == bindparam("person")))
ALL = prepare(select(table.c.person, table.c.document).order_by(table.c.person))
END = prepare(delete(table).where(table.c.person == bindparam("who")))


def put(c: Connection, person: str, document: str, now: datetime) -> None:
    """Gives a person a mandate in the place of any other."""
    c.run(PUT, person=plain(person), document=document, set_at=to_micros(now))


def get(c: Connection, person: str) -> str | None:
    """The person's mandate as JSON, None where they have none."""
    row = c.one(GET, person=plain(person))
    return None if row is None else str(row[0])


def list_all(c: Connection) -> list[tuple[str, str]]:
    """Every person with a mandate, and the mandate."""
    return [(str(person), str(document)) for person, document in c.all(ALL)]


def end(c: Connection, person: str) -> bool:
    """Takes a mandate away and says whether there was one."""
    return c.run(END, who=plain(person)) > 0
