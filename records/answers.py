"""Answers: what customers did with messages, each joined to the decision that the message came from.

The first of each kind counts. Somebody else's click on a forwarded mail is an event of theirs and no answer; a browser
that nobody has named yet, opened by the link in a message, is taken for that of whom the message was for.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from domain import money
from domain.channel import Channel
from domain.clock import to_micros
from domain.event import Event
from domain.happening import RESPONSES, Happening
from records import schema
from records.connection import Connection
from records.statement import among, insert_into

decisions, table = schema.decisions, schema.responses

ADD = insert_into(table)
OWNERS = among(select(decisions.c.id, decisions.c.customer_id, decisions.c.channel), decisions.c.id)
GIVEN = among(select(table.c.decision_id, table.c.kind), table.c.decision_id)
TEXTS = among(select(decisions.c.id, decisions.c.public), decisions.c.id)

WORTH = frozenset({Happening.CLICKED, Happening.ORDERED})
"""What shows that the words did what they are for."""
MONEY = ("revenue", "total", "value", "subtotal")
SCORES = ("satisfaction", "score", "rating", "value")


class Owner(NamedTuple):
    """Whose decision it is, and on which channel its message went."""

    customer_id: str
    channel: Channel | None


class Joined(NamedTuple):
    """What became of answers."""

    joined: int = 0
    unknown: tuple[str, ...] = ()
    """Decisions that nobody made; their events are kept."""
    strangers: int = 0
    """Answers by somebody who is not the customer of the decision."""
    variants: tuple[str, ...] = ()
    """Texts that did for the first time what they are for."""


def owners(c: Connection, ids: Sequence[str]) -> dict[str, Owner]:
    """The customer and the channel of each decision that there is."""
    if not ids:
        return {}
    rows = c.all(OWNERS, keys=json.dumps(sorted(set(ids))))
    return {row[0]: Owner(row[1], Channel(row[2]) if row[2] else None) for row in rows}


def join(
    c: Connection, events: Sequence[Event], known: Mapping[str, Owner], may_answer: Callable[[str, str], bool]
) -> Joined:
    """Writes the answers among new events; `may_answer` says whether a customer answers for that of a decision."""
    about = [one for one in events if one.decision_id and one.happening in RESPONSES]
    if not about:
        return Joined()
    unknown = tuple(sorted({one.decision_id for one in about if one.decision_id and one.decision_id not in known}))
    found = [one for one in about if one.decision_id in known]
    own = [one for one in found if may_answer(one.customer_id, known[str(one.decision_id)].customer_id)]
    given = _given(c, own)
    fresh: dict[tuple[str, Happening], Event] = {}
    for one in own:
        if one.decision_id and (kind := one.happening) and (one.decision_id, kind) not in given:
            fresh.setdefault((one.decision_id, kind), one)
    if fresh:
        c.many(ADD, [row(id, kind, one, known[id].customer_id) for (id, kind), one in fresh.items()])
    worth = {id for id, kind in fresh if kind in WORTH} - {id for id, kind in given if kind in WORTH}
    return Joined(len(fresh), unknown, len(found) - len(own), _variants(c, worth))


def row(decision_id: str, kind: Happening, event: Event, customer_id: str) -> dict[str, Any]:
    """An answer as it is kept, under the customer of the decision."""
    return {
        "decision_id": decision_id,
        "kind": kind.value,
        "customer_id": customer_id,
        "at": to_micros(event.at),
        "value": value_of(kind, event),
        "message_id": event.message_id,
    }


def value_of(kind: Happening, event: Event) -> float | None:
    """What it is worth: the money of an order, the satisfaction of a survey from 0 to 1; None for anything else."""
    if kind is Happening.ORDERED:
        return number(event, MONEY)
    if kind is not Happening.ANSWERED_SURVEY or (score := number(event, SCORES)) is None:
        return None
    least, most = number(event, ("min",)) or 0.0, number(event, ("max", "scale"))
    if most is None:
        most = 10.0 if str(event.properties.get("survey", "")).lower() == "nps" or score > 5 else 5.0
    return min(1.0, max(0.0, (score - least) / (most - least))) if most > least else None


def number(event: Event, names: Sequence[str]) -> float | None:
    """The first property of these names that is a number, or one as people write it (`¥1,200`)."""
    for name in names:
        if (found := money.number(event.properties.get(name))) is not None:
            return float(found)
    return None


def _given(c: Connection, events: Sequence[Event]) -> set[tuple[str, Happening]]:
    if not events:
        return set()
    ids = json.dumps(sorted({one.decision_id for one in events if one.decision_id}))
    return {(found[0], Happening(found[1])) for found in c.all(GIVEN, keys=ids)}


def _variants(c: Connection, ids: set[str]) -> tuple[str, ...]:
    """The texts of those decisions, where a text was chosen among several."""
    if not ids:
        return ()
    found = (json.loads(row[1]).get("variant") for row in c.all(TEXTS, keys=json.dumps(sorted(ids))))
    return tuple(one for one in found if isinstance(one, str))
