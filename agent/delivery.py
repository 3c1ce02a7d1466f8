"""Delivery: the last look, on current data, before a message is handed over; and the report that it was not sent."""

from dataclasses import dataclass, replace
from datetime import timedelta

from agent import commitment, drafting, holds
from agent.evidence import Personal, Public, unpack
from agent.instruments import Instruments
from agent.state import VALID_FOR, Candidate, Draft, Walk
from domain.channel import Channel
from domain.decision import Ask, Decision, Placement, Who
from domain.errors import NotPermitted, Unavailable
from domain.message import Message
from domain.offer import Offer
from policies.facts import action_of, sample_of, situation_of, worded
from records.connection import Connection
from records.outcome import Outcome, Stored
from records.recall import Recall, recall
from records.reservation import apart
from tools.choice import Choice
from tools.offers import Catalogue


@dataclass(frozen=True, slots=True)
class Station:
    """A stored decision on its way out, its evidence, and what is true now apart from its own promise."""

    stored: Stored
    evidence: Personal
    current: Recall


class Delivery:
    """Hands out what was decided, only while it is still permitted."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments

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
        """Judges again under the customer's lock, writes what was left for later and marks it as handed over."""
        station = await self._arrive(decision_id)
        channel = station.stored.channel
        if channels is not None and channel is not None and channel not in channels:
            raise NotPermitted(f"deliver on {channel.value}", "channel", [f"channel ({channel.value})"])
        if station.evidence.decision.outcome == "hold":
            return station.evidence.decision
        try:
            return await self._hand_over(station, language)
        except commitment.BookMoved:
            return await self._hand_over(await self._arrive(decision_id), language)

    async def release(self, decision_id: str, reason: str) -> bool:
        """Frees what the decision had reserved, as it was definitely not sent; False where nothing was."""
        stores, now = self._instruments.stores, self._instruments.clock.now()
        return await self._instruments.write(lambda c: stores.decisions.release(c, decision_id, reason, now))

    async def _hand_over(self, station: Station, language: str) -> Decision:
        walk = await self._worded(station, await self._walk(station, language))
        settled: list[commitment.Settled] = []

        def judge(current: Recall, stored: Stored) -> Outcome:
            latest = walk if promised(stored) else walk.with_(held=holds.released(language))
            earlier = settled[-1] if settled else None
            settled.append(commitment.settle(latest, current, self._instruments, earlier))
            return settled[-1].outcome

        stores, decision_id = self._instruments.stores, station.stored.decision_id
        back = commitment.looks_back(walk)
        await self._instruments.write(
            lambda c: stores.decisions.deliver(c, decision_id, walk.now, judge, stores.seal.sign, back)
        )
        return settled[-1].decision

    async def _arrive(self, decision_id: str) -> Station:
        back = self._instruments.shelf.looks_back
        station = await self._instruments.read(lambda c: self._look(c, decision_id, back))
        book, _ = await self._instruments.in_force(station.current)
        further = timedelta(days=book.lookback)
        if further > back:
            return await self._instruments.read(lambda c: self._look(c, decision_id, further))
        return station

    def _look(self, c: Connection, decision_id: str, back: timedelta) -> Station:
        stored = self._instruments.stores.decisions.get(c, decision_id)
        current = recall(c, Who(id=stored.customer_id), self._instruments.clock.now(), back)
        if stored.personal is None or current is None:
            raise Unavailable(f"Decision {decision_id!r}", "the customer's data was erased; ask for a new decision")
        return Station(stored, unpack(stored.personal), apart(c, current, decision_id)[0])

    async def _walk(self, station: Station, language: str) -> Walk:
        """The walk as it stood after the choice, on today's book, catalogue and record."""
        current, public = station.current, Public.model_validate_json(station.stored.public)
        book, catalogue = await self._instruments.in_force(current)
        now, chosen = self._instruments.clock.now(), public.candidates[public.chosen or 0]
        situation = situation_of(current.record, self._instruments.home, tallies=current.tallies)
        walk = Walk(
            ask=_ask(station, public),
            language=language,
            decision_id=station.stored.decision_id,
            now=now,
            deadline=now + timedelta(minutes=1),
            recall=current,
            book=book,
            scene=book.scenes.get(public.scene) if public.scene else None,
            situation=situation,
            earlier=station.evidence.decision,
        )
        offer = self._standing(catalogue, chosen.offer, walk)
        if offer is None:
            return walk.with_(held=holds.no_offer(language))
        if not promised(station.stored):
            return walk.with_(held=holds.released(language))
        if chosen.at > now + VALID_FOR:
            return walk.with_(held=holds.too_early(language, chosen.at))
        at = max(now, chosen.at) if station.evidence.envelope is None else now
        channel = Channel(chosen.channel)
        sample = sample_of(walk.decision_id)
        action = action_of(situation, channel, walk.purpose, at, public.scene, offer, public.direction, sample=sample)
        candidate = Candidate(offer, action, book.mask(situation, action), chosen.score)
        choice = Choice(0, (chosen.propensity or 1.0,), public.draw or 0.0)
        return walk.with_(candidates=(candidate,), draft=Draft(candidate, choice, (candidate,), None, None))

    def _standing(self, catalogue: Catalogue, offer_id: str, walk: Walk) -> Offer | None:
        """The offer as it is now, None where it is gone, sold out or over."""
        place = catalogue.by_id.get(offer_id)
        if place is None or walk.recall is None:
            return None
        offer = catalogue.offers[place]
        today = walk.now.astimezone(self._instruments.zone_of(walk.recall.record.customer)).date()
        return offer if offer.in_stock is not False and offer.valid_on(today) else None

    async def _worded(self, station: Station, walk: Walk) -> Walk:
        """The sealed words while they are valid and pass the inspection, else new ones from today's facts."""
        if walk.held or walk.draft is None or walk.draft.candidate.bits:
            return walk
        sealed = await self._still_sealed(station, walk)
        if sealed.held is None:
            return sealed
        variant, written, findings = drafting.write(walk, walk.draft.candidate, (), self._instruments)
        if written is None:
            return walk.with_(held=holds.by_inspection(findings, walk.language))
        return walk.with_(draft=replace(walk.draft, variant=variant, message=written))

    async def _still_sealed(self, station: Station, walk: Walk) -> Walk:
        """The walk with the sealed words on it, or held because they have expired or today's facts forbid them."""
        message = _sealed_message(station, walk, self._instruments)
        if message is None or walk.draft is None or walk.book is None or walk.situation is None:
            return walk.with_(held=holds.expired(walk.language))
        _, catalogue = await self._instruments.in_force(station.current)
        offers = [self._standing(catalogue, item.offer, walk) for item in message.items]
        items = tuple(offer for offer in offers if offer is not None)
        if len(items) < len(offers):
            return walk.with_(held=holds.no_offer(walk.language))
        action = worded(walk.draft.candidate.action, message.language, items, walk.ask.language)
        findings = walk.book.inspect(walk.situation, action, message)
        if findings:
            return walk.with_(held=holds.by_inspection(findings, walk.language))
        return walk.with_(draft=replace(walk.draft, message=message, listed=items))


def promised(stored: Stored) -> bool:
    """Whether the decision still counts: nobody reported that its message was not sent."""
    return stored.contact is not None and stored.contact.state != "released"


def _sealed_message(station: Station, walk: Walk, instruments: Instruments) -> Message | None:
    """The message inside the envelope if the seal holds and it has not expired; raises SealBroken if it was altered."""
    envelope = station.evidence.envelope
    if envelope is None or envelope.valid_until <= walk.now:
        return None
    return instruments.stores.seal.open(
        envelope, decision_id=station.stored.decision_id, customer_id=station.stored.customer_id, now=walk.now
    )


def _ask(station: Station, public: Public) -> Ask:
    return Ask(
        customer=Who(id=station.stored.customer_id),
        channels=tuple(Channel(channel) for channel in public.channels),
        placement=Placement(id=public.placement) if public.placement else None,
        scene=public.scene,
        moment=station.evidence.moment,
        language=station.evidence.asked_language,
    )
