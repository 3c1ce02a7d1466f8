"""A token: one figure in copy, and what it claims."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "money", "cut", "percent", "off", "deal", "times", "date", "span", "month", "year", "time", "count", "free"
]
Role = Literal["price", "was", "shipping", "gap", "extra", "monthly", "floor", "back"]
"""What an amount is of: what one pays, what it cost before, carriage, the way to a rank, what comes on top, what is
paid each month, what one must spend at least, or what one gets back."""
Fit = Literal["about", "share", "below", "above", "least", "range"]
"""How near a figure claims to be: rounded, a fraction word, at most, more than, at least, 2,000円台."""
NOTHING = Decimal(0)
WINDOW = 36
NO_TOPICS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One figure and what it claims to be.

    money: an amount in `unit`. cut: an amount taken off. percent, off: a percentage, and one taken off a price.
    deal: buy `value`, get `more`. times: a multiple. date, span (this weekend), month, year, time: of the calendar,
    an `edge` where it says from or until when. count: any other number, with the unit that follows. free: no charge.
    """

    kind: Kind
    text: str
    value: Decimal = NOTHING
    unit: str | None = None
    more: Decimal = NOTHING
    """Of a deal what comes free; of money for how many pieces it is asked."""
    day: Day | None = None
    edge: Literal["start", "end"] | None = None
    role: Role | None = None
    fit: Fit | None = None
    tax: bool | None = None
    """Whether the words beside an amount say that tax is in it."""
    near: tuple[str, ...] = ()
    """The words right beside a figure, which must belong to it in the fact as well."""
    topics: frozenset[str] = NO_TOPICS
    """What the clause around it speaks of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern matched, with the line around it."""

    found: re.Match[str]
    line: str

    def __getitem__(self, group: str) -> str | None:
        return self.found[group]

    @property
    def text(self) -> str:
        """The words that matched."""
        return self.found[0]

    @property
    def before(self) -> str:
        """Up to `WINDOW` characters before the match."""
        start = self.found.start()
        return self.line[max(0, start - WINDOW) : start]

    @property
    def after(self) -> str:
        """Up to `WINDOW` characters after the match."""
        end = self.found.end()
        return self.line[end : end + WINDOW]


Reader = Callable[[Place], Token | None]
"""Reads a match; None says that the figure claims nothing."""

Pattern = tuple[str, str, Reader]
"""A name, the expression, and its reader. An expression begins with a numeral or with one of its own words."""
