"""What cannot be meant is refused with a sentence that says what to write instead, in both languages."""

import json
from typing import Any

import pytest

from domain.errors import Unreadable
from policies.document import read_rules

WEEK = {"kind": "rolling", "unit": "week"}
SLIPS: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"type": "send_window"}, "windows（配信してよい時間帯）か holidays を書きます。", "give windows"),
    ({"type": "quiet_hours", "start": "21:00", "end": "08:00", "holidays_of": "ZZ"}, "'ZZ' の祝日はわかりません", "ZZ"),
    ({"type": "volume_cap", "max": 1, "per": "year"}, "per に 'year' は書けません", "per cannot be 'year'"),
    ({"type": "volume_cap", "max": 1, "per": "day", "zone": "Tokyo"}, "'Tokyo' という時間帯はありません", "IANA name"),
    ({"type": "budget", "amount": 1, "currency": "yen", "per": "day"}, "大文字3文字", "three capital letters"),
    (
        {"type": "budget", "amount": 1, "currency": "JPY", "per": "day", "counted": "expected"},
        "redemption_rate",
        "rate",
    ),
    ({"type": "holdout", "salt": "a", "share": 10}, "10%なら 0.1 です。", "10% is 0.1"),
    ({"type": "holdout", "salt": "a", "share": 0}, "0より大きく", "between 0 and 1"),
    ({"type": "sample_review"}, "first（最初の何通）か share", "give either first"),
    ({"type": "approval", "when": {}}, "when ごと消します", "leave when out"),
    ({"type": "channel_permit"}, "どちらかひとつ", "give either allow"),
    ({"type": "channel_permit", "allow": ["email"], "deny": ["sms"]}, "どちらかひとつ", "give either allow"),
    ({"type": "channel_priority", "order": ["line", "line"]}, "二度", "twice"),
    ({"type": "channel_priority", "order": ["line"], "severity": "hard"}, "channel_permit", "a priority is soft"),
    ({"type": "priority", "kinds": ["coupon"], "scenes": ["winback"]}, "どちらかひとつ", "either scenes or kinds"),
    ({"type": "audience_exclusion", "audience": {}}, "audience が空です", "the audience is empty"),
    ({"type": "offer_eligibility"}, "条件がありません", "there is no condition"),
    ({"type": "offer_eligibility", "min_price": 2, "max_price": 1}, "当てはまる価格がありません", "no price fits"),
    ({"type": "exclusivity", "groups": [{"name": "a", "scenes": ["b"]}], "window": WEEK}, "2つから12", "from 2 to 12"),
    ({"type": "exclusivity", "groups": [{"name": "a"}, {"name": "b"}], "window": WEEK}, "ひとつで", "exactly one of"),
    ({"type": "llm_data", "fields": ["name"]}, "fields に 'name' は書けません", "fields cannot be 'name'"),
    ({"type": "min_gap", "days": 751}, "750日まで", "at most 750 days"),
    ({"type": "min_gap", "hours": 1, "counts": {"any": ["scenes"], "scenes": ["a"]}}, "any とほか", "stands under any"),
    ({"type": "min_gap", "hours": 1, "scope": {"except": {}}}, "except が空です", "except is empty"),
    (
        {"type": "frequency_cap", "max": 1, "window": {"kind": "calendar", "unit": "month", "length": 25}},
        "期間は750日まで",
        "750 days at most",
    ),
    (
        {"type": "frequency_cap", "max": 1, "window": {"kind": "calendar", "unit": "minute"}},
        "kind: rolling",
        "For minutes use kind: rolling",
    ),
    (
        {"type": "frequency_cap", "max": 1, "window": {"kind": "calendar", "unit": "day", "fallback": "customer"}},
        "'customer' という時間帯はありません",
        "Write an IANA name",
    ),
    (
        {"type": "suppression", "tags": ["a"], "scope": {"audience": {"attributes": {"x": {"is": 1, "known": False}}}}},
        "known: false",
        "known: false stands alone",
    ),
)


@pytest.mark.parametrize(("rule", "ja", "en"), SLIPS)
def test_a_slip_says_what_to_write(rule: dict[str, Any], ja: str, en: str) -> None:
    text = json.dumps([{"id": "one", "name": {"ja": "例"}, **rule}], ensure_ascii=False)
    with pytest.raises(Unreadable) as japanese:
        read_rules(text, language="ja")
    with pytest.raises(Unreadable) as english:
        read_rules(text, language="en")
    assert ja in str(japanese.value)
    assert en in str(english.value)
