"""Station: a stored decision on its way out, what is true now, and its walk on the rules and offers of today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from agent import holds
from agent.evidence import Personal, Public, Weighed, unpack
from agent.state import VALID_FOR, Candidate, Draft, Pick, Walk
from agent.stores import Stores
from agent.waiting import WAITS_FOR, Waiting
from domain.channel import Channel
from domain.customer import Customer
from domain.decision import Ask, Decision, Explanation, Hold, Placement, Who
from domain.errors import Erased
from domain.language import Language, phrase
from domain.message import Message
from domain.offer import Offer
from policies.book import Book
from policies.facts import Home, action_of, sample_of, situation_of, worded
from policies.finding import Finding
from records import reviews
from records.connection import Connection
from records.outcome import Stored
from records.recall import Recall, recall
from records.reservation import apart
from records.reviews import Review
from tools.choice import Choice
from tools.variant_choice import Arm, Turn

HANDED_OVER_WITHIN = timedelta(seconds=5)
"""The time for words that are written at delivery: the deadline of the ask is long over, and a channel waits."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is in force now: the rules, the offers by id, and the time."""

    stores: Stores
    book: Book
    offer: Callable[[str], Offer | None]
    now: datetime

    @property
    def home(self) -> Home:
        """The deployment as the rules see it."""
        settings = self.stores.settings
        return Home(settings.home_country, settings.home_timezone, settings.public_url)

    def standing(self, offer_id: str, current: Recall) -> Offer | None:
        """The offer as it is now, None where it is gone, sold out or over."""
        offer = self.offer(offer_id)
        today = self.now.astimezone(self.stores.zone_of(current.record.customer)).date()
        return offer if offer is not None and offer.in_stock is not False and offer.valid_on(today) else None


@dataclass(frozen=True, slots=True)
class Station:
    """A decision, its evidence, what is true now apart from its own promise, and what a person said of its words."""

    stored: Stored
    evidence: Personal
    current: Recall
    review: Review | None = None
    words: Waiting | None = None
    """What waits for the person, or was approved by them."""

    @property
    def decision(self) -> Decision:
        """The decision as it was made."""
        return self.evidence.decision

    @property
    def customer(self) -> Customer:
        """Whom it is about, as they are known today."""
        return self.current.record.customer

    @property
    def approved(self) -> Waiting | None:
        """The words that a person approved; what says so is encrypted with them, so that no other hand can write it."""
        return self.words if self.words is not None and self.words.approved_by is not None else None

    def promised(self, stored: Stored) -> bool:
        """Whether the decision still counts: nobody reported that its message was not sent."""
        if stored.contact is None:
            return self.review is not None
        return stored.contact.state != "released"

    def stuck(self, now: datetime, language: str) -> Hold | None:
        """What stands against a draft that waited: a person's no, or too much time."""
        review, approved = self.review, self.approved
        if review is None:
            return None
        if review.status == "rejected":
            return holds.rejected(review.id, language)
        if approved is None:
            return None if review.waits(now) else holds.expired(language)
        return holds.expired(language) if (approved.approved_at or now) + WAITS_FOR <= now else None


def arrive(c: Connection, stores: Stores, decision_id: str, now: datetime, back: timedelta) -> Station:
    """The station of a decision; raises NotFound, or Erased where the customer was erased."""
    stored = stores.decisions.get(c, decision_id)
    current = recall(c, Who(id=stored.customer_id), now, back)
    if stored.personal is None or current is None:
        raise Erased(decision_id)
    evidence, current = unpack(stored.personal), apart(c, current, decision_id)[0]
    review = reviews.of_subject(c, decision_id) if stored.outcome == "hold" else None
    return Station(stored, evidence, current, review, None if review is None else words_of(c, stores, review))


def words_of(c: Connection, stores: Stores, review: Review) -> Waiting | None:
    """What a message's review is about, None once the customer's data was erased."""
    packed = stores.vault.decrypt(c, review.customer_id or "", review.document, review.id)
    return None if packed is None else Waiting.unpacked(packed)


def approved_words(c: Connection, stores: Stores, decision_id: str) -> Waiting | None:
    """The words of a decision that a person let go, None where there are none."""
    review = reviews.of_subject(c, decision_id)
    words = None if review is None else words_of(c, stores, review)
    return words if words is not None and words.approved_by is not None else None


