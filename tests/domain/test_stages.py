"""Stages: the same as the imports use, changed by a marketer, explained in both languages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customer import Stage
from domain.stage_words import explained, said
from domain.stages import StageRule, Stages, Standing
from policies.book import Book
from policies.change import changes
from policies.document import Page, read_playbook
from tests.clock import START
from tools.imports.households import stage_of

DAY = timedelta(days=1)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 90), st.none() | st.integers(1, 90))
def test_the_definitions_that_ship_are_those_of_the_imports(away: int, more: int, recent: int, gap: int | None) -> None:
    standing = Standing(recent, recent, min(recent, 90), float(away + more), float(away), gap)
    first, last = START - (away + more) * DAY, START - away * DAY
    assert Stages().of(standing) == stage_of(first, last, recent, min(recent, 90), gap, START)


def test_nobody_without_an_order_is_more_than_a_prospect() -> None:
    assert Stages().of(Standing()) is Stage.PROSPECT


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", "離反予兆：ご注文8回、最後のご注文から31日、いつもの間隔は9.5日、この90日にご注文のあった日は5日。"
               "このステージの条件は「最後のご注文から21日を過ぎた、かついつもの間隔の3倍を過ぎた」です。"),
        ("en", "at risk of leaving: 8 orders, 31 days since the last one, usually every 9.5 days, orders on 5 of the "
               "last 90 days. The stage is for no order for more than 21 days and no order for more than 3 times the "
               "usual gap."),
    ],
)  # fmt: skip
def test_a_stage_is_explained(language: str, words: str) -> None:
    assert explained(Standing(8, 8, 5, 120.0, 31.4, 9.5), Stages(), language) == words


def test_everything_that_can_be_asked_has_words() -> None:
    whole = StageRule(stage=Stage.LOYAL, most_orders=9, orders=3, order_days=2, order_days_90d=2,
                      first_within_days=30, away_days=10, away_gaps=2)  # fmt: skip
    assert said(whole, "en").count(" and ") == 6 and said(whole, "ja").count("、かつ") == 6
    assert explained(Standing(), Stages(), "en") == "prospect: no order yet. The stage is for no order yet."


def test_a_changed_definition_is_a_change_that_takes_a_second_person() -> None:
    shipped = read_playbook()
    own = Stages(stages=(StageRule(stage=Stage.LOYAL, orders=5), *shipped.stages.stages))
    other = shipped.model_copy(update={"stages": own})
    found = changes(shipped, other)
    assert [(one.noun, one.loosens, one.fields) for one in found] == [("stages", True, ("loyal",))]
    assert Book.from_document(2, Book(2, other).to_document()).stages == own
    assert "stages" not in Book(1, shipped).to_document()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stages:\n  - stage: vip\n  - stage: active\n", "line 2: stage cannot be 'vip'"),
        ("stages:\n  - stage: loyal\n    order: 3\n  - stage: active\n", "Did you mean 'orders'?"),
        ("stages:\n  - stage: loyal\n    orders: 3\n", "the last stage asks for nothing"),
        ("stages:\n  - stage: loyal\n  - stage: active\n", "nobody gets below it"),
        ("", "the file is empty"),
    ],
)
def test_mistakes_are_named(text: str, says: str) -> None:
    page = Page("en", "stages.yaml", text)
    page.stages()
    assert any(says in problem for problem in page.told()), page.told()
