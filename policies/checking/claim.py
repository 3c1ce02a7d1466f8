"""A claim: one figure that a line states."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

BESIDE = 32
"""How far around a figure its meaning is looked for."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure: what it claims, its number, and for calendar days their parts."""

    kind: str
    text: str
    value: Decimal = Decimal(0)
    unit: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    until: bool = False


Reader = Callable[[re.Match[str], str], Claim | None]
"""Reads a match in its line; None says that the figure claims nothing."""

Kind = tuple[str, Reader]


def before(match: re.Match[str], text: str) -> str:
    """What stands right before a figure."""
    return text[max(0, match.start() - BESIDE) : match.start()]


def after(match: re.Match[str], text: str) -> str:
    """What stands right after a figure."""
    return text[match.end() : match.end() + BESIDE]
