"""A message: what the customer sees, rendered and complete."""

import hashlib
import re
from collections.abc import Mapping

from pydantic import Field

from domain.channel import Channel
from domain.frozen import Frozen, as_json
from domain.language import Language

ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Half a character, or a code that shows nothing: no store keeps it and no reader sees it."""
WORDED = ("subject", "preheader", "title", "body", "text", "html")
"""The fields that are words, in the order in which they are read."""


class Picture(Frozen):
    """An image in a message."""

    url: str
    alt: str


class Block(Frozen):
    """One part of a mail, also usable alone inside another tool's mail."""

    id: str
    text: str
    html: str


class Item(Frozen):
    """One line of a ranked list."""

    offer: str
    title: str
    url: str | None = None


class OfferLine(Frozen):
    """Which offer the message is about, for the channel's own records."""

    id: str
    kind: str
    discount_percent: float | None = None


class Cite(Frozen):
    """A fact about the customer that the words lean on."""

    text: str
    distance: str
    sensitive: bool = False


def _nothing(value: object) -> bool:
    return not value


class Message(Frozen):
    """The rendered message; fields that its channel does not have are None or empty."""

    channel: Channel
    language: Language
    subject: str | None = None
    preheader: str | None = None
    title: str | None = None
    headlines: tuple[str, ...] = Field((), exclude_if=_nothing)
    """What an ad may show in the place of its title, in turns; left out where there is none."""
    body: str | None = None
    text: str | None = None
    html: str | None = None
    url: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    image: Picture | None = None
    blocks: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    offer: OfferLine | None = None
    cites: tuple[Cite, ...] = ()

    def digest(self) -> str:
        """SHA-256 of the message's bytes, in hex: what a seal covers."""
        return hashlib.sha256(as_json(self)).hexdigest()

    def as_fields(self) -> Mapping[str, object]:
        """The fields in JSON."""
        fields = {**self.__dict__}
        if not self.headlines:
            del fields["headlines"]
        return fields

    @property
    def is_legible(self) -> bool:
        """Whether all words and addresses are made of characters that can be stored and shown."""
        parts = self.__dict__
        shown = [text for _, text in self.words()]
        shown += [parts["url"] or "", *parts["headlines"], *parts["headers"].values()]
        shown += [self.image.url] if self.image else []
        shown += [item.url or "" for item in self.items] if parts["items"] else []
        shown += [block.html for block in self.blocks] if parts["blocks"] else []
        return ILLEGIBLE.search("\n".join(shown)) is None

    def faces(self) -> tuple["Message", ...]:
        """The message as it may be seen: once under its title, and once under each further headline."""
        if not self.headlines:
            return (self,)
        alone = self.model_copy(update={"headlines": ()})
        return (alone, *(alone.model_copy(update={"title": headline}) for headline in self.headlines))

    def words(self) -> tuple[tuple[str, str], ...]:
        """Every part a reader sees, as (name, text), HTML left as it is."""
        # From the dict that holds them: an attribute of a validated value costs six times as much.
        parts = self.__dict__
        named = [(name, parts[name]) for name in WORDED if parts[name]]
        named += [(f"blocks[{one.id}]", one.text) for one in self.blocks if one.text] if parts["blocks"] else []
        named += [(f"items[{one.offer}]", one.title) for one in self.items if one.title] if parts["items"] else []
        named += [("image.alt", self.image.alt)] if self.image and self.image.alt else []
        return tuple(named)
