"""Columns: over a whole base the rules say what the plain walk says of each customer."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from domain.customer import Customer, Record
from policies.columns.base import Base
from policies.columns.folding import UNKNOWN, fold
from policies.columns.judging import acts, forbidden, judged
from policies.facts import Home, action_of, situation_of
from policies.kleene import verdict
from tests.policies.examples import rules_of
from tests.policies.frames import base_of, same_message
from tests.policies.strategies import actions, records, rule_sets, tallies

HOME = Home("JP", "Asia/Tokyo")


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(rule_sets, st.lists(records, min_size=1, max_size=8), tallies, st.data())
def test_columns_say_what_the_predicates_say(
    given_rules: list[dict[str, object]],
    people: list[Record],
    used: Mapping[str, Decimal] | None,
    data: st.DataObject,
) -> None:
    rules = rules_of(*given_rules)
    base = base_of(people, HOME, used)
    known = [situation_of(one, HOME, tallies=used) for one in people]
    for _ in range(2):
        a = data.draw(actions(known[0]))
        mine = [same_message(s, a) for s in known]
        told = judged(rules, base, a)
        for rule in rules:
            if not acts(rule):
                continue
            hard = rule.severity == "hard"
            truths = [verdict(rule.violation(), s, one) for s, one in zip(known, mine, strict=True)]
            assert told[rule.id].to_list() == [hard if truth is None else truth for truth in truths], rule
        hard_ones = [told[rule.id] for rule in rules if acts(rule) and rule.severity == "hard"]
        assert forbidden(rules, base, a).to_list() == [any(one[row] for one in hard_ones) for row in range(len(people))]


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(rule_sets, st.lists(records, min_size=2, max_size=2), st.data())
def test_folding_decides_what_the_message_decides(
    given_rules: list[dict[str, object]], people: list[Record], data: st.DataObject
) -> None:
    one, other = (situation_of(record, HOME) for record in people)
    a = data.draw(actions(one))
    for rule in rules_of(*given_rules):
        left = fold(rule.violation(), one, a)
        for s in (one, other):
            mine = same_message(s, a)
            assert verdict(left, s, mine) == verdict(rule.violation(), s, mine)


def test_nobody_is_no_trouble() -> None:
    rules = rules_of({"type": "min_gap", "hours": 12}, {"type": "suppression", "tags": ["vip"]})
    base = base_of([], HOME)
    a = action_of(base.anybody, "email", "marketing", datetime(2026, 11, 24, 1, tzinfo=UTC))  # type: ignore[arg-type]
    assert judged(rules, base, a).height == 0


def test_what_nobody_knows_is_unknown_everywhere() -> None:
    base = Base(
        pl.DataFrame({"timezone": [None], "country": [None]}, schema={"timezone": pl.String, "country": pl.String})
    )
    a = action_of(base.anybody, "email", "marketing", datetime(2026, 11, 24, 1, tzinfo=UTC))  # type: ignore[arg-type]
    assert verdict(UNKNOWN, base.anybody, a) is None


def test_what_is_no_number_says_nothing() -> None:
    rule = {"type": "audience_exclusion", "audience": {"attributes": {"points": {"one_of": [3]}}}}
    people = [
        Record(customer=Customer(id=name, attributes={"points": points}))
        for name, points in (("odd", float("nan")), ("three", 3), ("four", 4))
    ]
    base = base_of(people, HOME)
    a = action_of(situation_of(people[0], HOME), Channel.EMAIL, Purpose.MARKETING, datetime(2026, 11, 25, tzinfo=UTC))
    (only,) = rules_of(rule)
    assert judged([only], base, a)[only.id].to_list() == [True, True, False]
