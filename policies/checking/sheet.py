"""A sheet: a message as its reader sees it, part by part, with every address it leads to or loads from."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from domain.message import Message

INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s samp small span",
    "strike strong sub sup tt u var wbr",
)
INLINE = frozenset(name for names in INLINE_NAMES for name in names.split())
UNSEEN = frozenset(("script", "style"))
SPOKEN = frozenset(("alt", "title", "aria-label", "placeholder", "value", "summary", "label"))
LEADING = frozenset(
    ("href", "src", "action", "formaction", "background", "poster", "data", "srcset", "cite", "ping", "xlink:href")
)

LOADED = re.compile(
    r"url\(\s*[\"']?(?P<css>[^\"')\s]+)|;\s*url\s*=\s*[\"']?(?P<meta>[^\"'\s]+)|@import\s+[\"'](?P<sheet>[^\"']+)",
    re.IGNORECASE,
)
"""Addresses inside style sheets, and where a page sends its reader on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the message in plain text; `source` is what it was made from."""

    name: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every part, and every address as (part, address)."""

    pieces: tuple[Piece, ...]
    addresses: tuple[tuple[str, str], ...]


def sheet_of(message: Message) -> Sheet:
    """Lays a message out for reading."""
    pieces = list(_pieces(message))
    addresses = [(name, url) for name, url in _own_addresses(message) if url]
    for name, source in _marked_up(message):
        page = _Page()
        page.feed(source)
        page.close()
        pieces.append(Piece(name, page.text(), source))
        addresses += [(name, url) for url in page.addresses]
    return Sheet(tuple(pieces), tuple(addresses))


def _pieces(message: Message) -> Iterator[Piece]:
    for name, text in message.words():
        if name != "html":
            yield Piece(name, text, text)
            if "&" in text or "<" in text:
                # Whether an app shows markup or renders it is not known here, so both readings count.
                yield Piece(name, visible(text), text)


def _marked_up(message: Message) -> Iterator[tuple[str, str]]:
    if message.html:
        yield "html", message.html
    yield from ((f"blocks[{block.id}].html", block.html) for block in message.blocks if block.html)


def _own_addresses(message: Message) -> Iterator[tuple[str, str | None]]:
    yield "url", message.url
    yield "image", message.image.url if message.image else None
    yield from ((f"items[{item.offer}]", item.url) for item in message.items)


def visible(source: str) -> str:
    """The text that a browser shows of HTML, entities decoded."""
    page = _Page()
    page.feed(source)
    page.close()
    return page.text()


class _Page(HTMLParser):
    """Collects text, the words of attributes, and addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen: list[str] = []
        self.addresses: list[str] = []

    def text(self) -> str:
        """Everything collected; text without a browser's last entity decoding gets it here."""
        return html.unescape("".join(self._pieces))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)
        elif self._unseen[-1] == "style":
            self.addresses += _loaded(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag not in INLINE:
            self._pieces.append("\n")
        for name, value in attrs:
            self.addresses += _loaded(value) if value and name in ("style", "content") else []
            if value and name in LEADING:
                self.addresses += [one.split()[0] for one in value.split(",")] if name == "srcset" else [value]
            elif value and name in SPOKEN:
                self._pieces.append(f"\n{value}\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            self._unseen.remove(tag)
        elif tag not in INLINE:
            self._pieces.append("\n")


def _loaded(text: str) -> list[str]:
    return [found["css"] or found["meta"] or found["sheet"] for found in LOADED.finditer(text)]
