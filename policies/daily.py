"""Daily hours: a stretch of the day on the customer's wall clock, on some weekdays."""

from collections.abc import Iterable
from datetime import time
from typing import Any, Literal

from pydantic import Field, field_validator

from domain.clock import from_micros
from domain.frozen import Frozen
from domain.language import phrase
from policies.facts import Action, Situation, moved
from policies.kleene import verdict
from policies.predicate import Hours, Predicate
from policies.slip import Slip
from policies.wording import WEEKDAYS_JA, clock, listed
from policies.zones import MINUTE, jumps, local_time, readings

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
NAMED_JA = {(0, 1, 2, 3, 4): "平日", (5, 6): "土日"}
NAMED_EN = {(0, 1, 2, 3, 4): "weekdays", (5, 6): "weekends"}
AHEAD_DAYS = 9
"""A weekly pattern and both of its edges."""


class Daily(Frozen):
    """From `start` (inclusive) to `end` (exclusive), over midnight where `end` is not later.

    `days` are those on which the stretch begins.
    """

    start: time
    end: time
    days: frozenset[Weekday] = Field(frozenset(WEEKDAYS), min_length=1)

    @field_validator("start", "end", mode="before")
    @classmethod
    def _is_written_as_a_time(cls, value: Any) -> Any:
        if isinstance(value, int | float):
            raise Slip(
                ja=f'時刻は "HH:MM" のように引用符で囲みます（{value} という数ではありません）。',
                en=f'write the time in quotes as "HH:MM", not as the number {value}',
            )
        return value

    @field_validator("start", "end")
    @classmethod
    def _is_a_whole_minute(cls, value: time) -> time:
        if value.second or value.microsecond or value.tzinfo:
            raise Slip(
                ja='"21:00" のように時と分だけを書きます。時計はお客様のものです。',
                en='write hours and minutes only, such as "21:00"; the clock is the customer\'s',
            )
        return value

    @property
    def hours(self) -> Hours:
        """The stretch in minutes and day numbers."""
        days = frozenset(WEEKDAYS.index(day) for day in self.days)
        return Hours(minutes(self.start), minutes(self.end), days)

    @property
    def span(self) -> tuple[str, str]:
        """Both ends as they are written; a stretch to midnight ends at 24:00."""
        return clock(minutes(self.start)), clock(minutes(self.end) or 24 * 60)

    def on_days(self, language: str) -> str:
        """The weekdays as they are spoken of: 「平日」, "on weekdays"; nothing where it is every day."""
        days = tuple(sorted(WEEKDAYS.index(day) for day in self.days))
        if len(days) == len(WEEKDAYS):
            return ""
        ja = NAMED_JA.get(days) or "・".join(WEEKDAYS_JA[day] for day in days) + "曜日"
        en = NAMED_EN.get(days) or listed([DAYS_EN[day] for day in days], "en")
        return phrase(language, ja=ja, en=f"on {en}")


def minutes(value: time) -> int:
    """A time of day in minutes since midnight."""
    return value.hour * 60 + value.minute


def opening(forbidden: Predicate, ends: Iterable[int], s: Situation, a: Action, days: int = AHEAD_DAYS) -> int | None:
    """The first instant after the action at which the wall clock forbids nothing any more, looking `days` ahead.

    `ends` are the minutes of the day at which that may begin, beside midnight and every change of the clock.
    """
    return next(
        (at for at in _edges(a, {*ends, 0}, days) if verdict(forbidden, s, moved(s, a, at, from_micros(at))) is False),
        None,
    )


def _edges(a: Action, ends: set[int], days: int) -> list[int]:
    found: set[int] = set()
    for name in a.zones:
        today = local_time(name, a.micros // MINUTE).ordinal
        for ordinal in range(today - 1, today + days):
            found.update(jumps(name, ordinal))
            for end in ends:
                found.update(readings(name, ordinal, end))
    return sorted(at for at in found if at > a.micros)
