"""Mandates: a rule is fitted to what its author may decide about, never beyond it, and never to something else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.document import RULE_TYPES
from policies.facts import Situation
from policies.kleene import verdict
from policies.mandate import Mandate, Permit, fitted, within
from tests.policies.examples import rules_of
from tests.policies.strategies import actions, notes_of, situations

KINDS = sorted(kind for kind, model in RULE_TYPES.items() if "mask" in getattr(model, "stations"))  # noqa: B009
PERMITS = tuple(
    Permit.model_validate(told)
    for told in (
        {},
        {"audience": {"tags": ["vip"]}},
        {"audience": {"stages": ["dormant", "loyal"], "countries": ["JP"]}},
        {"channels": ["email", "line"]},
        {"scenes": ["winback"], "channels": ["email"]},
        {"offers": {"categories": ["food"]}},
        {"audience": {"tags": ["vip"], "age": {"at_least": 20}}, "offers": {"kinds": ["coupon"]}},
    )
)
COUNTING = ("frequency_cap", "min_gap", "volume_cap", "budget", "exclusivity")
KANTO, KINKI = "東京都", "大阪府"
VIP = {"audience": {"tags": ["vip"]}}
CAP: dict[str, Any] = {"type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), st.sampled_from(PERMITS), situations, st.data())
def test_a_fitted_rule_forbids_nothing_new_and_nothing_outside(
    kind: str, permit: Permit, s: Situation, data: st.DataObject
) -> None:
    (rule,) = rules_of({"id": "rule", **data.draw(notes_of(kind))})
    narrow = fitted(rule, permit)
    if narrow is None:
        return
    assert within(narrow, permit)
    for a in (data.draw(actions(s)) for _ in range(4)):
        if verdict(narrow.violation(), s, a) is True:
            assert verdict(rule.violation(), s, a) is True
            assert verdict(permit.predicate(), s, a) is not False
        # Where the message surely lies within the permit, nothing of the rule is lost; caps may count less.
        lies_within = verdict(rule.violation(), s, a) is True and verdict(permit.predicate(), s, a) is True
        if lies_within and rule.kind not in COUNTING:
            assert verdict(narrow.violation(), s, a) is not False


@pytest.mark.parametrize(
    ("note", "permit", "scope"),
    [
        (CAP, {"channels": ["line"]}, {"channels": ["line"]}),
        ({**CAP, "scope": {"channels": ["line", "sms"]}}, {"channels": ["line"]}, None),
        ({**CAP, "scope": {"audience": {"regions": [KANTO, KINKI]}}}, {"audience": {"regions": [KANTO]}}, None),
        ({"type": "channel_permit", "deny": ["sms"]}, {"channels": ["line"]}, None),
        ({**CAP, "scope": VIP}, {"audience": {"tags": ["vip", "b2b"]}}, VIP),
        ({**CAP, "scope": {"audience": {"age": {"at_least": 30}}}}, {"audience": {"age": {"below": 40}}}, None),
    ],
)  # fmt: skip
def test_what_a_rule_names_is_never_cut(
    note: dict[str, Any], permit: dict[str, Any], scope: dict[str, Any] | None
) -> None:
    found = fitted(rules_of({"id": "rule", **note})[0], Permit.model_validate(permit))
    told = None if found is None else found.scope.model_dump(mode="json", exclude_defaults=True)
    assert told == scope


def test_a_mandate_says_whom_and_what_it_covers() -> None:
    may = {"audience": {"stages": ["dormant"]}, "channels": ["line"], "offers": {"categories": ["food"]}}
    mandate = Mandate.model_validate({"office": "agency", "may": may})
    assert mandate.called("ja") == "代理店" and mandate.called("en") == "agency"
    assert "休眠" in mandate.said("ja") and "LINE" in mandate.said("ja") and "food" in mandate.said("ja")
    assert "dormant" in mandate.said("en")
    assert Mandate().said("en") == "every customer"
