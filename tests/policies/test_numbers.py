"""Numbers in copy: honest ones pass, however they are written; one changed digit, unit or role does not."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.channel import Channel, Purpose
from domain.language import LANGUAGES, Language, Text
from domain.message import Message
from domain.offer import Offer
from policies.book import Book, Playbook
from policies.document import read_playbook
from policies.facts import action_of, situation_of
from policies.finding import Finding
from policies.inspection import topics
from policies.inspection.tokens import tokens
from tests.policies.examples import HOME, SENDER, book_of, offer_of, record_of, rules_of
from tools import wording

pytestmark = pytest.mark.no_cover

CASES = Path(__file__).parent / "cases" / "copy_numbers.jsonl"
AT = datetime.fromisoformat("2026-11-25T11:00:00+09:00")
TODAY = AT.date()
DIGIT = re.compile(r"\d")


def examples() -> list[Any]:
    return [
        pytest.param(case, id=case["id"]) for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    ]


@cache
def house() -> Book:
    """The house rules alone."""
    own = [rule for rule in read_playbook().written if rule.layer != "law"]
    return Book(1, Playbook(rules=tuple(own), scenes=(), sender=SENDER))


@cache
def grounding() -> Book:
    return book_of(*rules_of({"type": "grounding"}))


def found(
    body: str, offer: Offer, language: Language = "ja", facts: Mapping[str, Any] | None = None, book: Book | None = None
) -> tuple[Finding, ...]:
    s = situation_of(record_of({"language": language}, []), HOME)
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, AT, offer=offer, facts=facts or {})
    return (book or grounding()).inspect(s, a, Message(channel=Channel.EMAIL, language=language, body=body))


@pytest.mark.parametrize("case", examples())
def test_a_number_is_what_a_fact_says(case: dict[str, Any]) -> None:
    s = situation_of(record_of({"language": case["language"], **case.get("customer", {})}, []), HOME)
    copy = case["copy"]
    a = action_of(
        s, Channel(copy["channel"]), Purpose.MARKETING, AT, offer=offer_of(case["offer"]), facts=case.get("facts", {})
    )
    findings = house().inspect(s, a, Message(language=case["language"], **copy))
    assert ("deny" if findings else "allow") == case["verdict"], (case.get("why"), copy, findings)
    assert all(finding.why.ja and finding.why.en for finding in findings)


languages = st.sampled_from(LANGUAGES)
currencies = st.sampled_from(["JPY", "USD", "EUR", "GBP", "CHF"])
amounts = st.integers(11, 9_999_999).map(Decimal) | st.decimals(11, 99_999, places=2)
days = st.dates(TODAY, TODAY + timedelta(days=500))


@given(languages, currencies, amounts, st.booleans())
def test_every_way_in_which_we_write_a_price_passes(
    language: Language, currency: str, amount: Decimal, taxed: bool
) -> None:
    if currency == "JPY":
        amount = amount.to_integral_value()
    offer = Offer(id="o", kind="product", name=Text(), price=amount, currency=currency, tax_included=taxed)
    for said in (
        wording.money(amount, currency, language),
        wording.price(amount, currency, language, tax_included=taxed),
    ):
        assert not found(said, offer, language), said


@given(languages, st.integers(1, 99), st.integers(100, 90_000))
def test_every_way_in_which_we_write_a_discount_passes(language: Language, percent: int, amount: int) -> None:
    offer = Offer(
        id="o",
        kind="coupon",
        name=Text(),
        discount_percent=Decimal(percent),
        discount_amount=Decimal(amount),
        currency="JPY",
    )
    assert not found(wording.percent_off(percent, language), offer, language)
    assert not found(wording.amount_off(amount, "JPY", language), offer, language)


@given(languages, days, st.times(), st.integers(1, 20))
def test_every_way_in_which_we_write_a_date_passes(language: Language, day: date, clock: time, length: int) -> None:
    clock = clock.replace(minute=clock.minute // 10 * 10, second=0, microsecond=0)
    last = day + timedelta(days=length)
    facts = {"starts": day.isoformat(), "ends": last.isoformat(), "closes_at": clock.strftime("%H:%M")}
    offer = offer_of({"kind": "event", "name": "", **facts})
    for said in (
        wording.day(day, language, TODAY),
        wording.days(day, last, language, TODAY),
        wording.clock(clock, language),
    ):
        assert not found(said, offer, language), said


@given(languages, days)
def test_an_end_is_told_as_near_as_it_is_true(language: Language, last: date) -> None:
    offer = Offer(id="o", kind="product", name=Text(), valid_until=last)
    end = wording.until(last, None, language, TODAY)
    assert not found(f"{end}まで" if language == "ja" else f"until {end}", offer, language)


@given(languages, st.integers(1, 6000))
def test_every_way_in_which_we_write_a_duration_or_a_count_passes(language: Language, value: int) -> None:
    unit = "ポイント" if language == "ja" else " points"
    said = wording.number(value) + unit
    assert not found(said, offer_of({"name": ""}), language, {"points": value}), said


@given(languages, st.integers(100, 99_999), st.integers(0, 9), st.integers(0, 9))
def test_one_changed_digit_is_a_lie(language: Language, amount: int, place: int, digit: int) -> None:
    offer = Offer(id="o", kind="product", name=Text(), price=Decimal(amount), currency="JPY")
    said = wording.money(amount, "JPY", language)
    spots = [spot.start() for spot in DIGIT.finditer(said)]
    spot = spots[place % len(spots)]
    assume(said[spot] != str(digit) and not (spot == spots[0] and digit == 0))
    assert found(said[:spot] + str(digit) + said[spot + 1 :], offer, language)


@given(languages, days, st.integers(1, 6))
def test_another_weekday_is_a_lie(language: Language, day: date, off: int) -> None:
    offer = Offer(id="o", kind="product", name=Text(), valid_until=day)
    said = wording.day(day, language, TODAY)
    names = wording.WEEKDAYS[language]
    right, wrong = names[day.weekday()], names[(day.weekday() + off) % 7]
    lie = said.replace(f"（{right}）", f"（{wrong}）") if language == "ja" else said.replace(right, wrong)
    assert found(lie, offer, language), lie


@given(st.data())
def test_words_of_every_topic_are_heard(data: st.DataObject) -> None:
    topic = data.draw(st.sampled_from(topics.WORDED))
    words = data.draw(st.from_regex(topic.worded, fullmatch=True, alphabet=st.characters(codec="utf-8")))
    if re.search(topic.worded, words):
        assert set(topic.name.split()) & topics.of_words(words), words


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    tokens(text)


def test_a_price_with_tax_says_so_where_that_is_asked() -> None:
    book = book_of(*rules_of({"type": "grounding", "tax": "stated"}))
    offer = offer_of({"name": "ふとん", "price": 33000, "currency": "JPY", "tax_included": True})
    assert found("33,000円です。", offer, book=book)
    assert not found("33,000円（税込）です。", offer, book=book)
    assert not found("33,000円です。表示価格はすべて税込です。", offer, book=book)
    assert not found("¥33,000", offer, "en", book=book)
    assert not found("33,000円です。", offer_of({"name": "ふとん", "price": 33000, "currency": "JPY"}), book=book)


def test_a_price_that_is_struck_through_was_asked_before() -> None:
    offer = offer_of({"name": "Alder", "price": 90, "list_price": 120, "currency": "USD"})
    s = situation_of(record_of({"language": "en"}, []), HOME)
    a = action_of(s, Channel.EMAIL, Purpose.MARKETING, AT, offer=offer)
    for html, verdict in (("<p><s>$120</s> <b>$90</b></p>", True), ("<p><s>$90</s> <b>$120</b></p>", False)):
        message = Message(channel=Channel.EMAIL, language="en", html=html)
        assert (not grounding().inspect(s, a, message)) is verdict, html


def test_a_list_compares_only_with_prices_that_history_proves() -> None:
    book = book_of(*rules_of({"type": "reference_price"}))
    main = offer_of({"id": "a", "name": "Tea", "price": 10, "currency": "USD"})
    other = offer_of({"id": "b", "name": "Cup", "price": 20, "list_price": 40, "currency": "USD"})
    past = [{"price": 40, "from": "2026-09-01", "until": "2026-11-20"}]
    proven = other.model_validate({**other.model_dump(by_alias=True), "price_history": past})
    s = situation_of(record_of({"language": "en"}, []), HOME)
    for item, body, verdict in (
        (other, "Cup: $20", True),
        (other, "Cup: $20 (was $40)", False),
        (other, "Cup: half price", False),
        (proven, "Cup: $20 (was $40)", True),
    ):
        a = action_of(s, Channel.WEB, Purpose.MARKETING, AT, offer=main, items=(item,))
        message = Message(channel=Channel.WEB, language="en", body=body)
        assert (not book.inspect(s, a, message)) is verdict, body
