"""Idempotency: a request that comes twice is decided once, across processes and crashes."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, delete, select, update

from domain.clock import from_micros, to_micros
from domain.errors import KeyReused, StillRunning
from records import schema
from records.connection import Connection
from records.statement import insert_new, prepare

LIFE = timedelta(hours=24)
LONG_LIFE = timedelta(days=60)
"""How long journeys keep theirs: a service that stood still for days makes no second decision."""

table = schema.idempotency
SAME = (table.c.scope == bindparam("in_scope"), table.c.key == bindparam("under"))

BEGIN = insert_new(table)
GET = prepare(
    select(table.c.body_hash, table.c.state, table.c.decision_id, table.c.expires_at, table.c.created_at)
    .where(*SAME)
    .with_for_update()
)
RESTART = prepare(
    update(table)
    .where(*SAME)
    .values(
        body_hash=bindparam("body_hash"),
        state="running",
        decision_id=None,
        expires_at=bindparam("expires_at", type_=BigInteger),
        created_at=bindparam("created_at", type_=BigInteger),
    )
)
FINISH = prepare(update(table).where(*SAME).values(state="finished", decision_id=bindparam("decision_id")))
ABANDON = prepare(delete(table).where(*SAME, table.c.state == "running"))
SWEEP = prepare(
    delete(table).where(table.c.created_at < bindparam("before", type_=BigInteger), table.c.scope != "journey")
)
SWEEP_JOURNEYS = prepare(
    delete(table).where(table.c.created_at < bindparam("before", type_=BigInteger), table.c.scope == "journey")
)


class Slot(NamedTuple):
    """One idempotency key: whose it is, what it says, and a hash of the body that came with it."""

    scope: str
    key: str
    body_hash: str


def begin(c: Connection, slot: Slot, now: datetime, until: datetime) -> str | None:
    """Takes the slot: None where the request is ours to run, or the id of the decision it was answered with.

    A request that has not finished at its `until` is taken to be dead, and the next one under the key runs instead.
    """
    fresh = {"body_hash": slot.body_hash, "expires_at": to_micros(until), "created_at": to_micros(now)}
    if c.run(BEGIN, scope=slot.scope, key=slot.key, state="running", decision_id=None, **fresh):
        return None
    row = c.one(GET, in_scope=slot.scope, under=slot.key)
    if row is None or row[4] < to_micros(now - LIFE):
        # Too old to count, or abandoned between the two statements: as if it had never been there.
        c.run(RESTART, in_scope=slot.scope, under=slot.key, **fresh)
        return None
    body_hash, state, decision_id, expires_at, _ = row
    if body_hash != slot.body_hash:
        raise KeyReused(slot.key)
    if state == "finished":
        return str(decision_id)
    if to_micros(now) < expires_at:
        raise StillRunning(slot.key, max(0.0, (from_micros(expires_at) - now).total_seconds()))
    c.run(RESTART, in_scope=slot.scope, under=slot.key, **fresh)
    return None


def answered(c: Connection, slot: Slot) -> str | None:
    """The decision that another run of the same request was answered with; holds the row until the transaction ends."""
    row = c.one(GET, in_scope=slot.scope, under=slot.key)
    return None if row is None or row[1] != "finished" else str(row[2])


def finish(c: Connection, slot: Slot, decision_id: str) -> None:
    """Writes down what the request was answered with."""
    c.run(FINISH, in_scope=slot.scope, under=slot.key, decision_id=decision_id)


def abandon(c: Connection, slot: Slot) -> None:
    """Gives the slot back after a failure, so that the client may try again at once."""
    c.run(ABANDON, in_scope=slot.scope, under=slot.key)


def sweep(c: Connection, now: datetime) -> int:
    """Deletes what is older than a day and says how much that was; a journey may go on after a long standstill."""
    return c.run(SWEEP, before=to_micros(now - LIFE)) + c.run(SWEEP_JOURNEYS, before=to_micros(now - LONG_LIFE))
