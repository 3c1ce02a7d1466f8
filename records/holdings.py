"""Holdings: what there is in the records, counted: identifiers, events of late, habits, copy that was approved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BigInteger, Text, bindparam, func, select

from domain.clock import to_micros
from domain.happening import Happening, meaning, plain
from records import schema
from records.connection import Connection
from records.statement import prepare

PAGE = 20_000
GAPS = re.compile(r'"gap_days":\[([^\]]*)\]')

events, identifiers, customers = schema.events, schema.identifiers, schema.customers
IDENTIFIERS = prepare(select(identifiers.c.kind, func.count()).group_by(identifiers.c.kind))
LATELY = prepare(
    select(events.c.type, events.c.name, events.c.customer_id, func.count())
    .where(events.c.at >= bindparam("since", type_=BigInteger))
    .group_by(events.c.type, events.c.name, events.c.customer_id)
)
FEATURES = prepare(
    select(customers.c.id, customers.c.features)
    .where(customers.c.id > bindparam("after", type_=Text), customers.c.features.is_not(None))
    .order_by(customers.c.id)
    .limit(bindparam("most", type_=BigInteger))
)


@dataclass(slots=True)
class Happened:
    """What happened lately under one name: how often, and to whom."""

    times: int = 0
    customers: set[str] = field(default_factory=set)


def by_kind(c: Connection) -> Mapping[str, int]:
    """How many identifiers of each kind there are."""
    return {str(kind): int(count) for kind, count in c.all(IDENTIFIERS)}


def lately(c: Connection, since: datetime) -> Mapping[Happening | str, Happened]:
    """What happened since then, by what it means to us; an event that means nothing to us by its own name."""
    found: dict[Happening | str, Happened] = {}
    for type, name, customer_id, count in c.all(LATELY, since=to_micros(since)):
        happened = found.setdefault(meaning(type, name) or plain(name or type), Happened())
        happened.times += int(count)
        happened.customers.add(str(customer_id))
    return found


def habitual(c: Connection) -> frozenset[str]:
    """Customers who buy something again and again, so that its next time can be told."""
    return frozenset(id for id, features in _features(c) if _has_gap(features))


def _features(c: Connection) -> Iterator[tuple[str, str]]:
    after = ""
    while page := c.all(FEATURES, after=after, most=PAGE):
        yield from ((str(id), str(features)) for id, features in page)
        after = str(page[-1][0])


def _has_gap(features: str) -> bool:
    found = GAPS.search(features)
    return found is not None and any(char in "123456789" for char in found[1])
