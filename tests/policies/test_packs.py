"""The packs that ship: law, with its source, and what each rule does at its edge."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.trial import TrialRequest, trial
from policies.document import PLAYBOOK, read_pack, read_playbook
from policies.facts import Home
from policies.pack import pack_names

NOON = "2026-11-25T12:00:00+09:00"
YES = {"email": True, "sms": True, "line": True, "call": True, "push": True}
DE = {"country": "DE", "timezone": "Europe/Berlin", "consents": YES}
US = {"country": "US", "region": "CA", "timezone": "America/Los_Angeles", "consents": YES}
FL = {**US, "region": "FL", "timezone": "America/New_York"}


@pytest.mark.parametrize("name", ["jp", "us", "eu"])
def test_every_rule_is_hard_law_with_its_source(name: str) -> None:
    pack = read_pack(name)
    assert pack.id == name and pack_names() == ("eu", "jp", "us")
    assert "弁護士" in (pack.note.ja or "") and "counsel" in (pack.note.en or "")
    for rule in pack.rules:
        assert rule.id.startswith(f"{name}.") and rule.layer == "law" and rule.severity == "hard", rule.id
        assert rule.source and rule.source.law and rule.name.ja and rule.name.en, rule.id
        assert rule.valid_from is None and rule.valid_until is None and not rule.scope.excepted, rule.id


def test_no_pack_is_on_before_somebody_switches_it_on() -> None:
    book = read_playbook(PLAYBOOK)
    assert book.packs == ()
    assert {rule.layer for rule in book.rules} == {"house"}


@pytest.mark.parametrize("name", ["jp", "us", "eu"])
def test_a_pack_that_is_on_stands_beside_the_house_rules(name: str, tmp_path: Path) -> None:
    text = (PLAYBOOK / "house.yaml").read_text(encoding="utf-8")
    (tmp_path / "house.yaml").write_text(text.replace("packs: []", f"packs: [{name}]"), encoding="utf-8")
    book = read_playbook(tmp_path)
    assert book.packs == (name,)
    assert {rule.layer for rule in book.rules} == {"house", "law"}
    assert {rule.id for rule in read_pack(name).rules} <= {rule.id for rule in book.rules}


def judged(pack: str, customer: dict[str, Any], action: dict[str, Any], copy: dict[str, Any] | None = None) -> str:
    """The verdict of one pack alone."""
    asked = {"packs": [pack], "customer": customer, "action": {"at": NOON, **action}, "language": "en"}
    request = TrialRequest.model_validate({**asked, **({"copy": copy} if copy else {})})
    return str(trial(request, Home(), datetime(2026, 11, 25, tzinfo=UTC), "en").verdict)


def about(category: str, **more: Any) -> dict[str, Any]:
    """An offer of a category."""
    return {"kind": "product", "category": category, "name": "X", **more}


@pytest.mark.parametrize(
    ("pack", "customer", "action", "verdict"),
    [
        ("jp", {}, {"channel": "email"}, "deny"),
        ("jp", {"consents": YES}, {"channel": "email"}, "allow"),
        ("jp", {"consents": {"email": False}}, {"channel": "email", "purpose": "service"}, "allow"),
        ("jp", {}, {"channel": "line"}, "allow"),
        ("jp", {"consents": {"call": False}}, {"channel": "call"}, "deny"),
        ("jp", {"age": 20}, {"channel": "app", "offer": about("alcohol")}, "allow"),
        ("jp", {"age": 19}, {"channel": "app", "offer": about("alcohol")}, "deny"),
        ("jp", {}, {"channel": "signage", "offer": about("tobacco")}, "deny"),
        ("jp", {}, {"channel": "web", "offer": about("food", price=80, list_price=100)}, "deny"),
        ("jp", {}, {"channel": "web", "offer": about("health", tags=["unapproved_drug"])}, "deny"),
        ("us", US, {"channel": "sms", "at": "2026-11-25T20:59:00-08:00"}, "allow"),
        ("us", US, {"channel": "sms", "at": "2026-11-25T21:00:00-08:00"}, "deny"),
        ("us", US, {"channel": "sms", "at": "2026-11-25T07:59:00-08:00"}, "deny"),
        ("us", FL, {"channel": "call", "at": "2026-11-25T20:00:00-05:00"}, "deny"),
        ("us", {**US, "region": None}, {"channel": "sms", "at": "2026-11-25T20:30:00-08:00"}, "deny"),
        ("us", {**US, "timezone": None}, {"channel": "sms", "at": "2026-11-25T09:00:00-08:00"}, "deny"),
        ("us", {**US, "consents": {}}, {"channel": "sms", "at": "2026-11-25T12:00:00-08:00"}, "deny"),
        ("us", {**US, "consents": {}}, {"channel": "email"}, "allow"),
        ("us", {**US, "consents": {"email": False}}, {"channel": "email"}, "deny"),
        ("us", {**US, "age": 20}, {"channel": "email", "offer": about("alcohol")}, "deny"),
        ("us", {"country": "JP", "age": 20}, {"channel": "email", "offer": about("alcohol")}, "allow"),
        ("us", {"age": 20}, {"channel": "email", "offer": about("alcohol")}, "deny"),
        ("eu", {**DE, "consents": {}}, {"channel": "email"}, "deny"),
        ("eu", DE, {"channel": "email"}, "allow"),
        ("eu", {"country": "NO"}, {"channel": "email"}, "deny"),
        ("eu", {"country": "JP"}, {"channel": "email"}, "allow"),
        ("eu", {**DE, "tags": ["objects_to_marketing"]}, {"channel": "web"}, "deny"),
        ("eu", {**DE, "tags": ["objects_to_profiling"]}, {"channel": "app"}, "deny"),
        ("eu", {**DE, "age": 40}, {"channel": "email", "offer": about("tobacco")}, "deny"),
    ],
)
def test_an_edge_of_the_law(pack: str, customer: dict[str, Any], action: dict[str, Any], verdict: str) -> None:
    assert judged(pack, customer, action) == verdict


@pytest.mark.parametrize(
    ("category", "body", "verdict"),
    [
        ("cosmetics", "使うほどにシミが消えます。", "deny"),
        ("cosmetics", "肌にうるおいを与えます。", "allow"),
        ("supplements", "飲むだけで血圧が下がります。", "deny"),
        ("supplements", "毎日の食事の補いに。", "allow"),
        ("food", "日本一おいしい梅干しです。", "deny"),
        ("food", "香り豊かな梅干しです。", "allow"),
    ],
)
def test_words_that_the_law_of_japan_forbids(category: str, body: str, verdict: str) -> None:
    copy = {"body": body}
    assert judged("jp", {"language": "ja"}, {"channel": "line", "offer": about(category)}, copy) == verdict


def test_a_paid_post_is_labelled() -> None:
    offer = about("food", tags=["influencer"])
    for body, verdict in (
        ("【PR】梅干しを食べました。", "allow"),
        ("旅先で出会った梅干しを、毎朝の楽しみにしています。#PR", "deny"),
    ):
        assert judged("jp", {"language": "ja"}, {"channel": "line", "offer": offer}, {"body": body}) == verdict
