"""Equivalence and standing: what is said of two rules holds in every situation that can be made up."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.analysis.equivalence import equivalent
from policies.analysis.standing import standings
from policies.document import RULE_TYPES
from policies.facts import Situation
from policies.kleene import verdict
from tests.policies.examples import rules_of
from tests.policies.strategies import actions, notes_of, situations

KINDS = sorted(kind for kind, model in RULE_TYPES.items() if "mask" in getattr(model, "stations"))  # noqa: B009
CAP: dict[str, Any] = {"type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}}


def rule(id: str = "one", **note: Any) -> Any:
    """A rule from its note."""
    return rules_of({"id": id, **note})[0]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), situations, st.data())
def test_rules_said_to_be_equivalent_forbid_the_same(kind: str, s: Situation, data: st.DataObject) -> None:
    one, other = (rule(name, **data.draw(notes_of(kind))) for name in ("one", "other"))
    assert equivalent([one], [one.model_copy(update={"id": "again"})]) is not False
    said = equivalent([one], [other])
    assert said == equivalent([other], [one])
    if said is True and one.severity == "hard":
        for a in (data.draw(actions(s)) for _ in range(4)):
            assert (verdict(one.violation(), s, a) is False) == (verdict(other.violation(), s, a) is False)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), situations, st.data())
def test_whoever_wins_whole_forbids_all_that_the_other_forbids(kind: str, s: Situation, data: st.DataObject) -> None:
    one, other = (rule(name, **data.draw(notes_of(kind))) for name in ("one", "other"))
    for standing in standings([one], [other]):
        pairs = {"own": (one, other), "other": (other, one)}
        if standing.wins not in pairs:
            continue
        stricter, looser = pairs[standing.wins]
        for a in (data.draw(actions(s)) for _ in range(4)):
            applies = standing.whole or verdict(stricter.applies(), s, a) is True
            if applies and verdict(looser.violation(), s, a) is True:
                assert verdict(stricter.violation(), s, a) is not False, standing


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (CAP, CAP, True),
        (CAP, {**CAP, "max": 3}, False),
        (CAP, {**CAP, "scope": {"channels": ["email"]}}, None),
        (CAP, {**CAP, "window": {"kind": "rolling", "unit": "month"}, "max": 9}, None),
        ({"type": "discount_ceiling", "max_percent": 10}, {"type": "discount_ceiling", "max_percent": 12}, False),
        ({"type": "channel_permit", "deny": ["sms"]}, {"type": "channel_permit", "deny": ["email"]}, False),
        ({"type": "forbidden_phrase", "phrases": ["a"]}, {"type": "forbidden_phrase", "phrases": ["a"]}, True),
        ({"type": "forbidden_phrase", "phrases": ["a"]}, CAP, False),
        ({"type": "tone", "styles": ["polite"]}, {"type": "tone", "styles": ["polite"]}, True),
        ({"type": "tone", "styles": ["polite"]}, CAP, False),
    ],
)
def test_equivalence_is_yes_no_or_not_known(one: dict[str, Any], other: dict[str, Any], said: bool | None) -> None:
    assert equivalent([rule("one", **one)], [rule("other", **other)]) is said


@pytest.mark.parametrize(
    ("own", "other", "wins", "whole"),
    [
        ({"max": 5, "scope": {"audience": {"tags": ["vip"]}}}, {"max": 2}, "other", True),
        ({"max": 1, "scope": {"audience": {"tags": ["vip"]}}}, {"max": 2}, "own", False),
        ({"max": 2}, {"max": 2}, "both", True),
        ({"max": 1}, {"max": 2}, "own", True),
        ({"scope": {"channels": ["email"]}}, {"max": 3, "scope": {"audience": {"tags": ["vip"]}}}, "own", False),
    ],
)
def test_the_stricter_of_two_limits_wins(own: dict[str, Any], other: dict[str, Any], wins: str, whole: bool) -> None:
    (standing,) = standings([rule("own", **{**CAP, **own})], [rule("other", **{**CAP, **other})])
    assert (standing.wins, standing.whole) == (wins, whole)


def test_a_ban_of_another_type_decides_over_a_limit_that_it_leaves_nothing_to() -> None:
    ban = rule("ban", type="channel_permit", deny=["sms"])
    (standing,) = standings([rule("cap", **{**CAP, "scope": {"channels": ["sms"]}})], [ban])
    assert (standing.wins, standing.whole) == ("other", True)
