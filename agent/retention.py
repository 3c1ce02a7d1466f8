"""Retaining: for how long each kind of data is kept, and the daily round that lets go of what is older."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from agent import review
from agent.erasing import finish
from agent.parts import Parts
from agent.settings import Settings
from agent.stores import Stores
from domain.errors import TactError
from records import rebuild, retention
from records.context import ContextStore

log = logging.getLogger("tact.agent")

EVERY = timedelta(hours=1)
"""How often a service looks: a round that finds nothing costs a few reads."""


def kept_for(settings: Settings) -> Mapping[str, timedelta]:
    """How long each kind of data stays, from its end or its last change on."""
    days = {
        "events": settings.keep_events_days,
        "dead_letters": settings.keep_dead_letters_days,
        "memories": settings.keep_dead_letters_days,
        "memories taken back": settings.keep_events_days,
        "prepared": 0,
        "talks": 0,
        "idempotency": 1,
        "reviews": settings.keep_reviews_days,
        "compositions": settings.keep_reviews_days,
        "accesses": settings.keep_accesses_days,
    }
    return {name: timedelta(days=count) for name, count in days.items()}


def retain(stores: Stores, context: ContextStore | None = None) -> dict[str, int]:
    """Finishes erasures, lets go of everything that is older than it may be, and says how much of each kind."""
    finish(stores, context)
    return {name: _table(stores, name, kept) for name, kept in kept_for(stores.settings).items()}


def _table(stores: Stores, name: str, kept: timedelta) -> int:
    gone = 0
    while True:
        rows = _piece(stores, name, stores.clock.now() - kept)
        if name == "reviews":
            review.forget(stores, [row[0] for row in rows])
        gone += len(rows)
        if len(rows) < retention.PIECE:
            return gone


def _piece(stores: Stores, name: str, before: datetime) -> list[tuple[Any, ...]]:
    """Lets go of some rows; what may take a look through the whole table is a read."""
    rows = stores.read(lambda c: retention.over(c, name, before))
    if rows:
        stores.write(lambda c: retention.let_go(c, name, rows, before))
    return rows


class Retaining:
    """The round inside a service; what it does not reach today it reaches in the next one."""

    def __init__(self, parts: Parts, every: timedelta = EVERY) -> None:
        self._parts, self._every = parts, every

    async def run(self) -> None:
        """Goes round until the service ends."""
        await self._finish()
        while True:
            await asyncio.sleep(self._every.total_seconds())
            await self.once()

    async def once(self) -> dict[str, int]:
        """One round: lets go of what is old, and of context records whose customers are gone."""
        parts = self._parts
        try:
            gone = await parts.instruments.pool.run(lambda: retain(parts.stores, parts.context))
            strangers = await parts.instruments.pool.run(self._strangers)
        except TactError as error:
            log.warning("what is old is let go in the next round: %s", error)
            return {}
        told = {name: count for name, count in {**gone, "context": strangers}.items() if count}
        if told:
            log.info("let go of what is old: %s", told)
        return told

    async def _finish(self) -> None:
        """Does what an erasure had left to do when the service was last stopped."""
        parts = self._parts
        try:
            await parts.instruments.pool.run(lambda: finish(parts.stores, parts.context))
        except TactError as error:
            log.warning("what erasures left to do is done in the next round: %s", error)

    def _strangers(self) -> int:
        found = rebuild.missing(self._parts.context, self._parts.stores.database).strangers
        self._parts.context.remove(found)
        return len(found)
