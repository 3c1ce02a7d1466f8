"""Recall: everything a decision may use about one customer, read by one statement at one instant.

Each row says in its first column what it is. One statement is one snapshot and one round trip.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Text,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from domain.clock import to_micros
from domain.consent import ConsentState
from domain.customer import Customer, Record
from domain.decision import Who
from domain.features import Features
from domain.memory import Memory
from domain.stop import Stop
from records import contacts, schema, tallies
from records.connection import Connection, Row
from records.identifiers import owner
from records.statement import prepare

MOST_MEMORIES = 50
LOOKS_BACK = timedelta(days=35)
"""How far back contacts are read where no rule looks back further: a month has 31 days at most."""

Part = Select[tuple[Any, ...]]
ID, NOW = bindparam("id", type_=Text), bindparam("now", type_=BigInteger)
TEXTS, NUMBERS = 8, 2
"""How many columns of each kind a row has behind the first."""


@dataclass(frozen=True, slots=True)
class Recall:
    """What was true of one customer, and of the house, at one instant."""

    record: Record
    stops: tuple[Stop, ...]
    policy_version: int
    catalogue_version: int
    tallies: Mapping[str, Decimal] = field(default_factory=dict)
    """What the house has promised altogether, by key, for every period that is not over."""


def part(kind: str, texts: Iterable[Any], numbers: Iterable[Any] = (), data: Any = None) -> Part:
    """One branch of the statement, filled up to the common width."""
    words, counts = list(texts), [cast(number, BigInteger) for number in numbers]
    words += [cast(null(), Text)] * (TEXTS - len(words))
    counts += [cast(null(), BigInteger)] * (NUMBERS - len(counts))
    blob: ColumnElement[Any] = cast(null(), LargeBinary) if data is None else data
    row = [literal_column(f"'{kind}'"), *words, *counts, blob]
    return select(*(column.label(f"c{place}") for place, column in enumerate(row)))


def house_parts() -> list[Part]:
    """What holds for every customer alike: stops in force, versions and tallies."""
    stops, versions, counted = schema.stops.c, schema.versions.c, schema.tallies.c
    return [
        part("stop", [stops.document]).where(stops.lifted_at.is_(None)),
        part("version", [versions.name], [versions.value]).where(
            or_(versions.name == literal_column("'policy'"), versions.name == literal_column("'catalogue'"))
        ),
        part("tally", [counted.key], [counted.used]).where(counted.until > NOW),
    ]


def customer_parts(*, features: bool = True) -> list[Part]:
    """Who the customer is, what they allowed and were sent or promised; habits only where they are asked for."""
    customers, consents, promised = schema.customers.c, schema.consents.c, schema.contacts.c
    *words, pushed, at = contacts.COLUMNS
    return [
        part("customer", [customers.profile, *([customers.features] if features else [])]).where(customers.id == ID),
        part("consent", [consents.topic, consents.purpose], [cast(consents.granted, Integer), consents.seq]).where(
            consents.customer_id == ID
        ),
        part("contact", words, [cast(pushed, Integer), at]).where(
            promised.customer_id == ID,
            at >= bindparam("since", type_=BigInteger),
            promised.state != literal_column("'released'"),
        ),
    ]


def memory_part() -> Part:
    """The newest memories that have not expired."""
    memories = schema.memories.c
    alive = or_(memories.expires_at.is_(None), memories.expires_at > NOW)
    newest = select(memories.document, memories.at, memories.vector).where(memories.customer_id == ID, alive)
    rows = newest.order_by(memories.at.desc()).limit(literal_column(str(MOST_MEMORIES))).subquery().c
    return part("memory", [rows.document], [rows.at], rows.vector)


FACTS = prepare(union_all(*customer_parts(features=False), *house_parts()))
HOUSE = prepare(union_all(*house_parts()))
EVERYTHING = prepare(union_all(*customer_parts(), *house_parts(), memory_part()))

SOME_MEMORIES = TypeAdapter(tuple[Memory, ...])


def recall(c: Connection, who: Who, now: datetime, back: timedelta = LOOKS_BACK) -> Recall | None:
    """Everything about the customer whom `who` names, None where we know nobody by that name.

    `back` is how far the rules look back: older contacts are not read.
    """
    kind, value = who.key()
    customer_id = value if kind == "id" else owner(c, kind, value)
    if customer_id is None:
        return None
    return sorted_out(c.all(EVERYTHING, id=customer_id, since=to_micros(now - back), now=to_micros(now)))


def recall_facts(c: Connection, customer_id: str, now: datetime, back: timedelta = LOOKS_BACK) -> Recall | None:
    """What rules need: the record without habits and memories, which no rule asks for."""
    return sorted_out(c.all(FACTS, id=customer_id, since=to_micros(now - back), now=to_micros(now)))


def blank(c: Connection, customer: Customer, now: datetime) -> Recall:
    """What is true of somebody who is not in the records."""
    rows = c.all(HOUSE, now=to_micros(now))
    stops, versions, counted = ([row for row in rows if row[0] == kind] for kind in ("stop", "version", "tally"))
    return at_home(Record(customer=customer), stops, versions, counted)


def sorted_out(rows: list[Row]) -> Recall | None:
    """The rows put together, by what each of them says it is."""
    found: dict[str, list[Row]] = {
        "customer": [],
        "consent": [],
        "contact": [],
        "memory": [],
        "stop": [],
        "version": [],
        "tally": [],
    }
    for row in rows:
        found[row[0]].append(row)
    if not found["customer"]:
        return None
    _, profile, features, *_ = found["customer"][0]
    record = Record.model_construct(
        customer=customer_of(profile),
        features=Features.model_validate_json(features) if features else Features(),
        consents=latest(found["consent"]),
        contacts=tuple(filter(None, (contacts.read(tuple(row[1:11])) for row in found["contact"]))),
        memories=memories(found["memory"]),
    )
    return at_home(record, found["stop"], found["version"], found["tally"])


@lru_cache(maxsize=1024)
def customer_of(profile: str) -> Customer:
    """The customer in a profile; a decision reads it twice within a millisecond, so that the last ones are kept."""
    return Customer.model_validate_json(profile)


def at_home(record: Record, stops: list[Row], versions: list[Row], counted: list[Row]) -> Recall:
    """The record beside what holds for every customer."""
    numbers = {row[1]: row[9] for row in versions}
    silenced = tuple(Stop.model_validate_json(row[1]) for row in stops)
    used = {row[1]: tallies.shown(row[9]) for row in counted}
    return Recall(record, silenced, numbers.get("policy", 0), numbers.get("catalogue", 0), used)


def latest(rows: list[Row]) -> ConsentState:
    """The last word of the ledger on each topic and purpose."""
    return {(row[1], row[2]): bool(row[9]) for row in sorted(rows, key=lambda row: int(row[10]))}


def memories(rows: list[Row]) -> tuple[Memory, ...]:
    """The memories, newest first, each with its vector."""
    if not rows:
        return ()
    rows = sorted(rows, key=lambda row: int(row[9]), reverse=True)
    found = SOME_MEMORIES.validate_json("[" + ",".join(row[1] for row in rows) + "]")
    for memory, row in zip(found, rows, strict=True):
        # Bytes have no place in JSON, and a copy of a frozen value would cost as much as reading it.
        object.__setattr__(memory, "vector", row[11])
    return found
