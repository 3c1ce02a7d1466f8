"""Journeys as part of the service: begun once it answers, since their library takes a second or two to load."""

import asyncio
import importlib
import logging
from typing import TYPE_CHECKING

from agent.parts import Parts
from api.metrics import Metrics

if TYPE_CHECKING:
    from api.worker import Worker

log = logging.getLogger("tact.api")

AGAIN_IN = 15.0
"""Seconds after which a worker that could not start is tried again."""


async def carry_on(parts: Parts, metrics: Metrics | None = None, version: str | None = None) -> None:
    """Runs a worker until it is cancelled."""
    worker = await _started(parts, version)
    if metrics is not None:
        metrics.add(worker.metrics)
    parts.intake.follow.append(lambda taken: worker.wake() if taken.dues else None)
    try:
        await asyncio.Event().wait()
    finally:
        await worker.stop()


async def _started(parts: Parts, version: str | None) -> "Worker":
    module = await asyncio.to_thread(importlib.import_module, "api.worker")
    while True:
        worker: Worker = module.Worker(parts, version=version or module.VERSION)
        try:
            await worker.start()
            return worker
        except asyncio.CancelledError:
            await worker.stop()
            raise
        except Exception:
            await worker.stop()
            log.exception("journeys do not start; what is due waits, and it is tried again in %g s", AGAIN_IN)
        await asyncio.sleep(AGAIN_IN)
