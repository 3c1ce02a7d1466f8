"""Constraints: which values of one fact are meant, with unknown as a value of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal
Bound = Number | str
WEEK = 7 * 24 * 60
ALWAYS = (1 << WEEK) - 1


@dataclass(frozen=True, slots=True)
class Some:
    """One of the values, or, `inverted`, any other."""

    values: frozenset[object]
    inverted: bool = False
    null: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is meant."""
        return not (self.values or self.inverted or self.null)

    @property
    def all(self) -> bool:
        """Whether everything is meant."""
        return self.inverted and not self.values and self.null

    def meet(self, other: "Some") -> "Some":
        """What both mean."""
        null = self.null and other.null
        if self.inverted and other.inverted:
            return Some(self.values | other.values, True, null)
        if self.inverted:
            return Some(other.values - self.values, False, null)
        kept = self.values - other.values if other.inverted else self.values & other.values
        return Some(kept, False, null)

    def includes(self, other: "Some") -> bool:
        """Whether all that the other means is meant here."""
        if other.null and not self.null:
            return False
        if other.inverted:
            return self.inverted and self.values <= other.values
        return other.values.isdisjoint(self.values) if self.inverted else other.values <= self.values

    def opposites(self) -> Iterator["Some"]:
        """All else, in pieces."""
        yield Some(self.values, not self.inverted, not self.null)


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers (or texts) from `low` to `high`; None is no bound, and `nothing` means no number at all."""

    low: Bound | None = None
    high: Bound | None = None
    above: bool = False
    """Whether `low` itself is left out."""
    below: bool = False
    """Whether `high` itself is left out."""
    null: bool = False
    nothing: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is meant, not even unknown."""
        return self.nothing and not self.null

    @property
    def all(self) -> bool:
        """Whether everything is meant."""
        return self.low is None and self.high is None and self.null and not self.nothing

    def meet(self, other: "Range") -> "Range":
        """What both mean."""
        null = self.null and other.null
        if self.nothing or other.nothing:
            return Range(null=null, nothing=True)
        low, above = _higher(self.low, self.above, other.low, other.above)
        high, below = _lower(self.high, self.below, other.high, other.below)
        if low is not None and high is not None and (_less(high, low) or (low == high and (above or below))):
            return Range(null=null, nothing=True)
        return Range(low, high, above, below, null)

    def includes(self, other: "Range") -> bool:
        """Whether all that the other means is meant here."""
        if other.null and not self.null:
            return False
        return other.nothing or (not self.nothing and _from(self, other) and _up_to(self, other))

    def opposites(self) -> Iterator["Range"]:
        """All else, in pieces."""
        null = not self.null
        if self.nothing:
            yield Range(null=null)
            return
        if self.low is None and self.high is None:
            yield Range(null=null, nothing=True)
            return
        if self.low is not None:
            yield Range(None, self.low, False, not self.above, null)
        if self.high is not None:
            yield Range(self.high, None, not self.below, False, null and self.low is None)


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes of the week, as bits from Monday midnight; `windows` are the daily windows that they were cut from.

    Where the zone is unknown the clocks of several zones are read: each of the windows is met by one of them, not
    necessarily by the same one.
    """

    minutes: int
    null: bool = False
    windows: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no time is meant."""
        return not self.minutes and not self.null

    @property
    def all(self) -> bool:
        """Whether every time is meant."""
        return self.minutes == ALWAYS and self.null

    def meet(self, other: "Clock") -> "Clock":
        """The times that both mean."""
        return Clock(self.minutes & other.minutes, self.null and other.null, self.cut | other.cut)

    def includes(self, other: "Clock") -> bool:
        """Whether all times that the other means are meant here."""
        if other.minutes & ~self.minutes:
            return False
        return not other.null or (self.null and all(any(not one & ~mine for one in other.cut) for mine in self.cut))

    def opposites(self) -> Iterator["Clock"]:
        """All other times."""
        yield Clock(ALWAYS & ~self.minutes, not self.null)

    @property
    def cut(self) -> frozenset[int]:
        """The windows that were cut."""
        return self.windows or frozenset({self.minutes})


@dataclass(frozen=True, slots=True)
class Marks:
    """Sets of tags: with at least one of each of `needs`, and none of `without`."""

    needs: frozenset[frozenset[str]] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no set fits."""
        return any(need <= self.without for need in self.needs)

    @property
    def all(self) -> bool:
        """Whether every set fits."""
        return not self.needs and not self.without

    def meet(self, other: "Marks") -> "Marks":
        """The sets that fit both."""
        return Marks(self.needs | other.needs, self.without | other.without)

    def includes(self, other: "Marks") -> bool:
        """Whether every set that fits the other fits here."""
        kept = [need - other.without for need in other.needs]
        return self.without <= other.without and all(any(one <= need for one in kept) for need in self.needs)

    def opposites(self) -> Iterator["Marks"]:
        """All other sets, in pieces."""
        for need in sorted(self.needs, key=sorted):
            yield Marks(without=need)
        if self.without:
            yield Marks(needs=frozenset({self.without}))


Constraint = Some | Range | Clock | Marks


def met(one: Constraint, other: Constraint) -> Constraint:
    """What two constraints on the same fact mean together."""
    return one.meet(other)  # type: ignore[arg-type]  # a fact has constraints of one kind


def included(outer: Constraint, inner: Constraint) -> bool:
    """Whether `outer` means everything that `inner` means."""
    return outer.includes(inner)  # type: ignore[arg-type]  # a fact has constraints of one kind


def _less(one: Bound, other: Bound) -> bool:
    return one < other  # type: ignore[operator]  # a fact is of one kind


def _from(outer: Range, inner: Range) -> bool:
    """Whether the inner range begins no lower."""
    if outer.low is None or inner.low is None:
        return outer.low is None
    return _less(outer.low, inner.low) or (inner.low == outer.low and (inner.above or not outer.above))


def _up_to(outer: Range, inner: Range) -> bool:
    """Whether the inner range ends no higher."""
    if outer.high is None or inner.high is None:
        return outer.high is None
    return _less(inner.high, outer.high) or (inner.high == outer.high and (inner.below or not outer.below))


def _higher(one: Bound | None, one_out: bool, other: Bound | None, other_out: bool) -> tuple[Bound | None, bool]:
    if one is None or other is None:
        return (other, other_out) if one is None else (one, one_out)
    if one == other:
        return one, one_out or other_out
    return (one, one_out) if _less(other, one) else (other, other_out)


def _lower(one: Bound | None, one_out: bool, other: Bound | None, other_out: bool) -> tuple[Bound | None, bool]:
    if one is None or other is None:
        return (other, other_out) if one is None else (one, one_out)
    if one == other:
        return one, one_out or other_out
    return (one, one_out) if _less(one, other) else (other, other_out)
