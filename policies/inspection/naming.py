"""Naming: what the name of a fact says of its value: battery_hours, points_expire, shipping_fee."""

import functools
import re
from decimal import Decimal
from typing import Literal, NamedTuple

from policies.inspection.counts import DAY
from policies.inspection.token import Role

Kind = Literal["percent", "times", "money", "count"]


class Measure(NamedTuple):
    """How a bare number is to be read."""

    kind: Kind
    unit: str | None = None
    factor: Decimal = Decimal(1)


SAID: tuple[tuple[str, Kind, str | None, str], ...] = (
    (r"percent|pct|rate\b|share|ratio", "percent", None, "1"),
    (r"hours?\b", "count", "second", "3600"),
    (r"minutes?\b|\bmins?\b", "count", "second", "60"),
    (r"seconds?\b", "count", "second", "1"),
    (r"weeks?\b", "count", "second", str(7 * DAY)),
    (r"years?\b", "count", "month", "12"),
    (r"months?\b", "count", "month", "1"),
    (r"\bdays?\b|nights?\b", "count", "second", str(DAY)),
    (r"points?\b", "count", "point", "1"),
    (r"\bkg\b|kilogram", "count", "gram", "1000"),
    (r"\bmg\b|milligram", "count", "gram", "0.001"),
    (r"\bg\b|\bgrams?\b", "count", "gram", "1"),
    (r"\boz\b|ounces?\b", "count", "ounce", "1"),
    (r"\blbs?\b", "count", "pound", "1"),
    (r"\binch(?:es)?\b", "count", "inch", "1"),
    (r"\bmah\b", "count", "mah", "1"),
    (r"\bkcal\b|\bcalories\b", "count", "kcal", "1"),
    (r"\bwatts?\b|\bw\b", "count", "watt", "1"),
    (r"\bml\b|millilit", "count", "litre", "0.001"),
    (r"\bl\b|\blit(?:er|re)s?\b", "count", "litre", "1"),
    (r"\bmm\b", "count", "metre", "0.001"),
    (r"\bcm\b", "count", "metre", "0.01"),
    (r"\bm\b|\bmet(?:er|re)s?\b", "count", "metre", "1"),
    (
        r"price|fee\b|cost|yen|amount|spend|charge|fare|gap|balance|deposit|minimum|threshold|worth|total|credit|value"
        r"|\bover\b|monthly"
        r"|installment|cash ?back|voucher|reward|bonus|coupon|discount|saving",
        "money",
        None,
        "1",
    ),
    (r"times\b|multipl|double", "times", None, "1"),
)
MEASURES = tuple((re.compile(said), Measure(kind, unit, Decimal(factor))) for said, kind, unit, factor in SAID)
ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"month|instal"), "monthly"),
    (re.compile(r"cash ?back|voucher|reward|bonus"), "back"),
    (re.compile(r"coupon|discount|saving"), "extra"),
    (re.compile(r"\bover\b|minimum|threshold|at least"), "floor"),
    (re.compile(r"shipping|delivery|postage"), "shipping"),
    (re.compile(r"gap|to next|needed|remaining"), "gap"),
    (re.compile(r"regular|original|list|msrp|rrp|normal|before|was"), "was"),
    (re.compile(r"price"), "price"),
)
YEAR = re.compile(r"year\b|since|founded|established|vintage|born")
LISTED = {
    "color": "color colors colour colours shades 色",
    "colour": "color colors colour colours shades 色",
    "size": "size sizes サイズ",
    "flavor": "flavor flavors flavour flavours 味種",
    "flavour": "flavor flavors flavour flavours 味種",
    "scent": "scent scents 香種",
}
"""What the things that a fact lists are counted in."""
LIST_MARK = re.compile(r"\s?[、,・/]\s?")
EARLIEST, LATEST = 1000, 2200
END = re.compile(r"until|end|expire|expiry|deadline|close|last|hold|arrive|by\b|due")
START = re.compile(r"start|begin|open|from|release|launch|since")


def _words(name: str) -> str:
    return name.lower().replace("_", " ")


@functools.lru_cache(maxsize=1024)
def measure_of(name: str) -> Measure:
    """What a bare number under this name measures."""
    low = _words(name)
    return next((measure for pattern, measure in MEASURES if pattern.search(low)), Measure("count"))


@functools.lru_cache(maxsize=4096)
def noun_of(word: str) -> str:
    """A word without its plural, for comparing what is counted."""
    low = word.lower()
    return low[:-3] + "y" if low.endswith("ies") else low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def listed(name: str, value: str) -> tuple[int, str] | None:
    """How many things a fact lists (colors: white, sand), with the words they are counted in."""
    counted = LISTED.get(noun_of(name))
    return (len(LIST_MARK.split(value)), counted) if counted else None


def is_year(name: str, value: Decimal) -> bool:
    """Whether a number under this name is a year of the calendar: harvest_year 2026, founded 1904."""
    return EARLIEST <= value <= LATEST and bool(YEAR.search(_words(name)))


@functools.lru_cache(maxsize=1024)
def role_of(name: str) -> Role | None:
    """What an amount under this name is of."""
    low = _words(name)
    return next((role for pattern, role in ROLES if pattern.search(low)), None)


@functools.lru_cache(maxsize=1024)
def edge_of(name: str) -> Literal["start", "end"] | None:
    """Whether a date under this name is an end, or a start."""
    low = _words(name)
    return "end" if END.search(low) else "start" if START.search(low) else None
