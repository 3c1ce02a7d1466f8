"""Talks: what a person and the desk said lately, so that the next sentence can build on it; forgotten after a day."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, bindparam, delete, select

from domain.clock import to_micros
from records import schema
from records.connection import Connection
from records.statement import insert_or_update, prepare

table = schema.talks

KEPT = timedelta(hours=24)
"""How long a conversation is kept after its last word."""

PUT = insert_or_update(table)
GET = prepare(
    select(table.c.document).where(
        table.c.person == bindparam("person"),
        table.c.id == bindparam("id"),
        table.c.until > bindparam("now", type_=BigInteger),
    )
)
FORGET = prepare(delete(table).where(table.c.until <= bindparam("now", type_=BigInteger)))


def put(c: Connection, person: str, talk: str, document: str, now: datetime) -> datetime:
    """Keeps a conversation as it stands, forgets all that are over, and answers until when it is kept."""
    until = now + KEPT
    c.run(FORGET, now=to_micros(now))
    c.run(PUT, person=person, id=talk, document=document, until=to_micros(until))
    return until


def get(c: Connection, person: str, talk: str, now: datetime) -> str | None:
    """A person's own conversation, None where there is none or it is over; nobody reads another's."""
    row = c.one(GET, person=person, id=talk, now=to_micros(now))
    return None if row is None else str(row[0])
