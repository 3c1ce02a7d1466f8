"""Windows: the stretch of time in which messages are counted, and when room opens up again."""

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from domain.channel import Channel, Purpose, is_pushed
from domain.contact import Contact
from domain.frozen import Frozen
from domain.language import phrase
from policies.slip import Slip
from policies.zones import DAY, HOUR, MINUTE, day_start, local_time, zone_named

LOOKBACK_DAYS = 35
"""How far back the record of contacts reaches; a longer window would be counted short."""

LENGTHS = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 30 * DAY}
Span = tuple[int, int]


class Window(Frozen):
    """Rolling: any stretch of that length. Calendar: whole days, weeks or months on a clock that is named.

    A rolling week is 7 times 24 hours and a rolling month 30 times; `zone` matters to calendar windows alone.
    """

    kind: Literal["rolling", "calendar"]
    unit: Literal["minute", "hour", "day", "week", "month"]
    length: int = Field(1, ge=1, le=60 * 24 * LOOKBACK_DAYS)
    zone: str = "customer"
    week_starts: Literal["monday", "sunday"] = "monday"

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        if name != "customer" and zone_named(name) is None:
            raise Slip(
                ja=f"{name!r} という時間帯はありません。customer か、Asia/Tokyo のような名前を書きます。",
                en=f"{name!r} is not a time zone. Write customer, or an IANA name such as Asia/Tokyo.",
            )
        return name

    @model_validator(mode="after")
    def _can_be_counted(self) -> "Window":
        if self.kind == "calendar" and self.unit in ("minute", "hour"):
            raise Slip(
                ja="暦の期間は日・週・月で数えます。時間で数えるなら kind: rolling と書きます。",
                en="a calendar window is counted in days, weeks or months. For hours use kind: rolling.",
            )
        if self.micros > LOOKBACK_DAYS * DAY:
            raise Slip(
                ja=f"期間は{LOOKBACK_DAYS}日までです。それより前の配信は読みません。",
                en=f"a window may reach back {LOOKBACK_DAYS} days at most, since older messages are not read.",
            )
        return self

    @property
    def micros(self) -> int:
        """The length of the window; of a calendar window, roughly."""
        return self.length * LENGTHS[self.unit]

    def each(self, language: str) -> str:
        """The window as a rule says it: 「7日間」, "in any 7 days"."""
        count, days = self.length, self.micros // DAY
        if self.kind == "calendar":
            unit = {"day": "日", "week": "週", "month": "か月"}[self.unit]
            ja = "1日" if self.unit == "day" and count == 1 else f"暦の{count}{unit}"
            en = f"a calendar {self.unit}" if count == 1 else f"in {count} calendar {self.unit}s"
            return phrase(language, ja=ja, en=en)
        if self.unit in ("day", "week", "month"):
            return phrase(language, ja=f"{days}日間", en="in any 24 hours" if days == 1 else f"in any {days} days")
        ja = "時間" if self.unit == "hour" else "分間"
        return phrase(language, ja=f"{count}{ja}", en=f"in any {count} {self.unit}{'s' if count > 1 else ''}")

    def now(self) -> str:
        """The window as a hold says it in Japanese: 「今週」, 「直近7日間」."""
        if self.kind == "calendar" and self.length == 1:
            return {"day": "本日", "week": "今週", "month": "今月"}[self.unit]
        return self.each("ja") if self.kind == "calendar" else f"直近{self.each('ja')}"


@dataclass(frozen=True)
class Counting:
    """Which messages a cap counts; pulled placements count only where their channel is named."""

    channels: frozenset[Channel] | None = None
    purposes: frozenset[Purpose] = frozenset({Purpose.MARKETING})
    scenes: frozenset[str] | None = None
    categories: frozenset[str] | None = None

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        return hash((self.channels, self.purposes, self.scenes, self.categories))

    def takes(self, contact: Contact) -> bool:
        """Whether a contact counts: a released one never does."""
        return (
            contact.state != "released"
            and contact.purpose in self.purposes
            and self._reached(contact)
            and (self.scenes is None or contact.scene in self.scenes)
            and (self.categories is None or contact.offer_category in self.categories)
        )

    def _reached(self, contact: Contact) -> bool:
        if self.channels is None:
            return contact.pushed
        return contact.channel in self.channels and (contact.pushed or not is_pushed(contact.channel))


def rolling_full(times: Sequence[int], at: int, length: int, most: int) -> bool:
    """Whether one more message at `at` makes more than `most` in some stretch of `length` that contains it."""
    low, high = bisect_right(times, at - length), bisect_left(times, at + length)
    if most == 0 or high - low < most:
        return most == 0
    middle = bisect_left(times, at, low, high)
    together = (*times[low:middle], at, *times[middle:high])
    mine = middle - low
    starts = range(max(0, mine - most), min(mine, len(together) - most - 1) + 1)
    return any(together[start + most] - together[start] < length for start in starts)


def rolling_reopens(times: Sequence[int], at: int, length: int, most: int) -> int | None:
    """The first instant after `at` at which a rolling window takes one more message."""
    openings = sorted(opening for seen in times if (opening := seen + length) > at)
    return next((opening for opening in openings if not rolling_full(times, opening, length, most)), None)


def calendar_full(times: Sequence[int], spans: Sequence[Span], most: int) -> bool:
    """Whether some of the spans hold `most` messages already."""
    return any(bisect_left(times, end) - bisect_left(times, start) >= most for start, end in spans)


@functools.lru_cache(maxsize=16_384)
def calendar_spans(zones: tuple[str, ...], window: "CalendarWindow", epoch_minute: int) -> tuple[tuple[Span, ...], ...]:
    """For each different calendar in `zones`: every run of `length` units that contains the minute."""
    return tuple(dict.fromkeys(_spans(name, window, epoch_minute) for name in zones))


@dataclass(frozen=True, slots=True)
class CalendarWindow:
    """The parts of a calendar window that its arithmetic needs."""

    unit: str
    length: int
    week_starts: str


def _spans(name: str, window: CalendarWindow, epoch_minute: int) -> tuple[Span, ...]:
    today = local_time(name, epoch_minute).ordinal
    starts = [_unit_start(today, window, shift) for shift in range(1 - window.length, window.length + 1)]
    return tuple(
        (day_start(name, starts[first]), day_start(name, starts[first + window.length]))
        for first in range(window.length)
    )


def _unit_start(ordinal: int, window: CalendarWindow, shift: int) -> int:
    """The first day of the unit that lies `shift` units from the one that holds the day."""
    if window.unit == "day":
        return ordinal + shift
    if window.unit == "week":
        past = (ordinal - 1) % 7 if window.week_starts == "monday" else ordinal % 7
        return ordinal - past + 7 * shift
    day = date.fromordinal(ordinal)
    months = day.year * 12 + day.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1).toordinal()


def calendar_boundaries(zones: tuple[str, ...], window: CalendarWindow, at: int) -> Iterator[int]:
    """The instants after `at` at which a new unit begins in some of the zones, in order."""
    single = CalendarWindow(window.unit, 1, window.week_starts)
    while True:
        at = min(spans[0][1] for spans in calendar_spans(zones, single, at // MINUTE))
        yield at
