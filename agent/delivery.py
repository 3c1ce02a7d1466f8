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
from policies.facts import action_of, situation_of
from records.connection import Connection
from records.decisions import Outcome, Stored
from records.recall import Recall, recall
from tools.choice import Choice
from tools.offers import Catalogue


@dataclass(frozen=True, slots=True)
class Station:
    """A stored decision on its way out, its evidence, and what is true now."""

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
        if (
            walk.held is None
            and decision.message is not None
            and _sealed_message(station, walk, self._instruments) is None
        ):
            walk = walk.with_(held=holds.expired(language))
        settled = commitment.settle(walk, without(station.current, decision_id), self._instruments)
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
        walk = self._worded(station, await self._walk(station, language))
        decided: list[Decision] = []

        def judge(current: Recall, stored: Stored) -> Outcome:
            settled = commitment.settle(walk, without(current, stored.decision_id), self._instruments)
            decided.append(settled.decision)
            return settled.outcome

        stores, decision_id = self._instruments.stores, station.stored.decision_id
        await self._instruments.write(
            lambda c: stores.decisions.deliver(c, decision_id, walk.now, judge, stores.seal.sign)
        )
        return decided[-1]

    async def _arrive(self, decision_id: str) -> Station:
        stores, now = self._instruments.stores, self._instruments.clock.now()

        def look(c: Connection) -> Station:
            stored = stores.decisions.get(c, decision_id)
            current = recall(c, Who(id=stored.customer_id), now)
            if stored.personal is None or current is None:
                raise Unavailable(f"Decision {decision_id!r}", "the customer's data was erased; ask for a new decision")
            return Station(stored, unpack(stored.personal), current)

        return await self._instruments.read(look)

    async def _walk(self, station: Station, language: str) -> Walk:
        """The walk as it stood after the choice, on today's book, catalogue and record."""
        current, public = station.current, Public.model_validate_json(station.stored.public)
        book, catalogue = await self._instruments.in_force(current)
        now, chosen = self._instruments.clock.now(), public.candidates[public.chosen or 0]
        situation = situation_of(without(current, station.stored.decision_id).record, self._instruments.home)
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
        if not _reserved(current, station.stored.decision_id):
            return walk.with_(held=holds.released(language))
        if chosen.at > now + VALID_FOR:
            return walk.with_(held=holds.too_early(language, chosen.at))
        at = max(now, chosen.at) if station.evidence.envelope is None else now
        channel = Channel(chosen.channel)
        action = action_of(situation, channel, walk.purpose, at, public.scene, offer, public.direction)
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

    def _worded(self, station: Station, walk: Walk) -> Walk:
        """The sealed words while they are valid, else new ones from today's facts."""
        if walk.held or walk.draft is None or walk.draft.candidate.bits:
            return walk
        message = _sealed_message(station, walk, self._instruments)
        if message is not None:
            return walk.with_(draft=replace(walk.draft, message=message))
        variant, written, findings = drafting.write(walk, walk.draft.candidate, (), self._instruments)
        if written is None:
            return walk.with_(held=holds.by_inspection(findings, walk.language))
        return walk.with_(draft=replace(walk.draft, variant=variant, message=written))


def without(current: Recall, decision_id: str) -> Recall:
    """What is true now apart from the decision's own reservation, which must not count against itself."""
    contacts = tuple(contact for contact in current.record.contacts if contact.decision_id != decision_id)
    return replace(current, record=current.record.model_copy(update={"contacts": contacts}))


def _reserved(current: Recall, decision_id: str) -> bool:
    return any(contact.decision_id == decision_id for contact in current.record.contacts)


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
