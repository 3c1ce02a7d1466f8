"""Truths: everything that is known and may be stated, in the forms in which figures are compared."""

import re
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from domain.customer import Scalar
from domain.language import Text
from policies.inspection import topics
from policies.inspection.naming import edge_of, is_year, listed, measure_of, noun_of, role_of
from policies.inspection.text import plain
from policies.inspection.token import NO_TOPICS, Role, Token
from policies.inspection.tokens import ANY, tokens

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?))?")
BARE_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
MONTHLY = re.compile("月額|サブスク|\\b(?:monthly|per month|a month|subscription)\\b")
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money that is a fact; `role` is None where its name does not say what it is of."""

    value: Decimal
    currency: str | None
    role: Role | None = None
    tax: bool | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that is a fact, and the words it stands in; empty words for a bare number."""

    value: Decimal
    words: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is a fact; `unit` is None where its name does not say one."""

    value: Decimal
    unit: str | None
    near: str | None = None
    """The text that states it, with which a word after the number must agree; None: any word may follow."""
    topics: frozenset[str] = NO_TOPICS
    noun: str | None = None
    """What is counted, as far as the name of a bare number says it: speeds -> speed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A day that is a fact: a start, an end, or neither."""

    day: date
    edge: Literal["start", "end"] | None
    topics: frozenset[str] = NO_TOPICS


Told = tuple[tuple[str, Collection[object]], ...]


@dataclass(slots=True)
class Truths:
    """What is known of one offer, customer, sender or moment."""

    amounts: list[Amount] = field(default_factory=list)
    cuts: set[tuple[Decimal, str | None]] = field(default_factory=set)
    offs: set[Decimal] = field(default_factory=set)
    extras: set[Decimal] = field(default_factory=set)
    """Percentages that come off on top of a price which is already lowered."""
    percents: list[Share] = field(default_factory=list)
    deals: set[tuple[Decimal, Decimal]] = field(default_factory=set)
    times: set[Decimal] = field(default_factory=set)
    days: list[Known] = field(default_factory=list)
    partial: set[tuple[int | None, int | None]] = field(default_factory=set)
    """Month and day of dates whose year no fact tells."""
    clocks: set[int] = field(default_factory=set)
    desk: set[int] = field(default_factory=set)
    """Hours at which the sender answers: true of its desk and of nothing else."""
    years: set[int] = field(default_factory=set)
    counts: list[Count] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Words with figures in them, which copy may quote as they are."""
    nouns: set[str] = field(default_factory=set)
    """What facts are called, for telling what a figure counts: six colors are not six speeds."""
    free: set[str] = field(default_factory=set)
    """Names and words of facts that say that something costs nothing."""
    monthly: set[str] = field(default_factory=set)
    """Facts that say themselves that the price is paid every month."""
    stock: set[Decimal] = field(default_factory=set)
    limited: set[str] = field(default_factory=set)
    """Facts that say themselves that time or number is limited."""
    currency: str | None = None

    def state(self, name: str, value: Scalar | Text, *, quotable: bool) -> None:
        """Takes in a fact; only a quotable one may be repeated word for word, figures and all."""
        self.nouns.add(noun_of(name))
        if isinstance(value, Text):
            for words in (value.ja, value.en):
                self.state(name, words, quotable=quotable)
        elif isinstance(value, bool):
            self._yes(name, value)
        elif isinstance(value, int | float):
            self._number(name, Decimal(str(value)), quotable)
        elif isinstance(value, str) and BARE_NUMBER.fullmatch(value):
            self._number(name, Decimal(value), quotable)
        elif value:
            self._words(name, value, quotable)

    def _yes(self, name: str, value: bool) -> None:
        if value:
            self.free.add(name.lower().replace("_", " "))
            if "limited" in name.lower():
                self.limited.add(name)

    def _number(self, name: str, value: Decimal, quotable: bool) -> None:
        about, measure = topics.of_name(name), measure_of(name)
        if is_year(name, value):
            self.years.add(int(value))
            return
        match measure.kind:
            case "percent":
                self.percents.append(Share(value, "", about))
            case "times":
                self.times.add(value)
            case "money":
                self._amount(name, value)
            case "count":
                noun = None if measure.unit else noun_of(name)
                self.counts.append(Count(value * measure.factor, measure.unit, None, about, noun))
                if "stock" in about and quotable:
                    self.stock.add(value)

    def _amount(self, name: str, value: Decimal) -> None:
        role = role_of(name)
        if role == "extra":
            self.cuts.add((value, self.currency))
            return
        self.amounts.append(Amount(value, self.currency, role))
        if not value or "free" in name.lower():
            self.free.add(name.lower().replace("_", " "))

    def _words(self, name: str, value: str, quotable: bool) -> None:
        dated = DATED.fullmatch(value)
        if dated:
            self._dated(name, value, dated)
            return
        read = plain(value)
        low = read.lower()
        if quotable and ("free" in low or "無料" in low):
            self.free.update((name.lower().replace("_", " "), low))
        if quotable:
            self._said(name, read)
        if not ANY.search(low):
            return
        if quotable and len(read) >= SHORTEST_NAME and any(sign.isalpha() for sign in read) and tokens(low):
            self.names.add(low)
        about = topics.of_name(name) or topics.of_words(low)
        for line in read.split("\n"):
            for token in tokens(line):
                self._token(token, low, about, quotable)

    def _said(self, name: str, read: str) -> None:
        """What words without a figure tell: how many things they list, what is limited, what is paid each month."""
        several = listed(name, read)
        if several:
            self.counts.append(Count(Decimal(several[0]), None, several[1], NO_TOPICS, noun_of(name)))
        if MONTHLY.search(read.lower()):
            self.monthly.add(name)
        if "limited" in name.lower():
            self.limited.add(name)

    def _dated(self, name: str, value: str, dated: re.Match[str]) -> None:
        try:
            shown = datetime.fromisoformat(value)
        except ValueError:
            return
        self.days.append(Known(shown.date(), edge_of(name), topics.of_name(name)))
        if dated[2]:
            self.clocks.add(shown.hour * 60 + shown.minute)

    def _token(self, token: Token, words: str, about: frozenset[str], quotable: bool) -> None:
        match token.kind:
            case "money":
                self.amounts.append(Amount(token.value, token.unit, token.role, token.tax))
            case "percent":
                self.percents.append(Share(token.value, words, about))
            case "count":
                self.counts.append(Count(token.value, token.unit, words, about))
            case "time":
                self.clocks.add(int(token.value))
            case "year":
                self.years.add(int(token.value))
            case "date":
                self._written_date(token, about)
            case _ if quotable:
                self._promise(token)

    def _written_date(self, token: Token, about: frozenset[str]) -> None:
        day = token.day
        if day is None or day.day is None:
            return
        if day.year is None or day.month is None:
            self.partial.add((day.month, day.day))
            return
        try:
            self.days.append(Known(date(day.year, day.month, day.day), token.edge, about))
        except ValueError:
            return

    def _promise(self, token: Token) -> None:
        """A discount or deal in the words of an offer; a customer's own words never make one."""
        match token.kind:
            case "off":
                (self.extras if token.role == "extra" else self.offs).add(token.value)
            case "cut":
                self.cuts.add((token.value, token.unit))
            case "deal":
                self.deals.add((token.value, token.more))
            case "times":
                self.times.add(token.value)

    @property
    def told(self) -> Told:
        """What is known at all, by the name of the collection it lies in."""
        return tuple((name, known) for name in COLLECTIONS if (known := getattr(self, name)))

    def beside(self, more: Iterable[Told]) -> "Truths":
        """These truths and more; what nothing is added to is shared, since truths are never changed once they stand."""
        whole, own = copy(self), set[str]()
        for told in more:
            for name, values in told:
                if name not in own:
                    own.add(name)
                    setattr(whole, name, getattr(whole, name).copy())
                mine = getattr(whole, name)
                mine.extend(values) if isinstance(mine, list) else mine.update(values)
        return whole


COLLECTIONS = tuple(one.name for one in fields(Truths) if one.name != "currency")
