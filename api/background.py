"""Work that goes on after its request was answered, and ends with the service."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from domain.errors import TactError

log = logging.getLogger("tact.api")


class Background:
    """Holds on to what runs, so that nothing is forgotten half-way."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Runs `work` from now on; what stops it is written into the log."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def leave(self) -> None:
        """Stops everything and waits until it has put down what it had done."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, TactError):
            log.warning("%s ended early: %s", task.get_name(), failure)
        elif failure is not None:
            log.error("%s failed", task.get_name(), exc_info=failure)
