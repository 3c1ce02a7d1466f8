"""The brief: everything that a model is told about one message, and nothing else ever reaches it.

It holds what the company says of itself and its offer, what the house asks of copy, and coarse facts of a closed
vocabulary. Names, figures and notes of a customer are not in it: the model places their slots, and they are filled in
after it. Without a customer it is the same for everybody, so that copy can be written ahead.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from pydantic_core import to_json

from domain.channel import PUBLIC, Channel
from domain.language import Language, phrase
from domain.offer import Offer
from domain.scene import Scene
from domain.sender import Sender
from domain.variant import Angle
from prompts.library import edition, prompt
from tools.model import Said
from tools.shapes import PARTS
from tools.telling import flags, safe, told

PROMPTS = ("draft", "copywriter", "revise")
MOST_PHRASES, MOST_LESSONS, MOST_LISTED = 60, 5, 6
PERSONAL: Mapping[str, tuple[str, str]] = {
    "account.points": ("お客様のポイント数（数字だけ）", "the customer's points (the number alone)"),
    "account.points_expire": ("そのポイントの有効期限", "the day on which those points expire"),
    "memory.taste": ("お客様がアンケートなどで答えたお好み（名詞）", "a taste that the customer told us of (a noun)"),
    "memory.told": ("お客様がお話しくださったこと（名詞）", "something the customer told us of (a noun)"),
    "memory.asked": ("お客様がご質問になったこと（名詞）", "what the customer asked about (a noun)"),
    "memory.saved": ("お客様がお気に入りに登録した品（名詞）", "a thing the customer saved (a noun)"),
    "memory.bought": ("お客様が前にお求めの品の種類（名詞）", "the kind of thing the customer bought before (a noun)"),
    "memory.viewed": ("お客様が最近ご覧になった分野（名詞）", "the field the customer looked at lately (a noun)"),
}
"""Slots with something personal in them, and what the model is told of each: never its content."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that is filled in after the model; `shown` is what will stand there, where that is no secret."""

    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Manual:
    """What the house asks of copy for one channel, language and scene."""

    limits: Mapping[str, int] | None = None
    """Most characters by part."""
    never: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    """Sentences about what has to be in it."""
    manner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One message to write: where it goes, what it is about, and what the house asks of it."""

    scene: str | None
    use_case: str | None
    card: str | None
    channel: Channel
    placement: str | None
    direction: str | None
    language: Language
    tone: str
    angle: Angle
    sender: str
    kind: str
    slots: tuple[Slot, ...]
    facts: tuple[str, ...]
    listed: tuple[str, ...]
    personal: tuple[Slot, ...]
    in_cart: bool
    about: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, int], ...]
    never: tuple[str, ...]
    must: tuple[str, ...]
    manner: tuple[str, ...]
    lessons: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The same for the same brief; what reviewers said since does not make words stale."""
        return hashlib.sha256(to_json(replace(self, lessons=()))).hexdigest()[:16]

    @property
    def marks(self) -> frozenset[str]:
        """The names of all slots that the model may place."""
        return frozenset(slot.name for slot in (*self.slots, *self.personal))


def brief_for(
    *,
    scene: Scene | None,
    offer: Offer,
    channel: Channel,
    language: Language,
    sender: Sender,
    today: date,
    zone: tzinfo,
    placement: str | None = None,
    direction: str | None = None,
    items: Sequence[Offer] = (),
    tone: str = "polite",
    angle: Angle = "plain",
    personal: Sequence[str] = (),
    in_cart: bool = False,
    manual: Manual | None = None,
    about: Sequence[tuple[str, str]] = (),
    lessons: Sequence[str] = (),
) -> Brief:
    """The brief of one message; the same arguments always give the same brief.

    `personal` names slots of PERSONAL that will be known when the message is filled in, `about` are coarse facts of
    tools.coarse. On ads and signs neither is told.
    """
    open_to_all, manual = channel in PUBLIC, manual or Manual()
    return Brief(
        scene=scene.id if scene else None,
        use_case=scene.name.either(language) if scene else None,
        card=scene.card.either(language) if scene else None,
        channel=channel,
        placement=placement,
        direction=(direction or "outbound") if channel is Channel.CALL else None,
        language=language,
        tone=tone,
        angle=angle,
        sender=sender.name.either(language),
        kind=offer.kind,
        slots=tuple(_slots(offer, sender, language, today, zone)),
        facts=tuple(flags(offer)),
        listed=tuple(_listed(items, language)),
        personal=() if open_to_all else tuple(_personal(personal, language)),
        in_cart=in_cart and not open_to_all,
        about=() if open_to_all else tuple(about),
        limits=_limits(channel, manual),
        never=manual.never[:MOST_PHRASES],
        must=manual.must,
        manner=manual.manner,
        lessons=tuple(lesson for lesson in lessons if safe(lesson))[:MOST_LESSONS],
    )


def messages_of(brief: Brief) -> tuple[Said, ...]:
    """What the model is asked for the first time: how good copy reads, then the brief."""
    language = brief.language
    manner = prompt(language, "copywriter").render(channel=brief.channel.value, sender=brief.sender)
    asked = prompt(language, "draft").render(brief=brief, parts=tuple(PARTS[brief.channel]))
    return Said("system", manner), Said("user", asked)


def revision_of(brief: Brief, before: Sequence[Said], answer: str, wrong: Sequence[str]) -> tuple[Said, ...]:
    """The same conversation with the model's own answer and what was wrong with it, in sentences."""
    asked = prompt(brief.language, "revise").render(wrong=tuple(wrong))
    return *before, Said("assistant", answer), Said("user", asked)


def edition_of(language: Language) -> str:
    """The hash of the prompts that copy is written with."""
    return edition(language, *PROMPTS)


def _slots(offer: Offer, sender: Sender, language: Language, today: date, zone: tzinfo) -> Iterator[Slot]:
    """The sender, and the facts of the offer in their surface form."""
    yield Slot("sender.name", sender.name.either(language))
    for name, value in told(offer, language, today, zone):
        yield Slot(f"offer.{name}", value)


def _listed(items: Sequence[Offer], language: Language) -> Iterator[str]:
    """The names of a ranked list; one offer alone is no list."""
    names = [offer.name.get(language) for offer in items] if len(items) > 1 else []
    yield from [name for name in names if name and safe(name)][:MOST_LISTED]


def _personal(names: Sequence[str], language: Language) -> Iterator[Slot]:
    for name in names:
        ja, en = PERSONAL[name]
        yield Slot(name, phrase(language, ja=ja, en=en))


def _limits(channel: Channel, manual: Manual) -> tuple[tuple[str, int], ...]:
    """The limits of the parts that the model writes; the body of a mail is not one part."""
    known = manual.limits or {}
    return tuple((part, known[part]) for part in PARTS[channel] if part in known)
