"""Typical settings: a usual customer and message inside the scope of a rule, outside all that it excepts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from policies.analysis.audience import is_attribute
from policies.analysis.box import TODAY, Box, Fact, TooMany, boxes
from policies.analysis.constraint import Constraint, Marks, Range, Some
from policies.boundary.setting import Setting
from policies.boundary.values import UNSET, fitting, typed
from policies.facts import Home
from policies.kleene import verdict
from policies.predicate import Predicate
from policies.zones import known_zone

TEN = time(10)
MOST_TRIED = 24
UNSAID = frozenset(("channel", "purpose", "pushed", "day", "clock"))
"""What the words for a message say anyway."""


@dataclass(frozen=True)
class Typical:
    """A setting, and the names of the facts that it was chosen for."""

    setting: Setting
    mention: frozenset[str]
    box: Box


def typical(wanted: Predicate, home: Home, today: date) -> Iterator[Typical]:
    """Settings in which the predicate surely holds, the simplest first."""
    try:
        found = boxes(wanted, may=False)
    except TooMany:
        return
    for box in found[:MOST_TRIED]:
        built = _built(box, home, today)
        if built is not None and built.setting.possible and verdict(wanted, *built.setting.facts()) is True:
            yield built


def _built(box: Box, home: Home, today: date) -> Typical | None:
    day = _day(box.parts.get(TODAY), today)
    if day is None:
        return None
    setting: Setting | None = Setting(home, at_home(day, TEN, home))
    mention: set[str] = set()
    for fact, part in sorted(box.parts.items(), key=_order):
        if fact.name in ("day", "clock", "count", "spent", "share", "holiday"):
            continue
        value = fitting(fact, part)
        if value is None:
            return None
        if value is not UNSET:
            setting = placed(setting, fact, value) if setting is not None else None
        if value is not UNSET or isinstance(part, Marks):
            mention |= {name_in(fact), *absent(fact, part)}
    return None if setting is None else Typical(setting, frozenset(mention) - UNSAID, box)


def _order(item: tuple[Fact, Constraint]) -> tuple[bool, str]:
    """Channel and purpose first: consent is looked up under them; the offer itself before its lines."""
    return item[0].name not in ("channel", "purpose", "offer"), item[0].name


def _day(part: Constraint | None, today: date) -> date | None:
    """The first day from tomorrow on that fits, else the last."""
    tomorrow = today.toordinal() + 1
    if not isinstance(part, Range) or part.nothing:
        return None if isinstance(part, Some) else date.fromordinal(tomorrow)
    low = tomorrow if part.low is None else max(tomorrow, int(part.low) + part.above)
    high = low if part.high is None else min(low, int(part.high) - part.below)
    return date.fromordinal(high) if high > 0 else None


def placed(setting: Setting, fact: Fact, value: object) -> Setting | None:
    """The setting with one fact set; None where it cannot be set by itself."""
    return setting.placed(fact.name, typed(fact.name, value), attribute=is_attribute(fact))


def absent(fact: Fact, part: Constraint) -> set[str]:
    """The marks that words speak of where they are not there."""
    if not isinstance(part, Marks):
        return set()
    return {f"{fact.name}: {mark}" for mark in part.without.union(*part.needs)}


def name_in(fact: Fact) -> str:
    """The name under which words speak of a fact."""
    return f"attribute {fact.name}" if is_attribute(fact) else fact.name


def at_home(day: date, clock: time, home: Home) -> datetime:
    """A wall-clock time at home."""
    return datetime.combine(day, clock, known_zone(home.timezone))
