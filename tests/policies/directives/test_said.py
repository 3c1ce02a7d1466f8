"""What the pages say can be said is understood, and every shipped scene goes by its own name in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from domain.channel import Purpose
from policies.directives.compiler import compile_directives
from policies.directives.lexicon.occasions import SERVING
from policies.rules.frequency_cap import FrequencyCap

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)
SCENES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "policies" / "playbook" / "scenes").glob("*.yaml"))
}
NAMES = {
    "points_expiring": ("ポイント失効のお知らせ", "points expiry reminders"),
    "store_visit": ("来店のお礼", "store visit messages"),
    "plan_review": ("プラン見直しの案内", "contract renewal reminders"),
    "rainy_day": ("雨の日クーポン", "rainy day offers"),
    "concierge": ("コンシェルジュからのご案内", "concierge messages"),
    "service_recovery": ("お困りごとへの対応の連絡", "service recovery messages"),
    "winback": ("復帰のご案内", "winback messages"),
    "cart_abandonment": ("カゴ落ちのお知らせ", "abandoned cart reminders"),
    "browse_abandonment": ("閲覧離脱のリマインド", "browse reminders"),
    "post_purchase": ("購入のお礼", "post-purchase messages"),
    "replenishment": ("補充のご案内", "refill reminders"),
    "birthday": ("誕生日のお祝い", "birthday messages"),
    "event_invitation": ("催事のご案内", "event invitations"),
    "onboarding": ("初期設定の案内", "onboarding messages"),
    "lead_nurture": ("見込み客育成の案内", "lead nurture messages"),
    "newsletter": ("メルマガ", "newsletters"),
    "welcome": ("入会のお礼", "welcome messages"),
}


def examples() -> list[str]:
    """The second column of the tables under "What can be said"."""
    found = []
    for page, marks in (("docs/directives.md", r'\| "(.+)" \|$'), ("docs/ja/directives.md", r"\| 「(.+)」 \|$")):
        found += re.findall(marks, (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return found


@pytest.mark.parametrize("text", examples())
def test_what_the_page_says_can_be_said_is_understood(text: str) -> None:
    clauses = compile_directives([text], today=TODAY)
    assert [clause.status for clause in clauses] == ["understood"] * len(clauses)
    assert any(clause.rules for clause in clauses)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("sentence", ["{}は月1回まで。", "{} at most once a month."])
def test_every_shipped_scene_can_be_named(scene: str, sentence: str) -> None:
    name = NAMES[scene][0 if sentence.startswith("{}は") else 1]
    (clause,) = compile_directives([sentence.format(name)], today=TODAY)
    assert clause.status == "understood", clause.question
    (rule,) = clause.rules
    assert isinstance(rule, FrequencyCap) and rule.scope.scenes == frozenset((scene,))


@pytest.mark.parametrize("scene", SCENES)
def test_a_rule_about_a_scene_is_about_the_purpose_of_its_messages(scene: str) -> None:
    purpose = Purpose(SCENES[scene].get("purpose", "marketing"))
    assert (scene in SERVING) == (purpose is not Purpose.MARKETING)
    (clause,) = compile_directives([f"{NAMES[scene][0]}は月1回まで。"], today=TODAY)
    assert clause.rules[0].scope.purposes == frozenset((purpose,))


@pytest.mark.parametrize(
    "text",
    [
        "契約更新のお客様にはSMSを送らない。",
        "Don't email customers with expiring points.",
        "誕生日には文面で触れない。",
        "Don't mention birthdays in the copy.",
        "閲覧履歴には触れない。",
        "お客様の年齢や性別を文面で話題にしない。",
        "クーポンの原資は1人500円まで。",
        "メールのあと2日間は何も送らない。",
        "クーポンを送った後7日間は、値引きをしない。",
        "深夜は送らないで。",
        "許可をもらってからSMSを送る。",
    ],
)
def test_what_no_rule_would_hold_is_asked_about_without_offering_to_stop_everything(text: str) -> None:
    clauses = compile_directives([text], today=TODAY)
    asked = [clause.question or "" for clause in clauses if clause.status == "ask"]
    assert asked and not any("/v1/stop" in one or "stop switch" in one for one in asked)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("休眠のお客様に値引きから入らない。", "一切しない"),
        ("休眠のお客様にクーポンから入らない。", "一切しない"),
        ("Never lead with a discount for lapsed customers.", "no rule can put it off"),
        ("料金ページの閲覧には文面で触れない。", "言いかえまでは止められません"),
        ("Do not mention pricing page visits in the copy.", "in quite other words is not caught"),
        ("文面のリンクは自社サイトのものだけにすること。", "オファーのサイト"),
    ],
)
def test_a_reading_that_is_wider_or_narrower_than_the_words_says_so(text: str, told: str) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    assert clause.status == "understood" and any(told in one for one in clause.assumptions)
