"""A past price: what an offer cost on which days, and whether that proves a comparison with what it cost before."""

import functools
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import ConfigDict, Field, PlainSerializer, model_validator

from domain.frozen import Frozen

LOOK_BACK = timedelta(weeks=8)
LEAST_DAYS = 14
STALE_DAYS = 14


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


class PastPrice(Frozen):
    """A price at which the offer was really on sale, from the first day to the last, both included."""

    price: Annotated[Decimal, Field(ge=0, max_digits=15), PlainSerializer(_as_number, when_used="json")]
    since: date = Field(alias="from")
    until: date | None = None
    """None: still asked."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError("until lies before from; write the last day on which the price was asked")
        return self

    def days(self, before: date) -> Iterator[int]:
        """The days on which it was asked, as ordinals, up to the day before `before`."""
        last = min(self.until or before, before - timedelta(days=1))
        yield from range(self.since.toordinal(), last.toordinal() + 1)


@functools.lru_cache(maxsize=4096)
def proves(history: tuple[PastPrice, ...], compared: Decimal, starts: date | None, today: date) -> bool:
    """Whether `compared` may be named as the price before the sale.

    It was asked on more than half of the days on which the offer was sold in the eight weeks before the sale, on
    fourteen days or more in all, and for the last time less than two weeks before the sale. A sale whose start nobody
    tells starts on the day after the compared price was last asked.
    """
    asked = {day for past in history if past.price == compared for day in past.days(today + timedelta(days=1))}
    if not asked:
        return False
    start = starts if starts is not None and starts <= today else date.fromordinal(max(asked) + 1)
    asked = {day for day in asked if day < start.toordinal()}
    sold = {day for past in history for day in past.days(start)}
    recent = (start - LOOK_BACK).toordinal()
    lately = {day for day in sold if day >= recent}
    if not asked or 2 * len(asked & lately) <= len(lately):
        return False
    return len(asked) >= LEAST_DAYS and start.toordinal() - max(asked) < STALE_DAYS
