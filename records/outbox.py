"""The outbox: messages that journeys decided and nobody has handed over yet, and scenes left for channels to fetch.

A pushed message stands under the id of its decision, and is taken by delivering that decision. A pulled channel decides
when it asks: its entry names the scene to ask for, and stands under the id of the run and the channel.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, Text, and_, bindparam, delete, exists, func, or_, select, update

from domain.channel import Channel
from domain.clock import from_micros, to_micros
from records import contacts, schema, tallies
from records.connection import Connection, Row
from records.page import Page, cursor_behind, place
from records.statement import insert_new, prepare

table = schema.outbox

State = Literal["ready", "left", "handed", "failed", "cancelled"]
STATES: tuple[State, ...] = ("ready", "left", "handed", "failed", "cancelled")
OPEN = or_(table.c.state == "ready", table.c.state == "left")
NOW, AT = bindparam("now", type_=BigInteger), bindparam("at", type_=BigInteger)
ID, MOST = bindparam("which", type_=Text), bindparam("most", type_=BigInteger)

PUT = insert_new(table)
GET = prepare(select(table).where(table.c.id == ID))
OF_CUSTOMER = prepare(select(table).where(table.c.customer_id == bindparam("customer_id"), OPEN))
OF_RUN = prepare(select(table).where(table.c.due_id == bindparam("due_id"), OPEN))
MOVE = prepare(
    update(table)
    .where(table.c.id == ID, OPEN)
    .values(
        state=bindparam("after", type_=Text),
        reason=bindparam("why", type_=Text),
        attempts=table.c.attempts + bindparam("tries", type_=BigInteger),
        updated_at=NOW,
    )
)
FAIL = prepare(
    update(table)
    .where(table.c.id == ID, or_(OPEN, table.c.state == "handed"))
    .values(state="failed", reason=bindparam("why", type_=Text), updated_at=NOW)
)
POSTPONE = prepare(
    update(table)
    .where(table.c.id == ID, table.c.state == "ready")
    .values(send_at=AT, reason=bindparam("why", type_=Text), updated_at=NOW)
)
WANTED = and_(
    table.c.state == bindparam("state"),
    or_(bindparam("channel", type_=Text).is_(None), table.c.channel == bindparam("channel", type_=Text)),
    or_(bindparam("customer_id", type_=Text).is_(None), table.c.customer_id == bindparam("customer_id", type_=Text)),
    table.c.until >= NOW,
)
PAGE = prepare(
    select(table)
    .where(WANTED, or_(table.c.send_at > AT, and_(table.c.send_at == AT, table.c.id > ID)))
    .order_by(table.c.send_at, table.c.id)
    .limit(MOST)
)
LATE = prepare(select(table).where(OPEN, table.c.until < NOW).limit(MOST))
ASKED_FOR = prepare(
    select(table.c.id)
    .where(
        table.c.state == "left",
        exists().where(
            contacts.table.c.customer_id == table.c.customer_id,
            contacts.table.c.scene == table.c.scene,
            contacts.table.c.channel == table.c.channel,
            contacts.table.c.at >= table.c.created_at,
        ),
    )
    .limit(MOST)
)
NUMBER = select(table.c.channel, table.c.state, func.count()).group_by(table.c.channel, table.c.state)
COUNT_OPEN = prepare(NUMBER.where(OPEN))
COUNT_ENDED = prepare(NUMBER.where(table.c.updated_at >= AT, ~OPEN))
OLD = prepare(select(table.c.id).where(table.c.updated_at < AT, ~OPEN).limit(MOST))
FORGET = prepare(delete(table).where(table.c.id == bindparam("old"), ~OPEN))


@dataclass(frozen=True, slots=True)
class Entry:
    """One message that waits to be handed over, or one scene that waits to be asked for."""

    id: str
    decision_id: str | None
    customer_id: str
    channel: Channel
    scene: str | None
    due_id: str | None
    state: State
    send_at: datetime
    until: datetime
    """After this nobody is to have it any more."""
    attempts: int
    reason: str | None
    created_at: datetime
    updated_at: datetime


def put(c: Connection, entry: Entry) -> bool:
    """Lays an entry in; False where it lies there already."""
    return c.run(PUT, **_row(entry)) > 0


def find(c: Connection, id: str) -> Entry | None:
    """The entry under that id, None where there is none."""
    row = c.one(GET, which=id)
    return None if row is None else _read(row)


def ready_of(c: Connection, customer_id: str) -> list[Entry]:
    """What waits for this customer."""
    return [_read(row) for row in c.all(OF_CUSTOMER, customer_id=customer_id)]


def ready_because(c: Connection, due_id: str) -> list[Entry]:
    """What waits because of one run."""
    return [_read(row) for row in c.all(OF_RUN, due_id=due_id)]


def page(
    c: Connection,
    limit: int,
    cursor: str | None = None,
    *,
    state: State = "ready",
    channels: Collection[Channel] | None = None,
    customer_id: str | None = None,
    now: datetime | None = None,
) -> Page[Entry]:
    """Entries in one state, by the time from which they may go out; `channels` None is every channel.

    With `now`, what is open is left out where it is too late, also while nobody has tidied it away yet.
    """
    at, beside = place(cursor) if cursor else (-1, "")
    fresh = to_micros(now) if now is not None and state in ("ready", "left") else 0
    wanted = {"state": state, "customer_id": customer_id, "at": at, "which": beside, "most": limit + 1, "now": fresh}
    names = (None,) if channels is None else tuple(sorted(channels))
    rows = [row for name in names for row in c.all(PAGE, channel=name, **wanted)]
    found = sorted((_read(row) for row in rows), key=lambda one: (one.send_at, one.id))[: limit + 1]
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), cursor_behind(to_micros(last.send_at), last.id) if last else None)


def handed(c: Connection, id: str, now: datetime) -> bool:
    """Writes down that somebody took the message, or asked for the scene."""
    return c.run(MOVE, which=id, after="handed", why=None, tries=1, now=to_micros(now)) > 0


def failed(c: Connection, id: str, reason: str, now: datetime) -> bool:
    """Writes down that the message could not be sent, also where somebody had taken it."""
    return c.run(FAIL, which=id, why=reason, now=to_micros(now)) > 0


def postpone(c: Connection, id: str, at: datetime, reason: str, now: datetime) -> bool:
    """Lets a message wait until `at`, when the rules may permit it."""
    return c.run(POSTPONE, which=id, at=to_micros(at), why=reason, now=to_micros(now)) > 0


def cancel(c: Connection, entry: Entry, reason: str, now: datetime) -> bool:
    """Takes an entry back that nobody has taken; what its decision had promised counts no more."""
    gone = c.run(MOVE, which=entry.id, after="cancelled", why=reason, tries=0, now=to_micros(now)) > 0
    if gone and entry.decision_id is not None and contacts.release(c, entry.decision_id, reason, now):
        tallies.release(c, entry.decision_id)
    return gone


def cancel_for(
    c: Connection, customer_id: str, channels: Collection[Channel] | None, reason: str, now: datetime
) -> int:
    """Takes back everything that waits for a customer, on these channels or on all; says how much that was."""
    wanted = [one for one in ready_of(c, customer_id) if channels is None or one.channel in channels]
    return sum(cancel(c, one, reason, now) for one in wanted)


def late(c: Connection, now: datetime, most: int = 500) -> list[Entry]:
    """Some of what is no longer worth saying and still lies there."""
    return [_read(row) for row in c.all(LATE, now=to_micros(now), most=most)]


def asked_for(c: Connection, most: int = 500) -> list[str]:
    """Some of the scenes that were left and have been asked for since."""
    return [row[0] for row in c.all(ASKED_FOR, most=most)]


def counts(c: Connection, since: datetime) -> Mapping[tuple[str, State], int]:
    """How many entries are open, and how many ended from then on, by channel and state."""
    found = [*c.all(COUNT_OPEN), *c.all(COUNT_ENDED, at=to_micros(since))]
    return {(channel, state): number for channel, state, number in found}


def old(c: Connection, before: datetime, most: int) -> list[str]:
    """Some of what ended before."""
    return [row[0] for row in c.all(OLD, at=to_micros(before), most=most)]


def forget(c: Connection, ids: Sequence[str]) -> int:
    """Deletes entries that have ended and says how many that were."""
    return c.many(FORGET, [{"old": id} for id in ids]) if ids else 0


def _row(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "decision_id": entry.decision_id,
        "customer_id": entry.customer_id,
        "channel": entry.channel.value,
        "scene": entry.scene,
        "due_id": entry.due_id,
        "state": entry.state,
        "send_at": to_micros(entry.send_at),
        "until": to_micros(entry.until),
        "attempts": entry.attempts,
        "reason": entry.reason,
        "created_at": to_micros(entry.created_at),
        "updated_at": to_micros(entry.updated_at),
    }


def _read(row: Row) -> Entry:
    id, decision_id, customer_id, channel, scene, due_id, state, send_at, until, attempts, reason, made, moved = row
    return Entry(
        id=id,
        decision_id=decision_id,
        customer_id=customer_id,
        channel=Channel(channel),
        scene=scene,
        due_id=due_id,
        state=state,
        send_at=from_micros(send_at),
        until=from_micros(until),
        attempts=attempts,
        reason=reason,
        created_at=from_micros(made),
        updated_at=from_micros(moved),
    )
