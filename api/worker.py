"""The worker: drains what is due, waits durably, and carries each run through its three steps.

The rows of `due` are the truth. What is due soon becomes a workflow, which wakes it at its time, in this process or in
the next one. Steps run at least once and do their work once, so that a second worker, a kill in the middle or another
version of the application never makes a second message.
"""

import asyncio
import logging
import math
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from agent.journeys import Journeys
from agent.parts import Parts
from api import VERSION, workflows
from api.housekeeping import Housekeeping
from api.journey_metrics import JourneyMetrics
from domain.clock import to_micros
from domain.errors import TactError
from records import due
from records.due import Waiting

log = logging.getLogger("tact.worker")
T = TypeVar("T")

QUEUE, PLANNED_QUEUE = "journeys", "journeys-planned"
"""What events started, and what the daily pass found: neither waits behind the other."""
HORIZON = timedelta(minutes=10)
"""How long before its time a run is handed over; until then its row waits alone."""
PAGE, MOST_AT_ONCE, MOST_PLANNED = 500, 5_000, 100
"""Of what the pass found only so much is in hand at once; the rest waits in its rows."""
STUCK_AFTER = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a worker is; a test has no minutes to wait."""

    tick: float = 1.0
    polling: float = 0.5
    at_once: int = 8
    planned_at_once: int = 4
    grace: float = 30.0
    """Seconds after the start in which nothing overdue is said: an order may arrive that makes it moot."""
    patience: float = 60.0
    """Seconds after which an overdue run is looked for."""
    housework: float = 20.0
    clearing: float = 3600.0
    """Seconds between two rounds in which runs and entries that ended long ago are deleted."""


class Stumbled(RuntimeError):
    """A step failed; the kind of failure, without its words."""


class Worker:
    """The one worker of this process."""

    def __init__(self, parts: Parts, pace: Pace | None = None, version: str = VERSION) -> None:
        self._parts, self._version = parts, version
        self._pace = pace or Pace(grace=parts.settings.journeys_grace)
        self.journeys = Journeys(parts.instruments, parts.conductor)
        self.metrics = JourneyMetrics()
        self._house = Housekeeping(parts, self.metrics, self._pace.clearing)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._handed: dict[str, str] = {}
        self._sought: dict[str, float] = {}
        self._began = parts.clock.now()
        self._housework_at = -math.inf
        self._draining: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Takes up what another process left, and begins to drain."""
        workflows.appoint(self)
        self._loop, self._began = asyncio.get_running_loop(), self._parts.clock.now()
        await asyncio.to_thread(self._launch)
        self._draining = asyncio.create_task(self._drain_on(), name="journeys")

    def wake(self) -> None:
        """Looks at once at what is due; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self) -> None:
        """Stops draining; what is under way is taken up by the next start."""
        if self._draining is not None:
            self._draining.cancel()
            await asyncio.gather(self._draining, return_exceptions=True)
        await asyncio.to_thread(workflows.dismiss, self)

    def step(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a step on the service's own loop, for a thread of DBOS."""
        if self._loop is None:
            raise RuntimeError("a worker carries out nothing before it is started")
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result()
        except Exception as error:
            log.exception("a step of a journey failed; the run is taken up again")
            # DBOS keeps what a step raises, and an error's words may name somebody: only its kind goes there.
            raise Stumbled(type(error).__name__) from None

    def let_go(self, id: str, said: str) -> None:
        """Forgets that a run was handed over, and looks again where it waits for another time."""
        self._handed.pop(id, None)
        self.metrics.ended(said)
        if said in ("early", "again"):
            self.wake()

    def _launch(self) -> None:
        queues = {QUEUE: self._pace.at_once, PLANNED_QUEUE: self._pace.planned_at_once}
        workflows.launch(self._parts.settings.database, self._version, queues, self._pace.polling)
        self._wake_anew(cause_of(name) for name in workflows.cancel_others(self._version))

    async def _drain_on(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.drain()
                await self._keep_house()
            except TactError as error:
                # A store that is busy now is asked again in a moment; the rows wait.
                log.warning("journeys wait: %s", error)
            except Exception:
                log.exception("journeys stumbled and go on")
            await _woken_or(self._woken, self._pace.tick)

    async def drain(self) -> int:
        """Hands over what is due soon and was not handed over before; says how much that was."""
        now = self._parts.clock.now()
        urgent, planned = await self._due_soon(now), await self._planned_soon(now)
        here = {one.id for one in (*urgent, *planned)}
        # Threads of DBOS let go meanwhile: what is walked through is a copy.
        for id in list(self._handed):
            if id not in here:
                self._handed.pop(id, None)
        handed = 0
        for queue, found in ((QUEUE, urgent), (PLANNED_QUEUE, planned)):
            fresh = [one for one in found if self._handed.get(one.id) != name_of(one)]
            if fresh:
                await asyncio.to_thread(self._hand_over, fresh, now, queue)
            handed += len(fresh)
        await asyncio.to_thread(self._seek, [*urgent, *planned], now)
        return handed

    async def _due_soon(self, now: datetime) -> list[Waiting]:
        """What events started."""
        until, found = now + HORIZON, list[Waiting]()
        while len(found) < MOST_AT_ONCE:
            after = (to_micros(found[-1].at), found[-1].id) if found else (-1, "")
            page = await self._parts.read(partial(due.waiting, until=until, most=PAGE, after=after))
            found += page
            if len(page) < PAGE:
                break
        return found

    async def _planned_soon(self, now: datetime) -> list[Waiting]:
        """What the daily pass found, a little at a time: thousands may be due at once."""
        return await self._parts.read(lambda c: due.waiting(c, now + HORIZON, MOST_PLANNED, planned=True))

    def _hand_over(self, fresh: Sequence[Waiting], now: datetime, queue: str) -> None:
        """Gives each a workflow, which waits until its time."""
        settled = self._began + timedelta(seconds=self._pace.grace)
        for one in fresh:
            at = max(one.at, settled) if one.at <= self._began else one.at
            name = name_of(one)
            workflows.hand_over(one.id, name, queue, (at - now).total_seconds())
            self._handed[one.id] = name

    def _seek(self, found: Sequence[Waiting], now: datetime) -> None:
        """Sees to what should have been woken long ago and never was.

        Its workflow is lost, or ended too early; or whoever began it died before the first step was done.
        """
        late = now - timedelta(seconds=self._pace.patience + self._pace.grace)
        overdue = [one for one in found if one.at < late and self._is_time_to_seek(one.id)]
        if len(self._sought) > 2 * MOST_AT_ONCE:
            self._sought.clear()
        known = {one.id: workflows.state_of(name_of(one)) for one in overdue}
        self._wake_anew(id for id, state in known.items() if state in workflows.OVER)
        for one in overdue:
            if known[one.id] == "PENDING":
                workflows.resume(name_of(one))

    def _is_time_to_seek(self, id: str) -> bool:
        if monotonic() - self._sought.get(id, 0.0) <= self._pace.patience:
            return False
        self._sought[id] = monotonic()
        return True

    def _wake_anew(self, ids: Iterable[str]) -> None:
        now, known = self._parts.clock.now(), list(ids)
        if known:
            self._parts.stores.write(lambda c: due.wake_anew(c, known, now))
        for id in known:
            self._handed.pop(id, None)

    async def _keep_house(self) -> None:
        """What is due now and then: the daily pass, runs whose worker died, and what ended long ago."""
        if await self._house.look_ahead():
            self.wake()
        if monotonic() - self._housework_at < self._pace.housework:
            return
        self._housework_at, now = monotonic(), self._parts.clock.now()
        stuck = await self._parts.read(lambda c: due.stuck(c, now - STUCK_AFTER, PAGE))
        for run in stuck:
            await asyncio.to_thread(self._free, run.due.id, due.name_of(run.due.id, run.wakes))
        await self._house.tidy(now)
        await asyncio.to_thread(workflows.forget)

    def _free(self, id: str, name: str) -> None:
        """Lets somebody else go on with a run that was taken long ago."""
        if workflows.state_of(name) in workflows.OVER:
            self._wake_anew([id])
        else:
            workflows.resume(name)


def name_of(one: Waiting) -> str:
    """The id of the workflow for the next wake-up: the cause's own, and a number where it is not the first."""
    return due.name_of(one.id, one.wakes)


def cause_of(name: str) -> str:
    """The run that a workflow wakes."""
    return name.partition("~")[0]


async def _woken_or(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
