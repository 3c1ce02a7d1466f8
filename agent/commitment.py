"""Commitment: a draft is checked once more on what is true now, counted, sealed and recorded in one transaction."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from agent import explanation, holds
from agent.evidence import unpack
from agent.instruments import Instruments
from agent.judging import Judged, forbidden, judged_now, shown
from agent.recording import pack, public_json
from agent.state import VALID_FOR, Draft, Walk
from agent.waiting import WAITS_FOR, begin, waiting
from domain.charge import Charge
from domain.contact import Contact
from domain.customer import Record
from domain.decision import CopyOrigin, Decision, Hold
from domain.envelope import Envelope
from domain.errors import Overtaken
from policies.book import Book
from policies.facts import Action, sent_to, situation_of
from records.outcome import Outcome, Waits
from records.recall import LOOKS_BACK, Recall


class Settled(NamedTuple):
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
    decision = await _write(walk, instruments)
    note_showing(walk, decision, instruments)
    return walk.with_(decision=decision)


def note_showing(walk: Walk, decision: Decision, instruments: Instruments) -> None:
    """Counts that a text written ahead was shown; nobody waits for it."""
    variant = walk.draft.variant if walk.draft else None
    if variant is not None and variant.origin == "variant" and decision.outcome == "message":
        instruments.shelf.showings.shown(variant.id)


async def _write(walk: Walk, instruments: Instruments) -> Decision:
    stores, customer_id, back = instruments.stores, _recalled(walk).customer.id, looks_back(walk)
    orders = asks_orders(walk)
    settled: list[Settled] = []

    def judge(current: Recall) -> Outcome:
        settled.append(settle(walk, current, instruments, settled[-1] if settled else None))
        return settled[-1].outcome

    outcome = await instruments.write(
        lambda c: stores.decisions.commit(
            c, customer_id, walk.now, judge, stores.seal.sign, walk.slot, back, walk.recall, orders=orders
        )
    )
    if settled and settled[-1].outcome.waits is not None:
        await begin(walk.decision_id, instruments)
    # Another run under the same idempotency key may have committed first; then its decision is the answer.
    return settled[-1].decision if settled else unpack(outcome.personal).decision


def looks_back(walk: Walk) -> timedelta:
    """How far back the rules of the walk count."""
    return walk.book.lookback if walk.book else LOOKS_BACK


def asks_orders(walk: Walk) -> bool:
    """Whether the rules of the walk ask when the customer last ordered."""
    return walk.book is not None and walk.book.asks_orders


def settle(walk: Walk, current: Recall, instruments: Instruments, earlier: Settled | None = None) -> Settled:
    """The last word: runs under the customer's lock, on current rows, with the same generated predicate as the mask.

    `earlier` is what was settled in this very transaction, before the tallies were locked: only they can differ.
    """
    if walk.book is None or current.policy_version != walk.book.version:
        raise Overtaken(f"policy version {current.policy_version} came into force meanwhile")
    draft = walk.draft
    if walk.held is not None or draft is None:
        return _held(walk, walk.held or holds.no_offer(walk.language), current, instruments)
    judged = judged_now(walk, walk.book, draft, current, instruments)
    hold = forbidden(walk, draft, current, judged)
    if hold is not None:
        return _held(walk, hold, current, instruments)
    if judged.bits or (walk.in_review and not judged.action.approved):
        return _waiting(walk, draft, current, judged, instruments)
    if earlier is not None:
        public = public_json(walk, earlier.decision, instruments.scorer.version, current.tallies)
        return earlier._replace(outcome=earlier.outcome._replace(public=public))
    return _sealed(walk, _in_time(walk, draft), current, instruments)


def _in_time(walk: Walk, draft: Draft) -> Draft:
    """The draft without words that were only made now because a person seemed to have to look at them."""
    early = draft.candidate.bits and draft.candidate.action.at > walk.now + VALID_FOR
    return replace(draft, variant=None, message=None) if early else draft


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
    decision = Decision.of_parts(
        decision_id=walk.decision_id,
        outcome="message",
        message=draft.message,
        hold=None,
        explanation=explanation.again(walk, draft, walk.earlier.explanation)
        if walk.earlier
        else explanation.of_message(walk, draft, record, walk.situation, walk.book, zone),
        copy_=_origin(walk, draft),
        propensity=_propensity(walk, draft),
        policy_version=walk.book.version,
        send_at=send_at,
        valid_until=walk.now + VALID_FOR if envelope else None,
    )
    contact = Contact.of_parts(
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
    situation = situation_of(current.record, instruments.home, tallies=current.tallies)
    return book.tallies(situation, sent_to(situation, action))


def _propensity(walk: Walk, draft: Draft) -> float | None:
    """That of the words where they are new, else what it was when they were chosen."""
    if walk.earlier and (draft.variant is None or walk.earlier.propensity is None):
        return walk.earlier.propensity
    return draft.propensity


def _origin(walk: Walk, draft: Draft) -> CopyOrigin | None:
    if draft.variant is None:
        return walk.earlier.copy_ if walk.earlier else None
    model = draft.penned.model if draft.penned and draft.is_models else None
    return CopyOrigin(origin=draft.variant.origin, variant_id=draft.variant.id, model=model)


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


def _waiting(walk: Walk, draft: Draft, current: Recall, judged: Judged, instruments: Instruments) -> Settled:
    """A hold that keeps what was chosen: once a person approves the words, it is delivered."""
    book, situation, action, bits = judged
    reasons = book.reasons(bits, situation, action, walk.language)
    settled = _held(walk, holds.waiting(reasons, walk.scene, book.then(bits), walk.language), current, instruments)
    if walk.earlier is not None or draft.message is None:
        # What was promised before somebody wanted to look is held; only a new ask brings its words into the queue.
        return settled
    words = waiting(walk, draft, bits, situation, action, instruments)
    waits = Waits(walk.ask.scene, words.packed(), walk.now + WAITS_FOR)
    return Settled(settled.decision, _outcome(walk, current, settled.decision, instruments)._replace(waits=waits))


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
        prepared=walk.draft.penned.prepared if walk.draft and walk.draft.penned else None,
    )


def _recalled(walk: Walk) -> Record:
    if walk.recall is None:
        raise ValueError("a walk is settled after it has recalled the customer")
    return walk.recall.record
