"""Places: how many requests may be with a model at once; whoever finds no room in time is told so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.errors import ModelBusy, ModelTooLate

QUEUE = 8
"""Requests that may wait for each place."""


class Places:
    """The places of one event loop; what nobody waits for takes at most half of them."""

    def __init__(self, count: int) -> None:
        self._count, self._waiting = count, 0
        self._all, self._half = asyncio.Semaphore(count), asyncio.Semaphore(max(count // 2, 1))

    @asynccontextmanager
    async def taken(self, end: float, *, patient: bool) -> AsyncIterator[None]:
        """One place for as long as the `with` lasts; raises where there is none until `end` on the loop's clock."""
        wanted = (self._half, self._all) if patient else (self._all,)
        if self._waiting >= self._count * QUEUE:
            raise ModelBusy(f"{self._waiting} requests are already waiting for it")
        taken: list[asyncio.Semaphore] = []
        try:
            self._waiting += 1
            try:
                async with asyncio.timeout_at(end):
                    for room in wanted:
                        await room.acquire()
                        taken.append(room)
            except TimeoutError as error:
                raise ModelTooLate(f"all {self._count} places were taken until there was no time left") from error
            finally:
                self._waiting -= 1
            yield
        finally:
            for room in taken:
                room.release()
