"""Boxes: a predicate as a union of boxes, each a constraint on every fact that it asks about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

from policies.analysis.constraint import WEEK, Clock, Constraint, Marks, Range, Some, included, met
from policies.analysis.implication import implies
from policies.predicate import (
    MESSAGE_LANGUAGE,
    Always,
    And,
    Compare,
    Dates,
    Field,
    Full,
    Holidays,
    Hours,
    Is,
    Known,
    Leaf,
    Not,
    OneOf,
    Or,
    Overlaps,
    Predicate,
    Share,
    Surely,
)
from policies.tally import Spent

MOST_BOXES = 512
DAY_MINUTES = 24 * 60
NUMBERS = frozenset(
    ("age", "days_since_order", "percent_off", "amount_off", "price", "margin_percent", "sample", "audience_size")
)
NATURAL = {
    "age": Range(0, 130, null=True),
    "sample": Range(0, 1, below=True, null=True),
    **dict.fromkeys(("days_since_order", "percent_off", "amount_off", "price", "audience_size"), Range(0, null=True)),
}
"""What such numbers can be at all."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a constraint is about: a field, the clock, the day, a holiday, a count, a draw or a counter."""

    name: str
    about: object = None


CLOCK, TODAY = Fact("clock"), Fact("day")


class TooMany(ValueError):
    """A predicate has more boxes than are looked at."""


@dataclass(frozen=True)
class Box:
    """All constraints hold at once; a fact without one may be anything."""

    parts: Mapping[Fact, Constraint] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(frozenset(self.parts.items()))

    def meet(self, other: "Box") -> "Box | None":
        """What lies in both; None where nothing does."""
        if len(other.parts) > len(self.parts):
            return other.meet(self)
        parts = dict(self.parts)
        for fact, constraint in other.parts.items():
            both = met(parts[fact], constraint) if fact in parts else constraint
            if both.empty:
                return None
            parts[fact] = both
        return Box(parts)

    def within(self, other: "Box") -> bool:
        """Whether all of this box lies in the other."""
        return all(
            (fact in self.parts and included(constraint, self.parts[fact]))
            or _counted_elsewhere(self, fact, constraint)
            for fact, constraint in other.parts.items()
        )

    def minus(self, other: "Box") -> Iterator["Box"]:
        """What of this box lies outside the other, in boxes that do not overlap."""
        if self.meet(other) is None:
            yield self
            return
        rest = self
        for fact, constraint in other.parts.items():
            for piece in constraint.opposites():
                outside = rest.meet(Box({fact: _possible(fact, piece)}))
                if outside is not None:
                    yield outside
            inside = rest.meet(Box({fact: constraint}))
            if inside is None:
                return
            rest = inside

    def of(self, facts: frozenset[str]) -> "Box":
        """The constraints on some facts alone."""
        return Box({fact: part for fact, part in self.parts.items() if fact.name in facts})


ANYTHING = Box()


def boxes(predicate: Predicate, *, may: bool) -> tuple[Box, ...]:
    """Where the predicate may hold (`may`: is not known to be false), or is known to hold; raises TooMany."""
    return tuple(_boxes(predicate, may, True))


def _boxes(predicate: Predicate, may: bool, wanted: bool) -> list[Box]:
    match predicate:
        case Not(part):
            return _boxes(part, not may, not wanted)
        case Surely(part):
            return _boxes(part, False, wanted)
        case And(parts):
            return _all(parts, may, wanted) if wanted else _any(parts, may, wanted)
        case Or(parts):
            return _any(parts, may, wanted) if wanted else _all(parts, may, wanted)
        case Always(value):
            return [ANYTHING] if value == wanted else []
        case Full(most=0):
            return [ANYTHING] if wanted else []
        case _:
            return _of_leaf(predicate, may, wanted)


def _any(parts: Sequence[Predicate], may: bool, wanted: bool) -> list[Box]:
    return _few([box for part in parts for box in _boxes(part, may, wanted)])


def _all(parts: Sequence[Predicate], may: bool, wanted: bool) -> list[Box]:
    def join(found: list[Box], part: Predicate) -> list[Box]:
        pairs = [one.meet(other) for one in found for other in (_boxes(part, may, wanted) if found else ())]
        return _few([both for both in pairs if both is not None])

    return reduce(join, parts, [ANYTHING])


def _few(found: list[Box]) -> list[Box]:
    if len(found) > MOST_BOXES:
        raise TooMany
    return found


