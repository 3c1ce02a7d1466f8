"""Python from predicates: one readable function per station that tests every rule in about a microsecond.

Each predicate is emitted twice over: `may` is true unless it is known to be false (hard rules), `must` only if it is
known to be true (soft rules). Negation swaps the two, which is exactly Kleene's logic pushed to the leaves.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from policies.facts import Action, Situation
from policies.holidays_of import is_holiday
from policies.kleene import chosen, compared, spent, within_dates, within_hours
from policies.predicate import (
    DAYS_SINCE_ORDER,
    Always,
    And,
    Compare,
    Constant,
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
    Timed,
    fields,
)
from policies.tally import Spent
from policies.windows import CalendarWindow, calendar_full, calendar_spans, rolling_full
from policies.zones import MINUTE, LocalTime

PURPOSE_FIRST = re.compile(r"purpose == '(\w+)'(?= and |$)")
OFTEN = 3
"""Conditions that begin with the same purpose before it gets a name."""
Test = Callable[[Situation, Action | None], int]


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule to compile: its bit, its name for the reader, and its predicate."""

    bit: int
    name: str
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Compiled:
    """The function and the source it came from."""

    test: Test
    source: str


def compile_station(station: str, clauses: Sequence[Clause], *, certain: bool = False) -> Compiled:
    """The function of a station: the bits of all clauses that may be violated, or, if `certain`, that surely are."""
    writer = Writer(may=not certain)
    written = [(clause, writer.text(clause.predicate, writer.may)) for clause in clauses]
    used = {leaf for clause in clauses for leaf in fields(clause.predicate) if not leaf.attribute}
    lines = [
        f"def {station}(s, a):",
        f'    """Sets the bit of each rule that {"is" if certain else "may be"} violated."""',
    ]
    lines += [f"    {local_name(one)} = {_read(one)}" for one in sorted(used, key=lambda one: (one.side, one.name))]
    shared = _shared([condition for _, condition in written])
    lines += [f"    {name} = {text}" for text, name in shared.items()]
    lines += ["    bits = 0"]
    for clause, whole in written:
        condition = next((name + whole[len(text) :] for text, name in shared.items() if whole.startswith(text)), whole)
        lines += [f"    # {clause.name}", f"    if {condition}:", f"        bits |= {1 << clause.bit:#x}"]
    lines += ["    return bits", ""]
    source = "\n".join(lines)
    scope = dict(writer.names)
    exec(compile(source, f"<rules at {station}>", "exec"), scope)  # the text holds only our own words and repr()s
    return Compiled(cast(Test, scope[station]), source)


def _read(one: Field) -> str:
    """Where a fact is read."""
    return "s.days_since_order(a.micros)" if one == DAYS_SINCE_ORDER else f"{one.side}.{one.name}"


def _shared(conditions: Sequence[str]) -> dict[str, str]:
    """The purposes that many conditions begin with, each under a name, so that it is compared once."""
    begun = Counter(found[1] for condition in conditions if (found := PURPOSE_FIRST.match(condition)))
    return {f"purpose == '{purpose}'": f"is_{purpose}" for purpose, count in begun.items() if count >= OFTEN}


