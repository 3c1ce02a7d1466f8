"""Strictness: whether a new set of rules gives up anything that the old one forbade."""

import importlib
import importlib.util
from collections.abc import Sequence

from policies.analysis.lowering import Lowered, lowered
from policies.analysis.shadow import covers, inside
from policies.rules import AnyRule

EXACT = importlib.util.find_spec("z3") is not None
"""Whether the exact solver is installed (extra `analysis`); without it what the boxes cannot decide counts as lost."""


def loosened(old: Sequence[AnyRule], new: Sequence[AnyRule]) -> tuple[str, ...]:
    """The ids of hard rules of `old` whose protection may be lost in `new`; empty where `new` is at least as strict."""
    before = [one for one in lowered(old) if one.rule.severity == "hard"]
    after = [one for one in lowered(new) if one.rule.severity == "hard"]
    return tuple(one.rule.id for one in before if not kept(one, after))


def stricter(old: Sequence[AnyRule], new: Sequence[AnyRule]) -> bool:
    """Whether `new` forbids everything that `old` forbids."""
    return not loosened(old, new)


def kept(one: Lowered, after: Sequence[Lowered], *, exact: bool = EXACT) -> bool:
    """Whether the new rules surely forbid all that the rule forbids; the exact solver may take seconds."""
    if any(same(one.rule, other.rule) or covers(other, one) for other in after):
        return True
    if not one.hard:
        return False
    return _together(one, after) or (exact and _exactly(one.rule, [other.rule for other in after if other.hard]))


def same(one: AnyRule, other: AnyRule) -> bool:
    """Whether two rules forbid the same: nothing but words for people tells them apart."""
    for_people = {"name", "note", "owner", "source", "on_block", "id", "better"}
    told = one.model_dump(exclude=for_people), other.model_dump(exclude=for_people)
    return one.kind == other.kind and told[0] == told[1] and one.violation() == other.violation()


def _together(one: Lowered, after: Sequence[Lowered]) -> bool:
    """Whether each part of what the rule forbids is forbidden by some rule."""
    if one.may is None:
        return False
    others = [box for other in after if other.hard for box in other.may or ()]
    return all(inside(box, others) for box in one.may)


def _exactly(rule: AnyRule, others: Sequence[AnyRule]) -> bool:
    solver = importlib.import_module("policies.analysis.solver")
    return bool(solver.implies(rule, others))
