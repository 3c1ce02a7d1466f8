"""Replaying: an event that could not be used is read again, as it was or put right, and is an event from then on."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import JsonValue

from agent.intake import Intake
from agent.pool import Pool
from agent.stores import Stores
from api import tracking
from api.arriving import Unfit
from domain.errors import Refused
from records import dead_letters
from records.dead_letters import DeadLetter, Status

NOBODY_KNOWS = "nobody can be found whose event it is"


class Replayed(NamedTuple):
    """What became of one: field and reason where it waits on."""

    seq: int
    status: Status
    field: str | None = None
    reason: str | None = None


class Replays:
    """Reads dead letters again, by the rules of today."""

    def __init__(self, intake: Intake, stores: Stores, pool: Pool) -> None:
        self._intake, self._stores, self._pool = intake, stores, pool

    async def some(self, field: str, most: int, by: str) -> list[Replayed]:
        """Those that wait, the oldest first, of one field where one is named."""
        found, behind = list[DeadLetter](), 0
        while len(found) < most:
            page = await self._page(behind)
            found += [one for one in page if field in ("", one.field)]
            if len(page) < PAGE:
                break
            behind = page[-1].seq
        return [await self.one(letter, by) for letter in found[:most]]

    async def by_number(self, seq: int, by: str, event: JsonValue = None) -> Replayed:
        """One of them, in the words of `event` where it is put right; raises Refused where it waits no more."""
        letter = await self._pool.run(lambda: self._stores.read(lambda c: dead_letters.get(c, seq)))
        if letter.status != "waiting":
            stands = f"The dead letter {seq} was {letter.status} by {letter.decided_by!r}."
            raise Refused(f"{stands} Nothing was changed; look at it as it is now.")
        return await self.one(letter, by, event)

    async def one(self, letter: DeadLetter, by: str, event: JsonValue = None) -> Replayed:
        """Reads it again; an event that is there already is only noted as replayed, so that nothing counts twice."""
        document = letter.document if event is None else json.dumps(event)
        found = tracking.again(document, letter.source, letter.received_at)
        if isinstance(found, Unfit):
            return await self._waits(letter, found.field, found.reason)
        taken = await self._intake.take([found])
        if not taken.events and not taken.repeated and not taken.forgotten:
            return await self._waits(letter, "properties.decision_id", NOBODY_KNOWS)
        status: Status = "dropped" if taken.forgotten else "replayed"
        now = self._stores.clock.now()
        await self._pool.run(lambda: self._stores.write(lambda c: dead_letters.settle(c, letter.seq, status, by, now)))
        return Replayed(letter.seq, status)

    async def _waits(self, letter: DeadLetter, field: str, reason: str) -> Replayed:
        field, reason = tracking.printable(field)[:200], tracking.printable(reason)[:500]
        await self._pool.run(lambda: self._stores.write(lambda c: dead_letters.blame(c, letter.seq, field, reason)))
        return Replayed(letter.seq, "waiting", field, reason)

    async def _page(self, behind: int) -> Sequence[DeadLetter]:
        return await self._pool.run(lambda: self._stores.read(lambda c: dead_letters.page(c, PAGE, after=behind)))


PAGE = 200
