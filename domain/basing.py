"""Basing: what was known of a customer before the first event, as a behaviour that events add to.

Features say how often and when last, not each single time. Where the baskets are known they stand for the days; else
days and the purchases of a habit are laid out evenly, so that windows and usual gaps come out as they were known.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.behaviour import DAY, Behaviour, day_of
from domain.clock import to_micros
from domain.features import Features, Habit
from domain.money import UNKNOWN, minor
from domain.sums import STAMPS

QUARTER = 90
SECONDS = DAY // 1000


class Basket(NamedTuple):
    """One purchase of long ago: an instant in milliseconds, and what it cost."""

    at: int
    amount: int


def base_of(features: Features, now: datetime, baskets: Sequence[Basket] = ()) -> Behaviour:
    """The behaviour behind features that are stored and hold `now`."""
    base = Behaviour(local=list(features.hours))
    if features.first_at and features.last_at:
        base.first, base.last = (to_micros(at) // 1000 for at in (features.first_at, features.last_at))
    if features.orders:
        base.first_order = base.first
        base.last_order = to_micros(features.ordered_at) // 1000 if features.ordered_at else 0
    counts = {"orders": features.orders, "coupon_orders": features.coupon_orders, "redemptions": features.redemptions}
    base.counts = {name: count for name, count in counts.items() if count}
    currency = features.currency or UNKNOWN
    base.spend = {currency: minor(features.spend, currency) or 0} if features.spend else {}
    for at, amount in baskets or tuple(_laid_out(features, base, currency, to_micros(now) // 1000)):
        base.on_day(day_of(at), 0)
        base.money[day_of(at) + currency] = base.money.get(day_of(at) + currency, 0) + amount
    for topic, habit in features.habits.by_topic().items():
        base.topics[topic] = [habit.days, *_stamps(habit)]
    for place, favourite in enumerate(reversed(features.favourites), start=1):
        base.saved[favourite] = [place, 0]
    return base.bound()


def _stamps(habit: Habit) -> list[int]:
    """Purchases one usual gap from each other, up to the last: an even number of gaps, whose median may lie between."""
    last, gap = to_micros(habit.last_at) // 1_000_000, habit.gap_days
    kept = min(habit.days - 1 + habit.days % 2, STAMPS) if gap else 1
    return [last - round(back * (gap or 0) * SECONDS) for back in reversed(range(kept))]


def _laid_out(features: Features, base: Behaviour, currency: str, now: int) -> Iterator[Basket]:
    """The orders of the last quarter evenly over it, and the earlier ones evenly before it."""
    last = base.last_order or (base.last if features.orders else 0)
    if not last:
        return
    recent, quarter = min(features.orders_90d, features.orders), now - QUARTER * DAY
    spent = minor(features.spend_90d, currency) or 0
    earlier = max((minor(features.spend, currency) or 0) - spent, 0)
    start = min(max(base.first_order, quarter + DAY), last)
    yield from _evenly(recent, start, last, spent)
    end = min(quarter - DAY, last) if recent else last
    yield from _evenly(features.orders - recent, min(base.first_order, end), end, earlier)


def _evenly(orders: int, start: int, end: int, spent: int) -> Iterator[Basket]:
    """So many baskets between two instants, the last one at the end."""
    for back in range(orders):
        at = end - (end - start) * back // max(orders - 1, 1)
        yield Basket(max(at, 0), spent // orders + (back < spent % orders))
