"""Lowering: each rule once as boxes, for every question that is asked of the set."""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.analysis.box import Box, TooMany, boxes
from policies.rules import AnyRule


@dataclass(frozen=True, slots=True, eq=False)
class Lowered:
    """A rule with the boxes in which it may, and in which it surely does, forbid; None where they are too many."""

    rule: AnyRule
    place: int
    may: tuple[Box, ...] | None
    must: tuple[Box, ...] | None

    @property
    def hard(self) -> bool:
        """Whether it forbids before there are words."""
        return self.rule.severity == "hard" and "mask" in self.rule.stations


def lowered(rules: Sequence[AnyRule]) -> tuple[Lowered, ...]:
    """Every rule as boxes, in order."""
    return tuple(Lowered(rule, place, _boxes(rule, True), _boxes(rule, False)) for place, rule in enumerate(rules))


def _boxes(rule: AnyRule, may: bool) -> tuple[Box, ...] | None:
    try:
        return boxes(rule.violation(), may=may)
    except TooMany:
        return None
