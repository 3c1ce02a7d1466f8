"""Households as customers."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import polars as pl
import pytest

from domain.clock import from_micros, to_micros
from domain.customer import Stage
from domain.features import Features
from tests.clock import START
from tools.imports.frames import Journey, read_journey
from tools.imports.households import MOST_HABITS, Household, read_households, stage_of

AFTERWARDS = datetime(2018, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def journey(slice_folder: Path) -> Journey:
    """The slice as it is."""
    return read_journey(slice_folder)


@pytest.fixture(scope="module")
def households(journey: Journey) -> list[Household]:
    """Everybody when the year was over."""
    return list(read_households(journey, AFTERWARDS))


def test_everybody_is_there_in_order(households: list[Household]) -> None:
    ids = [int(one.customer.id.removeprefix("hh-")) for one in households]
    assert len(ids) == 24
    assert ids == sorted(ids)


def test_what_is_known_and_what_is_not(households: list[Household]) -> None:
    for one in households:
        customer = one.customer
        assert (customer.country, customer.timezone, customer.language) == ("US", "America/New_York", "en")
        assert (customer.age, customer.gender, customer.display_name, customer.tier) == (None, None, None, None)
        assert customer.identifiers == {}
        assert customer.tags == {"shop:completejourney"}
        assert all(value is not None for value in customer.attributes.values())
    [first] = [one.customer for one in households if one.customer.id == "hh-1"]
    assert first.attributes["age_range"] == "65+"
    assert first.attributes["household_size"] == "2"
    assert "campaign:18" in first.segments


def test_features_count_what_was_bought(journey: Journey, households: list[Household]) -> None:
    for one in households:
        lines = journey.lines.filter(pl.format("hh-{}", "household_id") == one.customer.id)
        recent = lines.filter(pl.col("at") >= to_micros(AFTERWARDS - timedelta(days=90)))
        features = one.features
        assert features.orders == lines["basket_id"].n_unique()
        assert features.orders_90d == recent["basket_id"].n_unique()
        assert round(features.spend * 100) == lines["amount_minor"].sum()
        assert round(features.spend_90d * 100) == recent["amount_minor"].sum()
        assert features.first_at is not None
        assert features.last_at is not None
        assert (to_micros(features.first_at), to_micros(features.last_at)) == (lines["at"].min(), lines["at"].max())
        assert features.coupon_orders == lines.filter(pl.col("coupon_minor") > 0)["basket_id"].n_unique()
        assert sum(features.hours) == features.orders
        assert len(features.hours) == 24


def test_habits_are_counted_by_distinct_local_days(journey: Journey, households: list[Household]) -> None:
    for one in households:
        assert len(one.features.habits.topics) <= MOST_HABITS
        for topic, habit in one.features.habits.by_topic().items():
            bought = journey.lines.filter(
                (pl.format("hh-{}", "household_id") == one.customer.id) & (pl.col("category") == topic)
            )
            days: list[date] = bought["day"].unique().sort().to_list()
            assert habit.days == len(days) >= 2
            assert habit.last_at == from_micros(bought["at"].max())  # type: ignore[arg-type]  # a column of numbers
            gaps = [(later - earlier).days for earlier, later in pairwise(days)]
            assert habit.gap_days == (round(median(gaps), 1) if len(days) > 2 else None)


def test_habits_come_most_frequent_first(households: list[Household]) -> None:
    for one in households:
        days = list(one.features.habits.days)
        assert days == sorted(days, reverse=True)
        assert "coupon-misc-items" not in one.features.habits.topics


def test_nobody_knows_the_future(journey: Journey) -> None:
    then = datetime(2017, 6, 1, tzinfo=UTC)
    for one in read_households(journey, then):
        assert one.features.last_at is None or one.features.last_at < then
        assert all(last < to_micros(then) for last in one.features.habits.last_at)


def test_before_the_first_basket_everybody_is_a_prospect(journey: Journey) -> None:
    found = list(read_households(journey, datetime(2016, 12, 31, tzinfo=UTC)))
    assert len(found) == 24
    assert {one.customer.stage for one in found} == {Stage.PROSPECT}
    assert all(one.features == Features() and one.rhythms == () for one in found)


@pytest.mark.parametrize(
    ("since", "away", "days", "recent", "gap", "stage"),
    [
        (300, 2, 120, 30, 2.0, Stage.LOYAL),
        (300, 21, 120, 30, 2.0, Stage.LOYAL),
        (300, 22, 120, 30, 2.0, Stage.AT_RISK),
        (300, 2, 40, 11, 7.0, Stage.ACTIVE),
        (300, 60, 12, 2, 20.0, Stage.ACTIVE),
        (300, 61, 12, 2, 20.0, Stage.AT_RISK),
        (300, 61, 120, 9, 2.0, Stage.DORMANT),
        (300, 181, 120, 0, 2.0, Stage.CHURNED),
        (300, 181, 12, 0, 20.0, Stage.DORMANT),
        (45, 2, 6, 6, 7.0, Stage.NEW),
        (46, 2, 6, 6, 7.0, Stage.ACTIVE),
        (10, 10, 1, 1, None, Stage.NEW),
        (43, 43, 1, 1, None, Stage.AT_RISK),
    ],
)
def test_stages_follow_the_households_own_rhythm(
    since: int, away: int, days: int, recent: int, gap: float | None, stage: Stage
) -> None:
    first, last = START - timedelta(days=since), START - timedelta(days=away)
    assert stage_of(first, last, days, recent, gap, START) is stage
