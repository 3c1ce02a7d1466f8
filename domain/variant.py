"""A variant (文面パターン): approved copy with named slots."""

from typing import Literal

from pydantic import Field

from domain.channel import Channel
from domain.frozen import Frozen
from domain.language import Language

Angle = Literal["service", "told_us", "habit", "cart", "points", "event", "price", "story", "plain"]


class Passage(Frozen):
    """A content block (コンテンツブロック) of a mail: a few lines for customers of whom all `needs` are known facts."""

    id: str = Field(pattern="^[a-z0-9_-]{1,40}$")
    body: str
    needs: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    """Distances of the personal facts that the lines word."""


class Copy(Frozen):
    """The parts of a message as templates; which parts a channel has is written in docs/routes.md."""

    subject: str | None = None
    preheader: str | None = None
    title: str | None = None
    body: str
    action: str | None = None
    """The words on the one button or link."""
    headlines: tuple[str, ...] = ()
    """Further headlines of an ad, each of which may stand in the place of `title`."""
    blocks: tuple[Passage, ...] = ()
    """Content blocks of a mail, chosen for each customer; they stand at `[blocks]`, else before the card."""


class Variant(Frozen):
    """Copy for one scene, channel, placement, language and angle; it applies where all `needs` are known facts."""

    id: str
    scene: str
    channel: Channel
    language: Language
    offer: str | None = None
    """The one offer that the copy is about; None: any that `kinds` allows."""
    angle: Angle = "plain"
    placement: str | None = None
    """A placement pattern such as `newsletter.block:*`; None is the whole message."""
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    """Distances of the personal facts that the copy words."""
    tone: str = "polite"
    origin: Literal["template", "variant", "model"] = "template"
    approved_by: str = Field("house", min_length=1)
    copy_: Copy = Field(alias="copy")
