"""Folding: what a predicate still asks once the message is fixed and only the customers vary."""

from policies.facts import Action, Situation
from policies.kleene import Truth, verdict
from policies.predicate import (
    CONSENTED,
    CUSTOMER_ID,
    DAYS_SINCE_ORDER,
    FALSE,
    TRUE,
    Always,
    And,
    Dates,
    Full,
    Holidays,
    Hours,
    Is,
    Leaf,
    Not,
    Or,
    Predicate,
    Share,
    Surely,
    all_of,
    any_of,
    attribute,
)
from policies.tally import Spent

UNKNOWN: Predicate = Is(attribute(""))
"""A fact that nobody has: unknown for every customer, as TRUE and FALSE are true and false for every customer."""


def constant(truth: Truth) -> Predicate:
    """The predicate that has this truth for every customer."""
    return UNKNOWN if truth is None else TRUE if truth else FALSE


def varies(leaf: Leaf) -> bool:
    """Whether the leaf may differ from customer to customer while the message stays the same."""
    match leaf:
        case Always() | Spent():
            return False
        case Full(most=most):
            return most > 0
        case Hours() | Dates() | Holidays() | Share():
            return True
        case _:
            return leaf.field.side == "s" or leaf.field in (CONSENTED, CUSTOMER_ID, DAYS_SINCE_ORDER)


def fold(predicate: Predicate, s: Situation, a: Action) -> Predicate:
    """The predicate with everything decided that `a` and the house decide; `s` lends nothing but the house's counts."""
    match predicate:
        case And(parts):
            return all_of(*(fold(part, s, a) for part in parts))
        case Or(parts):
            return any_of(*(fold(part, s, a) for part in parts))
        case Not(part):
            return _negated(fold(part, s, a))
        case Surely(part):
            return _sure(fold(part, s, a))
        case _ if predicate == UNKNOWN or varies(predicate):
            return predicate
        case _:
            return constant(verdict(predicate, s, a))


def _negated(part: Predicate) -> Predicate:
    if isinstance(part, Always):
        return Always(not part.value)
    return UNKNOWN if part == UNKNOWN else Not(part)


def _sure(part: Predicate) -> Predicate:
    if isinstance(part, Always):
        return part
    return FALSE if part == UNKNOWN else Surely(part)
