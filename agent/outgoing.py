"""Outgoing: what lies in the outbox on its way out, and what the deliver station said of it.

A sender of ours, or a company's own, takes an entry by delivering its decision: every rule is judged again on what is
true now. Whatever the station answers is written beside the entry, so that it is taken once.
"""

from datetime import timedelta

from agent.delivery import Delivery
from agent.instruments import Instruments
from domain.channel import Channel
from domain.decision import Decision
from records import outbox
from records.connection import Connection
from records.outbox import Entry
from records.page import Page

REVIEW_AGAIN = timedelta(minutes=15)
"""How soon words that wait for a person are looked at again."""


class Outgoing:
    """The way from the outbox to whoever sends."""

    def __init__(self, instruments: Instruments, delivery: Delivery) -> None:
        self._instruments, self._delivery = instruments, delivery

    async def waiting(
        self,
        limit: int,
        cursor: str | None = None,
        *,
        state: outbox.State = "ready",
        channels: frozenset[Channel] | None = None,
        customer_id: str | None = None,
    ) -> Page[Entry]:
        """Entries that are not too late, by the time from which they may go out."""
        now = self._instruments.clock.now()
        return await self._instruments.read(
            lambda c: outbox.page(c, limit, cursor, state=state, channels=channels, customer_id=customer_id, now=now)
        )

    async def take(self, id: str, *, language: str, channels: frozenset[Channel] | None = None) -> Decision:
        """Delivers the decision of an entry and writes down what came of it: what a sender calls."""
        decision = await self._delivery.deliver(id, language=language, channels=channels)
        await self.delivered(id, decision)
        return decision

    async def delivered(self, id: str, decision: Decision) -> None:
        """Writes down what the deliver station said, where the decision lies in the outbox."""
        entry = await self._instruments.read(lambda c: outbox.find(c, id))
        if entry is not None and entry.state == "ready":
            await self._instruments.write(lambda c: self._settled(c, entry, decision))

    async def released(self, id: str, reason: str) -> None:
        """Writes down that the message was not sent."""
        now = self._instruments.clock.now()
        entry = await self._instruments.read(lambda c: outbox.find(c, id))
        if entry is not None and entry.state in ("ready", "handed"):
            await self._instruments.write(lambda c: outbox.failed(c, id, f"released:{reason}", now))

    def _settled(self, c: Connection, entry: Entry, decision: Decision) -> None:
        now = self._instruments.clock.now()
        if decision.outcome == "message":
            outbox.handed(c, entry.id, now)
            return
        hold = decision.hold
        kind = hold.reasons[0].type if hold and hold.reasons else "unknown"
        again = now + REVIEW_AGAIN if kind == "approval" else hold.retry_at if hold else None
        if again is not None and again <= entry.until:
            outbox.postpone(c, entry.id, again, f"held:{kind}", now)
        else:
            outbox.cancel(c, entry, f"held:{kind}", now)
