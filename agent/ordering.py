"""Ordering copy: what a marketer wants written ahead, taken apart into single texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Annotated, Literal

from pydantic import Field

from domain.channel import PUBLIC, Channel, Purpose
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import LANGUAGES, Language
from domain.offer import Offer, OfferKind
from domain.scene import Scene
from domain.variant import Angle

Tone = Literal["polite", "warm", "plain", "lively", "service"]
MOST_TEXTS = 600
"""Texts in one order: each is a request to a model, and somebody may have to read it."""
MOST_OFFERS = 5
"""Offers that are written for where none is named."""
IN_ANOTHER_MAIL = "newsletter.block:*"
WHOLE = ""
"""The name of a whole message among placements."""

BY_KIND: Mapping[OfferKind, tuple[Angle, ...]] = {
    "product": ("plain", "service", "story", "habit", "told_us", "cart"),
    "coupon": ("price", "plain", "story", "habit", "points"),
    "event": ("event", "plain", "story", "told_us", "points"),
    "article": ("story", "plain", "told_us"),
    "case_study": ("story", "plain", "service"),
    "tutorial": ("service", "story", "plain"),
    "service": ("service", "plain", "story"),
}
"""From which sides each kind is written about, those that are true of most customers first."""
PERSONAL: Mapping[Angle, tuple[str, ...]] = {
    "told_us": ("memory.taste",),
    "habit": ("memory.bought",),
    "points": ("account.points", "account.points_expire"),
}
"""Slots that an angle is about."""
NO_FIGURES = frozenset({Channel.PUSH, Channel.SMS, Channel.CALL})


Pattern = Annotated[str, Field(pattern=r"^([\w-][\w.:-]*\*?)?$", max_length=200)]


class Order(Frozen):
    """What is to be written: `n` texts for each offer, channel, placement and language of a scene.

    What is left out is taken from the scene: its channels, the offers that it is about now, both languages. Angles and
    tones take turns among the `n`.
    """

    scene: str = Field(min_length=1, max_length=100)
    n: int = Field(3, ge=1, le=20)
    offers: tuple[str, ...] = Field((), max_length=200)
    channels: tuple[Channel, ...] = Field((), max_length=9)
    placements: tuple[Pattern, ...] = Field((), max_length=20)
    """Patterns such as `newsletter.block:*`; an empty one is the whole message."""
    languages: tuple[Language, ...] = Field((), max_length=2)
    tones: tuple[Tone, ...] = Field((), max_length=5)
    angles: tuple[Angle, ...] = Field((), max_length=9)


@dataclass(frozen=True, slots=True)
class Text:
    """One text that is to be written."""

    offer: Offer
    channel: Channel
    placement: str | None
    direction: str | None
    language: Language
    tone: str
    angle: Angle

    @property
    def place(self) -> tuple[object, ...]:
        """What it stands beside: texts of one place are alternatives."""
        return self.offer.id, self.channel, self.placement, self.direction, self.language

    @property
    def personal(self) -> tuple[str, ...]:
        """The slots about a customer that it may use."""
        return () if self.channel in PUBLIC else PERSONAL.get(self.angle, ())


def texts_of(order: Order, scene: Scene, offers: Sequence[Offer]) -> tuple[Text, ...]:
    """Every text of the order, place by place; raises Malformed where they are too many or could not be sent."""
    channels = _channels(order, scene)
    places = [
        (offer, channel, placement or None, language)
        for offer in offers
        for channel in channels
        for placement in _placements(order, channel)
        for language in order.languages or LANGUAGES
        if offer.name.get(language)
    ]
    count = len(places) * order.n
    if count > MOST_TEXTS:
        why = f"that is {count:,} texts, and one order takes {MOST_TEXTS}. Name fewer offers, channels or languages."
        raise Malformed("n", order.n, why)
    tones = _tones(order, scene)
    return tuple(text for place in places for text in _turns(*place, order, tones))


def _turns(
    offer: Offer,
    channel: Channel,
    placement: str | None,
    language: Language,
    order: Order,
    tones: Sequence[Tone],
) -> Iterator[Text]:
    """As many texts as wanted for one place, each from another side as long as there are any."""
    sides = _sides(order, offer, channel)
    ways = ("outbound", "inbound") if channel is Channel.CALL else (None,)
    turns = [(angle, tone) for tone in tones for angle in sides]
    for number, (angle, tone) in enumerate(islice(cycle(turns), order.n)):
        yield Text(offer, channel, placement, ways[number % len(ways)], language, tone, angle)


def _sides(order: Order, offer: Offer, channel: Channel) -> tuple[Angle, ...]:
    """The angles that the channel may take: a sign knows nobody, and a lock screen states no figures."""
    wanted = order.angles or BY_KIND[offer.kind]
    if channel in PUBLIC:
        wanted = tuple(angle for angle in wanted if angle not in PERSONAL and angle != "cart")
    if channel in NO_FIGURES:
        wanted = tuple(angle for angle in wanted if angle != "points")
    return wanted or ("plain",)


def _channels(order: Order, scene: Scene) -> tuple[Channel, ...]:
    for number, channel in enumerate(order.channels):
        if channel not in scene.channels:
            known = ", ".join(sorted(scene.channels))
            raise Malformed(f"channels[{number}]", channel.value, f"{scene.id!r} plays on {known}.")
    return order.channels or tuple(channel for channel in Channel if channel in scene.channels)


def _placements(order: Order, channel: Channel) -> tuple[str, ...]:
    """The whole message, and for a mail also a block for another tool's."""
    if order.placements:
        return order.placements
    return (WHOLE, IN_ANOTHER_MAIL) if channel is Channel.EMAIL else (WHOLE,)


def _tones(order: Order, scene: Scene) -> tuple[Tone, ...]:
    """The tones of the order; a service message is one whatever is wished, and marketing never passes for one."""
    serves = scene.purpose is not Purpose.MARKETING
    if serves:
        return ("service",)
    if "service" in order.tones:
        why = f"{scene.id!r} is marketing, and carries a way out. Choose polite, warm, plain or lively."
        raise Malformed("tones", "service", why)
    return order.tones or ("polite",)
