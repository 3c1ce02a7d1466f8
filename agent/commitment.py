"""Commitment: a draft is checked once more on what is true now, counted, sealed and recorded in one transaction."""

from dataclasses import dataclass, replace
from datetime import timedelta

from agent import explanation, holds
from agent.evidence import pack, public_json, unpack
from agent.instruments import Instruments
from agent.state import VALID_FOR, Draft, Walk
from domain.charge import Charge
from domain.contact import Contact
from domain.customer import Record
from domain.decision import CopyOrigin, Decision, Hold
from domain.envelope import Envelope
from domain.errors import Unavailable
from domain.offer import Offer
from policies.book import Book, stopped
from policies.facts import Action, Situation, situation_of, worded
from records.outcome import Outcome
from records.recall import LOOKS_BACK, Recall


class BookMoved(Unavailable):
    """The rules changed between deciding and committing: the walk starts again on the new ones."""

    def __init__(self, version: int) -> None:
        super().__init__("The decision", f"policy version {version} came into force meanwhile", 0.1)


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision and what is to be written for it."""

    decision: Decision
    outcome: Outcome


async def commit(walk: Walk, instruments: Instruments) -> Walk:
    """Ends the walk with a decision; a dry run is settled on what was recalled and writes nothing."""
    if instruments.clock.now() > walk.deadline and not walk.ask.dry_run and walk.held is None:
        walk = walk.with_(held=holds.too_late(walk.language), draft=None)
    if walk.recall is None:
        raise ValueError("a walk is committed after it has recalled the customer")
    if walk.ask.dry_run:
        return walk.with_(decision=settle(walk, walk.recall, instruments).decision)
    return walk.with_(decision=await _write(walk, instruments))


async def _write(walk: Walk, instruments: Instruments) -> Decision:
    stores, customer_id, back = instruments.stores, _recalled(walk).customer.id, looks_back(walk)
    settled: list[Settled] = []

    def judge(current: Recall) -> Outcome:
        settled.append(settle(walk, current, instruments, settled[-1] if settled else None))
        return settled[-1].outcome

    outcome = await instruments.write(
        lambda c: stores.decisions.commit(c, customer_id, walk.now, judge, stores.seal.sign, walk.slot, back)
    )
    # Another run under the same idempotency key may have committed first; then its decision is the answer.
    return settled[-1].decision if settled else unpack(outcome.personal).decision


def looks_back(walk: Walk) -> timedelta:
    """How far back the rules of the walk count."""
    return timedelta(days=walk.book.lookback) if walk.book else LOOKS_BACK


def settle(walk: Walk, current: Recall, instruments: Instruments, earlier: Settled | None = None) -> Settled:
    """The last word: runs under the customer's lock, on current rows, with the same generated predicate as the mask.

    `earlier` is what was settled in this very transaction, before the tallies were locked: only they can differ.
    """
    if walk.book is None or current.policy_version != walk.book.version:
        raise BookMoved(current.policy_version)
    if earlier is not None and walk.draft is not None and _forbidden(walk, walk.draft, current, instruments) is None:
        public = public_json(walk, earlier.decision, instruments.scorer.version, current.tallies)
        return replace(earlier, outcome=replace(earlier.outcome, public=public))
    hold = walk.held
    if hold is None and walk.draft is not None:
        hold = _forbidden(walk, walk.draft, current, instruments)
    if hold is None and walk.draft is not None:
        return _sealed(walk, walk.draft, current, instruments)
    return _held(walk, hold or holds.no_offer(walk.language), current, instruments)


def _forbidden(walk: Walk, draft: Draft, current: Recall, instruments: Instruments) -> Hold | None:
    """The hold that current rows demand for the draft, if any."""
    if walk.book is None:
        raise ValueError("a draft is judged by a book")
    action, record = shown(walk, draft), current.record
    stop = stopped(current.stops, walk.ask.scene, action.channel, record.customer.region)
    if stop is not None:
        return holds.by_stop(stop, walk.language)
    situation = situation_of(record, instruments.home, tallies=current.tallies)
    bits = walk.book.deliver(situation, action)
    if not bits:
        return _unfit(walk, draft, current, situation)
    reasons = walk.book.reasons(bits, situation, action, walk.language)
    return Hold(reasons=reasons, retry_at=walk.book.retry_at(bits, situation, action), then=walk.book.then(bits))


def _unfit(walk: Walk, draft: Draft, current: Recall, situation: Situation) -> Hold | None:
    """The hold that the words demand where the customer is no longer the one they were inspected for."""
    message = draft.message
    if walk.book is None or message is None or current.record.customer == _recalled(walk).customer:
        return None
    action = worded(draft.candidate.action, message.language, listed(walk, draft), walk.ask.language)
    findings = walk.book.inspect(situation, action, message)
    return holds.by_inspection(findings, walk.language) if findings else None


def shown(walk: Walk, draft: Draft) -> Action:
    """The message as rules judge and count it: a list is about every offer in it."""
    action, message = draft.candidate.action, draft.message
    if message is None or not message.items:
        return action
    return worded(action, message.language, listed(walk, draft), walk.ask.language)


def listed(walk: Walk, draft: Draft) -> tuple[Offer, ...]:
    """The offers that the message lists."""
    if draft.message is None or not draft.message.items:
        return ()
    offers = {offer.id: offer for offer in (*(one.offer for one in walk.candidates), *draft.listed)}
    return tuple(offers[item.offer] for item in draft.message.items if item.offer in offers)


def _sealed(walk: Walk, draft: Draft, current: Recall, instruments: Instruments) -> Settled:
    action, record = draft.candidate.action, _recalled(walk)
    if walk.book is None or walk.situation is None:
        raise ValueError("a draft is sealed under a book")
    send_at = max(action.at, walk.now)
    envelope = None
    if draft.message is not None:
        envelope = instruments.stores.seal.close(
            decision_id=walk.decision_id,
            customer_id=record.customer.id,
            message=draft.message,
            policy_version=walk.book.version,
            verdicts=f"{len(walk.book.rules)}:0",
            reservation=walk.decision_id,
            send_at=send_at,
            valid_until=walk.now + VALID_FOR,
        )
    zone = instruments.zone_of(record.customer)
    decision = Decision(
        decision_id=walk.decision_id,
        outcome="message",
        message=draft.message,
        explanation=walk.earlier.explanation
        if walk.earlier
        else explanation.of_message(walk, draft, record, walk.situation, walk.book, zone),
        copy_=_origin(walk, draft),
        propensity=draft.choice.propensities[draft.choice.index],
        policy_version=walk.book.version,
        send_at=send_at,
        valid_until=walk.now + VALID_FOR if envelope else None,
    )
    contact = Contact(
        channel=action.channel,
        at=send_at,
        purpose=walk.purpose,
        scene=walk.ask.scene,
        offer_id=draft.candidate.offer.id,
        offer_category=draft.candidate.offer.category,
        offer_kind=draft.candidate.offer.kind,
        pushed=action.pushed,
        decision_id=walk.decision_id,
        state="delivered" if envelope and not action.pushed else "reserved",
    )
    charges = _charges(walk.book, shown(walk, draft), current, instruments)
    return Settled(decision, _outcome(walk, current, decision, instruments, contact, envelope, charges))


def _charges(book: Book, action: Action, current: Recall, instruments: Instruments) -> tuple[Charge, ...]:
    """What the message adds to the tallies of the house."""
    if not book.counts:
        return ()
    return book.tallies(situation_of(current.record, instruments.home, tallies=current.tallies), action)


def _origin(walk: Walk, draft: Draft) -> CopyOrigin | None:
    if draft.variant is None:
        return walk.earlier.copy_ if walk.earlier else None
    return CopyOrigin(origin=draft.variant.origin, variant_id=draft.variant.id)


def _held(walk: Walk, hold: Hold, current: Recall, instruments: Instruments) -> Settled:
    record = _recalled(walk)
    zone = instruments.zone_of(record.customer)
    decision = Decision(
        decision_id=walk.decision_id,
        outcome="hold",
        hold=hold,
        explanation=explanation.of_hold(walk, hold, walk.situation, walk.book, zone),
        policy_version=walk.book.version if walk.book else 0,
    )
    return Settled(decision, _outcome(walk.with_(draft=None), current, decision, instruments))


def _outcome(
    walk: Walk,
    current: Recall,
    decision: Decision,
    instruments: Instruments,
    contact: Contact | None = None,
    envelope: Envelope | None = None,
    charges: tuple[Charge, ...] = (),
) -> Outcome:
    return Outcome(
        decision_id=walk.decision_id,
        at=walk.now,
        outcome=decision.outcome,
        channel=walk.draft.candidate.action.channel if walk.draft else None,
        policy_version=decision.policy_version,
        contact=contact,
        public=public_json(walk, decision, instruments.scorer.version, current.tallies),
        personal=pack(walk, current.record, decision, envelope),
        charges=charges,
    )


def _recalled(walk: Walk) -> Record:
    if walk.recall is None:
        raise ValueError("a walk is settled after it has recalled the customer")
    return walk.recall.record
