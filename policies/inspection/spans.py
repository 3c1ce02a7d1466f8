"""Spans: ends that hang on the day one reads them: today, this weekend, month-end, until Friday, in a week."""

import calendar
from datetime import date, timedelta

from policies.inspection.dates import MONTH, MONTH_NUMBER, WEEKDAY, edge_of, weekday_of
from policies.inspection.token import Day, Pattern, Place, Token

SATURDAY, SUNDAY, FRIDAY = 5, 6, 4
JA_WEEKDAYS = "月火水木金土日"
NAMED_DAYS = {
    "大晦日": (12, 31),
    "クリスマスイブ": (12, 24),
    "クリスマス": (12, 25),
    "元日": (1, 1),
    "元旦": (1, 1),
    "バレンタインデー": (2, 14),
    "バレンタイン": (2, 14),
    "ホワイトデー": (3, 14),
    "ハロウィン": (10, 31),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "hour": 0}


def _span(place: Place, unit: str, day: Day | None = None) -> Token | None:
    """A span says nothing by itself (本日のおすすめ); it does where something ends with it."""
    edge = edge_of(place)
    return Token("span", place.text, unit=unit, day=day, edge="end") if edge == "end" else None


def _today(place: Place) -> Token | None:
    return _span(place, "today")


def _tomorrow(place: Place) -> Token | None:
    return _span(place, "day after" if place.text in ("明後日", "あさって", "the day after tomorrow") else "tomorrow")


def _ends_at_midnight(place: Place) -> Token | None:
    return Token("span", place.text, unit="today", edge="end")


def _weekend(place: Place) -> Token | None:
    return _span(place, "weekend")


def _week(place: Place) -> Token | None:
    return _span(place, "next week" if place.text.startswith(("来週", "next")) else "week")


def _month_end(place: Place) -> Token | None:
    month = place["xm"] or place["xf"]
    if month:
        number = int(month) if month.isdigit() else MONTH_NUMBER[month.rstrip(".")]
        return Token("span", place.text, unit="month end", day=Day(month=number), edge="end")
    later = place.text.startswith("来月") or "next" in place.text
    whole = place.text.endswith(("いっぱい", "中")) or place.text.startswith(("the end", "month", "end of"))
    unit = "next month end" if later else "month end"
    return Token("span", place.text, unit=unit, edge="end") if whole else _span(place, unit)


def _year_end(place: Place) -> Token | None:
    return Token("span", place.text, unit="year end", edge="end")


def _named_day(place: Place) -> Token | None:
    month, day = NAMED_DAYS[place.text]
    return Token("date", place.text, day=Day(month=month, day=day), edge="end") if edge_of(place) == "end" else None


def _weekday_alone(place: Place) -> Token | None:
    next_week = place["nx"] in ("来週", "来週の", "next ")
    return _span(place, "next weekday" if next_week else "weekday", Day(weekday=weekday_of(place["wd"])))


def _in_a_while(place: Place) -> Token | None:
    return Token("span", place.text, unit=f"in {LENGTHS[place['ln'] or 'day']}", edge="end")


def lasts(token: Token, today: date) -> tuple[date, date]:
    """The first and the last day that the end of such a span may fall on."""
    unit = token.unit or ""
    monday = today - timedelta(days=today.weekday())
    if unit.startswith("in "):
        day = today + timedelta(days=int(unit[3:]))
        return day - timedelta(days=1 if unit != "in 0" else 0), day
    if unit.endswith("weekday"):
        return _weekday_in(token, today, monday)
    if unit.endswith("month end"):
        return _last_of(token, today, 1 if unit.startswith("next") else 0)
    days = {
        "today": (0, 0),
        "tomorrow": (1, 1),
        "day after": (2, 2),
        "weekend": (SATURDAY - today.weekday(), SUNDAY - today.weekday()),
        "week": (FRIDAY - today.weekday(), SUNDAY - today.weekday()),
        "next week": (FRIDAY + 7 - today.weekday(), SUNDAY + 7 - today.weekday()),
    }
    if unit == "year end":
        return date(today.year, 12, 31), date(today.year, 12, 31)
    first, last = days[unit]
    return today + timedelta(days=first), today + timedelta(days=last)


def _weekday_in(token: Token, today: date, monday: date) -> tuple[date, date]:
    wanted = token.day.weekday or 0 if token.day else 0
    day = (
        monday + timedelta(days=wanted + 7)
        if token.unit == "next weekday"
        else today + timedelta(days=(wanted - today.weekday()) % 7)
    )
    return day, day


def _last_of(token: Token, today: date, later: int) -> tuple[date, date]:
    month = token.day.month if token.day and token.day.month else (today.month + later - 1) % 12 + 1
    year = today.year + (1 if month < today.month else 0)
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last, last


PATTERNS: tuple[Pattern, ...] = (
    ("tomorrow", r"(?:明後日|あさって|明日|the day after tomorrow|tomorrow)(?![a-z])", _tomorrow),
    (
        "midnight",
        r"(?:(?<=ends )|(?<=closes )|(?<=expires ))at midnight(?! on)|(?:(?<=until )|(?<=by ))midnight(?! on)",
        _ends_at_midnight,
    ),
    ("today", r"(?:本日|今日|今夜|今晩|today|tonight|the end of today)(?![a-z])", _today),
    ("weekend", r"(?:今?週末|(?:this|the) weekend|sunday night)(?![a-z])", _weekend),
    (
        "week",
        r"(?:[今来]週(?:いっぱい|中|末日)|[今来]週(?=限り|まで)|(?:the end of )?(?:this|next) week(?!day|end)\b)",
        _week,
    ),
    (
        "month_end",
        rf"(?:[今来]月(?:末|いっぱい|中)|(?<![0-9一二三四五六七八九十ヶカケか箇])月末|(?P<xm>\d{{1,2}})月(?:末"
        rf"|いっぱい)"
        rf"|(?:the )?end of (?P<xf>{MONTH})|(?:the )?end of (?:the|this|next) month\b|month[- ]end\b)",
        _month_end,
    ),
    (
        "year_end",
        r"(?:年内(?:いっぱい)?(?=まで|限り|いっぱい|の|で|は)|年末(?=まで)|今年いっぱい|(?:the )?end of the year\b"
        r"|year[- ]end\b)",
        _year_end,
    ),
    ("named_day", f"(?:{'|'.join(sorted(NAMED_DAYS, key=len, reverse=True))})", _named_day),
    (
        "weekday",
        rf"(?P<nx>[今来]週の?|(?:this|next) )?(?P<wd>{WEEKDAY}|[{JA_WEEKDAYS}]曜日?)",
        _weekday_alone,
    ),
    (
        "in_a_while",
        r"(?<=ends )in (?:an?|one|1) (?P<ln>day|week|month|fortnight|hour)\b|(?<=ending )in an? (?P<lm>week)\b",
        _in_a_while,
    ),
)
