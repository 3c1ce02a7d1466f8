"""Mooting: an event that makes a scene moot, which reaches what waits and what already lies in the outbox."""

from collections.abc import Sequence
from datetime import datetime

from domain.journey import Cancel, Due
from records import due, outbox
from records.connection import Connection
from records.members import members


def cancel(c: Connection, customer_id: str, cancels: Sequence[Cancel], now: datetime) -> int:
    """Ends what an event has made moot: what waits, and what lies in the outbox because of it."""
    if not cancels:
        return 0
    who = members(c, customer_id)
    waiting = [run for one in who for run in due.of_customer(c, one, "waiting")]
    gone = [(run.due.id, one.reason) for run in waiting if (one := _moot(run.due, cancels)) is not None]
    for id, reason in gone:
        due.end(c, id, "cancelled", reason, now)
    return len(gone) + _recalled(c, who, cancels, now)


def is_moot(waiting: Due, cancel: Cancel) -> bool:
    """Whether the event ends this run: it came after what started it, and is about all that the run is about."""
    if cancel.scene != waiting.scene or cancel.since < waiting.since:
        return False
    return cancel.about is None or set(waiting.about) <= set(cancel.about)


def _recalled(c: Connection, who: Sequence[str], cancels: Sequence[Cancel], now: datetime) -> int:
    """Takes back messages that were decided and not handed over yet."""
    gone = 0
    for entry in [entry for one in who for entry in outbox.ready_of(c, one)]:
        run = due.find(c, entry.due_id) if entry.due_id else None
        found = _moot(run.due, cancels) if run else None
        if found is not None:
            gone += outbox.cancel(c, entry, found.reason, now)
    return gone


def _moot(waiting: Due, cancels: Sequence[Cancel]) -> Cancel | None:
    return next((one for one in cancels if is_moot(waiting, one)), None)
