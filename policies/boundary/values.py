"""Values: for a constraint on one fact, one that fits and those that lie around its bounds."""

from collections.abc import Iterator
from decimal import Decimal

from domain.channel import Channel, Purpose
from domain.features import NEVER
from policies.analysis.audience import USUAL, is_attribute
from policies.analysis.box import NATURAL, Fact
from policies.analysis.constraint import Constraint, Marks, Range, Some

LIKELY: dict[str, tuple[object, ...]] = {
    "channel": ("email", "line", "push", "sms", "app", "web", "ad", "signage", "call"),
    "purpose": ("marketing", "transactional", "service"),
    "stage": ("active", "new", "loyal", "dormant", "at_risk", "churned", "prospect"),
    "tier": ("regular", "silver", "gold", "premium"),
    "kind": ("product", "coupon", "article", "event", "service", "tutorial", "case_study"),
    "currency": ("JPY", "USD"),
    "message_language": ("ja", "en"),
    "language": ("ja", "en", "zh", "fr"),
    "country": ("JP", "US", "DE", "FR"),
    "category": ("coat", "food"),
}
"""What is tried first where several values fit."""
USUAL_NUMBERS = {
    "age": 35,
    "days_since_order": 5,
    "percent_off": 10,
    "price": 5000,
    "margin_percent": 30,
    "audience_size": 100,
}
STEPS: dict[str, tuple[Decimal, Decimal]] = {
    "percent_off": (Decimal(1), Decimal("0.5")),
    "margin_percent": (Decimal(1), Decimal(1)),
    "sample": (Decimal("0.01"), Decimal("0.01")),
}
"""How far inside and outside a bound the next value is taken, where that is not one."""
WHOLE = frozenset(("age", "days_since_order", "audience_size"))
TRUTHS = frozenset(("pushed", "in_stock", "approved", "reference_proven", "consented"))
UNSET = object()
"""The fact is left out, or not known."""


def fitting(fact: Fact, part: Constraint) -> object | None:
    """A value that fits; UNSET where none is needed, None where none is found."""
    match part:
        case Marks(needs, without):
            if any(not need - without for need in needs):
                return None
            return frozenset(min(need - without) for need in needs) if needs else UNSET
        case Some():
            return _choice(fact, part)
        case Range():
            return _number(fact, part)
        case _:
            return None


def _choice(fact: Fact, part: Some) -> object | None:
    if part.null or (fact.name == "scene" and part.inverted):
        return UNSET
    if fact.name == "offer" or fact.name in TRUTHS or (part.values and part.values <= {True, False}):
        return next((one for one in (True, False) if _in(one, part)), None)
    choices = (*LIKELY.get(fact.name, ()), *USUAL.get(fact.name, ()), *sorted(part.values, key=str), "other")
    return next((one for one in choices if _in(one, part)), None)


def _in(one: object, part: Some) -> bool:
    return (one in part.values) is not part.inverted


def _number(fact: Fact, part: Range) -> object | None:
    if part.null:
        return UNSET
    return next(_within(fact, part), None)


def _within(fact: Fact, part: Range) -> Iterator[object]:
    if isinstance(part.low, str) or isinstance(part.high, str):
        texts = (part.low, part.high, "m")
        yield from (text for text in texts if text is not None and part.includes(Range(text, text)))
        return
    usual = Decimal(USUAL_NUMBERS.get(fact.name, 1))
    low, high = (None if bound is None else Decimal(str(bound)) for bound in (part.low, part.high))
    tried = [usual] if not is_attribute(fact) else []
    bounds = [[low, low + 1] if low is not None else [], [high, high - 1] if high is not None else []]
    natural = NATURAL.get(fact.name, Range()).low
    for pair in reversed(bounds) if part.low == natural else bounds:
        tried += pair
    tried += [(low + high) / 2] if low is not None and high is not None else [usual]
    for value in tried:
        if part.includes(Range(value, value)) and not (fact.name in WHOLE and value % 1):
            yield plain(fact, value)


def around(fact: Fact, part: Constraint) -> Iterator[object]:
    """The values on both sides of each bound, in order: a few at most."""
    match part:
        case Range(low, high) if not isinstance(low, str) and not isinstance(high, str):
            natural = NATURAL.get(fact.name, Range())
            for bound, least, up in ((low, natural.low, True), (high, natural.high, False)):
                if bound == NEVER and fact.name == "days_since_order":
                    yield NEVER
                elif bound is not None and bound != least:
                    yield from _near(fact, Decimal(str(bound)), up=up)
        case Marks(needs, without):
            marks = sorted({min(need) for need in needs})[:2] + sorted(without)[:2]
            yield from (frozenset((mark,)) for mark in marks)
            yield frozenset()
        case Some(values):
            yield from _sides(fact, part, values)


def straddling(fact: Fact, part: Constraint) -> Iterator[object]:
    """The values right beside each bound, one that fits and one that does not."""
    if not isinstance(part, Range):
        return
    values = list(around(fact, part))
    fits = [part.includes(Range(value, value)) for value in values]  # type: ignore[arg-type]  # numbers
    beside = [place for place in range(len(values) - 1) if fits[place] is not fits[place + 1]]
    for place in sorted({*beside, *(place + 1 for place in beside)}):
        yield values[place]


def _near(fact: Fact, bound: Decimal, *, up: bool) -> Iterator[object]:
    inner, outer = STEPS.get(fact.name, (Decimal(1), Decimal(1)))
    if fact.name in WHOLE:
        whole = int(bound)
        values = [Decimal(one) for one in ((whole - 1, whole, whole + 1) if bound == whole else (whole, whole + 1))]
    else:
        values = [bound - (outer if up else inner), bound, bound + (inner if up else outer)]
    for value in values:
        if value >= 0 or is_attribute(fact) or fact.name == "margin_percent":
            yield plain(fact, value)


def _sides(fact: Fact, part: Some, values: frozenset[object]) -> Iterator[object]:
    if fact.name in TRUTHS or (values and values <= {True, False}):
        yield from (True, False)
        return
    choices = (*LIKELY.get(fact.name, ()), *USUAL.get(fact.name, ()), "other")
    order = {value: place for place, value in enumerate(choices)}
    yield from sorted(values, key=lambda one: (order.get(one, 99), str(one)))[:2]
    outside = next((one for one in choices if one not in values), None)
    if outside is not None:
        yield outside


def plain(fact: Fact, value: Decimal) -> object:
    """The value in the type in which such a fact is kept."""
    if fact.name in WHOLE:
        return int(value)
    if fact.name == "sample":
        return float(value)
    if is_attribute(fact):
        return int(value) if value == int(value) else float(value)
    return value


def typed(name: str, value: object) -> object:
    """The word as the vocabulary has it."""
    if name == "channel":
        return Channel(str(value))
    return Purpose(str(value)) if name == "purpose" else value
