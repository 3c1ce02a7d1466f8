"""The bounded pool: blocking stores run here, and a full queue says so instead of growing."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from domain.errors import Busy

T = TypeVar("T")


class Pool:
    """A fixed number of threads and a limit on how many calls may wait for them."""

    def __init__(self, threads: int, max_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="tact-store")
        self._max_waiting = max_waiting
        self._waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Runs `work` in a thread; raises Busy when too many calls wait."""
        if self._waiting >= self._max_waiting:
            raise Busy(self._waiting)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Waits for running calls and ends the threads."""
        self._threads.shutdown(wait=True)
