"""Boundary examples: what each type of rule says about itself, always with its own verdict."""

import json
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.boundary.examples import Example, boundary_examples, judged
from policies.kleene import verdict
from policies.rules import AnyRule
from tests.policies.examples import HOME, rules_of
from tests.policies.strategies import notes

TODAY = date(2026, 11, 22)
"""A Sunday before a holiday."""

ONE_OF_EACH: tuple[dict[str, Any], ...] = (
    {"type": "consent"},
    {"type": "suppression", "tags": ["open_ticket"]},
    {"type": "audience_exclusion", "audience": {"age": {"below": 20}}},
    {"type": "holdout", "salt": "autumn", "share": 0.1},
    {"type": "quiet_hours", "start": "21:00", "end": "08:00"},
    {"type": "send_window", "windows": [{"start": "10:00", "end": "18:00"}], "holidays": "forbid"},
    {"type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}},
    {"type": "min_gap", "hours": 12},
    {"type": "volume_cap", "max": 1000, "per": "day"},
    {
        "type": "exclusivity",
        "groups": [{"name": "A", "scenes": ["winback"]}, {"name": "B", "categories": ["food"]}],
        "window": {"kind": "calendar", "unit": "week"},
    },
    {"type": "reference_price"},
    {"type": "channel_permit", "deny": ["sms"]},
    {
        "type": "offer_eligibility",
        "audience": {"age": {"at_least": 20}},
        "scope": {"offers": {"categories": ["alcohol"]}},
    },
    {"type": "discount_ceiling", "max_percent": 10},
    {"type": "budget", "amount": 100000, "currency": "JPY", "per": "day"},
    {"type": "approval", "when": {"audience_larger_than": 1000}},
    {"type": "sample_review", "first": 10},
    {"type": "forbidden_phrase", "phrases": ["絶対"]},
    {"type": "length", "part": "subject", "max": 30},
    {"type": "grounding"},
    {"type": "url_allow"},
    {"type": "pii_leak"},
    {"type": "claim_evidence"},
    {"type": "creepiness"},
    {"type": "label"},
    {"type": "language"},
    {"type": "required_phrase", "phrases": ["送料別"], "disclosures": ["sender_name"]},
    {"type": "sensitive_attribute"},
    {"type": "tone", "exclamations_max": 1, "severity": "hard"},
)
WISHES: tuple[dict[str, Any], ...] = (
    {"type": "channel_priority", "order": ["line", "email"]},
    {"type": "priority", "kinds": ["coupon", "product"]},
)
WITHOUT = {
    "channel_priority": "always soft: it weighs and keeps nothing back",
    "priority": "always soft: it weighs and keeps nothing back",
    "llm_data": "says what a model may see, not what is sent",
}
"""Types without an example of each verdict, and why."""


def of(note: dict[str, Any]) -> tuple[Example, ...]:
    """The examples of one rule."""
    (rule,) = rules_of(note)
    return boundary_examples(rule, TODAY, HOME)


def said(note: dict[str, Any], language: str = "ja") -> dict[str, str]:
    """The texts of one rule's examples with their verdicts."""
    return {one.text.either(language): one.verdict for one in of(note)}


@pytest.mark.parametrize("note", ONE_OF_EACH, ids=lambda note: str(note["type"]))
def test_every_type_shows_something_it_allows_and_something_it_does_not(note: dict[str, Any]) -> None:
    assert {one.verdict for one in of(note)} == {"allow", "deny"}


def test_every_type_is_here_or_has_a_reason() -> None:
    union, *_ = get_args(AnyRule)
    types = {kind.model_fields["type"].default for kind in get_args(union)}
    assert types == {note["type"] for note in ONE_OF_EACH} | set(WITHOUT)


@pytest.mark.parametrize("note", WISHES, ids=lambda note: str(note["type"]))
def test_a_wish_only_weighs(note: dict[str, Any]) -> None:
    found = of(note)
    assert {one.verdict for one in found} == {"allow"}
    assert {one.broken for one in found} == {True, False}
    assert all("only weighs" in (one.text.en or "") and "希望の決まり" in (one.text.ja or "") for one in found)


def test_what_a_model_sees_is_no_message() -> None:
    assert of({"type": "llm_data", "fields": ["stage"]}) == ()


def test_hours_are_told_on_the_minute() -> None:
    ja = said({"type": "quiet_hours", "start": "21:00", "end": "08:00", "scope": {"channels": ["email"]}})
    assert ja["11月24日（火）20時59分のメール：送れます"] == "allow"
    assert ja["11月24日（火）21時00分のメール：送りません"] == "deny"
    en = said({"type": "quiet_hours", "start": "21:00", "end": "08:00", "scope": {"channels": ["email"]}}, "en")
    assert en["An email at 21:00 on Tuesday 24 November: not sent"] == "deny"


def test_ages_and_dates_of_a_scope_are_bounds_too() -> None:
    scope = {
        "audience": {"stages": ["dormant"], "age": {"at_least": 30, "below": 40}},
        "dates": {"from": "2026-12-01", "until": "2026-12-25"},
    }
    en = said({"type": "discount_ceiling", "max_percent": 10, "scope": scope}, "en")
    offer = "An email about an offer with a 10.5% discount at 10:00 on Tuesday 1 December"
    assert en[f"{offer} to a dormant 39-year-old customer: not sent"] == "deny"
    assert en[f"{offer} to a dormant 40-year-old customer: can be sent"] == "allow"
    assert any("30 November" in text and verdict == "allow" for text, verdict in en.items())
    assert any("25 December" in text and verdict == "deny" for text, verdict in en.items())
    assert any("26 December" in text and verdict == "allow" for text, verdict in en.items())


def test_what_is_excepted_is_shown() -> None:
    note = {
        "type": "frequency_cap",
        "max": 2,
        "window": {"kind": "rolling", "unit": "week"},
        "scope": {"audience": {"stages": ["dormant"]}, "except": {"scenes": ["order_confirmation"]}},
    }
    ja = said(note)
    assert ja["直近7日間に2通受け取った、休眠のお客様へのメール：送りません"] == "deny"
    assert ja["直近7日間に2通受け取った、休眠のお客様への施策「order_confirmation」のメール：送れます"] == "allow"


def test_an_exception_may_be_about_who_bought_lately() -> None:
    recent = {"except": {"scenes": ["post_purchase"], "days_since_order": {"at_most": 7}}}
    ja = said({"type": "frequency_cap", "scope": recent, "max": 1, "window": {"kind": "rolling", "unit": "week"}})
    assert {"allow", "deny"} <= set(ja.values())


def test_a_scope_that_nobody_is_in_has_no_examples() -> None:
    audience = {"age": {"at_least": 40, "below": 30}}
    assert of({"type": "consent", "scope": {"audience": audience}}) == ()


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(note=notes, day=st.integers(0, 800).map(lambda ahead: date.fromordinal(TODAY.toordinal() + ahead)))
def test_the_verdict_is_the_rules_own(note: dict[str, Any], day: date) -> None:
    (rule,) = rules_of(note)
    for one in judged(rule, day, HOME):
        found = verdict(rule.violation(), *one.case.setting.facts())
        hard = rule.severity == "hard"
        assert one.example.broken is (found is not False if hard else found is True)
        assert one.example.verdict == ("deny" if hard and one.example.broken else "allow")
    told = boundary_examples(rule, day, HOME)
    assert len({(one.text.ja, one.text.en) for one in told}) == len(told), json.dumps(note, default=str)
    assert all(one.text.ja and one.text.en and "None" not in one.text.en for one in told)
