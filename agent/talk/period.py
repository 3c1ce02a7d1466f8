"""Periods: "this week", 「先週」 or "since Monday" as two instants on the clock at home."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.language import Language, phrase

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS_JA = "月火水木金土日"
MOST_DAYS = 400
NUMBERS = {
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven"), 1)},
    **{sign: number for number, sign in enumerate("一二三四五六七八九十", 1)},
    "a": 1,
    "couple of": 2,
    "数": 3,
    "few": 3,
}
COUNTED = re.compile(
    r"(?:last|past|previous|these|直近の?|最近の?|過去の?|この|ここ)\s*(?P<count>\d{1,3}|[a-z ]+?"
    r"|[一二三四五六七八九十数])?"
    r"\s*(?P<unit>days?|weeks?|months?|hours?|日間?|週間?|[かヶケカヵ]月間?|時間)"
)
SINCE_DAY = re.compile(
    r"(?:since|from)\s+(?:last\s+)?(?P<en>mon|tue|wed|thu|fri|sat|sun)|(?P<ja>[月火水木金土日])曜日?(?:から|以降)"
)
ISO = re.compile(r"(?P<year>\d{4})[-/年](?P<month>\d{1,2})[-/月](?P<day>\d{1,2})")
MONTH_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})(?:月|/)(?P<day>\d{1,2})日?")
HOURS = {"day": DAY, "week": WEEK, "hour": timedelta(hours=1), "month": timedelta(days=30)}
UNITS_JA = {"日": "day", "週": "week", "時": "hour", "月": "month"}


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to `end`, and how it is called."""

    start: datetime
    end: datetime
    name: str


def period_in(words: str, now: datetime, zone: ZoneInfo, language: Language) -> Period:
    """The stretch of time that words name; this week, from Monday, where they name none."""
    local = now.astimezone(zone)
    start, end = _bounds(words.lower(), local)
    # What happens at this very instant belongs to it.
    until = end if end < local else local + timedelta(microseconds=1)
    return Period(start, until, _name(start, until, language))


def names_a_period(words: str) -> bool:
    """Whether words name a stretch of time."""
    return re.search(NAMED, words) is not None or COUNTED.search(words) is not None or _day_in(words) is not None


NAMED = (
    r"today|yesterday|this week|last week|this month|last month|recent|lately|since|"
    r"今日|本日|きょう|昨日|きのう|今週|先週|今月|先月|最近|ここのところ|このところ|以降|から"
)


def _bounds(words: str, now: datetime) -> tuple[datetime, datetime]:
    today = datetime.combine(now.date(), time(), now.tzinfo)
    monday = today - now.weekday() * DAY
    first = today.replace(day=1)
    before = (first - DAY).replace(day=1)
    fixed = (
        (r"yesterday|昨日|きのう", today - DAY, today),
        (r"today|今日|本日|きょう", today, now),
        (r"last week|先週", monday - WEEK, monday),
        (r"this week|今週", monday, now),
        (r"last month|先月", before, first),
        (r"this month|今月", first, now),
    )
    since = _since(words, today)
    if since is not None:
        return since, now
    for pattern, start, end in fixed:
        if re.search(pattern, words):
            return start, end
    back = _counted(words)
    if back is not None:
        return now - back, now
    return (today - WEEK, now) if re.search(r"最近|recent|lately|このところ|ここのところ", words) else (monday, now)


def _since(words: str, today: datetime) -> datetime | None:
    found = SINCE_DAY.search(words)
    if found:
        wanted = WEEKDAYS_EN.index(found["en"]) if found["en"] else WEEKDAYS_JA.index(found["ja"])
        return today - ((today.weekday() - wanted) % 7) * DAY
    day = _day_in(words, today.date())
    return None if day is None else datetime.combine(day, time(), today.tzinfo)


def _day_in(words: str, today: date | None = None) -> date | None:
    """A day that words name; one without a year is the last such day."""
    whole, part = ISO.search(words), MONTH_DAY.search(words)
    try:
        if whole:
            return date(int(whole["year"]), int(whole["month"]), int(whole["day"]))
        if part:
            this = (today or date.max).replace(month=int(part["month"]), day=int(part["day"]))
            return this if today is None or this <= today else this.replace(year=this.year - 1)
    except ValueError:
        return None
    return None


def _counted(words: str) -> timedelta | None:
    found = COUNTED.search(words)
    if found is None:
        return None
    said = (found["count"] or "").strip()
    if said and not said.isdigit() and said not in NUMBERS:
        return None
    count = int(said) if said.isdigit() else NUMBERS.get(said, 1)
    unit = found["unit"].rstrip("s")
    size = HOURS.get(unit) or HOURS[next(UNITS_JA[sign] for sign in unit if sign in UNITS_JA)]
    return min(count * size, MOST_DAYS * DAY)


def _name(start: datetime, end: datetime, language: Language) -> str:
    """The days in words, the last one included."""
    last = (end - timedelta(microseconds=1)).date()
    if start.date() == last:
        return phrase(language, ja=f"{start.month}月{start.day}日", en=f"{start:%d %B}".lstrip("0"))
    return phrase(
        language,
        ja=f"{start.month}月{start.day}日から{last.month}月{last.day}日まで",
        en=f"{start:%d %B} to {last:%d %B}".replace(" 0", " ").lstrip("0"),
    )
