"""Standing: where two rules speak of the same messages, which of them decides; always the stricter one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policies.analysis.lowering import Lowered, lowered
from policies.analysis.shadow import covers
from policies.rules import AnyRule
from policies.stricter import loosened

Winner = Literal["own", "other", "both"]
MOST = 20
"""How many meetings are told; the first are the narrowest."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Two rules that meet, and which of them decides there; `whole` where one leaves the other nothing at all."""

    own: AnyRule
    other: AnyRule
    wins: Winner
    whole: bool


def standings(own: Sequence[AnyRule], others: Sequence[AnyRule]) -> tuple[Standing, ...]:
    """Where new rules meet rules that are there already."""
    mine, theirs = lowered([one for one in own if _hard(one)]), lowered([one for one in others if _hard(one)])
    found = [standing for one in mine for other in theirs for standing in _meeting(one, other)]
    found.sort(key=lambda standing: (not standing.whole, standing.other.layer != "law"))
    return tuple(found[:MOST])


def _hard(rule: AnyRule) -> bool:
    return rule.severity == "hard"


def _meeting(own: Lowered, other: Lowered) -> Iterator[Standing]:
    alike = own.rule.kind == other.rule.kind
    over, under = covers(other, own), covers(own, other)
    if over or under:
        wins: Winner = "both" if over and under else "other" if over else "own"
        if alike or over:
            yield Standing(own.rule, other.rule, wins, True)
    elif alike and _meet(own, other):
        yield Standing(own.rule, other.rule, _where_they_meet(own.rule, other.rule), False)


def _meet(own: Lowered, other: Lowered) -> bool:
    """Whether some message may fall under both."""
    return any(one.meet(box) is not None for one in own.may or () for box in other.may or ())


def _where_they_meet(own: AnyRule, other: AnyRule) -> Winner:
    """Which of two rules of one type asks more, wherever both apply."""
    here = own.model_copy(
        update={"scope": other.scope, "valid_from": other.valid_from, "valid_until": other.valid_until}
    )
    there = {"layer": "directive"}
    mine, theirs = here.model_copy(update=there), other.model_copy(update=there)
    stricter, looser = not loosened(theirs, mine), not loosened(mine, theirs)
    if stricter == looser:
        return "both"
    return "own" if stricter else "other"
