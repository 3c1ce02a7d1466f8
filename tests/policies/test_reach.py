"""Reach: a rule is read back with everything that it is limited to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.boundary.reach import said_whole
from tests.policies.examples import rules_of
from tests.policies.strategies import rule_sets

CAP = {"type": "frequency_cap", "max": 2, "window": {"kind": "rolling", "unit": "week"}}
AUDIENCE = {"age": {"at_least": 30, "at_most": 39}, "stages": ["dormant"]}


@pytest.mark.parametrize(
    ("note", "ja", "en"),
    [
        (
            {"type": "discount_ceiling", "max_percent": 10, "scope": {"audience": AUDIENCE}},
            "30〜39歳・休眠のお客様：割引は10%まで。",
            "For customers aged 30 to 39 and who are dormant: Discounts go up to 10%.",
        ),
        (
            {**CAP, "scope": {"channels": ["push"], "except": {"scenes": ["cart_abandonment"]}}},
            "配信上限：プッシュ通知は7日間に2通まで。（除く：施策「カゴ落ちのご案内」）",
            'Frequency cap: at most 2 push notifications in any 7 days. (except in the scene "Abandoned cart")',
        ),
        (
            {**CAP, "scope": {"audience": {"tier_at_least": "gold", "tags": ["vip"]}, "scenes": ["winback"]}},
            "ゴールド会員以上・タグ「vip」のあるお客様、施策「休眠のお客様へのご案内」：配信上限：7日間に2通まで。",
            'For customers of the gold tier or above and tagged "vip"; in the scene "Win-back": Frequency cap: at most '
            "2 marketing messages in any 7 days.",
        ),
    ],
)
def test_a_rule_is_said_with_its_reach(note: dict[str, object], ja: str, en: str) -> None:
    (rule,) = rules_of(note)
    assert (said_whole(rule, "ja"), said_whole(rule, "en")) == (ja, en)


@pytest.mark.no_cover
@settings(max_examples=200, deadline=None, derandomize=True)
@given(rule_sets, st.sampled_from(["ja", "en"]))
def test_every_rule_has_words_for_its_reach(notes: list[dict[str, object]], language: str) -> None:
    for rule in rules_of(*notes):
        said = said_whole(rule, language)
        assert rule.say(language) in said
        assert not rule.scope.excepted or ("除く" if language == "ja" else "except") in said


LIMITS: list[dict[str, object]] = [
    {"scope": {"audience": {"attributes": {"points": {"within": {"at_least": 100}}}}}},
    {"scope": {"audience": {"attributes": {"points": {"within": {"at_least": 101}}}}}},
    {"scope": {"audience": {"attributes": {"plan": {"is": "gold"}}}}},
    {"scope": {"audience": {"attributes": {"plan": {"known": False}}}}},
    {"scope": {"audience": {"genders": ["female"]}}},
    {"scope": {"audience": {"regions": ["北海道"]}}},
    {"scope": {"audience": {"without_segments": ["test"]}}},
    {"scope": {"audience": {"age": {"below": 20}}}},
    {"scope": {"offers": {"discounted": True}}},
    {"scope": {"offers": {"categories": ["food"], "discounted": True}}},
    {"scope": {"offers": {"categories": ["food"], "brands": ["Alder"]}}},
    {"scope": {"offers": {"kinds": ["coupon"]}}},
    {"scope": {"purposes": ["marketing", "service"]}},
    {"scope": {"purposes": ["service"]}},
    {"scope": {"languages": ["ja"]}},
    {"scope": {"dates": {"from": "2026-12-01", "until": "2026-12-25"}}},
    {"scope": {"dates": {"from": "2027-12-01", "until": "2027-12-25"}}},
    {"from": "2027-01-01"},
    {"scope": {"except": {"discounted": True}}},
    {"scope": {"except": {"message_languages": ["en"]}}},
    {"scope": {"except": {"purposes": ["service"]}}},
]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_limits_are_read_back_alike(language: str) -> None:
    said = [said_whole(rules_of({**CAP, **limit})[0], language) for limit in [{}, *LIMITS]]
    assert len(set(said)) == len(said)
    assert all("100" in one or "101" in one for one in said[1:3])
