"""Equivalence: whether two sets of rules forbid the same, as far as it can be proven."""

from collections.abc import Sequence

from policies.analysis.box import Box, Fact
from policies.analysis.lowering import Lowered, lowered
from policies.analysis.strictness import kept, same
from policies.rules import AnyRule

MOST_PIECES = 64
"""Pieces of what one side forbids that are followed before the question is given up."""


def equivalent(one: Sequence[AnyRule], other: Sequence[AnyRule]) -> bool | None:
    """Whether both forbid, and wish for, the same: True and False where it is proven, None where it is not."""
    mine, theirs = [_plain(rule) for rule in one], [_plain(rule) for rule in other]
    wishes = _same_wishes([rule for rule in mine if _soft(rule)], [rule for rule in theirs if _soft(rule)])
    first = lowered([rule for rule in mine if not _soft(rule)])
    second = lowered([rule for rule in theirs if not _soft(rule)])
    verdicts = [wishes, _kept(first, second), _kept(second, first)]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _soft(rule: AnyRule) -> bool:
    return rule.severity == "soft"


def _same_wishes(one: Sequence[AnyRule], other: Sequence[AnyRule]) -> bool:
    """Whether each wish has its like on the other side."""
    return all(any(same(mine, theirs) for theirs in other) for mine in one) and all(
        any(same(mine, theirs) for theirs in one) for mine in other
    )


def _plain(rule: AnyRule) -> AnyRule:
    """A rule under one name for all, so that only its meaning is compared: what counts, counts under its name."""
    return rule.model_copy(update={"id": "rule", "layer": "directive"})


def _kept(one: Sequence[Lowered], other: Sequence[Lowered]) -> bool | None:
    """Whether all that one side forbids is forbidden by the other."""
    verdicts = [True if kept(mine, other, exact=False) else _escapes(mine, other) for mine in one]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _escapes(mine: Lowered, other: Sequence[Lowered]) -> bool | None:
    """False where some of what the rule surely forbids may surely pass the others; None where nobody can say."""
    if not mine.hard:
        return False if all(theirs.rule.kind != mine.rule.kind for theirs in other) else None
    if mine.must is None or any(theirs.hard and theirs.may is None for theirs in other):
        return None
    against = [box for theirs in other if theirs.hard for box in theirs.may or ()]
    if _counts(mine.must) != _counts(against):
        return None if _counts(mine.must) and _counts(against) else False
    left = list(mine.must)
    for box in against:
        left = [piece for part in left for piece in part.minus(box)]
        if len(left) > MOST_PIECES:
            return None
    return False if left else None


def _counts(among: Sequence[Box]) -> frozenset[Fact]:
    """What is counted: two counts may reach their limits together, which boxes cannot rule out."""
    return frozenset(fact for box in among for fact in box.parts if fact.name == "count")
