"""Intake: events become what we know, in one transaction: whose they are, what they add up to, what they start.

An event counts once, whatever happens to the request that brings it: its message id is the key, and everything that
follows from it is written with it or not at all.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import chain
from typing import Any, NamedTuple

from pydantic import JsonValue
from pydantic_core import to_json
from sqlalchemy import select

from domain.arrival import NOBODY, Arrival, Refusal
from domain.clock import to_micros
from domain.errors import Unavailable
from domain.event import Event
from domain.journey import Cancel, Due, Effects
from domain.stages import Stages
from records import answers, behaviour, dead_letters, due, mooting, schema, tombstones, words
from records.answers import Joined
from records.behaviour import StageChange
from records.belonging import Owned
from records.connection import Connection
from records.identity import Claim
from records.statement import among, insert_new, prepare

table = schema.events

ADD = insert_new(table)
KNOWN = among(select(table.c.message_id), table.c.message_id)
IDS = prepare(select(table.c.message_id))

NONE = Joined()


@dataclass(frozen=True, slots=True)
class Means:
    """What is needed to understand events."""

    key: bytes
    """Of the hashes by which we know whom to forget."""
    stages: Stages
    effects: Callable[[Event], Effects]
    """What an event starts and ends."""
    home: tzinfo = behaviour.HOME
    """The clock of customers without one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a request."""

    events: tuple[Event, ...] = ()
    """What was new."""
    repeated: int = 0
    forgotten: int = 0
    """Events of people whom we were told to forget: not kept."""
    refused: int = 0
    """Events that nobody could use; dead letters that are new."""
    answers: Joined = NONE
    withdrawn: tuple[tuple[str, str], ...] = ()
    """Customer and channel of everything that was withdrawn."""
    dues: tuple[Due, ...] = ()
    """Scenes that the events start."""
    changes: tuple[StageChange, ...] = ()
    refused_traits: Mapping[str, int] = field(default_factory=dict)
    """Traits that could not be used, by name."""


def together(parts: Sequence[Taken]) -> Taken:
    """What became of a request that was kept in several transactions."""
    odd: Counter[str] = Counter()
    for one in parts:
        odd.update(one.refused_traits)
    return Taken(
        events=tuple(chain.from_iterable(one.events for one in parts)),
        repeated=sum(one.repeated for one in parts),
        forgotten=sum(one.forgotten for one in parts),
        refused=sum(one.refused for one in parts),
        answers=Joined(
            sum(one.answers.joined for one in parts),
            tuple(sorted({id for one in parts for id in one.answers.unknown})),
            sum(one.answers.strangers for one in parts),
            tuple(chain.from_iterable(one.answers.variants for one in parts)),
        ),
        withdrawn=tuple(chain.from_iterable(one.withdrawn for one in parts)),
        dues=tuple(chain.from_iterable(one.dues for one in parts)),
        changes=tuple(chain.from_iterable(one.changes for one in parts)),
        refused_traits=odd,
    )


class Repeated(Unavailable):
    """Another request brought the same events at the same time; the second one looks again."""

    def __init__(self) -> None:
        super().__init__("The intake", "another request brings the same events", 0.1)


def take(c: Connection, arrivals: Sequence[Arrival], refusals: Sequence[Refusal], means: Means, now: datetime) -> Taken:
    """Keeps what is new of a request and everything that follows from it."""
    fresh, letters, forgotten = _allowed(c, means.key, _new(c, arrivals), refusals)
    reading = Owned(c, fresh, now)
    events = [event for one in fresh if (event := reading.event(one)) is not None]
    letters = [*letters, *reading.lost]
    refused = dead_letters.keep(c, letters, now)
    if events and c.many(ADD, [row(one) for one in events]) < len(events):
        raise Repeated
    repeated = len(arrivals) - len(fresh) - forgotten
    joined = answers.join(c, events, reading.owners, reading.may_answer)
    heard = words.listen(c, events, fresh, reading.owners, now)
    folded = by_customer(events)
    return Taken(
        events=tuple(events),
        repeated=repeated,
        forgotten=forgotten,
        refused=refused,
        answers=joined,
        withdrawn=heard.withdrawn,
        changes=behaviour.fold(c, folded, means.stages, now, means.home, heard.complaints) if events else (),
        dues=_effects(c, events, means.effects, now),
        refused_traits=reading.refused_traits,
    )


def message_ids(c: Connection) -> set[str]:
    """The id of every event that is kept."""
    return {str(row[0]) for row in c.all(IDS)}


def _new(c: Connection, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Those whose message id is not known, each once."""
    if not arrivals:
        return []
    distinct = {one.message_id: one for one in reversed(arrivals)}
    known = {row[0] for row in c.all(KNOWN, keys=json.dumps(list(distinct)))}
    return [one for one in arrivals if one.message_id not in known and distinct.get(one.message_id) is one]


class Allowed(NamedTuple):
    """What may be kept."""

    fresh: list[Arrival]
    letters: list[Refusal]
    forgotten: int


def _allowed(c: Connection, key: bytes, fresh: list[Arrival], refusals: Sequence[Refusal]) -> Allowed:
    """Leaves out everything about people whom we were told to forget; nobody is erased until the commit."""
    named: list[Arrival | Refusal | Claim] = [*fresh, *refusals]
    aliases = [place for place, one in enumerate(fresh) if one.previous_id is not None]
    named += [Claim(fresh[place].previous_id, fresh[place].previous_id, NOBODY) for place in aliases]
    if not named:
        return Allowed([], [], 0)
    found = tombstones.forbidden_among(c, key, named)
    if not found:
        return Allowed(fresh, list(refusals), 0)
    size = len(fresh) + len(refusals)
    buried = {aliases[place - size] if place >= size else place for place in found}
    kept = [one for place, one in enumerate(fresh) if place not in buried]
    letters = [one for place, one in enumerate(refusals, len(fresh)) if place not in buried]
    return Allowed(kept, letters, len(fresh) - len(kept))


def _effects(
    c: Connection, events: Sequence[Event], effects: Callable[[Event], Effects], now: datetime
) -> tuple[Due, ...]:
    """Starts and ends what the events start and end, in the order in which things happened."""
    cancels: dict[str, list[Cancel]] = {}
    dues: list[Due] = []
    for event in sorted(events, key=lambda one: one.at):
        starts, ends = effects(event)
        dues += starts
        if ends:
            cancels.setdefault(event.customer_id, []).extend(ends)
    due.start(c, dues)
    for customer_id in sorted(cancels):
        mooting.cancel(c, customer_id, cancels[customer_id], now)
    return tuple(dues)


def by_customer(events: Sequence[Event]) -> dict[str, list[Event]]:
    """Events under the customer of each; customers in one order, so that two requests never wait for each other."""
    found: dict[str, list[Event]] = {}
    for one in events:
        found.setdefault(one.customer_id, []).append(one)
    return dict(sorted(found.items()))


def row(event: Event) -> dict[str, Any]:
    """An event as it is kept."""
    return {
        "message_id": event.message_id,
        "customer_id": event.customer_id,
        "type": event.type,
        "name": event.name,
        "source": event.source,
        "properties": text(event.properties) if event.properties else "{}",
        "at": to_micros(event.at),
        "received_at": to_micros(event.received_at or event.at),
        "context": text(event.context) if event.context else None,
        "decision_id": event.decision_id,
    }


def text(document: Mapping[str, JsonValue]) -> str:
    """A document as it is kept."""
    return to_json(document).decode()
