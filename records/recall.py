"""Recall: everything a decision may use about one customer, read by one statement at one instant.

Each row says in its first column what it is. One statement is one snapshot and one round trip.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import eq, itemgetter
from typing import Any

import orjson
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
from domain.frozen import value
from domain.memory import Memory
from domain.stop import Stop
from domain.together import Joining, Word, consents_together, one_person
from records import contacts, schema, tallies
from records.connection import Connection, Row
from records.identifiers import owner
from records.likenesses import Likeness
from records.members import is_member
from records.statement import Listed, Statement, prepare

MOST_MEMORIES = 50
LOOKS_BACK = timedelta(days=35)
"""How far back contacts are read where no rule looks back further: a month has 31 days at most."""

Part = Select[tuple[Any, ...]]
Said = tuple[int, str, str, bool, str]
"""A line of the ledger of consents: its number, topic, purpose, whether that was a yes, and whose it is."""
ID, NOW = bindparam("id", type_=Text), bindparam("now", type_=BigInteger)
TEXTS, NUMBERS = 5, 2
"""How many columns of each kind a row has behind the first; each costs as much as a value, also where it is null."""
FIRST, SECOND, DATA = TEXTS + 1, TEXTS + 2, TEXTS + NUMBERS + 1
"""Where the numbers stand in a row, and the bytes."""


@value()
class Recall:
    """What was true of one customer, and of the house, at one instant."""

    record: Record
    stops: tuple[Stop, ...]
    policy_version: int
    catalogue_version: int
    tallies: Mapping[str, Decimal] = field(default_factory=dict)
    """What the house has promised altogether, by key, for every period that is not over."""
    likeness: Likeness | None = None
    """What the customer is like altogether; None where it was not recorded yet."""
    rows: tuple[Row, ...] = field(default=(), repr=False, compare=False)
    """What it was read from, memories left out; kept of somebody who was never merged."""


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
    stops, counted = schema.stops.c, schema.tallies.c
    return [
        part("stop", [stops.document]).where(stops.lifted_at.is_(None)),
        part("versions", [], [version_of("policy"), version_of("catalogue")]),
        part("tally", [counted.key], [counted.used]).where(counted.until > NOW),
    ]


def version_of(name: str) -> ColumnElement[Any]:
    """The version that something is at; null where it was never changed."""
    versions = schema.versions.c
    return select(versions.value).where(versions.name == literal_column(f"'{name}'")).scalar_subquery()


def is_one(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row is written under the one id that is asked for."""
    return column == ID


def customer_parts(
    whose: Callable[[ColumnElement[Any]], ColumnElement[bool]], *, features: bool = True, likeness: bool = True
) -> list[Part]:
    """Who the customer is, what they allowed and were sent or promised; habits and likeness only where asked for."""
    customers, consents, promised = schema.customers.c, schema.consents.c, schema.contacts.c
    said = (consents.seq, consents.topic, consents.purpose, consents.granted, consents.customer_id)
    *words, pushed, at = contacts.PACKED
    nothing = cast(null(), Text)
    habits = customers.features if features else nothing
    encoder, vector = (customers.encoder, customers.vector) if likeness else (nothing, None)
    several = whose is is_member
    about = [customers.id if several else customers.person_id, customers.absorbs, encoder]
    return [
        part("customer", [customers.profile, habits, *about], data=vector).where(whose(customers.id)),
        part("consents", [Listed(*said)]).where(whose(consents.customer_id)),
        part("contact", words, [cast(pushed, Integer), at]).where(
            whose(promised.customer_id),
            at >= bindparam("since", type_=BigInteger),
            promised.state != literal_column("'released'"),
        ),
    ]


def merge_part() -> Part:
    """The merges that made one person of several customers."""
    merges = schema.merges.c
    return part("merge", [merges.person_id, merges.customer_id], [merges.words, merges.seq]).where(
        is_member(merges.customer_id), merges.undone_at.is_(None)
    )


def memory_part(whose: Callable[[ColumnElement[Any]], ColumnElement[bool]]) -> Part:
    """The newest memories that have not expired."""
    memories = schema.memories.c
    alive = or_(memories.expires_at.is_(None), memories.expires_at > NOW)
    newest = select(memories.document, memories.at, memories.vector).where(whose(memories.customer_id), alive)
    rows = newest.order_by(memories.at.desc()).limit(literal_column(str(MOST_MEMORIES))).subquery().c
    return part("memory", [rows.document], [rows.at], rows.vector)


FACTS = prepare(union_all(*customer_parts(is_one, features=False, likeness=False), *house_parts()))
FACTS_WITH_ORDERS = prepare(union_all(*customer_parts(is_one, likeness=False), *house_parts()))
HOUSE = prepare(union_all(*house_parts()))
EVERYTHING = prepare(union_all(*customer_parts(is_one), *house_parts(), memory_part(is_one)))
FACTS_OF_PERSON = prepare(union_all(*customer_parts(is_member, likeness=False), merge_part(), *house_parts()))
EVERYTHING_OF_PERSON = prepare(
    union_all(*customer_parts(is_member), merge_part(), *house_parts(), memory_part(is_member))
)

SOME_MEMORIES = TypeAdapter(tuple[Memory, ...])


def recall(c: Connection, who: Who, now: datetime, back: timedelta = LOOKS_BACK) -> Recall | None:
    """Everything about the person whom `who` names, None where we know nobody by that name.

    `back` is how far the rules look back: older contacts are not read. Only of somebody who was merged more than one
    statement is read, in the same snapshot.
    """
    kind, value = who.key()
    customer_id = value if kind == "id" else owner(c, kind, value)
    return None if customer_id is None else _recalled(c, EVERYTHING, EVERYTHING_OF_PERSON, customer_id, now, back)


