"""A variant (文面パターン): approved copy with named slots."""

from typing import Literal

from pydantic import Field

from domain.channel import Channel
from domain.frozen import Frozen
from domain.language import Language

Angle = Literal["service", "told_us", "habit", "cart", "points", "event", "price", "story", "plain"]


class Copy(Frozen):
    """The parts of a message as templates; which parts a channel has is written in docs/routes.md."""

    subject: str | None = None
    preheader: str | None = None
    title: str | None = None
    body: str
    action: str | None = None
    """The words on the one button or link."""


class Variant(Frozen):
    """Copy for one scene, channel, placement, language and angle; it applies where all `needs` are known facts."""

    id: str
    scene: str
    channel: Channel
    language: Language
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
