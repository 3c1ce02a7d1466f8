"""The conductor: what is the next message for this customer?"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.delivery import Delivery
from agent.graph import Through
from agent.instruments import Instruments
from agent.preparing import Preparing
from agent.state import Walk
from domain.clock import Clock, to_micros
from domain.decision import Ask, Decision
from domain.errors import Malformed, Overtaken
from records import idempotency
from records.idempotency import Slot

LENIENCE = timedelta(seconds=120)
"""How far `moment.at` may be from the server's clock outside a dry run."""

GRACE = timedelta(seconds=5)
"""How long after its deadline an unfinished first request still holds its idempotency key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision, and whether it was made before under the same idempotency key."""

    decision: Decision
    replayed: bool = False


class Conductor:
    """Walks one ask after another through decide, write and commit."""

    def __init__(self, instruments: Instruments, delivery: Delivery, through: Through) -> None:
        self._instruments, self._delivery = instruments, delivery
        self._through = through
        self._preparing = Preparing(instruments)

    async def next_message(self, ask: Ask, *, language: str, slot: Slot | None = None) -> Answer:
        """Decides for one customer at one moment; `language` is that of the explanation."""
        walk = walk_of(ask, language, self._instruments.clock, slot)
        if walk.slot is None:
            return Answer(await self._walked(walk))
        before = await self._begin(walk.slot, walk)
        if before is not None:
            return Answer(await self._delivery.again(before, language=language), replayed=True)
        return Answer(await self._once(walk.slot, walk))

    async def prepare(self, ask: Ask) -> str | None:
        """Has a model write words for an ask that is likely to come; the id of what is ready, None where nothing is."""
        return await self._preparing.prepare(self._rehearsed(ask))

    async def prepare_soon(self, ask: Ask) -> bool:
        """Begins on that and does not wait for it; False where there is no model, or nothing that it could write."""
        return await self._preparing.begin(self._rehearsed(ask))

    async def rest(self) -> None:
        """Waits until no words are being prepared any more."""
        await self._preparing.rest()

    async def leave(self) -> None:
        """Gives up the words that are being prepared."""
        await self._preparing.leave()

    def _rehearsed(self, ask: Ask) -> Walk:
        """The walk of an ask that nobody has asked yet."""
        rehearsal = ask.model_copy(update={"dry_run": True})
        return walk_of(rehearsal, self._instruments.settings.language, self._instruments.clock)

    async def _begin(self, slot: Slot, walk: Walk) -> str | None:
        """Takes the idempotency key for this walk; the id of the decision if an earlier request has finished."""
        until = walk.now + timedelta(milliseconds=walk.ask.deadline_ms) + GRACE
        return await self._instruments.write(lambda c: idempotency.begin(c, slot, walk.now, until))

    async def _once(self, slot: Slot, walk: Walk) -> Decision:
        """Walks under an idempotency key, which is free again at once if the walk ends without a decision."""
        decision = None
        try:
            decision = await self._walked(walk)
            return decision
        finally:
            if decision is None:
                await self._instruments.write(lambda c: idempotency.abandon(c, slot))

    async def _walked(self, walk: Walk) -> Decision:
        try:
            ended = await self._through(walk)
        except Overtaken:
            ended = await self._through(walk)
        if ended.decision is None:
            raise ValueError(f"the walk of {walk.decision_id!r} ended without a decision")
        return ended.decision


def walk_of(ask: Ask, language: str, clock: Clock, slot: Slot | None = None) -> Walk:
    """The first step of an ask: its id, its moment and its deadline."""
    now = moment_of(ask, clock.now())
    deadline = clock.now() + timedelta(milliseconds=ask.deadline_ms)
    slot = None if ask.dry_run else slot
    return Walk(ask=ask, language=language, decision_id=new_id(now), now=now, deadline=deadline, slot=slot)


def moment_of(ask: Ask, now: datetime) -> datetime:
    """The server's clock; in a dry run the moment that the caller imagines."""
    at = ask.moment.at
    if at is not None and ask.dry_run:
        return at.astimezone(now.tzinfo)
    if at is not None and abs(at - now) > LENIENCE:
        why = "rules use the server's clock. Leave it out, or set dry_run to ask about another time."
        raise Malformed("moment.at", at.isoformat(), why)
    return now


def new_id(now: datetime) -> str:
    """A decision id: time first, so that a log reads in order, then 80 random bits."""
    return f"d-{to_micros(now) // 1000:011x}-{secrets.token_hex(10)}"
