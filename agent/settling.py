"""Settling: what is written once it is known what came of a run, all of it in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.contest import Contest, channels_of
from agent.evidence import unpack
from agent.instruments import Instruments
from agent.looking import moot_since, rivals
from agent.triggers import Triggers
from domain.channel import PUBLIC, Channel, is_pushed
from domain.decision import Hold
from domain.scene import Scene
from policies.book import Book
from records import contacts, due, outbox, tallies
from records.connection import Connection
from records.members import members
from records.outbox import Entry
from records.run import Run

MOST_TRIES = 5
"""Decisions that may be held before the run ends with the reason of the last."""
AT_LEAST = timedelta(hours=1)
"""How long a message lies in the outbox from its time on, however soon the run is no longer worth saying."""


@dataclass(frozen=True, slots=True)
class Came:
    """What the conductor said: the id of its decision, or why there is none."""

    decision_id: str | None
    reason: str | None = None
    retry_at: datetime | None = None


class Settling:
    """What is written once it is known what came of a run; all of it in one transaction."""

    def __init__(
        self,
        instruments: Instruments,
        book: Book,
        triggers: Triggers,
        contest: Callable[[Connection, Run, Book, datetime], Contest | None],
        window: timedelta,
        now: datetime,
    ) -> None:
        self._instruments, self._book, self._triggers = instruments, book, triggers
        self._contest, self._window, self._now = contest, window, now

    def settled(self, c: Connection, id: str, came: Came) -> str:
        """A word for what became of the run."""
        run, now = due.find(c, id), self._now
        if run is None or run.state != "taken":
            return "over"
        if came.retry_at is not None:
            return self._again(c, run, came.retry_at, came.reason or "busy", tried=False)
        if came.decision_id is None:
            if came.reason == "left":
                return self._left(c, run, None, None)
            due.end(c, id, "cancelled", came.reason, now)
            return "over"
        return self._decided(c, run, came.decision_id)

    def _decided(self, c: Connection, run: Run, decision_id: str) -> str:
        stored, now = self._instruments.stores.decisions.get(c, decision_id), self._now
        if stored.outcome == "message" and stored.channel is not None and stored.contact is not None:
            moot = moot_since(c, run, self._triggers)
            if moot is not None:
                if contacts.release(c, decision_id, moot, now):
                    tallies.release(c, decision_id)
                due.end(c, run.due.id, "cancelled", moot, now, decision_id)
                return "over"
            self._lay_out(c, run, decision_id, stored.channel, stored.contact.at, None)
            due.end(c, run.due.id, "done", None, now, decision_id)
            self._outdone(c, run)
            return "message"
        hold = hold_of(stored.personal)
        kind = hold.reasons[0].type if hold and hold.reasons else "unknown"
        if kind == "approval" and stored.channel is not None:
            self._lay_out(c, run, decision_id, stored.channel, now, "held:approval")
            due.end(c, run.due.id, "done", "held:approval", now, decision_id)
            self._outdone(c, run)
            return "review"
        retry = hold.retry_at if hold else None
        if retry is not None and retry <= run.due.until and run.attempts + 1 < MOST_TRIES:
            return self._again(c, run, max(retry, now + timedelta(seconds=1)), f"held:{kind}", tried=True)
        return self._left(c, run, decision_id, f"held:{kind}")

    def _again(self, c: Connection, run: Run, at: datetime, reason: str, *, tried: bool) -> str:
        """Waits for another try; too late for that, the run is over."""
        if at > run.due.until:
            due.end(c, run.due.id, "cancelled", "expired", self._now)
            return "over"
        due.put_back(c, run.due.id, at, reason, self._now, tried=tried)
        return "again"

    def _left(self, c: Connection, run: Run, decision_id: str | None, reason: str | None) -> str:
        """Leaves the scene for the channels that ask themselves; without any the run ends with its reason."""
        scene, now = self._book.scenes.get(run.due.scene), self._now
        pulled = pulled_of(scene) if scene else ()
        for channel in pulled:
            name = f"{run.due.id}.{channel.value}"
            outbox.put(c, self._entry(c, run, name, channel, now, reason))
        due.end(c, run.due.id, "done", "left" if pulled and reason is None else reason, now, decision_id)
        return "left" if pulled else "held"

    def _lay_out(
        self, c: Connection, run: Run, decision_id: str, channel: Channel, at: datetime, reason: str | None
    ) -> None:
        """Puts the message where its channel fetches it."""
        entry = self._entry(c, run, decision_id, channel, at, reason)
        outbox.put(c, replace(entry, decision_id=decision_id, state="ready"))

    def _entry(self, c: Connection, run: Run, id: str, channel: Channel, at: datetime, reason: str | None) -> Entry:
        """An entry for the person whom the run is about, left for the channel to ask for."""
        return Entry(
            id=id,
            decision_id=None,
            customer_id=members(c, run.due.customer_id)[0],
            channel=channel,
            scene=run.due.scene,
            due_id=run.due.id,
            state="left",
            send_at=at,
            until=max(run.due.until, at + AT_LEAST),
            attempts=0,
            reason=reason,
            created_at=self._now,
            updated_at=self._now,
        )

    def _outdone(self, c: Connection, run: Run) -> None:
        """Ends what this message has come before."""
        contest, now = self._contest(c, run, self._book, self._now), self._now
        if contest is None or not contest.takes_part(run):
            return
        for one in rivals(c, run, now + self._window):
            if contest.takes_part(one):
                due.end(c, one.due.id, "cancelled", f"lost:{run.due.scene}", now)


def pushed_of(scene: Scene) -> tuple[Channel, ...]:
    """The channels on which it goes to the customer unasked."""
    return tuple(one for one in Channel if one in channels_of(scene) and is_pushed(one))


def pulled_of(scene: Scene) -> tuple[Channel, ...]:
    """The channels that ask themselves once the customer is there; public ones know nobody."""
    return tuple(one for one in Channel if one in channels_of(scene) and not is_pushed(one) and one not in PUBLIC)


def hold_of(personal: bytes | None) -> Hold | None:
    """The hold in the record of a decision."""
    return unpack(personal).decision.hold if personal else None
