"""Passes: work that goes through all customers from time to time, and how far it has come."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, select

from domain.clock import from_micros, to_micros
from records import schema
from records.connection import Connection
from records.run import State
from records.statement import insert_or_update, prepare

table, customers, runs = schema.passes, schema.customers, schema.due

PUT = insert_or_update(table)
GET = prepare(select(table.c.cursor).where(table.c.name == bindparam("which", type_=Text)))
PEOPLE = prepare(
    select(customers.c.id, customers.c.profile, customers.c.features)
    .where(customers.c.id > bindparam("after", type_=Text), customers.c.person_id.is_(None))
    .order_by(customers.c.id)
    .limit(bindparam("most", type_=BigInteger))
)
NEAR = prepare(
    select(runs.c.id, runs.c.customer_id, runs.c.scene, runs.c.state, runs.c.reason, runs.c.updated_at).where(
        runs.c.customer_id >= bindparam("first", type_=Text), runs.c.customer_id <= bindparam("last", type_=Text)
    )
)


class Person(NamedTuple):
    """A customer as the records hold it."""

    id: str
    profile: str
    features: str | None


class Past(NamedTuple):
    """What the daily pass asks of a run: whether it is there, open, or was said lately."""

    id: str
    customer_id: str
    scene: str
    state: State
    reason: str | None
    updated_at: datetime


def get(c: Connection, name: str) -> str | None:
    """How far the pass of that name has come, None where it never began."""
    row = c.one(GET, which=name)
    return None if row is None else str(row[0])


def put(c: Connection, name: str, cursor: str, now: datetime) -> None:
    """Writes down how far it has come."""
    c.run(PUT, name=name, cursor=cursor, updated_at=to_micros(now))


def people(c: Connection, after: str, most: int) -> list[Person]:
    """The next customers by id; whoever is the same person as another is left to that one."""
    return [Person(*row) for row in c.all(PEOPLE, after=after, most=most)]


def near(c: Connection, first: str, last: str) -> list[Past]:
    """What is known of the runs of the customers between two ids, both included."""
    rows = c.all(NEAR, first=first, last=last)
    return [Past(id, whose, scene, state, reason, from_micros(at)) for id, whose, scene, state, reason, at in rows]