def _of_leaf(leaf: Leaf, may: bool, wanted: bool) -> list[Box]:
    fact, constraint = lowered(leaf, may)
    pieces = [constraint] if wanted else constraint.opposites()
    kept = [_possible(fact, piece) for piece in pieces]
    return [Box({} if _is_no_limit(fact, piece) else {fact: piece}) for piece in kept if not piece.empty]


def _possible(fact: Fact, constraint: Constraint) -> Constraint:
    """The constraint, as far as such a fact can be."""
    natural = _natural(fact)
    return constraint if natural is None else met(natural, constraint)


def _is_no_limit(fact: Fact, constraint: Constraint) -> bool:
    natural = _natural(fact)
    return constraint.all or (natural is not None and included(constraint, natural))


def lowered(leaf: Leaf, may: bool) -> tuple[Fact, Constraint]:
    """The fact that a leaf is about, and where it holds; unknown facts count where it `may`."""
    match leaf:
        case Hours(start, end, days):
            return CLOCK, Clock(week(start, end, days), may)
        case Dates(first, last):
            return TODAY, Range(first, last, null=may)
        case Holidays(country):
            return Fact("holiday", country), Some(frozenset({True}), null=may)
        case Share(salt, share):
            return Fact("share", salt), Range(None, share, below=True, null=may)
        case Spent(tally, most, adds, rate):
            return Fact("spent", (tally, adds, rate)), Range(most, above=True, null=may)
        case Full(counting, window, most):
            unsure = may and window.kind == "calendar" and window.zone == "customer" and window.fallback is None
            return Fact("count", (counting, window)), Range(most, null=unsure)
        case Known(one):
            everything = Range() if one.name in NUMBERS and not one.attribute else Some(frozenset(), inverted=True)
            return _fact(one, "held"), everything
        case _:
            return _of_field(leaf, may)


def _of_field(leaf: Leaf, may: bool) -> tuple[Fact, Constraint]:
    match leaf:
        case Overlaps(one, values):
            return _fact(one, "marks"), Marks(frozenset({values}))
        case Is(one):
            return _fact(one, "truth"), Some(frozenset({True}), null=may)
        case OneOf(one, values):
            return _fact(one, "text"), Some(frozenset(str(value) for value in values), null=may and one.nullable)
        case Compare(one, _, bool(value)):
            return _fact(one, "truth"), Some(frozenset({value}), null=may)
        case Compare(one, operator, value):
            kind = "text in order" if isinstance(value, str) else "number"
            return _fact(one, kind), _range(operator, value, may)
        case _:
            raise ValueError(f"{leaf} has no box")


def _fact(one: Field, kind: str) -> Fact:
    """A free attribute may be of any type: what is said of it as a number says nothing of it as a text."""
    return Fact(one.name, ("attribute", kind)) if one.attribute else Fact(name_of(one))


def name_of(one: Field) -> str:
    """The name of a fact; customer and message both have a language."""
    return "message_language" if one == MESSAGE_LANGUAGE else one.name


def _range(operator: str, value: str | int | float | Decimal, null: bool) -> Range:
    match operator:
        case "<" | "<=":
            return Range(None, value, below=operator == "<", null=null)
        case ">" | ">=":
            return Range(value, None, above=operator == ">", null=null)
        case _:
            return Range(value, value, null=null)


def _natural(fact: Fact) -> Range | None:
    if fact.name == "share":
        return NATURAL["sample"]
    return None if isinstance(fact.about, tuple) else NATURAL.get(fact.name)


def week(start: int, end: int, days: frozenset[int]) -> int:
    """The minutes of the week in a daily window that begins on some days, over midnight where `end` is not later."""
    length = end - start if start < end else end - start + DAY_MINUTES
    minutes = 0
    for day in days:
        first = day * DAY_MINUTES + start
        window = ((1 << length) - 1) << first
        minutes |= (window & ((1 << WEEK) - 1)) | (window >> WEEK)
    return minutes


def _counted_elsewhere(box: Box, fact: Fact, constraint: Constraint) -> bool:
    """Whether a cap is surely reached because a narrower one in the box is."""
    if fact.name != "count" or not isinstance(constraint, Range):
        return False
    return any(
        other.name == "count" and isinstance(part, Range) and implies(other.about, part, fact.about, constraint)
        for other, part in box.parts.items()
    )
