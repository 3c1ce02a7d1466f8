"""Following: what was recorded about customers becomes memories, and their record in the context store.

Nothing waits for it. What was touched and not followed stays so in the database until both are written, so that a
process that is killed loses nothing; and to follow the same again changes nothing.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from agent.pool import Pool
from agent.stores import Stores
from agent.vectors import Vectors
from domain.customer import Customer
from domain.errors import TactError
from domain.features import Features
from domain.memory import Memory
from policies.inspection.matters import touches
from records import catalogue, following, memories, profiles
from records.connection import Connection
from records.context import ContextStore
from records.embedding import Encoder, is_here
from records.following import FIRST, Touched
from records.members import members, people_of
from records.rebuild import wanted, write_changed
from tools.distill.distilling import Known, distilled
from tools.distill.settling import forgotten
from tools.distill.vocabulary import Vocabulary

log = logging.getLogger("tact.following")

PAGE = 20
"""Customers a step."""
MOST_EVENTS = 2000
"""The newest events of a customer that are read; what older ones said lives on in memories until its time is over."""
PAUSE = 0.05
"""Seconds in which more may come in before a step begins."""
PATROL = 30.0
"""Seconds after which it looks by itself: another process may have written."""
PATIENCE = 5.0
"""Seconds of rest after a store could not answer."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person as they are recorded, which may be under several ids."""

    customer: Customer
    features: Features
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What memories of one person are to be written, and which are to go; and all of them as they are then."""

    person: Person
    final: tuple[Memory, ...]
    changed: tuple[Memory, ...]
    gone: tuple[str, ...]


class Follower:
    """Follows whom something new is known of; without a context store it leaves that part to its owner."""

    def __init__(self, stores: Stores, encoder: Encoder, context: ContextStore | None, pool: Pool) -> None:
        self._stores, self._context, self._pool = stores, context, pool
        self._encoder, self._vectors = encoder, Vectors(encoder)
        self._vocabulary: tuple[int, Vocabulary] | None = None
        self._woken = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    def wake(self) -> None:
        """Says that something was written; costs nothing and never waits."""
        self._woken.set()

    async def run(self) -> None:
        """Follows until it is cancelled."""
        while True:
            self._woken.clear()
            try:
                await self.catch_up(gently=True)
            except TactError as error:
                log.warning("following rests for a while: %s", error)
                await asyncio.sleep(PATIENCE)
            except Exception:
                # Whatever it was: nobody would be followed until the next start if this task ended for it.
                log.exception("following rests for a while")
                await asyncio.sleep(PATIENCE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), PATROL)
            await asyncio.sleep(PAUSE)

    async def catch_up(self, *, gently: bool = False) -> int:
        """Follows everybody who waits now, and says how many there were; `gently` rests as long as it works."""
        done, behind = 0, FIRST
        async with self._one_at_a_time:
            while some := await self._pool.run(partial(self._waiting, behind)):
                began = perf_counter()
                await self._pool.run(partial(self._step, some))
                done, behind = done + len(some), some[-1]
                await asyncio.sleep(perf_counter() - began if gently else 0)
        return done

    def _waiting(self, behind: Touched) -> list[Touched]:
        return self._stores.read(lambda c: following.waiting(c, PAGE, behind))

    def _step(self, some: Sequence[Touched]) -> None:
        """One page: memories first, then the context store, and only then is it done; any of it may happen twice."""
        self._renew_vocabulary()
        people = self._stores.read(lambda c: list(self._people(c, some)))
        changes = [change for person in people if (change := self._change(person)) is not None]
        trouble = self._vectors.fill([memory for one in changes for memory in one.changed])
        if any(one.changed or one.gone for one in changes):
            self._stores.write(lambda c: self._write(c, changes))
        if trouble is not None:
            raise trouble
        if self._context is not None:
            self._know(self._context, changes, some)

    def _people(self, c: Connection, some: Sequence[Touched]) -> Iterator[Person]:
        """Everything that is recorded of those who are still there."""
        survivors = people_of(c, [one.customer_id for one in some])
        for survivor in sorted(set(survivors.values())):
            try:
                person = self._person(c, survivor)
            except ValueError:  # What cannot be read must not stop all others; written anew it waits again.
                log.exception("the records of customer %r could not be read", survivor)
                continue
            if person is not None:
                yield person

    def _person(self, c: Connection, survivor: str) -> Person | None:
        customer = profiles.customer(c, survivor)
        if customer is None:
            return None
        known = tuple(self._known(c, id, customer) for id in members(c, survivor))
        return Person(customer, profiles.features(c, survivor), known)

    def _known(self, c: Connection, id: str, customer: Customer) -> Known:
        language = customer.language or self._stores.settings.language
        events = following.events_of(c, id, MOST_EVENTS)
        return Known(id, language, customer.stage, events, memories.of_member(c, id))

    def _change(self, person: Person) -> Change | None:
        """What has to change; None where the records of one person cannot be read, which must not stop all others."""
        assert self._vocabulary is not None
        now, most = self._stores.clock.now(), self._stores.settings.memories
        try:
            found = distilled(person.known, self._vocabulary[1], now, most)
        except Exception:  # One record that cannot be read must not keep all others waiting.
            log.exception("the events of customer %r could not be distilled", person.customer.id)
            return None
        final = tuple(memory for one in person.known for memory in found[one.customer_id])
        kept = {memory.id: memory for one in person.known for memory in one.kept}
        final = tuple(self._vectors.kept(memory, kept.get(memory.id)) for memory in final)
        changed = tuple(one for one in final if kept.get(one.id) != one or self._vectors.lacks(one))
        return Change(person, final, changed, tuple(sorted(set(kept) - {one.id for one in final})))

    def _write(self, c: Connection, changes: Sequence[Change]) -> None:
        """Writes memories of those who are still there: somebody may have been erased in the meantime."""
        there = following.present(c, [known.customer_id for one in changes for known in one.person.known])
        read = {
            memory.id for one in changes for known in one.person.known for memory in known.kept if forgotten(memory)
        }
        # What a customer had us forget since it was read must not be written over; it is followed once more.
        since = memories.forgotten(c, sorted(there)) - read
        memories.remove(c, [id for one in changes for id in one.gone if id not in since])
        filled = (self._vectors.filled(memory) for one in changes for memory in one.changed)
        memories.put(c, [memory for memory in filled if memory.customer_id in there and memory.id not in since])

    def _know(self, context: ContextStore, changes: Sequence[Change], some: Sequence[Touched]) -> None:
        """Brings the context store up to date, and takes back what was written of somebody who is gone by now."""
        here, survivors = is_here(self._encoder), {one.person.customer.id for one in changes}
        write_changed(
            context,
            self._stores.database,
            [wanted(one.person.customer, one.person.features, one.final, here=here) for one in changes],
            self._encoder,
        )
        seen = {one.customer_id for one in some} | survivors

        def done(c: Connection) -> frozenset[str]:
            following.followed(c, some)
            return frozenset(people_of(c, sorted(seen)).values())

        context.remove(sorted(seen - self._stores.write(done)))

    def _renew_vocabulary(self) -> None:
        """Reads the catalogue again where it has changed."""
        version = self._stores.read(catalogue.version)
        if self._vocabulary is None or self._vocabulary[0] != version:
            offers = self._stores.read(catalogue.all_offers)
            self._vocabulary = version, Vocabulary(offers, touches)
