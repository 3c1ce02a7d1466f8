"""Truths: everything that is known and may be stated, in the forms in which figures are compared."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.customer import Scalar
from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from policies.inspection.text import plain
from policies.inspection.token import Token
from policies.inspection.tokens import ANY, tokens

HUNDRED = Decimal(100)
TYPED = (
    ("percent", re.compile(r"percent|pct|rate\b|share|ratio")),
    ("hour", re.compile(r"hour")),
    ("minute", re.compile(r"minute|\bmins?\b")),
    ("second", re.compile(r"second")),
    ("week", re.compile(r"week")),
    ("year", re.compile(r"year")),
    ("month", re.compile(r"month")),
    ("day", re.compile(r"\bdays?\b|nights?")),
    ("point", re.compile(r"points?\b")),
    ("money", re.compile(r"price|fee\b|cost|yen|amount|spend|charge|fare")),
    ("times", re.compile(r"times\b|multipl|double")),
)
UNTIL = re.compile(r"until|end|expire|expiry|deadline|close|last|hold|arrive|by\b|due")
DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?))?")
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is a fact; `unit` is None where its name does not say one."""

    value: Decimal
    unit: str | None
    near: str | None = None
    """The text that states it, with which a word after the number must agree; None: any word may follow."""


@dataclass(slots=True)
class Truths:
    """What is known of one offer, customer, sender or moment."""

    prices: set[tuple[Decimal, str | None]] = field(default_factory=set)
    was: set[tuple[Decimal, str | None]] = field(default_factory=set)
    cuts: set[tuple[Decimal, str | None]] = field(default_factory=set)
    offs: set[Decimal] = field(default_factory=set)
    percents: list[tuple[Decimal, str]] = field(default_factory=list)
    """A percentage and the words it stands in; empty words for a bare number."""
    deals: set[tuple[Decimal, Decimal]] = field(default_factory=set)
    times: set[Decimal] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    deadlines: set[date] = field(default_factory=set)
    partial: set[tuple[int | None, int | None]] = field(default_factory=set)
    """Month and day of dates whose year no fact tells."""
    clocks: set[int] = field(default_factory=set)
    counts: list[Count] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Words with figures in them, which copy may quote as they are."""
    currency: str | None = None

    def state(self, name: str, value: Scalar | Text, *, quotable: bool) -> None:
        """Takes in a fact; only a quotable one may be repeated word for word, figures and all."""
        if isinstance(value, Text):
            for words in (value.ja, value.en):
                self.state(name, words, quotable=quotable)
        elif isinstance(value, str):
            self._words(name, value, quotable)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._number(name, Decimal(str(value)))

    def _number(self, name: str, value: Decimal) -> None:
        low = name.lower().replace("_", " ")
        kind = next((kind for kind, pattern in TYPED if pattern.search(low)), None)
        if kind == "percent":
            self.percents.append((value, ""))
        elif kind == "times":
            self.times.add(value)
        elif kind == "money":
            self.prices.add((value, self.currency))
        elif kind is not None:
            unit, factor = {"week": ("day", 7), "year": ("month", 12)}.get(kind, (kind, 1))
            self.counts.append(Count(value * factor, unit))
        else:
            self.counts.append(Count(value, None))
            self.prices.add((value, self.currency))

    def _words(self, name: str, value: str, quotable: bool) -> None:
        dated = DATED.fullmatch(value)
        if dated:
            self._dated(name, value, dated)
            return
        read = plain(value)
        if not ANY.search(read.lower()):
            return
        if quotable and len(read) >= SHORTEST_NAME and any(sign.isalpha() for sign in read):
            self.names.add(read.lower())
        for line in read.split("\n"):
            for token in tokens(line):
                self._token(token, read.lower(), quotable)

    def _dated(self, name: str, value: str, dated: re.Match[str]) -> None:
        try:
            shown = datetime.fromisoformat(value)
        except ValueError:
            return
        self.day(shown.date(), deadline=bool(UNTIL.search(name.lower().replace("_", " "))))
        if dated[2]:
            self.clocks.add(shown.hour * 60 + shown.minute)

    def day(self, day: date, *, deadline: bool) -> None:
        """Takes in a date; copy says `until` only of deadlines."""
        self.dates.add(day)
        if deadline:
            self.deadlines.add(day)

    def _token(self, token: Token, words: str, quotable: bool) -> None:
        if token.kind == "money":
            self.prices.add((token.value, token.unit))
        elif token.kind == "percent":
            self.percents.append((token.value, words))
        elif token.kind == "count":
            self.counts.append(Count(token.value, token.unit, words))
        elif token.kind == "time":
            self.clocks.add(int(token.value))
        elif token.kind == "date" and token.day is not None:
            self._written_date(token)
        elif quotable:
            self._promise(token)

    def _written_date(self, token: Token) -> None:
        day = token.day
        if day is None or day.day is None:
            return
        if day.year is None or day.month is None:
            self.partial.add((day.month, day.day))
            return
        try:
            self.day(date(day.year, day.month, day.day), deadline=token.deadline)
        except ValueError:
            return

    def _promise(self, token: Token) -> None:
        """A discount or deal in the words of an offer; a customer's own words never make one."""
        if token.kind == "off":
            self.offs.add(token.value)
        elif token.kind == "cut":
            self.cuts.add((token.value, token.unit))
        elif token.kind == "deal":
            self.deals.add((token.value, token.more))
        elif token.kind == "times":
            self.times.add(token.value)


