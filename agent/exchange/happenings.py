"""Events from files: they go through the same intake as those of the API, under ids of their own."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from agent.exchange.writer import Counts, Means, claim_of, plain
from domain.arrival import LONGEST_ID, LONGEST_MESSAGE_ID, LONGEST_NAME, Arrival, is_of_everybody
from domain.event import EventType
from records import intake
from records.connection import Connection
from tools.exchange.rows import Row

TYPES: tuple[EventType, ...] = ("track", "page", "screen")
FREE = "properties."
LONGEST = {
    "event": LONGEST_NAME,
    "message_id": LONGEST_MESSAGE_ID,
    "decision_id": LONGEST_ID,
    "source": LONGEST_NAME,
}
AHEAD = timedelta(minutes=5)
"""How far a clock may be ahead of ours."""


class EventWriter:
    """Rows of which each is one event."""

    def __init__(self, means: Means, ways: intake.Means) -> None:
        self.means, self.ways = means, ways

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Takes the events in; one that is there already counts once."""
        return taken(c, [one for row in rows if (one := self._arrival(row)) is not None], self.ways, self.means)

    def _arrival(self, row: Row) -> Arrival | None:
        at = time_of(row, self.means.now)
        if at is None or not is_named(row):
            return None
        type = str(row.values.get("type", "track")).lower()
        if type not in TYPES:
            row.fault("type", ja="track、page、screen のどれかです。", en="write track, page or screen.")
            return None
        name = str(row.values.get("event", ""))
        if not name:
            row.fault("event", ja="イベント名が空です。", en="the event has no name.")
            return None
        _bounded(row)
        claim = claim_of(row)
        if row.failed:
            return None
        told = {key.removeprefix(FREE): plain(value) for key, value in row.values.items() if key.startswith(FREE)}
        decision = row.values.get("decision_id")
        mark = (claim.user_id, claim.anonymous_id, dict(claim.identifiers), type, name, at.isoformat(), told)
        given = str(row.values.get("message_id", ""))
        return Arrival(
            message_id=given if given and not is_of_everybody(given) else message_id("event", mark),
            type=next(one for one in TYPES if one == type),
            at=at,
            source=str(row.values.get("source") or self.means.source),
            user_id=claim.user_id,
            anonymous_id=claim.anonymous_id,
            identifiers=claim.identifiers,
            name=name,
            properties=told,
            decision_id=str(decision) if decision else None,
        )


def _bounded(row: Row) -> None:
    """Notes what is longer than an event can be."""
    for name, most in LONGEST.items():
        if len(str(row.values.get(name, ""))) > most:
            row.fault(name, ja=f"長すぎます（{most}文字まで）。", en=f"it is too long: at most {most} characters.")


def taken(c: Connection, arrivals: Sequence[Arrival], ways: intake.Means, means: Means) -> Counts:
    """Hands events to the intake and counts what became of them."""
    done = intake.take(c, arrivals, (), ways, means.now)
    counts = {"events": len(done.events), "known events": done.repeated, "forgotten": done.forgotten}
    return Counts({name: count for name, count in counts.items() if count})


def message_id(kind: str, mark: object) -> str:
    """The id of what a row says: the same row in another file, or a second time, is the same event."""
    told = json.dumps(mark, ensure_ascii=False, sort_keys=True, default=str)
    return f"load-{kind}-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def time_of(row: Row, now: datetime) -> datetime | None:
    """When it happened; a fault of the row where nobody knows."""
    at = row.values.get("at")
    if not isinstance(at, datetime):
        row.fault("at", ja="日時が空です。", en="the time is missing.")
        return None
    if at > now + AHEAD:
        row.fault("at", ja="未来の日時です。確かめてください。", en="this lies in the future. Check it.")
        return None
    return at


def is_named(row: Row) -> bool:
    """Whether the row says who it was."""
    if any(
        name in row.values for name in ("id", "email", "phone", "loyalty_id", "line_id", "device_id", "anonymous_id")
    ):
        return True
    row.fault("id", ja="だれのことか書かれていません。", en="it does not say who it was.")
    return False
