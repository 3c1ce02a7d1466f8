"""Waiting: words that a person has to see first, with everything that they need to decide.

They are kept encrypted under the customer's key; the graph that waits for the person holds nothing but an id.
"""

import asyncio
import logging
import zlib
from collections.abc import Mapping, Sequence
from datetime import timedelta

from pydantic import AwareDatetime

from agent import explanation, holds, review
from agent.instruments import Instruments
from agent.nameless import names_of, without
from agent.state import Candidate, Draft, Penned, Walk
from domain.customer import Customer
from domain.decision import Explanation, WhyNot
from domain.errors import Unavailable
from domain.frozen import Frozen
from domain.language import LANGUAGES, Language, Text
from domain.message import Message
from domain.scene import Scene
from domain.variant import Variant
from policies.book import Book
from policies.facts import Action, Situation
from records import reviews

log = logging.getLogger("tact.reviews")

WAITS_FOR = timedelta(days=7)
"""How long a draft waits, and how long approved words may be handed over: after that the moment is another one."""


BEGINS_WITHIN = 0.3
"""Seconds that an answer waits for the graph to begin: the draft is in the queue already."""


class Wanted(Frozen):
    """A rule, or a use case, that wants a person to look."""

    rule: str
    type: str
    text: Text


class Waiting(Frozen):
    """A draft as a person sees and approves it; these very words and no others may leave."""

    message: Message
    variant: Variant
    wanted: tuple[Wanted, ...]
    explanation: Mapping[Language, Explanation]
    penned: Penned | None = None
    approved_by: str | None = None
    approved_at: AwareDatetime | None = None

    def packed(self) -> bytes:
        """The document as compressed JSON, ready to be encrypted."""
        return zlib.compress(self.model_dump_json(by_alias=True, exclude_defaults=True).encode())

    @classmethod
    def unpacked(cls, packed: bytes) -> "Waiting":
        """What packed() made."""
        return cls.model_validate_json(zlib.decompress(packed))


async def in_turn(walk: Walk, permitted: Sequence[Candidate], instruments: Instruments) -> Walk:
    """Holds where a draft for this customer and scene waits already: a person sees one at a time.

    Nothing is read unless the words would have to wait.
    """
    recall = walk.recall
    if recall is None or not permitted or walk.ask.dry_run or not walk.waits(permitted[0]):
        return walk
    customer_id, scene, now = recall.record.customer.id, walk.ask.scene, walk.now
    channels = list({one.way.channel for one in permitted})
    earlier = await instruments.read(lambda c: reviews.waiting_for(c, customer_id, scene, channels, now))
    return walk if earlier is None else walk.with_(held=holds.waiting_already(earlier.subject, walk.language))


async def begin(decision_id: str, instruments: Instruments) -> None:
    """Lets a draft that was put into the queue wait in its graph.

    The ask is answered either way: the queue is the truth, and a graph that could not start now starts with a verdict.
    """
    try:
        async with asyncio.timeout(BEGINS_WITHIN):
            await instruments.pool.run(lambda: review.begin(instruments.stores, reviews.id_of(decision_id)))
    except (Unavailable, TimeoutError) as error:
        why = str(error) or "its checkpoints are busy"
        log.warning("the review of decision %s starts with its verdict: %s", decision_id, why)


def waiting(walk: Walk, draft: Draft, bits: int, situation: Situation, action: Action, around: Instruments) -> Waiting:
    """The draft as it goes into the queue, explained in both languages."""
    if walk.book is None or walk.recall is None or draft.message is None or draft.variant is None:
        raise ValueError("only written words can wait for a person")
    record, book = walk.recall.record, walk.book
    zone = around.zone_of(record.customer)
    told = {
        language: explanation.of_message(walk.with_(language=language), draft, record, situation, book, zone)
        for language in LANGUAGES
    }
    return Waiting(
        message=draft.message,
        variant=draft.variant,
        wanted=wanted(book, bits, situation, action, walk.scene),
        explanation={language: pseudonymous(one, record.customer) for language, one in told.items()},
        penned=draft.penned,
    )


def wanted(book: Book, bits: int, situation: Situation, action: Action, scene: Scene | None) -> tuple[Wanted, ...]:
    """What wants a person to look, in both languages."""
    said = {
        language: holds.waiting(book.reasons(bits, situation, action, language), scene, book.then(bits), language)
        for language in LANGUAGES
    }
    pairs = zip(said["ja"].reasons, said["en"].reasons, strict=True)
    return tuple(Wanted(rule=ja.rule, type=ja.type, text=Text(ja=ja.text, en=en.text)) for ja, en in pairs)


def pseudonymous(told: Explanation, customer: Customer) -> Explanation:
    """The explanation without the customer's name and identifiers: who it is about is no reason."""
    names = names_of(customer)

    def told_without(text: str) -> str:
        return without(text, names)

    return Explanation(
        summary=told_without(told.summary),
        because=tuple(map(told_without, told.because)),
        why_not=tuple(WhyNot(candidate=one.candidate, reason=told_without(one.reason)) for one in told.why_not),
        would_change_if=tuple(map(told_without, told.would_change_if)),
    )
