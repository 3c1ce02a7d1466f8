"""Delivery: the last look, on current data, before a message is handed over; and the report that it was not sent."""

from dataclasses import replace
from datetime import timedelta

from agent import commitment, drafting, holds
from agent.graph import through_drafting
from agent.instruments import Instruments
from agent.state import Draft, Walk
from agent.station import Ground, Station, arrive, read_over, walk_again
from agent.waiting import Waiting
from domain.channel import Channel
from domain.decision import Decision
from domain.errors import NotPermitted, Overtaken
from domain.message import Message
from records.connection import Connection
from records.outcome import Outcome, Stored
from records.recall import Recall


class Delivery:
    """Hands out what was decided, only while it is still permitted."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments
        self._converse = through_drafting(instruments)

    async def again(self, decision_id: str, *, language: str) -> Decision:
        """The decision made before under an idempotency key, looked at again: forbidden by now, it is a hold."""
        station = await self._arrive(decision_id)
        decision = station.evidence.decision
        if decision.outcome == "hold":
            return decision
        walk = await self._walk(station, language)
        if walk.held is None and decision.message is not None:
            walk = await self._still_sealed(station, walk)
        settled = commitment.settle(walk, station.current, self._instruments)
        return decision if settled.decision.outcome == "message" else settled.decision

    async def deliver(self, decision_id: str, *, language: str, channels: frozenset[Channel] | None = None) -> Decision:
        """Judges again under the customer's lock, writes what was left for later and marks it as handed over.

        Words that wait for a person are the hold that they were; once approved, they and no others are handed over.
        """
        station = await self._arrive(decision_id)
        channel = station.stored.channel
        if channels is not None and channel is not None and channel not in channels:
            raise NotPermitted(f"deliver on {channel.value}", "channel", [f"channel ({channel.value})"])
        stuck = station.stuck(self._instruments.clock.now(), language)
        if station.decision.outcome == "hold" and station.approved is None and stuck is None:
            return station.decision
        try:
            return await self._hand_over(station, language)
        except Overtaken:
            return await self._hand_over(await self._arrive(decision_id), language)

    async def release(self, decision_id: str, reason: str) -> bool:
        """Frees what the decision had reserved, as it was definitely not sent; False where nothing was."""
        stores, now = self._instruments.stores, self._instruments.clock.now()
        return await self._instruments.write(lambda c: stores.decisions.release(c, decision_id, reason, now))

    async def _hand_over(self, station: Station, language: str) -> Decision:
        walk = await self._worded(station, await self._walk(station, language))
        settled: list[commitment.Settled] = []

        def judge(current: Recall, stored: Stored) -> Outcome:
            latest = walk if station.promised(stored) else walk.with_(held=holds.released(language))
            earlier = settled[-1] if settled else None
            settled.append(commitment.settle(latest, current, self._instruments, earlier))
            return settled[-1].outcome

        stores, decision_id = self._instruments.stores, station.stored.decision_id
        back, orders = commitment.looks_back(walk), commitment.asks_orders(walk)
        await self._instruments.write(
            lambda c: stores.decisions.deliver(c, decision_id, walk.now, judge, stores.seal.sign, back, orders=orders)
        )
        commitment.note_showing(walk, settled[-1].decision, self._instruments)
        return settled[-1].decision

    async def _arrive(self, decision_id: str) -> Station:
        back = self._instruments.shelf.looks_back
        station = await self._instruments.read(lambda c: self._look(c, decision_id, back))
        book, _ = await self._instruments.in_force(station.current)
        further = book.lookback
        if further > back:
            return await self._instruments.read(lambda c: self._look(c, decision_id, further))
        return station

    def _look(self, c: Connection, decision_id: str, back: timedelta) -> Station:
        return arrive(c, self._instruments.stores, decision_id, self._instruments.clock.now(), back)

    async def _ground(self, current: Recall) -> Ground:
        book, catalogue = await self._instruments.in_force(current)
        return Ground(self._instruments.stores, book, catalogue.offer, self._instruments.clock.now())

    async def _walk(self, station: Station, language: str) -> Walk:
        return walk_again(station, await self._ground(station.current), language)

    async def _worded(self, station: Station, walk: Walk) -> Walk:
        """The sealed words while they are valid and pass the inspection, else new ones from today's facts."""
        if walk.held or walk.draft is None or walk.draft.candidate.bits:
            return walk
        if station.approved is not None:
            return await self._as_approved(station, walk, walk.draft, station.approved)
        sealed = await self._still_sealed(station, walk)
        if sealed.held is None:
            return sealed
        instruments, candidate = self._instruments, walk.draft.candidate
        words = await drafting.worded(walk, candidate, (), instruments, self._converse, instruments.draw)
        if words.message is None:
            return walk.with_(held=holds.by_inspection(words.findings, walk.language))
        drafted = replace(
            walk.draft, variant=words.variant, message=words.message, penned=words.penned, pick=words.pick
        )
        return walk.with_(draft=drafted, penned=words.penned)

    async def _as_approved(self, station: Station, walk: Walk, draft: Draft, words: Waiting) -> Walk:
        """The very words that a person approved, or a hold: nobody approved any others."""
        drafted = replace(draft, variant=words.variant, penned=words.penned)
        return await self._inspected(station, walk.with_(draft=drafted), words.message)

    async def _still_sealed(self, station: Station, walk: Walk) -> Walk:
        """The walk with the sealed words on it, or held because they have expired or today's facts forbid them."""
        message = _sealed_message(station, walk, self._instruments)
        if message is None:
            return walk.with_(held=holds.expired(walk.language))
        return await self._inspected(station, walk, message)

    async def _inspected(self, station: Station, walk: Walk, message: Message) -> Walk:
        """The walk with these very words on it, or held because today's facts or rules forbid them."""
        if walk.draft is None:
            raise ValueError("words are inspected for a choice")
        read = read_over(walk, message, await self._ground(station.current))
        if read.gone:
            return walk.with_(held=holds.no_offer(walk.language))
        if read.findings:
            return walk.with_(held=holds.by_inspection(read.findings, walk.language))
        return walk.with_(draft=replace(walk.draft, message=message, listed=read.items))


def _sealed_message(station: Station, walk: Walk, instruments: Instruments) -> Message | None:
    """The message inside the envelope if the seal holds and it has not expired; raises SealBroken if it was altered."""
    envelope = station.evidence.envelope
    if envelope is None or envelope.valid_until <= walk.now:
        return None
    return instruments.stores.seal.open(
        envelope, decision_id=station.stored.decision_id, customer_id=station.stored.customer_id, now=walk.now
    )
