"""Everything that an import may have written, in a form that two databases and two processes share."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from domain.consent import Consent
from domain.customer import Customer
from domain.memory import Memory
from records import consents, memories, profiles, schema
from records.connection import Connection, Row
from records.context import ContextStore
from records.database import Database
from records.statement import prepare

T = TypeVar("T")
TABLES = ("customers", "consents", "memories", "purchases", "redemptions", "offers", "co_purchases", "contacts")


def ledgers(database: Database) -> list[Consent]:
    """Every line about everybody."""
    return [line for one in people(database) for line in _of(database, one.id, consents.ledger)]


def all_memories(database: Database) -> list[Memory]:
    """Everything that is remembered of anybody."""
    return [memory for one in people(database) for memory in _of(database, one.id, memories.of_customer)]


def people(database: Database) -> list[Customer]:
    """Every customer, as far as a test has any."""
    return database.read(lambda c: profiles.page(c, 1000))


def _of(database: Database, customer_id: str, read: Callable[[Connection, str], tuple[T, ...]]) -> tuple[T, ...]:
    return database.read(lambda c: read(c, customer_id))


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table that imports write, documents with their sets in order."""
    return {name: sorted(map(_plain, _all(database, name)), key=repr) for name in TABLES}


def remembered(context: ContextStore) -> tuple[dict[str, str], dict[str, str]]:
    """The digests of customers and the texts of offers, by id."""
    people, _ = context.ids()
    digests = {one.customer_id: one.digest for one in context.get_many(people)}
    return digests, {id: text for id, (text, _) in context.offer_vectors().items()}


def _all(database: Database, name: str) -> list[Row]:
    table = schema.metadata.tables[name]
    rows = prepare(select(*[column for column in table.columns if column.name != "seq"]))
    return database.read(lambda c: c.all(rows))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_value(value) for value in row)


def _value(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps(_sorted(json.loads(value)), sort_keys=True)
    return int(value) if isinstance(value, bool) else value


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _sorted(sorted(item) if key in ("tags", "segments", "applies_to") else item)
            for key, item in value.items()
        }
    return value
