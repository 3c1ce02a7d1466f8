"""Profiles: who our customers are and how they behave, one document each."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, select, update

from domain.clock import to_micros
from domain.customer import Customer
from domain.errors import Malformed
from domain.features import Features
from records import schema
from records.connection import Connection
from records.identifiers import normalised, owner
from records.statement import counting, insert_new, insert_or_update, prepare

customers, identifiers = schema.customers, schema.identifiers

PUT = insert_or_update(customers, keep=("created_at", "features", "person_id", "absorbs"))
GET = prepare(select(customers.c.profile).where(customers.c.id == bindparam("id")))
GET_FEATURES = prepare(select(customers.c.features).where(customers.c.id == bindparam("id")))
PUT_FEATURES = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"))
    .values(features=bindparam("features"), updated_at=bindparam("updated_at", type_=BigInteger))
)
FORGET_IDENTIFIERS = prepare(delete(identifiers).where(identifiers.c.customer_id == bindparam("customer_id")))
PUT_IDENTIFIER = insert_new(identifiers)
PAGE = prepare(
    select(customers.c.id, customers.c.profile)
    .where(customers.c.id > bindparam("after"))
    .order_by(customers.c.id)
    .limit(bindparam("most"))
)
IDS = prepare(select(customers.c.id).order_by(customers.c.id))
COUNT = counting(customers)


def upsert(c: Connection, people: Sequence[Customer], now: datetime) -> None:
    """Writes the profiles whole: what a profile no longer says is no longer known; features and history stay."""
    c.many(PUT, [customer_row(one, now) for one in people])
    c.many(FORGET_IDENTIFIERS, [{"customer_id": one.id} for one in people])
    rows = [
        {"kind": kind, "value": normalised(kind, value), "customer_id": one.id}
        for one in people
        for kind, value in one.identifiers.items()
    ]
    if rows and c.many(PUT_IDENTIFIER, rows) < len(rows):
        refuse_taken(c, people)


def welcome(c: Connection, newcomer: Customer, now: datetime) -> str:
    """Writes a customer whom nobody knows and answers with the id; who knows an identifier of theirs already is it.

    Two that welcome the same person at once answer with the same id.
    """
    for kind, value in newcomer.identifiers.items():
        if not c.run(PUT_IDENTIFIER, kind=kind, value=normalised(kind, value), customer_id=newcomer.id):
            c.run(FORGET_IDENTIFIERS, customer_id=newcomer.id)
            return owner(c, kind, value) or newcomer.id
    c.many(PUT, [customer_row(newcomer, now)])
    return newcomer.id


def customer_row(one: Customer, now: datetime) -> dict[str, str | int | None]:
    """A profile as it is kept."""
    at = to_micros(now)
    return {
        "id": one.id,
        "profile": one.model_dump_json(),
        "features": None,
        "created_at": at,
        "updated_at": at,
        "person_id": None,
        "absorbs": None,
    }


def refuse_taken(c: Connection, people: Iterable[Customer]) -> None:
    """Names the identifier that belongs to somebody else."""
    for one in people:
        for kind, value in one.identifiers.items():
            holder = owner(c, kind, value)
            if holder != one.id:
                why = f"it belongs to customer {holder!r}. Give each customer identifiers of their own."
                raise Malformed(f"identifiers.{kind}", value, why)


def customer(c: Connection, customer_id: str) -> Customer | None:
    """The profile, None where there is no such customer."""
    row = c.one(GET, id=customer_id)
    return None if row is None else Customer.model_validate_json(row[0])


def page(c: Connection, limit: int, after: str = "") -> list[Customer]:
    """The profiles behind the id `after`, in the order of their ids."""
    return [Customer.model_validate_json(row[1]) for row in c.all(PAGE, after=after, most=limit)]


def ids(c: Connection) -> list[str]:
    """The id of every customer, in order."""
    return [row[0] for row in c.all(IDS)]


def count(c: Connection) -> int:
    """How many customers there are."""
    row = c.one(COUNT)
    return int(row[0]) if row else 0


def save_features(c: Connection, rows: Iterable[tuple[str, Features]], now: datetime) -> None:
    """Writes the features of customers that exist."""
    at = to_micros(now)
    c.many(PUT_FEATURES, [{"key": id, "features": one.model_dump_json(), "updated_at": at} for id, one in rows])


def features(c: Connection, customer_id: str) -> Features:
    """How the customer behaves; empty where nothing is known."""
    row = c.one(GET_FEATURES, id=customer_id)
    return Features.model_validate_json(row[0]) if row and row[0] else Features()
