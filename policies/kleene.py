"""Kleene: the slow and plain evaluator, a walk over the predicate that any reader can check by eye.

It is the yardstick of the generated code and the evaluator of the independent checker.
"""

import functools
from collections.abc import Iterable
from decimal import Decimal

from policies.facts import NOTHING, Action, Situation, fraction
from policies.holidays_of import is_holiday
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
)
from policies.tally import Spent
from policies.windows import calendar_full, calendar_spans, rolling_full
from policies.zones import MINUTE, LocalTime

Truth = bool | None


def verdict(predicate: Predicate, s: Situation, a: Action | None) -> Truth:
    """True, False, or None where the facts do not say."""
    match predicate:
        case And(parts):
            return conjunction(verdict(part, s, a) for part in parts)
        case Or(parts):
            return negation(conjunction(negation(verdict(part, s, a)) for part in parts))
        case Not(part):
            return negation(verdict(part, s, a))
        case Surely(part):
            return verdict(part, s, a) is True
        case _:
            return _leaf(predicate, s, a)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """And: false if any is false, else unknown if any is unknown."""
    seen = set(truths)
    return False if False in seen else None if None in seen else True


def negation(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return None if truth is None else not truth


def agreed(truths: Iterable[bool]) -> Truth:
    """What holds in every possible zone; unknown where the zones differ."""
    seen = set(truths)
    return seen.pop() if len(seen) == 1 else None


def _leaf(leaf: Leaf, s: Situation, a: Action | None) -> Truth:
    match leaf:
        case Always(value):
            return value
        case Hours() | Dates() | Holidays() | Full() | Spent():
            return _timed(leaf, s, _given(a))
        case Share(salt, share):
            return chosen(s.customer_id, salt, share)
        case _:
            return _about(leaf, s, a)


def _about(leaf: Compare | OneOf | Overlaps | Is | Known, s: Situation, a: Action | None) -> Truth:
    match leaf:
        case Known(field):
            return _value(field, s, a) is not None
        case Overlaps(field, values):
            held = _value(field, s, a)
            return isinstance(held, frozenset) and bool(held & values)
        case Compare(field, operator, value):
            return compared(_value(field, s, a), operator, value)
        case OneOf(field, values):
            found = _value(field, s, a)
            return found in values if found is not None else None if field.nullable else False
        case Is(field):
            truth = _value(field, s, a)
            return truth if isinstance(truth, bool) else None


def _timed(leaf: Timed, s: Situation, a: Action) -> Truth:
    match leaf:
        case Spent():
            return spent(leaf, s, a)
        case Holidays(country):
            calendars = s.calendars if country is None else (country,)
            shown = {is_holiday(one, local.ordinal) for local in a.locals for one in calendars}
            return shown.pop() if len(shown) == 1 else None
        case Hours(start, end, days):
            return agreed(within_hours(local, start, end, days) for local in a.locals)
        case Dates(first, last):
            return agreed(within_dates(local, first, last) for local in a.locals)
        case Full(counting, window, most) if window.kind == "rolling":
            return rolling_full(s.times(counting), a.micros, window.micros, most)
        case Full(counting, _, most):
            spans = calendar_spans(leaf.zones(a.zones), leaf.calendar, a.micros // MINUTE)
            return agreed(calendar_full(s.times(counting), zone, most) for zone in spans)


def _given(a: Action | None) -> Action:
    if a is None:
        raise ValueError("this predicate asks about an action. Evaluate it at the mask.")
    return a


def _value(field: Field, s: Situation, a: Action | None) -> object:
    if field.attribute:
        return s.attributes.get(field.name)
    if field == DAYS_SINCE_ORDER:
        return s.days_since_order(_given(a).micros)
    return getattr(s if field.side == "s" else _given(a), field.name)


def within_hours(local: LocalTime, start: int, end: int, days: frozenset[int]) -> bool:
    """Whether a wall clock stands within the window that begins on one of `days`."""
    if start < end:
        return start <= local.minute < end and local.weekday in days
    began_today = local.minute >= start and local.weekday in days
    began_yesterday = local.minute < end and (local.weekday - 1) % 7 in days
    return began_today or began_yesterday


def within_dates(local: LocalTime, first: int | None, last: int | None) -> bool:
    """Whether a wall calendar shows a day from `first` to `last`."""
    return (first is None or first <= local.ordinal) and (last is None or local.ordinal <= last)


@functools.lru_cache(maxsize=65_536)
def chosen(customer_id: str | None, salt: str, share: float) -> Truth:
    """Whether the customer belongs to a share of all."""
    return None if customer_id is None else fraction(salt, customer_id) < share


def spent(leaf: Spent, s: Situation, a: Action) -> Truth:
    """Whether the action would take a counter over its limit."""
    added = leaf.added(a.amount_off)
    if s.tallies is None or added is None:
        return None
    return s.tallies.get(leaf.tally.key(a.micros, a.home.timezone), NOTHING) + added > leaf.most


def compared(found: object, operator: str, value: Constant) -> Truth:
    """The comparison, or None where the two cannot be compared."""
    if isinstance(found, bool) or isinstance(value, bool):
        return found is value if operator == "==" and type(found) is type(value) else None
    if isinstance(found, str) and isinstance(value, str):
        return _ordered((found > value) - (found < value), operator)
    if isinstance(found, int | float | Decimal) and isinstance(value, int | float | Decimal):
        if found != found:
            return None
        return _ordered((found > value) - (found < value), operator)
    return None


def _ordered(sign: int, operator: str) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "==": sign == 0}[operator]
