"""Audiences: the part of a box that is about the customer, as an example and as a question to the base."""

from collections.abc import Iterator, Mapping, Sequence

from domain.customer import Stage, Tier
from policies.analysis.box import Box, Fact
from policies.analysis.constraint import Constraint, Marks, Range, Some
from policies.predicate import (
    DAYS_SINCE_ORDER,
    Compare,
    Field,
    Known,
    Not,
    OneOf,
    Overlaps,
    Predicate,
    all_of,
    any_of,
)

CUSTOMER = frozenset(
    (
        *("stage", "tier", "age", "days_since_order", "gender", "country", "region", "language"),
        *("tags", "segments", "customer_id"),
    )
)
USUAL: Mapping[str, Sequence[str]] = {
    "stage": tuple(Stage),
    "tier": tuple(Tier),
    "gender": ("female", "male", "other"),
    "country": ("JP", "US", "DE", "FR"),
    "language": ("ja", "en"),
    "region": ("東京都", "大阪府"),
}
"""Values to try where a constraint only says what is not meant."""


def about_customer(fact: Fact) -> bool:
    """Whether the constraint is on the customer, as far as a profile tells."""
    return fact.name in CUSTOMER or is_attribute(fact)


def audience(box: Box) -> Box:
    """The customers of a box."""
    return Box({fact: part for fact, part in box.parts.items() if about_customer(fact)})


def known(box: Box) -> Box | None:
    """The part of a box where every fact of the customer is known; None where there is none."""
    parts = {fact: _without_null(part) for fact, part in box.parts.items()}
    return None if any(part.empty for part in parts.values()) else Box(parts)


def question(box: Box) -> Predicate:
    """The predicate that holds for the customers of a box."""
    return all_of(*(_asked(fact, part) for fact, part in sorted(box.parts.items(), key=str) if about_customer(fact)))


def example(box: Box) -> dict[str, object] | None:
    """A customer in the box as a profile would describe them, with only what matters; None where none is found."""
    found: dict[str, object] = {}
    for fact, part in box.parts.items():
        if not about_customer(fact):
            continue
        value = _instance(fact, part)
        if value is None:
            return None
        if is_attribute(fact):
            attributes = found.setdefault("attributes", {})
            if isinstance(attributes, dict):
                attributes[fact.name] = value
        else:
            found["id" if fact.name == "customer_id" else fact.name] = value
    return found


def is_attribute(fact: Fact) -> bool:
    """Whether the fact is one of the customer's free attributes."""
    return isinstance(fact.about, tuple) and len(fact.about) == 2 and fact.about[0] == "attribute"


def _without_null(part: Constraint) -> Constraint:
    if isinstance(part, Some):
        return Some(part.values, part.inverted)
    if isinstance(part, Range):
        return Range(part.low, part.high, part.above, part.below, False, part.nothing)
    return part


def _field(fact: Fact) -> Field:
    if fact.name == DAYS_SINCE_ORDER.name and not is_attribute(fact):
        return DAYS_SINCE_ORDER
    nullable = fact.name not in ("tags", "segments")
    return Field(fact.name, "s", nullable=nullable, attribute=is_attribute(fact))


def _asked(fact: Fact, part: Constraint) -> Predicate:
    field = _field(fact)
    if isinstance(part, Marks):
        needs = [Overlaps(field, need) for need in sorted(part.needs, key=sorted)]
        return all_of(*needs, *([Not(Overlaps(field, part.without))] if part.without else []))
    asked = _asked_of_value(field, part)
    return any_of(asked, Not(Known(field))) if part.null else asked


def _asked_of_value(field: Field, part: Constraint) -> Predicate:
    match part:
        case Some(values, inverted, _) if not values:
            return Known(field) if inverted else any_of()
        case Some(values, inverted, _) if values <= {True, False}:
            chosen = any_of(*(Compare(field, "==", bool(value)) for value in sorted(values, key=str)))
            return Not(chosen) if inverted else chosen
        case Some(values, inverted, _):
            one = OneOf(field, frozenset(str(value) for value in values))
            return all_of(Known(field), Not(one)) if inverted else one
        case Range(low, high, above, below, _, nothing):
            limits = [] if low is None else [Compare(field, ">" if above else ">=", low)]
            limits += [] if high is None else [Compare(field, "<" if below else "<=", high)]
            return any_of() if nothing else all_of(*limits, Known(field))
        case _:
            return all_of()


def _instance(fact: Fact, part: Constraint) -> object | None:
    match part:
        case Marks(needs, without):
            return sorted({min(need - without) for need in needs}) if all(need - without for need in needs) else None
        case Some(values, False, _):
            return min(values, key=str) if values else None
        case Some(values, True, _):
            choices = USUAL.get(fact.name, ("x", "y", "z"))
            return next((str(one) for one in choices if one not in values), None)
        case Range():
            return next(_values_in(part), None)
        case _:
            return None


def _values_in(part: Range) -> Iterator[object]:
    """Values to try, the bounds first."""
    if isinstance(part.low, str) or isinstance(part.high, str):
        texts = (part.low, part.high, "m")
        yield from (text for text in texts if text is not None and part.includes(Range(text, text)))
        return
    low, high = (None if bound is None else float(bound) for bound in (part.low, part.high))
    tried = [value for value in (low, high) if value is not None]
    tried += [low + 1] if low is not None else []
    tried += [high - 1] if high is not None else []
    tried.append(40.0 if low is None or high is None else (low + high) / 2)
    for value in tried:
        if part.includes(Range(value, value)):
            yield int(value) if value == int(value) else value
