"""Foresight: where an event makes a message likely, its words are written ahead; the intake neither waits nor fails."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta

from agent.conductor import Conductor
from agent.instruments import Instruments
from domain.decision import Ask, Who
from domain.errors import TactError
from domain.journey import Due
from records.intake import Taken

log = logging.getLogger("tact.intake")

SOON = timedelta(hours=20)
"""Words are kept for a day: what is due later is written when it is due."""
AGAIN = timedelta(minutes=10)
"""A customer who puts one thing after another into the cart is one occasion."""
MOST_REMEMBERED = 4096
MOST_A_REQUEST = 4
MODES = frozenset({"prepared", "live"})


class Foresight:
    """Begins on the words for what is likely to be asked, where there is a model at all."""

    def __init__(self, conductor: Conductor, instruments: Instruments) -> None:
        self._conductor, self._instruments = conductor, instruments
        self._begun: OrderedDict[tuple[str, str], datetime] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, taken: Taken) -> None:
        """Begins on what the events of a request make likely."""
        if self._instruments.model is None or not taken.dues:
            return
        asks = [ask for due in self._fresh(taken.dues) if (ask := self._ask(due)) is not None]
        if asks:
            task = asyncio.get_running_loop().create_task(self._prepare(asks))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def rest(self) -> None:
        """Waits until everything that was begun is under way."""
        await asyncio.gather(*self._tasks)

    def _fresh(self, dues: tuple[Due, ...]) -> Iterator[Due]:
        """Those that are due soon and were not begun a moment ago."""
        now, found = self._instruments.clock.now(), 0
        for due in dues:
            mark = due.customer_id, due.scene
            before = self._begun.get(mark)
            if found < MOST_A_REQUEST and due.at <= now + SOON and (before is None or now - before > AGAIN):
                self._begun[mark] = now
                self._begun.move_to_end(mark)
                found += 1
                yield due
        while len(self._begun) > MOST_REMEMBERED:
            self._begun.popitem(last=False)

    def _ask(self, due: Due) -> Ask | None:
        """The ask that is likely to come."""
        scene = self._instruments.shelf.scene(due.scene)
        if scene is None or scene.mode not in MODES or not scene.channels:
            return None
        channels = (scene.trigger.channels if scene.trigger else None) or scene.channels
        return Ask(
            customer=Who(id=due.customer_id), channels=tuple(sorted(channels)), scene=due.scene, moment=due.moment
        )

    async def _prepare(self, asks: list[Ask]) -> None:
        for ask in asks:
            try:
                await self._conductor.prepare_soon(ask)
            except TactError as error:
                log.info("nothing is written ahead: %s", error)
                return
