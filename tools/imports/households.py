"""Households of the Complete Journey as customers: their features, habits, stage and demographics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import polars as pl

from domain.clock import from_micros, to_micros
from domain.customer import Customer, Scalar, Stage
from domain.features import HOURS, Features, Habit, Habits
from tools.distill.habits import Rhythm
from tools.imports.categories import Category, by_id
from tools.imports.frames import CENT, SHOP, ZONE, Journey

MOST_HABITS = 40
FEWEST_DAYS = 2
RECENT = timedelta(days=90)

DEMOGRAPHICS: Mapping[str, str] = {
    "age_range": "age",
    "income_range": "income",
    "home_ownership": "home_ownership",
    "marital_status": "marital_status",
    "household_size": "household_size",
    "household_composition": "household_comp",
    "kids_count": "kids_count",
}
"""Attribute of the customer: column of the source. All are ranges or words; an exact age is not among them."""


class Totals(NamedTuple):
    """One household's baskets before the moment of the import."""

    first_at: int
    last_at: int
    days: int
    recent_days: int
    gap_days: float | None
    orders: int
    recent_orders: int
    spend: int
    recent_spend: int
    coupon_orders: int
    hours: list[int]


@dataclass(frozen=True, slots=True)
class Household:
    """One household, ready to be written."""

    customer: Customer
    features: Features
    rhythms: tuple[Rhythm, ...]


def customer_id(household: int) -> str:
    """The id of a household: `hh-1082`."""
    return f"hh-{household}"


def stage_of(first: datetime, last: datetime, days: int, recent_days: int, gap: float | None, now: datetime) -> Stage:
    """Where a household stands, by its own rhythm: `gap`, the median number of days between two shopping days.

    new: the first purchase is at most 45 days ago.
    loyal: not away for longer than three gaps (at least 21 days), and shopped on 12 or more of the last 90 days.
    active: not away for longer than that, but less often.
    at_risk: away for more than three gaps (at least 21 days).
    dormant: away for more than six gaps (at least 60 days).
    churned: away for more than twelve gaps (at least 180 days).
    A household without a gap yet (a single shopping day) is measured with 14 days.
    """
    away, usual = (now - last) / timedelta(days=1), gap or 14.0
    if away > max(12 * usual, 180):
        return Stage.CHURNED
    if away > max(6 * usual, 60):
        return Stage.DORMANT
    if away > max(3 * usual, 21):
        return Stage.AT_RISK
    if now - first <= timedelta(days=45):
        return Stage.NEW
    return Stage.LOYAL if recent_days >= 12 and days >= 12 else Stage.ACTIVE


def read_households(journey: Journey, now: datetime) -> Iterator[Household]:
    """Every household in the order of its number, with what it did before `now`; what lies later is not yet known."""
    lines = journey.before(now)
    totals, habits = _totals(lines, now), _habits(lines)
    targets = _segments(journey)
    redeemed = _counts(journey.redemptions.filter(pl.col("at") < to_micros(now)))
    people = {row["household_id"]: row for row in journey.demographics.iter_rows(named=True)}
    for household in journey.households():
        own, rhythms = totals.get(household), habits.get(household, ())
        yield Household(
            customer=_customer(household, own, people.get(household, {}), targets.get(household, ()), now),
            features=_features(own, rhythms, redeemed.get(household, 0)),
            rhythms=rhythms,
        )


def _customer(
    household: int, own: Totals | None, person: Mapping[str, str | None], campaigns: Sequence[str], now: datetime
) -> Customer:
    attributes: dict[str, Scalar] = {
        name: person[column] for name, column in DEMOGRAPHICS.items() if person.get(column) is not None
    }
    return Customer(
        id=customer_id(household),
        language="en",
        timezone=ZONE,
        country="US",
        stage=_stage(own, now),
        attributes=attributes,
        tags=frozenset({SHOP}),
        segments=frozenset(campaigns),
    )


def _stage(own: Totals | None, now: datetime) -> Stage:
    if own is None:
        return Stage.PROSPECT
    first, last = from_micros(own.first_at), from_micros(own.last_at)
    return stage_of(first, last, own.days, own.recent_days, own.gap_days, now)


