"""The intake: what customers did comes in, is kept in one transaction, and what follows from it is set going.

Nobody waits for what follows: memories, journeys and words that are made ahead come after the answer.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import repeat
from zoneinfo import ZoneInfo

from agent.pool import Pool
from agent.shelf import Shelf
from agent.stores import Stores
from agent.triggers import Triggers
from domain.arrival import Arrival, Refusal
from domain.errors import NotFound, Unavailable
from policies.book import Book
from records import book as policy_versions
from records import versions
from records.connection import Connection
from records.intake import Means, Repeated, Taken, take, together

log = logging.getLogger("tact.intake")

AT_ONCE = 100
"""Events a transaction: who asks for a message waits no longer than for these. What fails half-way comes again."""
TRIES = 4
"""How often a transaction is tried that others stand in the way of."""
PAUSE = 0.02
"""Seconds before the second try, on average; then twice as long each time."""

Current = Callable[[], Book]
"""The rules in force; it may read and wait."""
Follow = Callable[[Taken], None]
"""What is set going by what came in; it must neither wait nor fail."""


class Intake:
    """Takes events in, from however many requests at once."""

    def __init__(self, stores: Stores, pool: Pool, current: Current) -> None:
        self._stores, self._pool, self._current = stores, pool, current
        self._means: tuple[int, Means] | None = None
        self.follow: list[Follow] = []

    async def take(
        self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal] = (), now: datetime | None = None
    ) -> Taken:
        """Keeps what is new, durably when this returns; raises Busy where too much waits."""
        means = await self._pool.run(self.means)
        at = now or self._stores.clock.now()
        pieces = [arrivals[begin : begin + AT_ONCE] for begin in range(0, len(arrivals), AT_ONCE)] or [()]
        letters = [refusals, *repeat((), len(pieces) - 1)]
        parts = [await self._piece(some, bad, means, at) for some, bad in zip(pieces, letters, strict=True)]
        return parts[0] if len(parts) == 1 else together(parts)

    async def _piece(
        self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal], means: Means, at: datetime
    ) -> Taken:
        """One transaction, and what follows from it."""
        taken = await self._written(lambda c: take(c, arrivals, refusals, means, at))
        for follow in self.follow:
            try:
                follow(taken)
            except Exception:  # What came in is kept: whoever sent it must not send it again.
                log.exception("what follows from events could not be set going")
        return taken

    def means(self) -> Means:
        """What events are understood by, made anew when the rules change."""
        book, held = self._current(), self._means
        if held is None or held[0] != book.version:
            zone = ZoneInfo(self._stores.settings.home_timezone)
            effects = Triggers(book.scenes.values(), zone).effects
            held = self._means = book.version, Means(self._stores.suppression, book.stages, effects, zone)
        return held[1]

    async def _written(self, work: Callable[[Connection], Taken]) -> Taken:
        """One transaction; where another one stands in the way it is tried again, since nothing of it was kept."""
        for attempt in range(TRIES):
            try:
                # Once begun it is not cancelled: whoever asked may be gone, but the events are here.
                return await asyncio.shield(asyncio.wrap_future(self._stores.database.submit(work)))
            except Unavailable as error:
                if attempt + 1 == TRIES or not (isinstance(error, Repeated) or CONTENDED in error.why):
                    raise
                log.info("the intake tries again: %s", error)
            await asyncio.sleep(PAUSE * 2**attempt * (0.5 + random.random()))
        raise AssertionError("the loop ends with an answer or an error")


CONTENDED = "another transaction holds the same rows"
"""What PostgreSQL says where two wait for each other; it is over as soon as one of them has ended."""


def at_hand(stores: Stores, shelf: Shelf) -> Current:
    """The rules of a service, from its shelf while their version is the newest."""

    def current() -> Book:
        newest = stores.read(lambda c: (versions.current(c, "policy"), versions.current(c, "catalogue")))
        held = shelf.holds(*newest)
        return held[0] if held is not None else shelf.load()[0]

    return current


def from_disk(stores: Stores) -> Current:
    """The rules for a command, which runs beside the service."""

    def current() -> Book:
        found = stores.read(policy_versions.latest)
        if found is None:
            raise NotFound("policy version", "1")
        return Book.from_document(found.version, found.document)

    return current
