"""Tallies: what the whole house has used of a volume or a budget, one counter a rule and period."""

import functools
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Literal

from policies.windows import CalendarWindow, calendar_spans, unit_start
from policies.zones import MINUTE, local_time

Period = Literal["total", "day", "week", "month"]
Adds = Literal["one", "discount", "expected"]
ONE = Decimal(1)
MICRO = Decimal("0.000001")
"""Counters hold millionths; what is finer is rounded up, so that a budget is never exceeded."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counter of a rule in each calendar period, on the clock of `zone`, or of the house where it is None."""

    rule: str
    per: Period = "total"
    zone: str | None = None
    week_starts: Literal["monday", "sunday"] = "monday"

    def key(self, micros: int, home: str) -> str:
        """The counter that an action at that instant uses: rule id and first day of the period; `home` is a zone."""
        return _key(self.rule, self.per, self.zone or home, self.week_starts, micros // MINUTE)

    def ends(self, micros: int, home: str) -> int | None:
        """The first instant of the next period, None for a total."""
        if self.per == "total":
            return None
        (((_, end),),) = calendar_spans((self.zone or home,), self._period, micros // MINUTE)
        return end

    @property
    def _period(self) -> CalendarWindow:
        return CalendarWindow(self.per, 1, self.week_starts)


@functools.lru_cache(maxsize=16_384)
def _key(rule: str, per: Period, zone: str, week_starts: str, epoch_minute: int) -> str:
    if per == "total":
        return f"{rule}|total"
    today = local_time(zone, epoch_minute).ordinal
    return f"{rule}|{date.fromordinal(unit_start(today, CalendarWindow(per, 1, week_starts), 0)).isoformat()}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What the counter holds and what this action adds come to more than `most` together.

    Unknown where the counters were not read, or where nobody knows what the action adds.
    """

    tally: Tally
    most: Decimal
    adds: Adds = "one"
    rate: Decimal = ONE

    def added(self, amount_off: Decimal | None) -> Decimal | None:
        """What a message that takes `amount_off` off a price adds to the counter."""
        if self.adds == "one":
            return ONE
        if amount_off is None:
            return None
        expected = amount_off * self.rate if self.adds == "expected" else amount_off
        return expected.quantize(MICRO, ROUND_UP)
