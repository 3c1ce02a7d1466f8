"""Translation: our predicates in the languages of other engines, for facts that are all known.

Neither engine counts messages or reads clocks: counts and the local time are computed here and handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.predicate import (
    Always,
    And,
    Compare,
    Full,
    Hours,
    Is,
    Known,
    Leaf,
    Not,
    OneOf,
    Or,
    Overlaps,
    Predicate,
    Surely,
    leaves,
)
from policies.rules import AnyRule

Counters = Mapping[Full, str]
CENTS = 100
PLAIN = ("stage", "tier", "age", "gender", "country", "region", "language", "channel", "purpose", "pushed", "scene")
OF_OFFERS = ("kind", "category", "brand", "offer_id", "in_stock", "currency", "percent_off", "amount_off", "price")


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language says what differs."""

    fact: Callable[[str], str]
    overlaps: Callable[[str, str], str]
    among: Callable[[str, str], str]
    has: Callable[[str], str]


CEDAR = Tongue(
    fact=lambda name: f"context.{name}",
    overlaps=lambda held, values: f"{held}.containsAny({values})",
    among=lambda found, values: f"{values}.contains({found})",
    has=lambda name: f"context has {name}",
)
CEL = Tongue(
    fact=lambda name: name,
    overlaps=lambda held, values: f"{held}.exists(one, one in {values})",
    among=lambda found, values: f"{found} in {values}",
    has=lambda name: f"{name} != null",
)


def counters(rules: Sequence[AnyRule]) -> Counters:
    """A name for every count that the rules ask for."""
    asked = [leaf for rule in rules for leaf in leaves(rule.violation()) if isinstance(leaf, Full)]
    return {leaf: f"full_{place}" for place, leaf in enumerate(dict.fromkeys(asked))}


def cedar(rules: Sequence[AnyRule], counts: Counters) -> str:
    """The rules as a Cedar policy set: one permit, and one forbid a rule."""
    conditions = [said(rule.violation(), CEDAR, counts) for rule in rules]
    forbids = [f"forbid (principal, action, resource) when {{ {condition} }};" for condition in conditions]
    return "\n".join(["permit (principal, action, resource);", *forbids])


def cel_of(rules: Sequence[AnyRule], counts: Counters) -> str:
    """The rules as one CEL expression: a list with a truth for each."""
    return "[" + ", ".join(said(rule.violation(), CEL, counts) for rule in rules) + "]"


def said(predicate: Predicate, tongue: Tongue, counts: Counters) -> str:
    """The predicate in another language."""
    match predicate:
        case And(parts):
            return "(" + " && ".join(said(part, tongue, counts) for part in parts) + ")"
        case Or(parts):
            return "(" + " || ".join(said(part, tongue, counts) for part in parts) + ")"
        case Not(part):
            return f"!({said(part, tongue, counts)})"
        case Surely(part):
            return said(part, tongue, counts)
        case Always(value):
            return str(value).lower()
        case _:
            return _leaf(predicate, tongue, counts)


def _leaf(leaf: Leaf, tongue: Tongue, counts: Counters) -> str:
    match leaf:
        case Hours(start, end, days):
            return _hours(tongue, start, end, days)
        case Full(most=most):
            return f"{tongue.fact(counts[leaf])} >= {most}"
        case Compare(one, operator, value):
            return f"{tongue.fact(one.name)} {operator} {_number(one.name, value)}"
        case OneOf(one, values):
            return tongue.among(tongue.fact(one.name), _listed(values))
        case Overlaps(one, values):
            return tongue.overlaps(tongue.fact(one.name), _listed(values))
        case Is(one):
            return tongue.fact(one.name)
        case Known(one):
            return tongue.has(one.name)
        case _:
            raise ValueError(f"{leaf} is not translated")


def _hours(tongue: Tongue, start: int, end: int, days: frozenset[int]) -> str:
    minute, weekday = tongue.fact("minute"), tongue.fact("weekday")
    on_day = tongue.among(weekday, str(sorted(days)))
    day_after = tongue.among(weekday, str(sorted((day + 1) % 7 for day in days)))
    if start < end:
        return f"({minute} >= {start} && {minute} < {end} && {on_day})"
    return f"(({minute} >= {start} && {on_day}) || ({minute} < {end} && {day_after}))"


def _number(name: str, value: object) -> str:
    """Cedar has whole numbers only: percentages are in hundredths."""
    if name == "percent_off":
        return str(int(Decimal(str(value)) * CENTS))
    if isinstance(value, bool | str):
        return str(value).lower() if isinstance(value, bool) else f'"{value}"'
    return str(int(float(str(value))))


def _listed(values: frozenset[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in sorted(str(one) for one in values)) + "]"


def context_of(s: Situation, a: Action, counts: Counters) -> dict[str, object]:
    """The facts of a request as plain data."""
    facts: dict[str, object] = {
        name: _plain(getattr(s, name, None) if hasattr(s, name) else getattr(a, name)) for name in PLAIN
    }
    facts |= {name: _plain(getattr(a, name)) for name in OF_OFFERS}
    facts |= {
        "percent_off": int((a.percent_off or 0) * CENTS),
        "amount_off": int(a.amount_off or 0),
        "price": int(a.price or 0),
    }
    facts |= {"tags": sorted(s.tags), "segments": sorted(s.segments), "consented": bool(a.consented), "offer": "o"}
    facts |= {name: value for name, value in s.attributes.items()}
    facts |= {"minute": a.locals[0].minute, "weekday": a.locals[0].weekday}
    return facts | {name: counted(leaf, s, a) for leaf, name in counts.items()}


def counted(leaf: Full, s: Situation, a: Action) -> int:
    """How many messages the fullest window that contains the action holds."""
    most = 0
    while verdict(Full(leaf.counting, leaf.window, most + 1), s, a):
        most += 1
    return most


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else int(value) if isinstance(value, Decimal) else value
