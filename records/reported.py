"""Reported: which event is counted for each order and refund, so that the same one never counts twice.

An order that comes again under another message id (a nightly export, a second system) is kept as an event and adds
nothing, however long ago the first was. Of one person's members each notes what it was told, and what another member
counts already it does not count again.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, cast, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from domain.deeds import number_of
from domain.event import Event
from records import schema
from records.connection import Connection
from records.statement import SQLITE, Statement, among, insert_new, prepare

table, events = schema.reported, schema.events

ADD = insert_new(table)
OF = among(select(table.c.customer_id, table.c.name, table.c.message_id), table.c.customer_id)
YIELD = prepare(
    update(table)
    .where(table.c.customer_id == bindparam("key"), table.c.name == bindparam("number"))
    .values(message_id=bindparam("message_id"))
)
FORGET = prepare(delete(table).where(table.c.customer_id == bindparam("key"), table.c.name == bindparam("number")))
COUNTED_BY = among(
    select(table.c.customer_id, table.c.name, events.c.customer_id).select_from(
        table.join(events, events.c.message_id == table.c.message_id)
    ),
    table.c.customer_id,
)

Pair = tuple[str, str]
"""A customer, and the name of an order or a refund."""


def these(dialect: Dialect) -> ClauseElement:
    """The rows of any number of pairs, given as JSON; each is one look into the primary key."""
    if dialect is SQLITE:
        listed = func.json_each(bindparam("pairs")).table_valued("value")
        parts = [func.json_extract(listed.c.value, literal(f"$[{place}]", String)) for place in (0, 1)]
    else:
        listed = func.jsonb_array_elements(cast(bindparam("pairs"), postgresql.JSONB)).table_valued("value")
        value = cast(listed.c.value, postgresql.JSONB)
        parts = [value[place].astext for place in (0, 1)]
    found: Select[Any] = select(table.c.customer_id, table.c.name, table.c.message_id)
    joined = listed.join(table, (table.c.customer_id == parts[0]) & (table.c.name == parts[1]))
    return found.select_from(joined)


THESE = Statement(these)


class Told(NamedTuple):
    """An order or a refund as an event tells it."""

    customer_id: str
    name: str
    message_id: str


def repeats(
    c: Connection, told: Mapping[str, Sequence[Event]], members: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The message ids among events, by customer, that say again what another one said; notes who was the first.

    `members` says who is one person with each of the customers.
    """
    said = [Told(id, name, one.message_id) for id, those in told.items() for one in those if (name := number_of(one))]
    if not said:
        return frozenset()
    persons = {id: (id, *sorted(members[id])) for id in told}
    known = among_pairs(c, {(member, one.name) for one in said for member in persons[one.customer_id]})
    fresh: list[Told] = []
    again: set[str] = set()
    for one in said:
        ways = [(member, one.name) for member in persons[one.customer_id]]
        first = next((known[way] for way in ways if way in known), one.message_id)
        if (one.customer_id, one.name) not in known:
            known[one.customer_id, one.name] = first
            fresh.append(one._replace(message_id=first))
        if first != one.message_id:
            again.add(one.message_id)
    if fresh:
        c.many(ADD, [one._asdict() for one in fresh])
    return frozenset(again)


def among_pairs(c: Connection, pairs: Iterable[Pair]) -> dict[Pair, str]:
    """The event that is counted, for each of the pairs that is known."""
    return {(id, name): message_id for id, name, message_id in c.all(THESE, pairs=json.dumps(sorted(pairs)))}


def shared(c: Connection, stay: Collection[str], come: Collection[str]) -> dict[str, list[Told]]:
    """What both sides of a merge count: of each who comes, the report of those who stay in the place of their own."""
    rows = [Told(*row) for row in c.all(OF, keys=json.dumps(sorted(come)))]
    known = among_pairs(c, {(id, one.name) for one in rows for id in stay}) if rows else {}
    kept = {name: message_id for (_, name), message_id in sorted(known.items(), reverse=True)}
    found: dict[str, list[Told]] = {}
    for one in rows:
        if kept.get(one.name, one.message_id) != one.message_id:
            found.setdefault(one.customer_id, []).append(one._replace(message_id=kept[one.name]))
    return found


def give_up(c: Connection, rows: Iterable[Told]) -> None:
    """Has the reports of somebody else count."""
    c.many(YIELD, [{"key": one.customer_id, "number": one.name, "message_id": one.message_id} for one in rows])


def lent(c: Connection, side: Collection[str]) -> dict[str, list[Pair]]:
    """What customers on one side of a split were told, and what counts for somebody on the other."""
    found: dict[str, list[Pair]] = {}
    for id, name, by in c.all(COUNTED_BY, keys=json.dumps(sorted(side))):
        if by not in side:
            found.setdefault(id, []).append((id, name))
    return found


def forget(c: Connection, pairs: Iterable[Pair]) -> None:
    """Forgets whose report counts; the next recount says it anew."""
    c.many(FORGET, [{"key": id, "number": name} for id, name in pairs])
