"""The real files, whole: counts, hours and dates."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from domain.clock import from_micros
from domain.errors import Unreadable
from tools.imports import frames
from tools.imports.frames import Journey, data_folder, last_day, read_journey
from tools.imports.shifting import whole_weeks

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def journey() -> Journey:
    """The data as it is."""
    return read_journey(data_folder())


@pytest.fixture(scope="module")
def moved() -> Journey:
    """The data in the week of TODAY."""
    return read_journey(data_folder(), whole_weeks(last_day(data_folder()), TODAY))


def test_nothing_is_lost_and_nothing_is_doubled(journey: Journey) -> None:
    assert journey.lines.height == 1_469_307
    assert len(journey.households()) == 2_469
    assert journey.lines["basket_id"].n_unique() == 155_848
    assert journey.lines.select("basket_id", "line").is_duplicated().sum() == 0
    assert (journey.redemptions.height, journey.targets.height, journey.campaigns.height) == (2_102, 6_589, 27)
    assert journey.redemptions["category"].is_in(["none"]).sum() == 0


def test_hours_are_local_so_every_month_is_busiest_at_five_or_six_in_the_evening(journey: Journey) -> None:
    baskets = journey.lines.unique("basket_id").group_by(pl.col("day").dt.month().alias("month"), "hour").len()
    busiest = baskets.sort("len").group_by("month", maintain_order=True).last()
    assert busiest.height == 12
    assert set(busiest["hour"]) <= {17, 18}


def test_the_zone_trap(journey: Journey) -> None:
    """Read as local time, the last basket would lie in another year and Christmas would not be quiet."""
    assert last_day(data_folder()) == date(2017, 12, 31)
    assert from_micros(journey.lines["at"].max()) == datetime(2018, 1, 1, 4, 1, 20, tzinfo=UTC)  # type: ignore[arg-type]  # a column of numbers
    assert journey.lines.filter(pl.col("day") == date(2017, 12, 25)).is_empty()


def test_shifting_keeps_weekdays_hours_and_order(journey: Journey, moved: Journey) -> None:
    assert moved.offset_days == 3255
    assert moved.lines["day"].max() == date(2026, 11, 29)
    assert (moved.lines["day"].dt.weekday() == journey.lines["day"].dt.weekday()).all()
    assert (moved.lines["hour"] == journey.lines["hour"]).all()
    assert moved.lines["at"].null_count() == 0
    local = pl.from_epoch(moved.lines["at"], "us").dt.replace_time_zone("UTC").dt.convert_time_zone(frames.ZONE)
    skipped = pl.DataFrame({"there": local.dt.hour(), "here": moved.lines["hour"]}).filter(
        pl.col("there") != pl.col("here")
    )
    assert skipped.height < 20, "only what a change of clocks skips may lie an hour later"


def test_campaigns_and_redemptions_move_along(journey: Journey, moved: Journey) -> None:
    assert (moved.campaigns["end_date"] - journey.campaigns["end_date"]).dt.total_days().unique().to_list() == [3255]
    assert moved.campaigns["end_date"].max() == date(2027, 1, 27)
    noon = pl.from_epoch(journey.redemptions["at"], "us").dt.replace_time_zone("UTC").dt.convert_time_zone(frames.ZONE)
    assert noon.dt.hour().unique().to_list() == [12]


def test_money_is_whole_cents(journey: Journey) -> None:
    assert journey.lines["amount_minor"].sum() == 459_603_958
    assert journey.lines["coupon_minor"].sum() == 3_090_255


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PACKAGE", "completejourney_that_is_not_here")
    with pytest.raises(Unreadable, match="extra `evals`"):
        data_folder()


def test_empty_files_say_what_is_wrong(tmp_path: Path) -> None:
    table = pl.read_parquet(data_folder() / "transactions.parquet", n_rows=1).head(0)
    table.write_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(Unreadable, match="holds no transactions"):
        last_day(tmp_path)
