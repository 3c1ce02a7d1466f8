"""Binding: a predicate put to the solver with the facts of one customer and one message."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from policies.analysis.solver import MARKS, READINGS, World, answer, fraction
from policies.facts import NOTHING, Action, Situation
from policies.facts import fraction as drawn
from policies.kleene import Truth, verdict
from policies.predicate import Full, Holidays, Predicate, leaves
from policies.tally import Spent, Tally
from policies.windows import Counting, Window

DAY = 24 * 60


def covered(predicate: Predicate, a: Action) -> bool:
    """Whether the solver can be asked: it reads three clocks, and takes holidays as one answer for all of them."""
    days = {local.ordinal for local in a.locals}
    return len(a.locals) <= len(READINGS) and (
        len(days) == 1 or not any(isinstance(leaf, Holidays) for leaf in leaves(predicate))
    )


def solved(predicate: Predicate, s: Situation, a: Action) -> Truth:
    """What the solver says of the predicate for these facts."""
    world = World()
    may, must = world.formula(predicate, True), world.formula(predicate, False)
    facts = [fact for key in list(world.made) for fact in _bound(world, key, s, a)]
    if str(answer(world, [may, *facts])) == "unsat":
        return False
    return True if str(answer(world, [must, *facts])) == "sat" else None


def _bound(world: World, key: object, s: Situation, a: Action) -> Iterator[object]:
    """Equations for one unknown of the solver."""
    unknown = world.made[key]
    match key:
        case ("null", inner):
            yield unknown == (_value(inner, s, a) is None)
        case ("clock", int(number)):
            local = a.locals[min(number, len(a.locals) - 1)]
            yield unknown == local.weekday * DAY + local.minute
        case ("day", int(number)):
            days = sorted({local.ordinal for local in a.locals})
            yield unknown == days[min(number, len(days) - 1)]
        case ("count", Counting() as counting, Window() as window):
            yield unknown == _counted(Full(counting, window, 0), s, a, sure=False)
        case ("least", "count", Counting() as counting, Window() as window):
            yield unknown == _counted(Full(counting, window, 0), s, a, sure=True)
        case (str(name), "holds", str(mark)):
            yield unknown == (mark in (getattr(s, name) if name in MARKS else getattr(a, name)))
        case _:
            yield from _equal(world, unknown, _value(key, s, a))


def _equal(world: World, unknown: object, value: object) -> Iterator[object]:
    sort = str(getattr(unknown, "sort")())  # noqa: B009  # the solver's own types are not known to us
    if value is None:
        return
    if sort == "Int":
        yield unknown == world.code(str(value))
    elif sort == "Real":
        yield unknown == fraction(Fraction(value) if isinstance(value, float) else value)
    else:
        yield unknown == value


def _value(key: object, s: Situation, a: Action) -> object:
    match key:
        case ("attribute", str(name), str(kind)):
            return _of_kind(s.attributes.get(name), kind)
        case ("holiday", country):
            return verdict(Holidays(None if country is None else str(country)), s, a)
        case ("share", salt):
            return None if s.customer_id is None else Decimal(drawn(str(salt), s.customer_id))
        case ("spent", Tally() as tally, adds, Decimal() as rate):
            added = Spent(tally, NOTHING, adds, rate).added(a.amount_off)  # type: ignore[arg-type]  # as it was put in
            if s.tallies is None or added is None:
                return None
            return s.tallies.get(tally.key(a.micros, a.home.timezone), NOTHING) + added
        case str(name):
            return _named(name, s, a)
        case _:
            raise ValueError(f"{key} is no fact")


def _named(name: str, s: Situation, a: Action) -> object:
    if name == "days_since_order":
        return s.days_since_order(a.micros)
    if name == "message_language":
        return a.language
    return getattr(s if hasattr(s, name) else a, name)


def _of_kind(value: object, kind: str) -> object:
    """A free attribute as far as it is of the kind asked for."""
    if kind == "held":
        return value
    if isinstance(value, bool):
        return value if kind == "truth" else None
    if isinstance(value, str):
        return value if kind.startswith("text") else None
    number = isinstance(value, int | float) and value == value
    return Decimal(str(value)) if number and kind == "number" else None


def _counted(full: Full, s: Situation, a: Action, *, sure: bool) -> int:
    """How many messages the window holds, in all calendars (`sure`) or in the fullest of them."""
    most = 0
    while True:
        truth = verdict(Full(full.counting, full.window, most + 1), s, a)
        if truth is False or (sure and truth is None):
            return most
        most += 1