def _features(own: Totals | None, rhythms: Sequence[Rhythm], redemptions: int) -> Features:
    if own is None:
        return Features()
    return Features(
        first_at=from_micros(own.first_at),
        last_at=from_micros(own.last_at),
        orders=own.orders,
        orders_90d=own.recent_orders,
        spend=own.spend / CENT,
        spend_90d=own.recent_spend / CENT,
        coupon_orders=own.coupon_orders,
        redemptions=redemptions,
        habits=Habits.of({each.category: Habit(each.days, each.last_at, each.gap_days) for each in rhythms}),
        hours=tuple(own.hours),
    )


def _totals(lines: pl.DataFrame, now: datetime) -> dict[int, Totals]:
    baskets = lines.group_by("household_id", "basket_id").agg(
        pl.col("at").max(),
        pl.col("day").max(),
        pl.col("hour").max(),
        pl.col("amount_minor").sum(),
        (pl.col("coupon_minor") > 0).any().alias("coupon"),
    )
    recent = pl.col("at") >= to_micros(now - RECENT)
    days = pl.col("day").unique().sort()
    table = baskets.group_by("household_id").agg(
        pl.col("at").min().alias("first_at"),
        pl.col("at").max().alias("last_at"),
        pl.col("day").n_unique().alias("days"),
        pl.col("day").filter(recent).n_unique().alias("recent_days"),
        days.diff().dt.total_days().median().round(1).alias("gap_days"),
        pl.len().alias("orders"),
        recent.sum().alias("recent_orders"),
        pl.col("amount_minor").sum().alias("spend"),
        pl.col("amount_minor").filter(recent).sum().alias("recent_spend"),
        pl.col("coupon").sum().alias("coupon_orders"),
        pl.concat_list((pl.col("hour") == hour).sum() for hour in range(HOURS)).first().alias("hours"),
    )
    return {row[0]: Totals(*row[1:]) for row in table.iter_rows()}


def _habits(lines: pl.DataFrame) -> dict[int, tuple[Rhythm, ...]]:
    """The most frequent habits of every household, most days first."""
    sold = by_id(())
    shelves = [each.id for each in sold.values() if each.policy is not None]
    gaps = pl.col("day").sort().diff().dt.total_days()
    days = (
        lines.filter(pl.col("category").is_in(shelves))
        .group_by("household_id", "category", "day")
        .agg(pl.col("at").max())
    )
    table = (
        days.group_by("household_id", "category")
        .agg(
            pl.len().alias("days"),
            pl.col("at").max(),
            gaps.median().alias("gap"),
            (gaps.quantile(0.75) - gaps.quantile(0.25)).alias("range"),
        )
        .filter(pl.col("days") >= FEWEST_DAYS)
        .with_columns((pl.len().over("category") / lines["household_id"].n_unique()).alias("share"))
        .sort("household_id", "days", "category", descending=[False, True, False])
    )
    found: dict[int, list[Rhythm]] = {}
    for household, *row in table.group_by("household_id", maintain_order=True).head(MOST_HABITS).iter_rows():
        found.setdefault(household, []).append(_rhythm(sold, *row))
    return {household: tuple(rhythms) for household, rhythms in found.items()}


def _rhythm(
    sold: Mapping[str, Category], category: str, days: int, at: int, gap: float | None, span: float | None, share: float
) -> Rhythm:
    regular = days > FEWEST_DAYS and bool(gap)
    return Rhythm(
        category=category,
        words=sold[category].words,
        private=sold[category].private,
        days=days,
        last_at=from_micros(at),
        gap_days=round(gap, 1) if regular and gap else None,
        spread=span / gap if regular and gap and span is not None else None,
        share=share,
    )


def _segments(journey: Journey) -> dict[int, list[str]]:
    """The campaigns that each household was chosen for, as segments: `campaign:13`."""
    grouped = journey.targets.group_by("household_id").agg(pl.format("campaign:{}", pl.col("campaign_id").sort()))
    return {household: names for household, names in grouped.iter_rows()}


def _counts(table: pl.DataFrame) -> dict[int, int]:
    return dict(table.group_by("household_id").len().iter_rows())
