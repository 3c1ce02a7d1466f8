"""Features: a customer's behaviour in numbers, kept up to date so that one read suffices."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Self

from pydantic import AwareDatetime, model_validator

from domain.clock import from_micros, to_micros
from domain.frozen import Frozen

HOURS = 24
DAY = 86_400_000_000
"""Microseconds of a day of 24 hours."""
NEVER = 1_000_000
"""Days since the newest order of somebody who never ordered: longer than anybody asks for."""
LONG_AGO = -NEVER * DAY
"""When that order was, so to speak, in microseconds since 1970."""


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
    """What a customer's behaviour comes to: recency, frequency, spend, habits, hours, interests, answers to us.

    It is read on every ask: what is at its default is not stored. Money is in `currency`; without one, in the
    company's own.
    """

    first_at: AwareDatetime | None = None
    last_at: AwareDatetime | None = None
    """The last thing that they did by themselves: bought, came, looked, answered."""
    orders: int = 0
    orders_90d: int = 0
    spend: float = 0.0
    """Own money: without gifts, less refunds."""
    spend_90d: float = 0.0
    coupon_orders: int = 0
    redemptions: int = 0
    habits: Habits = Habits()
    hours: tuple[int, ...] = ()
    """Purchases, opens and clicks per local hour of the day, 24 entries or none."""
    favourites: tuple[str, ...] = ()
    """Offers saved or viewed with intent, newest first."""
    currency: str | None = None
    other_spend: tuple[tuple[str, float], ...] = ()
    """Own money in further currencies, which is never added to the rest."""
    gift_spend: float = 0.0
    refunds: int = 0
    ordered_at: AwareDatetime | None = None
    order_days: int = 0
    """Days with an order, of the last 400."""
    order_days_90d: int = 0
    usual_gap: float | None = None
    """Median days between two days with an order."""
    views_30d: int = 0
    cart: tuple[str, ...] = ()
    """Products in the cart now, newest first."""
    cart_at: AwareDatetime | None = None
    """When the cart was last touched."""
    viewed: tuple[str, ...] = ()
    """Products, then categories, looked at within 30 days, newest first: traces."""
    bought: tuple[str, ...] = ()
    """Products bought lately, newest first."""
    store: str | None = None
    """The store where they are most often."""
    channels: tuple[str, ...] = ()
    answered: tuple[float, ...] = ()
    """For each of `channels` the part of delivered messages that they opened or followed, 0..1."""
    fatigue: float = 0.0
    """How much rarer they answer while they get more than before, 0..1."""
    satisfaction: float | None = None
    """The last answer to a survey as a part of its scale, 0..1."""
    open_ticket: bool = False
    stuck: str | None = None
    """The step of an onboarding at which they hesitate."""
    downloads: int = 0
    webinars: int = 0
    pricing_views: int = 0
    lead_at: AwareDatetime | None = None
    """The last of downloads, webinars and visits to a page about prices."""
