"""A reading: a message as people read it, with all that is known around it; every check looks at this.

Parts and readings are never changed by whoever reads them, but not frozen either: some are made for each message, and
freezing would treble their cost.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.language import Text
from domain.message import Message
from domain.offer import Offer
from domain.sender import Sender
from policies.facts import Action, Situation
from policies.finding import Finding
from policies.inspection.stated import of_fact, of_offer, of_sender
from policies.inspection.text import lines, plain, seen
from policies.inspection.told import Told, told_by, told_by_sender
from policies.inspection.truths import Truths
from policies.rule import Rule
from policies.zones import known_zone

REMEMBERED = 4096
SIGNED = re.compile(r"https?://[^\s/?#@\\]+(?:/[\w-]+)*/(?:u|p|why)/[\w-]{1,1000}\.[0-9a-f]{64}", re.ASCII)
"""A link of ours with its token: nothing can be said in it that somebody could read."""
MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\w{1,8}|[a-zA-Z]{2,32});")
CURRENCY_AT_HOME = {"JP": "JPY", "US": "USD", "GB": "GBP", "DE": "EUR", "FR": "EUR", "IT": "EUR", "ES": "EUR"}


@dataclass(slots=True)
class Part:
    """One part of the message in plain text; `lines` are those that no earlier part has shown."""

    name: str
    text: str
    lines: tuple[str, ...]
    every: tuple[str, ...]
    """All of its lines."""


@dataclass(slots=True, eq=False)
class Reading:
    """A message as it is read, with all that is true around it: worked out when a check first asks for it."""

    s: Situation
    a: Action
    message: Message
    reader: "Reader"
    parts: tuple[Part, ...]
    links: tuple[tuple[str, str], ...]
    """(part, address) of every link."""
    _truths: Truths | None = None
    _told: Told | None = None

    @property
    def truths(self) -> Truths:
        """What may be stated."""
        if self._truths is None:
            self._truths = self.reader.truths(self.s, self.a)
        return self._truths

    @property
    def told(self) -> Told:
        """What offers and sender say in words."""
        if self._told is None:
            self._told = self.reader.told(self.a)
        return self._told

    @property
    def today(self) -> date:
        """The day on which the message is read, on the reader's own clock where one is known."""
        zone = self.s.zones[0] if len(self.s.zones) == 1 else self.s.home.timezone
        return self.a.at.astimezone(known_zone(zone)).date()

    @property
    def sender(self) -> Sender:
        """Who says it."""
        return self.reader.sender

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offer that the message is about, and those that it lists."""
        return tuple(offer for offer in (self.a.offer, *self.a.items) if offer is not None)


class Reader:
    """Reads messages of one sender; what an offer states and says is worked out once."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self._of_sender = of_sender(sender)
        self._told = told_by_sender(sender)
        # By identity, which costs less than hashing; each entry keeps its offer alive, so that no id comes twice.
        self._stated: dict[tuple[int, str | None], tuple[Offer, Truths]] = {}
        self._said: dict[int, tuple[Offer, Told]] = {}
        self._last: Reading | None = None

    def read(self, s: Situation, a: Action, message: Message) -> Reading:
        """The message in parts and links, beside what is true of offer, customer and sender."""
        last = self._last
        if last is not None and last.message is message and last.a is a and last.s is s:
            return last
        self._last = reading = Reading(s, a, message, self, *parts_of(message))
        return reading

    def told(self, a: Action) -> Told:
        """What the offers of a message and the sender say in words."""
        own = self._said_by(a.offer) if a.offer is not None else self._told
        return own.beside([self._said_by(offer) for offer in a.items]) if a.items else own

    def truths(self, s: Situation, a: Action) -> Truths:
        """What offers, customer and sender state."""
        currency = CURRENCY_AT_HOME.get(s.home.country)
        truths = self._stated_by(a.offer, currency) if a.offer is not None else self._of_sender
        more = [self._stated_by(offer, currency).told for offer in a.items]
        own = truths.currency or currency
        for facts in (s.attributes, a.facts):
            more += [of_fact(name, value, own) for name, value in facts.items()]
        return truths.beside(more) if more else truths

    def _stated_by(self, offer: Offer, currency: str | None) -> Truths:
        """What the offer and the sender state together; `currency` is that of amounts which name none."""
        held = self._stated.get((id(offer), currency))
        if held is None:
            if len(self._stated) >= REMEMBERED:
                self._stated.clear()
            held = self._stated[id(offer), currency] = offer, of_offer(offer, currency).beside([self._of_sender.told])
        return held[1]

    def _said_by(self, offer: Offer) -> Told:
        """What the offer and the sender say together."""
        held = self._said.get(id(offer))
        if held is None:
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            held = self._said[id(offer)] = offer, told_by(offer).beside([self._told])
        return held[1]


def parts_of(message: Message) -> tuple[tuple[Part, ...], tuple[tuple[str, str], ...]]:
    """Every part in plain text, HTML as a reader sees it, and every link."""
    shown: list[tuple[str, str]] = []
    items, blocks = message.items, message.blocks
    addresses = [("url", message.url)] if message.url else []
    addresses += [("image", message.image.url)] if message.image else []
    addresses += [(f"items[{item.offer}]", item.url) for item in items if item.url]
    html = [("html", message.html)] if message.html else []
    html += [(f"blocks[{block.id}].html", block.html) for block in blocks]
    for name, text in message.words():
        if name != "html":
            shown.append((name, text))
            # A page or an app may show a body as HTML.
            html += [(name, text)] if ("<" in text or "&" in text) and MARKUP.search(text) else []
    for name, source in html:
        visible = seen(source)
        shown.append((name, visible.text))
        addresses += [(name, url) for url in visible.links]
    known: set[str] = set()
    parts = []
    for name, text in shown:
        raws = text.split("\n")
        if "://" in text:
            signed, raws = apart(raws)
            addresses += [(name, url) for url in signed]
        every = tuple([line for raw in raws if raw and (line := _read(raw))])
        fresh = tuple([line for line in every if line not in known]) if known else every
        known.update(fresh)
        parts.append(Part(name, "\n".join(every), fresh, every))
    return tuple(parts), tuple(addresses)


def apart(raws: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines that are a signed link and nothing else, and the others.

    Such a link is checked as a link. To read its token as words costs more than all the rest of a mail, and each
    customer has others.
    """
    signed = [url for raw in raws if "://" in raw and SIGNED.fullmatch(url := raw.strip())]
    return signed, [raw for raw in raws if raw.strip() not in signed] if signed else list(raws)


@functools.lru_cache(maxsize=8192)
def _read(raw: str) -> str:
    return " ".join(lines(plain(raw)))


def finding(rule: Rule, part: str, text: str, why: Text) -> Finding:
    """What `rule` objects to at these words."""
    return Finding(rule.id, rule.kind, part, text.strip(), why)
