"""Features: a customer's behaviour in numbers, kept up to date so that one read suffices."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Self

from pydantic import AwareDatetime, model_validator

from domain.clock import from_micros, to_micros
from domain.frozen import Frozen

HOURS = 24


class Habit(NamedTuple):
    """How a customer buys from one category: distinct days, the last time, and the usual gap if there is one."""

    days: int
    last_at: datetime
    gap_days: float | None = None
    """Median days between purchases; None below three of them."""


class Habits(Frozen):
    """All habits of a customer as columns, most frequent first: one place in each column says one topic."""

    topics: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    last_at: tuple[int, ...] = ()
    """Microseconds since 1970."""
    gap_days: tuple[float, ...] = ()
    """0 where there is no usual gap yet."""

    @model_validator(mode="after")
    def _columns_are_of_one_length(self) -> Self:
        if not len(self.topics) == len(self.days) == len(self.last_at) == len(self.gap_days):
            raise ValueError("habits need topics, days, last_at and gap_days of the same length")
        return self

    @classmethod
    def of(cls, habits: Mapping[str, Habit]) -> "Habits":
        """The columns of habits by topic."""
        ordered = sorted(habits.items(), key=lambda item: -item[1].days)
        return cls(
            topics=tuple(topic for topic, _ in ordered),
            days=tuple(habit.days for _, habit in ordered),
            last_at=tuple(to_micros(habit.last_at) for _, habit in ordered),
            gap_days=tuple(habit.gap_days or 0.0 for _, habit in ordered),
        )

    def by_topic(self) -> dict[str, Habit]:
        """Every habit under its topic, most frequent first."""
        columns = zip(self.topics, self.days, self.last_at, self.gap_days, strict=True)
        return {topic: Habit(days, from_micros(last), gap or None) for topic, days, last, gap in columns}


class Features(Frozen):
    """Recency, frequency, spend, habits by category and a histogram of active local hours."""

    first_at: AwareDatetime | None = None
    last_at: AwareDatetime | None = None
    orders: int = 0
    orders_90d: int = 0
    spend: float = 0.0
    spend_90d: float = 0.0
    coupon_orders: int = 0
    redemptions: int = 0
    habits: Habits = Habits()
    hours: tuple[int, ...] = ()
    """Purchases or opens per local hour of the day, 24 entries or none."""
    favourites: tuple[str, ...] = ()
    """Offers saved or viewed with intent, newest first."""
