"""Patience: how tests wait for other threads and processes, on a machine that may stand still for seconds."""

import asyncio
from collections.abc import Callable, Coroutine
from time import monotonic, sleep, thread_time
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds until something that a test waits for counts as never happening."""
NAP = 0.02


def until(done: Callable[[], object]) -> bool:
    """Whether it came true, looked at again and again."""
    end = monotonic() + PATIENCE
    while not done():
        if monotonic() > end:
            return False
        sleep(NAP)
    return True


async def soon(done: Callable[[], object]) -> bool:
    """The same beside what runs in the event loop."""
    end = monotonic() + PATIENCE
    while not done():
        if monotonic() > end:
            return False
        await asyncio.sleep(NAP)
    return True


async def lived(work: Coroutine[Any, Any, T]) -> tuple[T, float]:
    """What comes of it, and the seconds that its event loop lived; while the machine stands still, none pass."""
    used, naps, going = thread_time(), 0, asyncio.ensure_future(work)
    while not going.done():
        await asyncio.wait([going], timeout=NAP)
        naps += 1
    return await going, naps * NAP + thread_time() - used