def recall_facts(
    c: Connection,
    customer_id: str,
    now: datetime,
    back: timedelta = LOOKS_BACK,
    known: Recall | None = None,
    *,
    orders: bool = False,
) -> Recall | None:
    """What rules need: the record without memories, which no rule asks for; features only where rules ask for orders.

    `known` itself where it was read from the same rows: nothing has changed since, and nothing is put together twice.
    """
    alone = FACTS_WITH_ORDERS if orders else FACTS
    return _recalled(c, alone, FACTS_OF_PERSON, customer_id, now, back, known, orders)


def _recalled(
    c: Connection,
    alone: Statement,
    together: Statement,
    customer_id: str,
    now: datetime,
    back: timedelta,
    known: Recall | None = None,
    orders: bool = True,
) -> Recall | None:
    """The record, of all members where the customer is one of several that are one person."""
    since, at = to_micros(now - back), to_micros(now)
    rows = c.all(alone, id=customer_id, since=since, now=at)
    if known is not None and alike(rows, known.rows, orders):
        return known
    found = grouped(rows)
    if not found["customer"]:
        return None
    row = found["customer"][0]
    _, profile, _, person_id, absorbs, *_ = row
    if person_id is None and absorbs is None:
        told = tuple(rows[: len(rows) - len(found["memory"])])
        return put_together(customer_of(profile), row, latest(said_by(found)), found, told, orders)
    survivor = customer_id if person_id is None else person_id
    found = grouped(c.all(together, id=survivor, since=since, now=at))
    return of_person(survivor, found) if found["customer"] else None


def alike(facts: list[Row], everything: tuple[Row, ...], orders: bool) -> bool:
    """Whether rows of FACTS say what rows of EVERYTHING said, but for likeness and memories; in one order.

    Habits are compared where rules ask for orders.
    """
    if not facts or len(facts) != len(everything):
        return False
    one, other = facts[0], everything[0]
    same = one[:2] == other[:2] and one[3:5] == other[3:5] and all(map(eq, facts[1:], everything[1:]))
    return same and (not orders or one[2] == other[2])


def blank(c: Connection, customer: Customer, now: datetime) -> Recall:
    """What is true of somebody who is not in the records."""
    found = grouped(c.all(HOUSE, now=to_micros(now)))
    return at_home(Record(customer=customer), found)


def grouped(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows by what each of them says it is."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def of_person(survivor: str, found: dict[str, list[Row]]) -> Recall:
    """The rows of all members as one person: everything they were sent, every no, what only one of them told us."""
    rows = {row[3]: row for row in found["customer"]}
    customer = one_person(
        customer_of(rows[survivor][1]), [customer_of(row[1]) for id, row in rows.items() if id != survivor]
    )
    words = (Word(seq, member, (topic, purpose), bool(yes)) for seq, topic, purpose, yes, member in said_by(found))
    merges = sorted(found["merge"], key=lambda row: int(row[SECOND]))
    joinings = (Joining(int(row[FIRST]), row[1], row[2]) for row in merges)
    return put_together(customer, rows[survivor], consents_together(words, joinings, survivor), found)


def put_together(
    customer: Customer,
    row: Row,
    consents: ConsentState,
    found: dict[str, list[Row]],
    rows: tuple[Row, ...] = (),
    behaved: bool = True,
) -> Recall:
    """The record of one person; `row` is their own. Without `behaved`, nobody looked for their features."""
    features, encoder, vector = row[2], row[5], row[DATA]
    record = Record.of_parts(
        customer=customer,
        features=Features.model_validate_json(features) if features else Features(),
        consents=consents,
        contacts=tuple([contacts.unpacked(tuple(row[1:DATA])) for row in found["contact"]]),
        memories=memories(found["memory"]),
    )
    if not behaved:
        record.model_fields_set.discard("features")
    return at_home(record, found, Likeness(encoder, vector) if vector else None, rows)


@lru_cache(maxsize=1024)
def customer_of(profile: str) -> Customer:
    """The customer in a profile; a decision reads it twice within a millisecond, so that the last ones are kept."""
    return Customer.model_validate_json(profile)


def at_home(
    record: Record, found: dict[str, list[Row]], likeness: Likeness | None = None, rows: tuple[Row, ...] = ()
) -> Recall:
    """The record beside what holds for every customer."""
    versions = found["versions"][0]
    silenced = tuple(Stop.model_validate_json(row[1]) for row in found["stop"])
    used = {row[1]: tallies.shown(row[FIRST]) for row in found["tally"]}
    return Recall(record, silenced, versions[FIRST] or 0, versions[SECOND] or 0, used, likeness, rows)


def said_by(found: dict[str, list[Row]]) -> list[Said]:
    """The words of the ledger, first to last."""
    said: list[Said] = orjson.loads(found["consents"][0][1])
    return sorted(said)


def latest(words: list[Said]) -> ConsentState:
    """The last word of the ledger on each topic and purpose."""
    return {(topic, purpose): bool(yes) for _, topic, purpose, yes, _ in words}


def memories(rows: list[Row]) -> tuple[Memory, ...]:
    """The memories, newest first, each with its vector."""
    if not rows:
        return ()
    rows = sorted(rows, key=itemgetter(FIRST), reverse=True)
    found = SOME_MEMORIES.validate_json("[" + ",".join(row[1] for row in rows) + "]")
    for memory, row in zip(found, rows, strict=True):
        # Bytes have no place in JSON, and a copy of a frozen value would cost as much as reading it.
        memory.__dict__["vector"] = row[DATA]
    return found
