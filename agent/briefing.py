"""Briefing: what a model is told for one walk, from the book in force and only as its rules allow."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pydantic import BaseModel

from agent.instruments import Instruments
from agent.state import Candidate, Walk
from domain.channel import PUBLIC, Channel, Purpose
from domain.language import Language
from domain.offer import OfferKind
from domain.variant import Angle
from policies.book import Book
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.label import Label
from policies.rules.length import Length
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.tone import Tone
from tools.brief import Brief, Manual, brief_for
from tools.coarse import Around, Coarse, coarse
from tools.copy.facts import Facts
from tools.copy.slots import Slots
from tools.telling import safe

LAYERS = ("directive", "marketer", "house", "law")
"""Whose forbidden words are told first: what was said last is known least."""

FIRST_WIDE_LETTER = "\u2e80"
WHO_THEY_ARE = frozenset({"tags", "without_tags", "segments", "without_segments"})

BY_KIND: dict[OfferKind, Angle] = {
    "event": "event",
    "coupon": "price",
    "article": "story",
    "case_study": "story",
    "tutorial": "story",
    "service": "service",
}
BY_MEMORY: dict[str, Angle] = {
    "memory.taste": "told_us",
    "memory.told": "told_us",
    "memory.asked": "told_us",
    "memory.saved": "told_us",
    "memory.bought": "habit",
}
POINTS = ("account.points", "account.points_expire")


def brief_of(walk: Walk, candidate: Candidate, slots: Slots, instruments: Instruments, lessons: Sequence[str]) -> Brief:
    """The brief for the words of one candidate, with the slots that will be known and nothing of what fills them."""
    if walk.book is None or walk.recall is None:
        raise ValueError("a model is briefed after the decision")
    channel = candidate.action.channel
    angle, personal = angle_of(walk, candidate, slots)
    about = () if channel in PUBLIC else coarse_facts(walk, instruments, slots.language, "copy")
    return brief_for(
        scene=walk.scene,
        offer=candidate.offer,
        channel=channel,
        language=slots.language,
        sender=walk.book.sender,
        today=slots.today,
        zone=slots.zone,
        placement=slots.placement,
        direction=walk.ask.moment.direction,
        items=slots.items,
        tone=tone_of(walk.purpose),
        angle=angle,
        personal=personal,
        in_cart=angle == "cart",
        manual=manual_of(walk.book, walk.ask.scene, channel, slots.language, walk.purpose),
        about=about,
        lessons=lessons,
    )


def tone_of(purpose: Purpose) -> str:
    """How a message of this purpose speaks: what is no marketing serves."""
    return "polite" if purpose is Purpose.MARKETING else "service"


def angle_of(walk: Walk, candidate: Candidate, slots: Slots) -> tuple[Angle, tuple[str, ...]]:
    """What the words start from, and the personal slots that go with it: at most one remark a message."""
    facts = Facts(slots, candidate.action.channel)
    wished = walk.thought.angle if walk.thought else None
    memory = next((name for name in BY_MEMORY if facts.known(name)), None)
    points = tuple(name for name in POINTS if facts.known(name))
    if wished == "points" and facts.known(POINTS[0]):
        return "points", points
    if wished in (None, "cart") and facts.known("cart.offer"):
        return "cart", ()
    if memory is not None and wished in (None, BY_MEMORY[memory]):
        return BY_MEMORY[memory], (memory,)
    if wished in ("service", "event", "price", "story", "plain"):
        return wished, ()
    return BY_KIND.get(candidate.offer.kind, "plain"), ()


def coarse_facts(walk: Walk, instruments: Instruments, language: Language, purpose: str) -> Coarse:
    """The facts about the customer that rules allow a model to see for this purpose."""
    if walk.book is None or walk.recall is None:
        return ()
    allowed = walk.book.llm_fields(purpose)
    if not allowed:
        return ()
    record = walk.recall.record
    held = instruments.shelf.holds(walk.recall.policy_version, walk.recall.catalogue_version)
    today = walk.now.astimezone(instruments.zone_of(record.customer)).date()
    around = Around(record, walk.ask.moment, today, held[1] if held else None, marketers_words(walk.book))
    return coarse(around, allowed, language)


@lru_cache(maxsize=8)
def marketers_words(book: Book) -> frozenset[str]:
    """Tags and segments that the playbook itself names: words of marketers, whatever else customers are tagged with."""
    return frozenset(word for rule in book.rules for word in _who(rule))


def _who(model: BaseModel) -> Iterator[str]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in WHO_THEY_ARE and isinstance(value, frozenset | tuple):
            yield from (str(word) for word in value)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel) and name != "offers":
                yield from _who(inner)


@lru_cache(maxsize=512)
def manual_of(book: Book, scene: str | None, channel: Channel, language: Language, purpose: Purpose) -> Manual:
    """What the book asks of copy there, as far as a writer has to know it beforehand; all of it is inspected after."""
    rules = [rule for rule in book.rules if _may_apply(rule, scene, channel, language, purpose)]
    rules.sort(key=lambda rule: LAYERS.index(rule.layer))
    return Manual(
        limits=_limits(rules),
        never=tuple(dict.fromkeys(_never(rules, language))),
        must=tuple(dict.fromkeys(_must(rules, language))),
        manner=tuple("、".join(sorted(rule.styles)) for rule in rules if isinstance(rule, Tone) and rule.styles),
    )


def _may_apply(rule: AnyRule, scene: str | None, channel: Channel, language: Language, purpose: Purpose) -> bool:
    scope = rule.scope
    return (
        "inspect" in rule.stations
        and purpose in scope.purposes
        and (scope.channels is None or channel in scope.channels)
        and (scope.languages is None or language in scope.languages)
        and (scope.scenes is None or scene in scope.scenes)
    )


def _limits(rules: Sequence[AnyRule]) -> dict[str, int]:
    limits: dict[str, int] = {}
    for rule in rules:
        if isinstance(rule, Length) and rule.unit == "graphemes":
            limits[rule.part] = min(rule.max, limits.get(rule.part, rule.max))
    return limits


def _never(rules: Sequence[AnyRule], language: Language) -> Iterator[str]:
    """Forbidden words that could come to a writer's mind in this language."""
    for rule in rules:
        for words in rule.phrases if isinstance(rule, ForbiddenPhrase) else ():
            japanese = any(letter >= FIRST_WIDE_LETTER for letter in words)
            if japanese is (language == "ja") and safe(words):
                yield words


def _must(rules: Sequence[AnyRule], language: Language) -> Iterator[str]:
    """What every such message has to say, in the rules' own sentences; disclosures are put in by template."""
    for rule in rules:
        if isinstance(rule, Label) or (isinstance(rule, RequiredPhrase) and rule.phrases):
            yield rule.said[language]
