"""Preparing: when an event makes a next message likely, a model writes its words ahead, and an ask finds them ready.

Nothing is decided by it: the ask weighs, judges and inspects as ever, and takes the words only where they are about
what it chose and everything that they were written from is still so.
"""

import asyncio
import logging
import secrets
from dataclasses import replace
from datetime import timedelta

from agent import nodes
from agent.ahead import Ahead, pack
from agent.briefing import brief_of
from agent.drafting import slots_for
from agent.graph import through_drafting
from agent.instruments import Instruments
from agent.lessons import lessons as lessons_of
from agent.live import spoken
from agent.state import Candidate, Penned, Walk
from domain.errors import Busy
from domain.variant import Variant
from records import prepared
from records.prepared import Prepared
from tools.choice import choose

log = logging.getLogger("tact.agent")

FRESH_FOR = timedelta(hours=24)
"""After a day the moment that they were written for is over."""

AHEAD = frozenset({"live", "prepared"})
"""Modes of a scene whose words may be made ahead; where a model picks the offer, nobody knows it before."""

MOST_AT_ONCE = 64


class Preparing:
    """Makes words ahead, some at a time, and never while anybody waits for them."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments
        self._converse = through_drafting(instruments)
        self._under_way: set[asyncio.Task[str | None]] = set()

    async def begin(self, walk: Walk) -> bool:
        """Starts on the words for an ask and does not wait for them; False where there is nothing to write.

        Raises NotFound for a customer or scene that nobody has, and Busy where too much is under way.
        """
        self._must_have_room()
        chosen = await self._chosen(walk)
        if chosen is None:
            return False
        # Others may have begun while this one was weighed.
        self._must_have_room()
        task = asyncio.get_running_loop().create_task(self._written(*chosen))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return True

    async def rest(self) -> None:
        """Waits until nothing is under way any more."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def leave(self) -> None:
        """Gives up what is under way: the service ends, and nobody asked for it yet."""
        for task in tuple(self._under_way):
            task.cancel()
        await self.rest()

    async def prepare(self, walk: Walk) -> str | None:
        """The id of the words that are now ready; None where the rules, the scene or the model give none."""
        chosen = await self._chosen(walk)
        return await self._written(*chosen) if chosen else None

    async def _chosen(self, walk: Walk) -> tuple[Walk, Candidate] | None:
        """What an ask would most likely choose now; the walk is one of a dry run, so that nothing of it is kept."""
        if self._instruments.model is None or not walk.ask.dry_run:
            return None
        walk = await nodes.decide(walk, self._instruments)
        if walk.held or walk.recall is None or walk.scene is None or walk.scene.mode not in AHEAD:
            return None
        if walk.ask.customer.anonymous_id is not None and walk.recall.record.customer.id == f"c-{walk.decision_id}":
            return None
        permitted = walk.permitted
        return walk, permitted[choose([one.score for one in permitted], 0.0).index]

    def _must_have_room(self) -> None:
        if len(self._under_way) >= MOST_AT_ONCE:
            raise Busy(len(self._under_way))

    def _ended(self, task: asyncio.Task[str | None]) -> None:
        self._under_way.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            log.error("preparing failed", exc_info=failure)

    async def _written(self, walk: Walk, candidate: Candidate) -> str | None:
        instruments, scene = self._instruments, walk.ask.scene
        if scene is None:
            return None
        slots = slots_for(walk, candidate, walk.permitted, instruments.stores)
        lessons = await instruments.read(lambda c: lessons_of(c, scene))
        brief = brief_of(walk, candidate, slots, instruments, lessons)
        seconds = instruments.settings.llm_seconds
        alive = await spoken(walk, candidate, slots, brief, seconds, self._converse, patient=True)
        if alive.clean is None or alive.penned is None:
            return None
        return await self._kept(walk, candidate, brief.digest, alive.clean[0], alive.penned)

    async def _kept(self, walk: Walk, candidate: Candidate, brief: str, variant: Variant, penned: Penned) -> str:
        if walk.recall is None or walk.ask.scene is None:
            raise ValueError("words are kept for a customer and a scene")
        vault, now = self._instruments.stores.vault, self._instruments.clock.now()
        customer, scene = walk.recall.record.customer.id, walk.ask.scene
        words = Ahead(
            offer=candidate.offer.id,
            channel=candidate.action.channel,
            brief=brief,
            variant=variant,
            penned=replace(penned, ended=None),
        )
        made = Prepared(f"p-{secrets.token_hex(8)}", pack(words), now, now + FRESH_FOR)
        await self._instruments.write(lambda c: prepared.put(c, vault, customer, scene, [made], now))
        return made.id
