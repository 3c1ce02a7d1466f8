"""Behaviour: events are added to what is known of a customer, and features, stage and tags follow from the sum.

The features of a person who was merged are those of the sum of all members; they stand on the survivor.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic_core import to_json
from sqlalchemy import BigInteger, bindparam, select, update

from domain.behaviour import Behaviour
from domain.clock import to_micros
from domain.customer import Stage
from domain.deeds import add
from domain.deriving import Derived, features_of, open_ticket
from domain.event import Event
from domain.features import Features
from domain.holding import ALWAYS, passed
from domain.stages import Stages
from records import reported, schema
from records.accounts import group as group
from records.connection import Connection
from records.held import Held, based, behaviour_in, document, held, keep, members, whole, write, write_tagged
from records.statement import among, prepare

behaviours = schema.behaviours

OVER = prepare(
    select(behaviours.c.customer_id)
    .where(behaviours.c.holds_until <= bindparam("now", type_=BigInteger))
    .order_by(behaviours.c.holds_until)
    .limit(bindparam("most"))
)
STALE = prepare(update(behaviours).where(behaviours.c.customer_id == bindparam("key")).values(holds_until=0))
WITH_BASE = among(select(behaviours.c.customer_id).where(behaviours.c.base.is_not(None)), behaviours.c.customer_id)
BASE = prepare(select(behaviours.c.base).where(behaviours.c.customer_id == bindparam("id")))
REBASE = prepare(
    update(behaviours).where(behaviours.c.customer_id == bindparam("key")).values(base=bindparam("base"), holds_until=0)
)

HOME = ZoneInfo("Asia/Tokyo")
"""The clock of customers without one, unless the caller says otherwise."""
NOTHING: Mapping[str, int] = MappingProxyType({})
OPEN_TICKET, COMPLAINED = "open_ticket", "complained"
"""Tags that rules of suppression read; events keep them in step."""


class StageChange(NamedTuple):
    """A customer who came into another stage."""

    customer_id: str
    before: Stage | None
    after: Stage
    at: datetime


def fold(
    c: Connection,
    events: Mapping[str, Sequence[Event]],
    stages: Stages,
    now: datetime,
    home: tzinfo = HOME,
    complaints: Mapping[str, int] = NOTHING,
) -> tuple[StageChange, ...]:
    """Adds new events, by customer, to what is known of them, and derives features and stage anew.

    Every event must be new: whoever calls has left out those whose message id is known. An order that another event
    reported before adds nothing. `home` is the clock of customers without one; `complaints` says who complained and
    when, whoever the event is of.
    """
    found = held(c, sorted(events.keys() | complaints.keys()), now)
    for id in complaints.keys() & found.keys():
        found[id].behaviour.complained = max(found[id].behaviour.complained, complaints[id])
        found[id].dirty = True
    theirs = {id: events[id] for id in events if id in found}
    again = reported.repeats(c, theirs, {id: person_of(found[id], found) for id in theirs})
    for id, new in theirs.items():
        one = found[id]
        for event in new:
            if event.message_id not in again:
                add(one.behaviour, event)
            if event.type == "identify" and tells(event, OPEN_TICKET):
                one.tagged = None
        one.behaviour.bound()
        one.dirty = True
    return _derive(c, found, stages, now, home)


def refresh(
    c: Connection, stages: Stages, now: datetime, most: int = 500, home: tzinfo = HOME
) -> tuple[StageChange, ...]:
    """Derives the features that time alone has changed; answers with whose stage changed."""
    over = [row[0] for row in c.all(OVER, now=to_micros(now), most=most)]
    return _derive(c, held(c, sorted(over), now), stages, now, home) if over else ()


def waiting(c: Connection, now: datetime, most: int = 500) -> int:
    """How many customers a refresh would look at, at most so many."""
    return len(c.all(OVER, now=to_micros(now), most=most))


def rederive(
    c: Connection, ids: Iterable[str], stages: Stages, now: datetime, home: tzinfo = HOME
) -> tuple[StageChange, ...]:
    """Derives the features of these customers anew: after a merge, a split, or where they were never derived."""
    return _derive(c, held(c, sorted(set(ids)), now), stages, now, home)


def stale(c: Connection, customer_id: str) -> None:
    """Has the features of a customer derived anew by the next refresh."""
    c.run(STALE, key=customer_id)


def base(c: Connection, customer_id: str, now: datetime) -> Behaviour:
    """What was known of one customer, members apart, before the first event."""
    row = c.one(BASE, id=customer_id)
    if row is not None and row[0] is not None:
        return behaviour_in(row[0])
    found = held(c, [customer_id], now).get(customer_id)
    return found.base if found and found.base else Behaviour()


def put(c: Connection, customer_id: str, behaviour: Behaviour, stages: Stages, now: datetime, home: tzinfo) -> bool:
    """Puts another sum in the place of what is stored, derives anew, and says whether it was another one."""
    found = held(c, [customer_id], now)
    if customer_id not in found:
        return False
    one = found[customer_id]
    other = one.behaviour.document() != behaviour.document()
    one.behaviour, one.dirty = behaviour, other
    _derive(c, found, stages, now, home)
    return other


def adopt(c: Connection, known: Mapping[str, Features], now: datetime) -> frozenset[str]:
    """Takes features that are written anew as the base of customers whose events are kept already; answers with whom.

    Their sum has to be worked out again: `recount` does.
    """
    found = frozenset(row[0] for row in c.all(WITH_BASE, keys=json.dumps(list(known))))
    for id in sorted(found):
        c.run(REBASE, key=id, base=document(based(c, id, known[id], now)))
    return found


def restore(c: Connection, ids: Sequence[str], now: datetime, carried: Collection[str] = ()) -> None:
    """Brings back into profiles that were written anew what events know: tags, and a stage where none is told.

    A tag that such a profile says is told by whoever wrote it, and no longer ours to take away, unless the customer is
    among the `carried`, whose tags are only those that were there before.
    """
    known = [row[0] for row in c.all(WITH_BASE, keys=json.dumps(list(ids)))]
    if not known:
        return
    found = held(c, sorted(known), now)
    for one in found.values():
        total, before = whole(one, found), one.tagged
        if one.id in known and one.id not in carried and OPEN_TICKET in (one.profile.get("tags") or ()):
            one.tagged = None
        changed = one.person == one.id and _tagged(one, total)
        if one.tagged != before:
            write_tagged(c, one)
        if one.profile.get("stage") is None and one.stage is not None:
            one.profile["stage"], changed = one.stage, True
        if changed:
            write(c, one, one.features or "{}", to_micros(now))


def _derive(
    c: Connection, found: dict[str, Held], stages: Stages, now: datetime, home: tzinfo
) -> tuple[StageChange, ...]:
    """Derives and writes every person among these customers; of an absorbed one only the own sum is kept."""
    changes = []
    for one in found.values():
        if one.person in found and one.person != one.id:
            keep(c, one, ALWAYS, to_micros(now))
        elif (change := _person(c, one, found, stages, now, home)) is not None:
            changes.append(change)
    return tuple(changes)


def _person(
    c: Connection, one: Held, found: dict[str, Held], stages: Stages, now: datetime, home: tzinfo
) -> StageChange | None:
    total, zone = whole(one, found), _zone(one.profile.get("timezone")) or home
    derived, before, at = features_of(total, now, zone, stages), one.profile.get("stage"), to_micros(now)
    changed = _tagged(one, total)
    for member in members(one, found):
        if _untagged(member, total):
            write(c, member, member.features or "{}", at)
            write_tagged(c, member)
    if _moved(one, derived, now, stages):
        one.profile["stage"], changed = derived.stage, True
    if one.stage != derived.stage:
        one.stage, one.stage_at = derived.stage, at
    features = to_json(derived.features).decode()
    if changed or features != one.features:
        one.dirty = True
        write(c, one, features, at)
    keep(c, one, derived.holds_until, at)
    after = one.profile.get("stage")
    return (
        None if after in (None, before) else StageChange(one.id, Stage(before) if before else None, Stage(after), now)
    )


def _moved(one: Held, derived: Derived, now: datetime, stages: Stages) -> bool:
    """Whether behaviour says something new about the stage: what somebody told us stands until it does.

    At the first look there is nothing older to compare with: then a stage through which time has led since the orders
    that were imported is one that behaviour gave, and a prospect who has ordered is one no more.
    """
    told = one.profile.get("stage")
    if told is None or told == derived.stage:
        return told is None
    if one.stage is not None:
        return one.stage != derived.stage
    if one.base is not None and one.base.counts.get("orders"):
        return Stage(told) in passed(one.base, now, stages)
    return bool(told == Stage.PROSPECT)


def _tagged(one: Held, total: Behaviour) -> bool:
    """Brings the tags in step that events decide; whether anything changed. What somebody else told us stays."""
    tags = frozenset(one.profile.get("tags") or ())
    wanted = tags | {COMPLAINED} if total.complained else tags
    if total.tickets and open_ticket(total.tickets):
        one.tagged = one.tagged if OPEN_TICKET in tags else OPEN_TICKET
        wanted = wanted | {OPEN_TICKET}
    elif one.tagged is not None:
        wanted, one.tagged = wanted - {one.tagged}, None
    if wanted == tags:
        return False
    one.profile["tags"] = sorted(wanted)
    return True


def _untagged(one: Held, total: Behaviour) -> bool:
    """Takes the tag of an enquiry that is resolved from an absorbed customer, whose tags count too."""
    if one.tagged is None or open_ticket(total.tickets):
        return False
    one.profile["tags"] = sorted(frozenset(one.profile.get("tags") or ()) - {one.tagged})
    one.tagged = None
    return True


def tells(event: Event, tag: str) -> bool:
    """Whether somebody told us the tag with their event."""
    told = event.properties.get("tags")
    return isinstance(told, list) and tag in told


def person_of(one: Held, found: Mapping[str, Held]) -> tuple[str, ...]:
    """The ids of everybody who is one person with this customer, that one apart."""
    survivor = found.get(one.person, one)
    return tuple(id for id in (survivor.id, *survivor.absorbs) if id != one.id)


@lru_cache(maxsize=1024)
def _zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