def of_offer(offer: Offer, home_currency: str | None) -> Truths:
    """What an offer states, and what its prices imply."""
    truths = Truths(currency=offer.currency or home_currency)
    _priced(truths, offer)
    for end, deadline in ((offer.valid_from, False), (offer.valid_until, True)):
        if end is not None:
            truths.day(end, deadline=deadline)
    truths.state("name", offer.name, quotable=True)
    for name, words in (("brand", offer.brand), ("category", offer.category)):
        truths.state(name, words, quotable=True)
    if offer.image is not None:
        truths.state("alt", offer.image.alt, quotable=True)
    if offer.stock is not None:
        truths.counts.append(Count(Decimal(offer.stock), None))
    if offer.stock_at is not None:
        truths.day(offer.stock_at.date(), deadline=False)
        truths.clocks.add(offer.stock_at.hour * 60 + offer.stock_at.minute)
    for name, value in offer.facts.items():
        truths.state(name, value, quotable=True)
    return truths


def _priced(truths: Truths, offer: Offer) -> None:
    money = truths.currency
    for amount in (offer.price, offer.list_price):
        if amount is not None:
            truths.prices.add((amount, money))
    if offer.list_price is not None:
        truths.was.add((offer.list_price, money))
    if offer.discount_amount is not None:
        truths.cuts.add((offer.discount_amount, money))
    if offer.discount_percent is not None:
        truths.offs.add(offer.discount_percent)
    if offer.price is None or not offer.list_price or offer.list_price <= offer.price:
        return
    cut = offer.list_price - offer.price
    truths.cuts.add((cut, money))
    off = cut * HUNDRED / offer.list_price
    truths.offs |= {off, Decimal(int(off))}


def of_facts(facts: Mapping[str, Scalar | Text], home_currency: str | None) -> Truths:
    """What account facts and the like state; they are no words to quote and promise no discount."""
    truths = Truths(currency=home_currency)
    for name, value in facts.items():
        truths.state(name, value, quotable=False)
    return truths


def of_sender(sender: Sender) -> Truths:
    """What the sender's own lines state: address, phone and hours."""
    truths = Truths()
    for words in (sender.name, sender.legal_name, sender.address, sender.hours):
        for text in (words.ja, words.en):
            truths.names.update([plain(text).lower()] if text else [])
    truths.names.add(plain(sender.phone))
    truths.state("hours", sender.hours, quotable=True)
    return truths


def together(parts: Iterable[Truths], currency: str | None) -> Truths:
    """Everything that is known, in one."""
    whole = Truths(currency=currency)
    for part in parts:
        for name in (
            "prices",
            "was",
            "cuts",
            "offs",
            "deals",
            "times",
            "dates",
            "deadlines",
            "partial",
            "clocks",
            "names",
        ):
            getattr(whole, name).update(getattr(part, name))
        whole.percents += part.percents
        whole.counts += part.counts
    return whole
