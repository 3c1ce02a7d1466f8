"""Features: a customer's behaviour in numbers, kept up to date so that one read suffices."""

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen

HOURS = 24


class Habit(Frozen):
    """How a customer buys from one category."""

    days: int = Field(ge=0)
    """Distinct days with a purchase."""
    last_at: AwareDatetime
    gap_days: float | None = None
    """Median days between purchases; None below three of them."""


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
    habits: dict[str, Habit] = Field(default_factory=dict)
    hours: tuple[int, ...] = ()
    """Purchases or opens per local hour of the day, 24 entries or none."""
    favourites: tuple[str, ...] = ()
    """Offers saved or viewed with intent, newest first."""
