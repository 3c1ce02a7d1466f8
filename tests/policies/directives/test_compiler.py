"""What holds for all directives: accounting, order, defined words, headings, exceptions, dates."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.audience import Audience
from policies.directives.clause import Clause, Glossary
from policies.directives.compiler import compile_directives
from policies.rules.channel_permit import ChannelPermit
from policies.rules.discount_ceiling import DiscountCeiling
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.quiet_hours import QuietHours

TODAY = date(2026, 11, 22)
LINES = [
    json.loads(line)["directive"]
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
SIGNS = "「」『』\"'()（）〜~-:;、。,.\n\t0９％%一二十歳時月日通週¥円aAzé\u200b\ufe0fﾌﾟ①𠮷🎉<>|&"


def read(*texts: str, glossary: Glossary | None = None) -> tuple[Clause, ...]:
    return compile_directives(texts, today=TODAY, glossary=glossary or Glossary())


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A directive with something cut out, put in or put together with another one."""
    text, other = draw(st.sampled_from(LINES)), draw(st.sampled_from(LINES))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 6)))
    middle = draw(st.one_of(st.text(SIGNS, max_size=4), st.just(other), st.just(other[: len(other) // 2])))
    return str(text[:start] + middle + text[end:])


@pytest.mark.no_cover
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_nothing_is_dropped_and_nothing_crashes(text: str) -> None:
    seen: set[int] = set()
    for clause in read(text):
        assert text[clause.start : clause.end] == clause.text
        assert not seen & set(range(clause.start, clause.end))
        seen.update(range(clause.start, clause.end))
        assert clause.status == "understood" or (clause.question and not clause.rules)
    assert [sign for place, sign in enumerate(text) if sign.isalnum() and place not in seen] == []


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for clause in read(text):
        assert clause.status in ("understood", "ask", "refuse")


@pytest.mark.no_cover
def test_reading_twice_gives_the_same_rules() -> None:
    for text in LINES[::7]:
        assert read(text) == read(text)


def test_a_rule_tells_where_it_comes_from() -> None:
    (first, second) = read("メールは週2通まで。SMSは使わない。")
    assert [rule.source.span for rule in (*first.rules, *second.rules) if rule.source] == [(0, 10), (10, 19)]
    assert {rule.layer for rule in first.rules} == {"directive"}
    assert first.rules[0].id != second.rules[0].id


@pytest.mark.parametrize(
    ("earlier", "later", "statuses"),
    [
        ("メールは週3通まで。", "休眠顧客へのメールは週1通まで。", ["understood", "understood"]),
        ("全員週2通まで。", "VIPは週5通まで。", ["understood", "ask"]),
        ("No discounts above 10%.", "Gold members get discounts up to 20%.", ["understood", "ask"]),
        ("No discounts above 20%.", "New customers get discounts up to 10%.", ["understood", "understood"]),
        ("SMSは使わない。", "SMSは週1通まで。", ["understood", "ask"]),
        ("Emails only on Mondays.", "No emails on Mondays.", ["understood", "ask"]),
        ("件名に「冬」を入れる。", "「冬」は使わない。", ["understood", "ask"]),
        ("割引は10%まで。", "やっぱり15%で。", ["understood", "ask"]),
    ],
)
def test_a_later_directive_may_tighten_but_not_loosen(earlier: str, later: str, statuses: list[str]) -> None:
    assert [clause.status for clause in read(earlier, later)] == statuses


def test_an_exception_goes_into_the_rule_before_it() -> None:
    rule, said = read("メールは週2通まで。ただしVIPは除く。")
    assert isinstance(rule.rules[0], FrequencyCap)
    assert rule.rules[0].scope.excepted[0].tags == frozenset({"vip"})
    assert said.status == "understood"
    assert not said.rules
    assert said.assumptions


def test_a_limit_set_against_the_one_before_carves_itself_out() -> None:
    everyone, vips = read("全員週2通まで。ただしVIPは週5通まで。")
    assert everyone.rules[0].scope.excepted[0].tags == frozenset({"vip"})
    assert isinstance(vips.rules[0], FrequencyCap)
    assert vips.rules[0].max == 5


def test_a_heading_gives_its_customers_to_the_list_below() -> None:
    heading, cap, discount, other = read("VIP向け：\n・メールは週3通まで\n・割引は20%まで\n\nSMSは使わない。")
    assert heading.status == "understood"
    for clause in (cap, discount):
        assert clause.rules[0].scope.audience is not None
        assert clause.rules[0].scope.audience.tags == frozenset({"vip"})
    assert other.rules[0].scope.audience is None


def test_a_word_that_was_defined_once_is_used_from_then_on() -> None:
    asked = read("優良顧客には電話しない。")[0]
    assert asked.status == "ask"
    assert asked.question is not None
    assert "優良顧客" in asked.question
    known = read("優良顧客には電話しない。", glossary=Glossary({"優良顧客": Audience(segments=frozenset({"best"}))}))[0]
    assert isinstance(known.rules[0], ChannelPermit)
    assert known.rules[0].scope.audience is not None
    assert known.rules[0].scope.audience.segments == frozenset({"best"})


def test_a_question_names_the_words_that_were_not_understood() -> None:
    (clause,) = read("No emails to customers whose parcel is late.")
    assert clause.question is not None
    assert '"whose"' not in clause.question
    assert '"parcel"' in clause.question


def test_dates_without_a_year_are_the_next_to_come() -> None:
    (clause,) = read("12/29〜1/3は配信しない。")
    dates = clause.rules[0].scope.dates
    assert dates is not None
    assert (dates.first, dates.last) == (date(2026, 12, 29), date(2027, 1, 3))
    assert any("2026-12-29" in said for said in clause.assumptions)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("割引は2割まで", "20"),
        ("割引は１５％まで", "15"),
        ("8掛けまで", "20"),
        ("半額まで割引可", "50"),
        ("up to ten percent off", "10"),
    ],
)
def test_numbers_are_read_in_every_script(text: str, percent: str) -> None:
    rule = read(text)[0].rules[0]
    assert isinstance(rule, DiscountCeiling)
    assert str(rule.max_percent) == percent


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("21時〜翌8時は配信禁止", ("21:00", "08:00")),
        ("22時〜25時は配信禁止", ("22:00", "01:00")),
        ("夜9時半以降は送らない", ("21:30", "00:00")),
        ("No sends 9pm–8am.", ("21:00", "08:00")),
        ("nothing goes out before 8.30 am", ("00:00", "08:30")),
    ],
)
def test_hours_run_over_midnight(text: str, hours: tuple[str, str]) -> None:
    rule = read(text)[0].rules[0]
    assert isinstance(rule, QuietHours)
    assert (f"{rule.start:%H:%M}", f"{rule.end:%H:%M}") == hours
