"""A token: one figure in copy, and what it claims."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "money", "cut", "percent", "off", "deal", "times", "date", "weekday", "relative", "month", "year", "time", "count"
]
NOTHING = Decimal(0)


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
    deal: buy `value`, get `more`. times: a multiple. date, weekday, relative, month, year, time: of the calendar, a
    `deadline` where it says until when. count: any other number, with the unit that follows.
    """

    kind: Kind
    text: str
    value: Decimal = NOTHING
    unit: str | None = None
    more: Decimal = NOTHING
    day: Day | None = None
    deadline: bool = False
    role: Literal["was", "about"] | None = None
    near: tuple[str, ...] = ()
    """The words right beside a figure, which must belong to it in the fact as well."""


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
        """Up to two dozen characters before the match."""
        start = self.found.start()
        return self.line[max(0, start - 24) : start]

    @property
    def after(self) -> str:
        """Up to two dozen characters after the match."""
        end = self.found.end()
        return self.line[end : end + 24]


Reader = Callable[[Place], Token | None]
"""Reads a match; None says that the figure claims nothing."""

Pattern = tuple[str, str, Reader]
"""A name, the expression, and its reader. An expression begins with a numeral or with one of its own words."""
