"""Windows: the stretch of time in which messages are counted, and when room opens up again."""

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from domain.channel import Channel, Purpose, is_pushed
from domain.clock import to_micros
from domain.contact import Contact, ContactState
from domain.frozen import Frozen
from domain.language import phrase
from policies.slip import Slip
from policies.zones import DAY, HOUR, MINUTE, day_start, local_time, zone_named

LOOKBACK_DAYS = 35
"""How far back the record of contacts always reaches; rules with longer windows have it reach further."""
FURTHEST_DAYS = 750
"""Two years and a little: contacts that are older count in no window."""

PROMISED: frozenset[ContactState] = frozenset(("reserved", "delivered"))
DELIVERED: frozenset[ContactState] = frozenset(("delivered",))
LENGTHS = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 30 * DAY}
Span = tuple[int, int]


class Window(Frozen):
    """Rolling: any stretch of that length. Calendar: whole days, weeks or months on a clock that is named.

    A rolling week is 7 times 24 hours and a rolling month 30 times; `zone` matters to calendar windows alone.
    """

    kind: Literal["rolling", "calendar"]
    unit: Literal["minute", "hour", "day", "week", "month"]
    length: int = Field(1, ge=1, le=60 * 24 * FURTHEST_DAYS)
    zone: str = "customer"
    week_starts: Literal["monday", "sunday"] = "monday"
    fallback: str | None = None
    """The zone of customers whose own is not known; where nothing is said, every zone where they may be counts."""

    @field_validator("zone", "fallback")
    @classmethod
    def _zone_exists(cls, name: str | None, field: ValidationInfo) -> str | None:
        own = field.field_name == "zone"
        if name is None or zone_named(name) is not None or (own and name == "customer"):
            return name
        ja, en = ("customer か、", "customer, or ") if own else ("", "")
        raise Slip(
            ja=f"{name!r} という時間帯はありません。{ja}Asia/Tokyo のような名前を書きます。",
            en=f"{name!r} is not a time zone. Write {en}an IANA name such as Asia/Tokyo.",
        )

    @model_validator(mode="after")
    def _can_be_counted(self) -> "Window":
        if self.kind == "calendar" and self.unit == "minute":
            raise Slip(
                ja="暦の期間は時・日・週・月で数えます。分で数えるなら kind: rolling と書きます。",
                en="a calendar window is counted in hours, days, weeks or months. For minutes use kind: rolling.",
            )
        if self.reach > timedelta(FURTHEST_DAYS):
            raise Slip(
                ja=f"期間は{FURTHEST_DAYS}日までです。それより前の配信は読みません。",
                en=f"a window may reach back {FURTHEST_DAYS} days at most, since older messages are not read.",
            )
        return self

    @property
    def reach(self) -> timedelta:
        """How far before an action its window may begin: a month has up to 31 days, and a day up to 25 hours."""
        if self.kind == "rolling":
            return timedelta(microseconds=self.micros)
        return timedelta(
            {"hour": 0, "day": 1, "week": 7, "month": 31}.get(self.unit, 0) * self.length,
            hours=self.length if self.unit == "hour" else 1,
        )

    @property
    def micros(self) -> int:
        """The length of the window; of a calendar window, roughly."""
        return self.length * LENGTHS[self.unit]

    def each(self, language: str) -> str:
        """The window as a rule says it: 「7日間」, "in any 7 days"."""
        count, days = self.length, self.micros // DAY
        if self.kind == "calendar" and self.unit == "hour":
            return phrase(
                language, ja=f"時計の{count}時間", en="a clock hour" if count == 1 else f"in {count} clock hours"
            )
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
            return {"hour": "この1時間", "day": "本日", "week": "今週", "month": "今月"}[self.unit]
        return self.each("ja") if self.kind == "calendar" else f"直近{self.each('ja')}"


@dataclass(frozen=True)
class Uncounted:
    """Messages that an exception leaves out of a count: every line given must hold, and be known to."""

    channels: frozenset[Channel] | None = None
    purposes: frozenset[Purpose] | None = None
    scenes: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    offers: frozenset[str] | None = None
    first: int | None = None
    last: int | None = None

    def covers(self, contact: Contact, zones: Sequence[str]) -> bool:
        """Whether the contact is such a message, on the calendar of every zone where the customer may be."""
        facts = (
            (self.channels, contact.channel),
            (self.purposes, contact.purpose),
            (self.scenes, contact.scene),
            (self.kinds, contact.offer_kind),
            (self.categories, contact.offer_category),
            (self.offers, contact.offer_id),
        )
        return all(wanted is None or fact in wanted for wanted, fact in facts) and self._dated(contact, zones)

    def _dated(self, contact: Contact, zones: Sequence[str]) -> bool:
        if self.first is None and self.last is None:
            return True
        days = {local_time(name, to_micros(contact.at) // MINUTE).ordinal for name in zones}
        return all((self.first or 0) <= day and (self.last is None or day <= self.last) for day in days)


@dataclass(frozen=True)
class Counting:
    """Which messages a cap counts; pulled placements count only where their channel is named.

    A message about an offer whose category or kind was not kept counts, since it may be meant.
    """

    channels: frozenset[Channel] | None = None
    purposes: frozenset[Purpose] = frozenset({Purpose.MARKETING})
    scenes: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    offers: frozenset[str] | None = None
    states: frozenset[ContactState] = PROMISED
    uncounted: tuple[Uncounted, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        whose = (self.channels, self.purposes, self.scenes, self.categories, self.kinds, self.offers)
        return hash((whose, self.states, self.uncounted))

    def takes(self, contact: Contact, zones: Sequence[str] = ()) -> bool:
        """Whether a contact counts: a released one never does; `zones` are those where the customer may be."""
        return (
            contact.state in self.states
            and contact.purpose in self.purposes
            and self._reached(contact)
            and (self.scenes is None or contact.scene in self.scenes)
            and self._about(contact)
            and not any(one.covers(contact, zones) for one in self.uncounted)
        )

    def _reached(self, contact: Contact) -> bool:
        if self.channels is None:
            return contact.pushed
        return contact.channel in self.channels and (contact.pushed or not is_pushed(contact.channel))

    def _about(self, contact: Contact) -> bool:
        unkept = contact.offer_id is not None
        facts = ((self.categories, contact.offer_category), (self.kinds, contact.offer_kind))
        return (self.offers is None or contact.offer_id in self.offers) and all(
            wanted is None or fact in wanted or (fact is None and unkept) for wanted, fact in facts
        )


def rolling_full(times: Sequence[int], at: int, length: int, most: int) -> bool:
    """Whether one more message at `at` makes more than `most` in some stretch of `length` that contains it."""
    if most == 0 or not times or times[-1] <= at - length:
        return most == 0
    low, high = bisect_right(times, at - length), bisect_left(times, at + length)
    if high - low < most:
        return False
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
    if window.unit == "hour":
        began = (epoch_minute - local_time(name, epoch_minute).minute % 60) * MINUTE
        ends = [began + shift * HOUR for shift in range(1, window.length + 1)]
        return tuple((end - window.length * HOUR, end) for end in ends)
    today = local_time(name, epoch_minute).ordinal
    starts = [unit_start(today, window, shift) for shift in range(1 - window.length, window.length + 1)]
    return tuple(
        (day_start(name, starts[first]), day_start(name, starts[first + window.length]))
        for first in range(window.length)
    )


def unit_start(ordinal: int, window: CalendarWindow, shift: int) -> int:
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
