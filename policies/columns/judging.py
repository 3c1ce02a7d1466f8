"""Judging: a book of rules over a whole base, a column of yes or no for each rule."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

import polars as pl

from policies.columns.base import Base
from policies.columns.folding import UNKNOWN, fold
from policies.columns.leaves import answered
from policies.facts import Action
from policies.predicate import Always, And, Not, Or, Predicate, Surely
from policies.rule import Rule


def judged(rules: Sequence[Rule], base: Base, a: Action) -> pl.DataFrame:
    """For each rule before copy whether it is violated by this message to each customer, under its id.

    A hard rule is violated unless it is known not to be, a soft one only where it surely is: as at the mask.
    """
    return pl.DataFrame({rule.id: column(violated(rule, base, a), base.size) for rule in rules if acts(rule)})


def broken_for(row: int, rules: Sequence[Rule], base: Base, a: Action) -> frozenset[str]:
    """The ids of the rules that one customer's message violates."""
    told = ((rule.id, violated(rule, base, a)) for rule in rules if acts(rule))
    return frozenset(name for name, verdict in told if (verdict if isinstance(verdict, bool) else verdict[row]))


def forbidden(rules: Sequence[Rule], base: Base, a: Action) -> pl.Series:
    """To whom the hard rules forbid this message."""
    found = pl.repeat(False, base.size, dtype=pl.Boolean, eager=True)
    for rule in rules:
        if rule.severity == "hard" and acts(rule):
            verdict = violated(rule, base, a)
            if verdict is True:
                return column(True, base.size)
            if verdict is not False:
                found = found | verdict
    return found


def acts(rule: Rule) -> bool:
    """Whether the rule is asked before there are words."""
    return "mask" in rule.stations


def violated(rule: Rule, base: Base, a: Action) -> bool | pl.Series:
    """Who may not get the message because of this rule; one word where that is everybody or nobody."""
    left = fold(rule.violation(), base.anybody, a)
    hard = rule.severity == "hard"
    if isinstance(left, Always):
        return left.value
    return hard if left == UNKNOWN else truth(left, base, a).fill_null(hard)


def truth(predicate: Predicate, base: Base, a: Action) -> pl.Series:
    """The predicate for every customer, in Kleene's logic, which is also that of columns with nulls."""
    match predicate:
        case And(parts):
            return reduce(and_, (truth(part, base, a) for part in parts))
        case Or(parts):
            return reduce(or_, (truth(part, base, a) for part in parts))
        case Not(part):
            return ~truth(part, base, a)
        case Surely(part):
            return truth(part, base, a).fill_null(False)
        case Always(value):
            return column(value, base.size)
        case _:
            return answered(base, predicate, a)


def column(values: bool | pl.Series, size: int) -> pl.Series:
    """A column, also of one word."""
    return pl.repeat(values, size, dtype=pl.Boolean, eager=True) if isinstance(values, bool) else values


def those(predicate: Predicate, base: Base, a: Action) -> pl.Series:
    """The customers for whom the predicate is known to hold."""
    left = fold(predicate, base.anybody, a)
    return column(False, base.size) if left == UNKNOWN else truth(left, base, a).fill_null(False)