def walk_again(station: Station, ground: Ground, language: str, *, if_approved: bool = False) -> Walk:
    """The walk as it stood after the choice, on today's book, catalogue and record.

    With `if_approved` it is judged as if a person had approved the words that still wait.
    """
    current, public = station.current, Public.model_validate_json(station.stored.public)
    book, now, chosen = ground.book, ground.now, public.candidates[public.chosen or 0]
    walk = Walk(
        ask=_ask(station, public),
        language=language,
        decision_id=station.stored.decision_id,
        now=now,
        deadline=now + HANDED_OVER_WITHIN,
        recall=current,
        book=book,
        scene=book.scenes.get(public.scene) if public.scene else None,
        situation=situation_of(current.record, ground.home, tallies=current.tallies),
        earlier=_as_it_was(station, language),
    )
    offer = ground.standing(chosen.offer, current)
    if offer is None:
        return walk.with_(held=holds.no_offer(language))
    if not if_approved and (kept := _kept_back(station, chosen, now, language)):
        return walk.with_(held=kept)
    approved = True if if_approved or station.approved is not None else None
    candidate = candidate_of(walk, station, chosen, offer, approved)
    choice = Choice(0, (chosen.propensity or 1.0,), public.draw or 0.0)
    draft = Draft(candidate, choice, (candidate,), None, None, pick=picked(public))
    return walk.with_(candidates=(candidate,), draft=draft)


def picked(public: Public) -> Pick | None:
    """How the text was chosen, where there was a choice."""
    if public.picked is None:
        return None
    among = tuple(Arm(*arm) for arm in public.picked.arms)
    taken = next((arm for arm in among if arm.id == public.variant), None)
    picked = public.picked
    return Pick(Turn(taken, picked.propensity, among, picked.draw, picked.earlier)) if taken else None


def _kept_back(station: Station, chosen: Weighed, now: datetime, language: str) -> Hold | None:
    """What stands against handing anything over now, whatever the words are."""
    if stuck := station.stuck(now, language):
        return stuck
    if not station.promised(station.stored):
        return holds.released(language)
    if _is_moot(station, chosen):
        return holds.moot(language)
    return holds.too_early(language, chosen.at) if chosen.at > now + VALID_FOR else None


def _is_moot(station: Station, chosen: Weighed) -> bool:
    """Whether what lay in the cart was bought, or is in the cart no more, since it was decided to speak of it."""
    cart, known = station.evidence.moment.cart, station.current.record.features
    if cart is None or chosen.offer in known.cart or all(item.offer != chosen.offer for item in cart.items):
        return False
    return any(at is not None and at > station.stored.at for at in (known.ordered_at, known.cart_at))


def candidate_of(walk: Walk, station: Station, chosen: Weighed, offer: Offer, approved: bool | None) -> Candidate:
    """The choice as the rules see it now."""
    if walk.book is None or walk.situation is None:
        raise ValueError("a choice is judged by a book")
    at = max(walk.now, chosen.at) if station.evidence.envelope is None else walk.now
    way = action_of(
        walk.situation,
        Channel(chosen.channel),
        walk.purpose,
        at,
        walk.ask.scene,
        direction=walk.ask.moment.direction,
        approved=approved,
        sample=sample_of(walk.decision_id),
    )
    candidate = Candidate(offer, way, 0, chosen.score)
    candidate.bits = walk.book.mask(walk.situation, candidate.action)
    return candidate


class Read(NamedTuple):
    """Words that were written before, read once more: the offers that they list, and what is held against them."""

    items: tuple[Offer, ...]
    gone: bool
    """Whether one of those offers does not stand any more."""
    findings: tuple[Finding, ...]


def read_over(walk: Walk, message: Message, ground: Ground) -> Read:
    """What today's facts and rules say of these very words."""
    if walk.draft is None or walk.recall is None or walk.situation is None:
        raise ValueError("words are inspected for a choice")
    offers = [ground.standing(item.offer, walk.recall) for item in message.items]
    items = tuple(offer for offer in offers if offer is not None)
    if len(items) < len(offers):
        return Read(items, True, ())
    action = worded(walk.draft.candidate.action, message.language, items, walk.ask.language)
    return Read(items, False, ground.book.inspect(walk.situation, action, message))


def _as_it_was(station: Station, language: str) -> Decision:
    """The decision whose explanation still holds: that of the choice where a person let its words go."""
    approved = station.approved
    if approved is None:
        return station.decision
    spoken: Language = "ja" if language == "ja" else "en"
    told: Explanation = approved.explanation[spoken]
    seen = phrase(language, ja="担当者が文面を確かめて承認しました。", en="A person approved these very words.")
    return station.decision.model_copy(
        update={"explanation": told.model_copy(update={"because": (*told.because, seen)})}
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
