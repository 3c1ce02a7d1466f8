"""Housekeeping: what a worker does now and then beside the runs, so that nothing grows old unseen."""

import math
from datetime import datetime, timedelta
from time import monotonic

from agent import recounting
from agent.intake import at_hand
from agent.parts import Parts
from agent.planning import Planning
from api.journey_metrics import JourneyMetrics
from records import due, outbox

FORGOTTEN_AFTER = timedelta(days=400)
PAGE = 500
COUNTED_FOR = timedelta(days=1)
"""How far back what ended is counted for the figures."""


class Housekeeping:
    """The daily pass, features that time alone changes, entries that are too old, and figures."""

    def __init__(self, parts: Parts, metrics: JourneyMetrics, clearing: float) -> None:
        """`clearing`: seconds between two rounds in which runs and entries that ended long ago are deleted."""
        self._parts, self._metrics, self._clearing = parts, metrics, clearing
        self._planning = Planning(parts.instruments)
        self._current = at_hand(parts.stores, parts.shelf)
        self._cleared_at = -math.inf

    async def look_ahead(self) -> bool:
        """Whether the daily pass found somebody to speak to: features and stages grow older first, it reads them."""
        await self._grow_older()
        return bool(await self._planning.step(self._parts.clock.now()))

    async def tidy(self, now: datetime) -> None:
        """Ends what is too late or was asked for, now and then deletes what ended long ago, and counts."""
        await self._end_entries(now)
        if monotonic() - self._cleared_at >= self._clearing:
            await self._clear(now - FORGOTTEN_AFTER)
        since = now - COUNTED_FOR
        self._metrics.show(*await self._parts.read(lambda c: (due.counts(c, since), outbox.counts(c, since))))

    async def _grow_older(self) -> None:
        instruments = self._parts.instruments
        book = await instruments.pool.run(self._current)
        if await instruments.pool.run(lambda: recounting.refresh(self._parts.stores, book.stages)):
            self._parts.follower.wake()

    async def _end_entries(self, now: datetime) -> None:
        """What there is to do is read first: nobody waits for a writer that only looks."""
        late, asked = await self._parts.read(lambda c: (outbox.late(c, now), outbox.asked_for(c)))
        if late or asked:
            await self._parts.write(
                lambda c: (
                    [outbox.cancel(c, one, "expired", now) for one in late],
                    [outbox.handed(c, id, now) for id in asked],
                )
            )

    async def _clear(self, before: datetime) -> None:
        """A page of each; the next round goes on at once where there was a full one."""
        runs, entries = await self._parts.read(lambda c: (due.old(c, before, PAGE), outbox.old(c, before, PAGE)))
        if runs or entries:
            await self._parts.write(lambda c: (due.forget(c, runs), outbox.forget(c, entries)))
        if max(len(runs), len(entries)) < PAGE:
            self._cleared_at = monotonic()