@dataclass(slots=True)
class Writer:
    """Turns predicates into expressions and keeps the constants they name."""

    may: bool
    names: dict[str, object] = field(
        default_factory=lambda: {
            "Decimal": Decimal,
            "compares": compares,
            "in_hours": in_hours,
            "on_dates": on_dates,
            "on_holiday": on_holiday,
            "in_share": in_share,
            "over": over,
            "rolling_full": rolling_full,
            "calendar_full_in": calendar_full_in,
        }
    )

    def text(self, predicate: Predicate, may: bool) -> str:
        """The expression that is true unless known false (`may`), or only if known true."""
        match predicate:
            case And(parts):
                return " and ".join(self._nested(part, may, Or) for part in parts)
            case Or(parts):
                return " or ".join(self._nested(part, may, And) for part in parts)
            case Not(Known(one)):
                return f"{self._fact(one)} is None"
            case Not(part):
                return f"not ({self.text(part, not may)})"
            case Surely(part):
                return f"({self.text(part, False)})"
            case _:
                return self._leaf(predicate, may)

    def _nested(self, part: Predicate, may: bool, weaker: type[And] | type[Or]) -> str:
        text = self.text(part, may)
        return f"({text})" if isinstance(part, weaker) else text

    def _leaf(self, leaf: Leaf, may: bool) -> str:
        match leaf:
            case Always(value):
                return str(value)
            case Share(salt, share):
                return f"in_share(s.customer_id, {salt!r}, {share!r}, {may})"
            case Hours() | Dates() | Holidays() | Full() | Spent():
                return self._timed(leaf, may)
            case _:
                return self._about(leaf, may)

    def _timed(self, leaf: Timed, may: bool) -> str:
        match leaf:
            case Hours(start, end, days):
                return f"in_hours(a.locals, {start}, {end}, {self._name('DAYS', days)}, {may})"
            case Dates(first, last):
                return f"on_dates(a.locals, {first}, {last}, {may})"
            case Holidays(country):
                calendars = "s.calendars" if country is None else repr((country,))
                return f"on_holiday(a.locals, {calendars}, {may})"
            case Spent():
                return f"over({self._name('SPENT', leaf)}, s, a, {may})"
            case Full():
                return self._full(leaf, may)

    def _about(self, leaf: Compare | OneOf | Overlaps | Is | Known, may: bool) -> str:
        match leaf:
            case Known(one):
                return f"{self._fact(one)} is not None"
            case Overlaps(one, values):
                return f"not {self._fact(one)}.isdisjoint({self._constants(values)})"
            case Is(one):
                return self._maybe(one, may, self._fact(one))
            case OneOf(one, values):
                return self._maybe(one, may, self._member(one, values))
            case Compare(one, operator, value):
                return self._compare(one, operator, value, may)

    def _full(self, leaf: Full, may: bool) -> str:
        # Nothing counts where nothing was sent, and then nothing is full but what takes nothing at all.
        sent = "s.contacts and " if leaf.most else ""
        times = f"s.times({self._name('COUNTED', leaf.counting)})"
        if leaf.window.kind == "rolling":
            return f"{sent}rolling_full({times}, a.micros, {leaf.window.micros}, {leaf.most})"
        zones = "a.zones" if leaf.zone is None else repr((leaf.zone,))
        if leaf.zone is None and leaf.window.fallback is not None:
            zones = f"(a.zones if len(a.zones) == 1 else {(leaf.window.fallback,)!r})"
        calendar = self._name("CALENDAR", leaf.calendar)
        return f"{sent}calendar_full_in({zones}, {calendar}, {times}, a.micros, {leaf.most}, {may})"

    def _compare(self, one: Field, operator: str, value: Constant, may: bool) -> str:
        if one.attribute:
            return f"compares({self._fact(one)}, {operator!r}, {value!r}, {may})"
        return self._maybe(one, may, f"{self._fact(one)} {operator} {self._constant(value)}")

    def _maybe(self, one: Field, may: bool, test: str) -> str:
        if not one.nullable:
            return test
        unknown = f"{self._fact(one)} is None or " if may else f"{self._fact(one)} is not None and "
        return f"({unknown}{test})"

    def _member(self, one: Field, values: frozenset[str]) -> str:
        if len(values) == 1:
            return f"{self._fact(one)} == {str(next(iter(values)))!r}"
        return f"{self._fact(one)} in {{{self._listed(values)}}}" if values else "False"

    def _fact(self, one: Field) -> str:
        return f"s.attributes.get({one.name!r})" if one.attribute else local_name(one)

    def _constants(self, values: frozenset[str]) -> str:
        return f"({self._listed(values)},)" if values else "()"

    def _listed(self, values: frozenset[str]) -> str:
        return ", ".join(sorted(repr(str(value)) for value in values))

    def _constant(self, value: Constant) -> str:
        return self._name("AMOUNT", value) if isinstance(value, Decimal) else repr(value)

    def _name(self, kind: str, value: object) -> str:
        for name, held in self.names.items():
            if name.startswith(kind) and held == value:
                return name
        name = f"{kind}_{sum(name.startswith(kind) for name in self.names)}"
        self.names[name] = value
        return name


def local_name(one: Field) -> str:
    """The variable of a fact; one that the action has under the same name is told apart."""
    shared = one.side == "s" and one.name in Action.__dataclass_fields__
    return f"customer_{one.name}" if shared else one.name


def in_hours(locals: Sequence[LocalTime], start: int, end: int, days: frozenset[int], may: bool) -> bool:
    """Whether the wall clock stands within the window in some (`may`) or all of the possible zones."""
    if len(locals) == 1:
        return within_hours(locals[0], start, end, days)
    inside = [within_hours(local, start, end, days) for local in locals]
    return any(inside) if may else all(inside)


def on_dates(locals: Sequence[LocalTime], first: int | None, last: int | None, may: bool) -> bool:
    """Whether the calendar shows such a day in some (`may`) or all of the possible zones."""
    inside = [within_dates(local, first, last) for local in locals]
    return any(inside) if may else all(inside)


def on_holiday(locals: Sequence[LocalTime], calendars: Sequence[str], may: bool) -> bool:
    """Whether it is a national holiday in some (`may`) or all of the possible zones and countries."""
    if len(locals) == len(calendars) == 1:
        truth = is_holiday(calendars[0], locals[0].ordinal)
        return may if truth is None else truth
    shown = [is_holiday(one, local.ordinal) for local in locals for one in calendars]
    return any(day is not False for day in shown) or not shown if may else bool(shown) and all(shown)


def in_share(customer_id: str | None, salt: str, share: float, may: bool) -> bool:
    """Whether the customer belongs to a share of all; a customer without an id may."""
    truth = chosen(customer_id, salt, share)
    return may if truth is None else truth


def over(leaf: Spent, s: Situation, a: Action, may: bool) -> bool:
    """Whether the action would take a counter over its limit; counters that were not read may be full."""
    truth = spent(leaf, s, a)
    return may if truth is None else truth


def calendar_full_in(
    zones: tuple[str, ...], window: CalendarWindow, times: Sequence[int], at: int, most: int, may: bool
) -> bool:
    """Whether the calendar window is full in some (`may`) or all of the possible zones."""
    if len(times) < most:
        return False
    full = [calendar_full(times, spans, most) for spans in calendar_spans(zones, window, at // MINUTE)]
    return any(full) if may else all(full)


def compares(found: object, operator: str, value: Constant, may: bool) -> bool:
    """A comparison with a free attribute, which may be missing or of another type."""
    truth = compared(found, operator, value)
    return may if truth is None else truth
