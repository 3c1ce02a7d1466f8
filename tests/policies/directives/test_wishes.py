"""Wishes: what asks for something to be done becomes a draft that says so, and is never understood without effect."""

from datetime import date

import pytest

from policies.directives.compiler import compile_directives

TODAY = date(2026, 11, 22)
WISHES = [
    ("3日間買っていない人に、翌朝クーポンを送って。", "scene", "no_purchase", 3),
    ("Send a coupon the next morning to people who haven't bought for three days.", "scene", "no_purchase", 3),
    ("カートに商品を入れたまま1時間たった方に、プッシュでお知らせしてください。", "scene", "cart", 0.0417),
    ("Send a push to anyone who left something in the cart for two days.", "scene", "cart", 2),
    ("雨の日に来店クーポンを配って。", "scene", "rain", None),
    ("Hand out store coupons on rainy days.", "scene", "rain", None),
]
GOALS = [
    ("休眠復帰率を5%に上げたい。", "winback_rate", 5),
    ("We want to raise the win-back rate to 5%.", "winback_rate", 5),
    ("今月は売上を伸ばしたい。", "revenue", None),
    ("The goal is to cut churn.", "churn_rate", None),
]


@pytest.mark.parametrize(("text", "kind", "event", "days"), WISHES)
def test_something_to_send_is_the_draft_of_a_scene(text: str, kind: str, event: str, days: float | None) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    (wish,) = clause.wishes
    assert clause.status == "ask" and clause.question and not clause.rules and not clause.unread
    assert wish.kind == kind and wish.trigger is not None and wish.text == text
    assert (wish.trigger.event, wish.trigger.days) == (event, days)
    assert any("下書き" in one or "draft" in one for one in clause.assumptions)


@pytest.mark.parametrize(("text", "kpi", "target"), GOALS)
def test_a_figure_to_reach_is_the_draft_of_a_goal(text: str, kpi: str, target: float | None) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    (wish,) = clause.wishes
    assert (clause.status, wish.kind, wish.kpi, wish.target) == ("ask", "goal", kpi, target)


@pytest.mark.parametrize("text", ["コートを優先して紹介してください。", "This month, push coats first."])
def test_what_comes_first_is_the_draft_of_a_priority(text: str) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    assert [wish.kind for wish in clause.wishes] == ["priority"] and clause.status == "ask"


@pytest.mark.parametrize(
    "text", ["至急、全部止めて！", "Stop everything right now!", "全配信を今すぐ停止してください。"]
)
def test_stopping_everything_offers_the_switch(text: str) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    (wish,) = clause.wishes
    assert (clause.status, wish.kind) == ("ask", "stop") and wish.scope.channels is None
    assert "/v1/stop" in " ".join(clause.assumptions)


@pytest.mark.parametrize("text", ["SMSの配信をいますぐ止めてください。", "Stop all SMS sending immediately."])
def test_stopping_a_channel_at_once_is_a_rule_and_offers_the_switch_for_it(text: str) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    (wish,) = clause.wishes
    assert [rule.type for rule in clause.rules] == ["channel_permit"] and clause.status == "understood"
    assert wish.kind == "stop" and wish.scope.channels == frozenset({"sms"})


@pytest.mark.parametrize(
    "text", ["送りすぎは禁止です。", "Never send anything very late at night.", "メールは週2通まで。"]
)
def test_what_limits_wishes_for_nothing(text: str) -> None:
    assert not [wish for clause in compile_directives([text], today=TODAY) for wish in clause.wishes]


@pytest.mark.parametrize(
    ("text", "term", "readings"),
    [
        ("優良顧客には割引を出さない。", "優良顧客", 3),
        ("No discounts for our best customers.", "our best customers", 3),
        ("シニア層には電話しない。", "シニア層", 3),
        ("No calls to seniors.", "seniors", 3),
    ],
)
def test_a_term_that_nobody_defined_comes_with_customers_to_count(text: str, term: str, readings: int) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    assert clause.status == "ask" and clause.doubt is not None and not clause.unread
    assert clause.doubt.term == term and len(clause.doubt.readings) == readings
    assert all(one.name.ja and one.name.en for one in clause.doubt.readings)


@pytest.mark.parametrize("text", ["a " * 2_500, "メールは週2通まで。\n" * 300, "「" * 5_000 + "あ", "VIP以外" * 2_000])
def test_a_text_that_is_too_long_is_sent_back_whole(text: str) -> None:
    (clause,) = compile_directives([text], today=TODAY)
    assert clause.status == "ask" and clause.question is not None and not clause.unread
    assert text[clause.start : clause.end] == clause.text
