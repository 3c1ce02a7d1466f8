"""Quiet hours: a daily window, on the customer's clock, in which nothing is pushed."""

from datetime import time
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from domain.language import phrase
from policies.facts import Action, Situation
from policies.kleene import within_hours
from policies.predicate import Hours, Predicate
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import WEEKDAYS_JA, channel_names, clock, listed
from policies.zones import MINUTE, jumps, local_time, local_times, readings

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
AHEAD_DAYS = 9
"""A weekly pattern and both of its edges."""


class QuietHours(Rule):
    """Forbids pushed messages from `start` (inclusive) to `end` (exclusive), over midnight where `end` is not later.

    Times are wall-clock times in the customer's zone; where the clock is put forward or back, the wall clock counts.
    Unknown zone: the window must be avoided in every zone of the country. `days` are those on which the window begins.
    """

    type: Literal["quiet_hours"] = "quiet_hours"
    start: time
    end: time
    days: frozenset[Weekday] = Field(frozenset(WEEKDAYS), min_length=1)

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

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
        """The window in minutes and day numbers."""
        days = frozenset(WEEKDAYS.index(day) for day in self.days)
        return Hours(_minutes(self.start), _minutes(self.end), days)

    def forbidden(self) -> Predicate:
        return self.hours

    def reopens(self, s: Situation, a: Action) -> int | None:
        hours = self.hours
        return next((at for at in _edges(a, hours.end) if not _inside_anywhere(a.zones, at, hours)), None)

    def say(self, language: str) -> str:
        start, end = clock(_minutes(self.start)), clock(_minutes(self.end))
        named = channel_names(self.scope.channels, language) if self.scope.channels else None
        days = sorted(WEEKDAYS.index(day) for day in self.days)
        every = len(days) == len(WEEKDAYS)
        on_days = phrase(
            language,
            ja="" if every else "・".join(WEEKDAYS_JA[day] for day in days) + "曜日の",
            en="" if every else " on " + listed([DAYS_EN[day] for day in days], language),
        )
        return phrase(
            language,
            ja=f"配信禁止時間：{on_days}{start}〜{end}は{named + 'を' if named else ''}配信しません。",
            en=f"Quiet hours: nothing is sent{f' by {named}' if named else ''} from {start} to {end}{on_days}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        start, end = clock(_minutes(self.start)), clock(_minutes(self.end))
        if a is not None and len(a.locals) > 1:
            return phrase(
                language,
                ja=f"お客様の時間帯がわからず、配信禁止時間（{start}〜{end}）にかかるおそれがあります。",
                en=f"It may be quiet hours ({start} to {end}) for the customer, whose time zone is not known.",
            )
        return phrase(
            language,
            ja=f"配信禁止時間（{start}〜{end}）です。",
            en=f"It is quiet hours ({start} to {end}) for the customer.",
        )


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _edges(a: Action, end: int) -> list[int]:
    """The instants after the action at which a window may end: its end on each day, and every change of the clock."""
    found: set[int] = set()
    for name in a.zones:
        today = local_time(name, a.micros // MINUTE).ordinal
        for ordinal in range(today - 1, today + AHEAD_DAYS):
            found.update(readings(name, ordinal, end))
            found.update(jumps(name, ordinal))
            found.update(readings(name, ordinal, 0))
    return sorted(at for at in found if at > a.micros)


def _inside_anywhere(zones: tuple[str, ...], at: int, hours: Hours) -> bool:
    clocks = local_times(zones, at // MINUTE)
    return any(within_hours(local, hours.start, hours.end, hours.days) for local in clocks)
