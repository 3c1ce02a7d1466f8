"""Parting: what was said and sent while two customers counted as one stands for both when they are two again.

Nobody knows which of them it was. A no, a complaint and an open enquiry hold for each of them, and each message counts
towards the caps of each, so that a merge that was wrong costs nobody their word.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, bindparam, delete, select

from domain.behaviour import Behaviour
from domain.clock import from_micros, to_micros
from domain.consent import Evidence, said_at
from domain.deeds import add
from domain.deriving import open_ticket
from domain.event import Event
from domain.happening import Happening, meaning
from records import behaviour, schema
from records.complaints import METHOD as REPORT
from records.connection import Connection
from records.held import document, held, keep, write
from records.members import is_member
from records.statement import among, insert_into, insert_new, prepare

consents, contacts, events = schema.consents, schema.contacts, schema.events

METHOD = "split"
"""How a no came about that was copied."""
WHILE_ONE = "said while two customers counted as one"
"""What the evidence of such a no says; it names neither, so that an erasure of one leaves nothing with the other."""
CONCERNS = frozenset({Happening.COMPLAINED, Happening.TICKET_OPENED, Happening.TICKET_RESOLVED})
SINCE = bindparam("since", type_=BigInteger)

LEDGER = prepare(select(*consents.c).where(is_member(consents.c.customer_id)).order_by(consents.c.seq))
APPEND = insert_into(consents, "seq")
SENT = prepare(
    select(*contacts.c).where(is_member(contacts.c.customer_id), contacts.c.at > SINCE, contacts.c.state != "released")
)
COPY = insert_new(contacts)
COPIES = prepare(
    select(contacts.c.decision_id).where(is_member(contacts.c.customer_id), contacts.c.decision_id.contains("/"))
)
THERE = among(select(contacts.c.decision_id), contacts.c.decision_id)
DROP = prepare(delete(contacts).where(contacts.c.decision_id == bindparam("key", type_=Text)))
HAPPENED = prepare(
    select(events.c.message_id, events.c.name, events.c.properties, events.c.at).where(
        is_member(events.c.customer_id), events.c.received_at >= SINCE, events.c.type == "track"
    )
)


class Together(NamedTuple):
    """Since when two customers counted as one: the last line of the ledger before it, and the instant."""

    words: int
    at: int


def part(c: Connection, one: str, other: str, together: Together, now: datetime) -> None:
    """Gives each of the two what both are to have; they are two again already."""
    lines = {side: c.all(LEDGER, id=side) for side in (one, other)}
    said = [line for side in (one, other) for line in lines[side] if line[0] > together.words and not line[4]]
    refusals = {line[2:4]: line for line in said}
    sent = {side: c.all(SENT, id=side, since=together.at) for side in (one, other)}
    concerns = {side: _concerns(c, side, together.at) for side in (one, other)}
    reports = max((_reported(line) for line in said), default=0)
    for side, twin in ((one, other), (other, one)):
        last = {line[2:4]: bool(line[4]) for line in lines[side]}
        missing = [line for about, line in refusals.items() if last.get(about, True)]
        c.many(APPEND, [_repeated(line, side, now) for line in missing])
        names = [column.name for column in contacts.columns]
        rows = [dict(zip(names, row, strict=True)) for row in sent[twin]]
        c.many(COPY, [row | {"customer_id": side, "decision_id": f"{row['decision_id']}/{side}"} for row in rows])
        more = concerns[twin]
        more.complained = max(more.complained, reports)
        _concern(c, side, more, now)


def rejoin(c: Connection, survivor: str) -> None:
    """Takes back copied messages whose originals are the same person's again: each counts once."""
    found = [str(row[0]) for row in c.all(COPIES, id=survivor)]
    if found:
        originals = {copy: copy.rpartition("/")[0] for copy in found}
        there = {str(row[0]) for row in c.all(THERE, keys=json.dumps(sorted(set(originals.values()))))}
        c.many(DROP, [{"key": copy} for copy, original in originals.items() if original in there])


def _repeated(line: tuple[object, ...], side: str, now: datetime) -> dict[str, object]:
    """A no, once more for the side; the evidence says where it comes from and when it was said."""
    _, _, topic, purpose, _, evidence, at = line
    before = Evidence.model_validate_json(str(evidence))
    said = said_at(before, from_micros(int(str(at))))
    told = Evidence(method=METHOD, at=said, text_version=before.text_version, source=f"{before.method}, {WHILE_ONE}")
    row = {"customer_id": side, "topic": topic, "purpose": purpose, "granted": False}
    return {**row, "evidence": told.model_dump_json(), "at": to_micros(now)}


def _reported(line: tuple[object, ...]) -> int:
    """When a no was a report of spam, in milliseconds; 0 for any other."""
    evidence, at = Evidence.model_validate_json(str(line[5])), from_micros(int(str(line[6])))
    return to_micros(said_at(evidence, at)) // 1000 if evidence.method == REPORT else 0


def _concerns(c: Connection, side: str, since: int) -> Behaviour:
    """The complaint and the enquiries that came in since, where any of it is open."""
    found = Behaviour()
    for event in _events(c.all(HAPPENED, id=side, since=since), side):
        add(found, event)
    open = found.tickets if open_ticket(found.tickets) else {}
    return Behaviour(complained=found.complained, tickets=open)


def _events(rows: Iterable[tuple[str, str | None, str, int]], side: str) -> Iterable[Event]:
    for message_id, name, properties, at in rows:
        if meaning("track", name) in CONCERNS:
            told, when = from_json(properties), from_micros(at)
            yield Event.model_construct(
                message_id=message_id, type="track", customer_id=side, at=when, name=name, properties=told
            )


def _concern(c: Connection, side: str, more: Behaviour, now: datetime) -> None:
    """Adds complaint and enquiries to what is known of the side, also to what a recount begins with; and their tags."""
    if not more.complained and not more.tickets:
        return
    one = held(c, [side], now)[side]
    one.behaviour = one.behaviour.plus(more)
    if one.base is None:
        base = behaviour.base(c, side, now).plus(more)
        c.run(behaviour.REBASE, key=side, base=document(base))
    else:
        one.base = one.base.plus(more)
    tags = {behaviour.COMPLAINED} if more.complained else set[str]()
    before = frozenset(one.profile.get("tags") or ())
    if more.tickets:
        tags.add(behaviour.OPEN_TICKET)
        one.tagged = one.tagged if behaviour.OPEN_TICKET in before else behaviour.OPEN_TICKET
    one.profile["tags"] = sorted(before | tags)
    one.dirty = True
    at = to_micros(now)
    keep(c, one, 0, at)
    write(c, one, one.features or "{}", at)
