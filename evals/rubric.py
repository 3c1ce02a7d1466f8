"""The rubric: how good an answer is, judged by code from the record, from what was bought later, and by the checker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.parts import Parts
from agent.state import Walk
from domain.customer import Record
from domain.decision import Ask, Decision
from domain.offer import Offer
from evals.suite import shortfalls
from policies.checking.check import check
from policies.facts import worded
from records import purchases
from tools.imports.entries import Expectation
from tools.topics import usable

AHEAD = timedelta(days=27)
"""How long after the moment the data still knows what was bought."""

MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Case:
    """One question, with what its answer must be where anybody said."""

    name: str
    ask: Ask
    expected: Expectation | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, judged."""

    case: str
    offer: str | None
    met: bool | None
    """Whether it is what the case wants; None where nobody said."""
    cares: bool
    """Whether it is about something that the customer told us of, did with us or buys."""
    bought: bool | None
    """Whether they bought from its category in the weeks after; None where nobody knows."""
    violations: int
    """What the second opinion, which shares no code with the first, finds against it."""
    taken: bool
    """Whether the model's choice was taken."""
    calls: int
    tokens: int
    seconds: float


def judged(case: Case, decision: Decision, walk: Walk, parts: Parts, seconds: float) -> Judged:
    """The answer with everything that can be said of it afterwards."""
    offer = walk.draft.candidate.offer if decision.message and walk.draft else None
    record = walk.recall.record if walk.recall else None
    thought, penned = walk.thought, walk.draft.penned if walk.draft else None
    used = [one for one in (thought.usage if thought else None, penned) if one is not None]
    return Judged(
        case=case.name,
        offer=offer.id if offer else None,
        met=None if case.expected is None else not shortfalls(case.expected, decision),
        cares=offer is not None and record is not None and bool(topics_of(offer) & cared_for(record)),
        bought=bought(parts, walk, offer) if offer and record else None,
        violations=len(against(walk, decision)),
        taken=walk.reasoned,
        calls=sum(one.calls for one in used),
        tokens=sum(one.prompt_tokens + one.completion_tokens for one in used),
        seconds=seconds,
    )


def topics_of(offer: Offer) -> frozenset[str]:
    """What an offer is about."""
    return offer.applies_to | {offer.id} | ({offer.category} if offer.category else set())


def cared_for(record: Record) -> frozenset[str]:
    """What the customer told us of, did with us, saved or buys."""
    memories = [memory for memory in record.memories if usable(memory)]
    said = {topic for memory in memories for topic in (memory.topic, memory.offer_id) if topic is not None}
    return frozenset((*said, *record.features.favourites, *record.features.habits.topics))


def bought(parts: Parts, walk: Walk, offer: Offer) -> bool | None:
    """Whether the household bought from the offer's category afterwards; None for customers without purchases."""
    customer = walk.recall.record.customer.id if walk.recall else ""
    lines = parts.stores.read(lambda c: purchases.newest(c, customer, MOST_LINES))
    return _any_of(topics_of(offer), lines, walk.now) if lines else None


def _any_of(topics: frozenset[str], lines: Sequence[purchases.Purchase], now: datetime) -> bool:
    return any(now < line.at <= now + AHEAD and line.category in topics for line in lines)


def against(walk: Walk, decision: Decision) -> tuple[str, ...]:
    """What stands against the message by the second opinion."""
    draft, message = walk.draft, decision.message
    if message is None or draft is None or walk.book is None or walk.situation is None:
        return ()
    offers = {one.offer.id: one.offer for one in walk.candidates}
    items = tuple(offers[item.offer] for item in message.items if item.offer in offers)
    action = worded(draft.candidate.action, message.language, items, walk.ask.language)
    faults = check(walk.book.rules, walk.book.sender, walk.situation, action, message, 0)
    return tuple(fault.said.either("en") for fault in faults)
