"""Days: dates, weekdays and times of the clock, as they are written in Japanese and English."""

import re
from decimal import Decimal

from policies.checking.claim import Claim, Kind, after, before
from policies.checking.numbers import ENGLISH, JAPANESE, amount

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_JA = "月火水木金土日"
DAY_EN = r"(?P<dow>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
BESIDE_JA = rf"(?:\s?\((?P<dow>[{DAYS_JA}]))?"
YEAR = r"(?:,? (?P<year>\d{4}))?"
ORDINAL = r"(?:st|nd|rd|th)?"
UNTIL_JA = re.compile(r"^(?:\(.\))?\s?(?:\d{1,2}[時:]\d{0,2})?\s?(?:まで|迄|限り|締切|〆切|必着)")
UNTIL_EN = re.compile(
    r"(?:\buntil|\btill|\bby|\bends?(?: on)?|\bthrough|\bbefore|\bexpires?(?: on)?|[〜~])\s?(?:\w+,? )?$"
)


def _until(match: re.Match[str], text: str) -> bool:
    return bool(UNTIL_JA.match(after(match, text)) or UNTIL_EN.search(before(match, text)))


def _iso(match: re.Match[str], text: str) -> Claim:
    return _day(match, text, int(match["mon"]), int(match["day"]))


def _japanese(match: re.Match[str], text: str) -> Claim:
    return _day(match, text, int(amount(match["mon"])), int(amount(match["day"])))


def _english(match: re.Match[str], text: str) -> Claim:
    return _day(match, text, MONTHS.index(match["month"][:3]) + 1, int(match["day"]))


def _same_month(match: re.Match[str], text: str) -> Claim:
    return _day(match, text, None, int(match["day"]))


def _day(match: re.Match[str], text: str, month: int | None, day: int) -> Claim:
    groups = match.groupdict()
    year, named = groups.get("year"), groups.get("dow")
    weekday = None if not named else DAYS_JA.find(named) if named in DAYS_JA else DAYS.index(named[:3])
    whole = int(year) if year else None
    return Claim("date", match[0], year=whole, month=month, day=day, weekday=weekday, until=_until(match, text))


def _weekday(match: re.Match[str], text: str) -> Claim | None:
    if not _until(match, text):
        return None
    named = match["ja"]
    weekday = DAYS_JA.index(named) if named else DAYS.index(match["dow"][:3])
    return Claim("date", match[0], weekday=weekday, until=True)


def _relative(match: re.Match[str], text: str) -> Claim | None:
    later = match[0] in ("明日", "tomorrow")
    return Claim("relative", match[0], Decimal(int(later)), until=True) if _until(match, text) else None


def _left(match: re.Match[str], text: str) -> Claim:
    return Claim("left", match[0], amount(match["n1"] or match["n2"]))


def _clock(match: re.Match[str], text: str) -> Claim:
    hour = int(amount(match["h1"] or match["h2"] or match["h3"] or match["h4"]))
    minute = 30 if match["half"] else int(match["m1"] or match["m2"] or match["m3"] or 0)
    late = match["p3"] or match["p4"]
    if (late == "p" or before(match, text).endswith(("午後", "夜", "夕方"))) and hour < 12:
        hour += 12
    return Claim("time", match[0], Decimal((0 if late == "a" and hour == 12 else hour) * 60 + minute))


CALENDAR: tuple[Kind, ...] = (
    (r"(?<!\d)(?P<year>\d{4})[-/.](?P<mon>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _iso),
    (rf"(?:(?P<year>\d{{4}})年)?(?P<mon>{JAPANESE})月(?P<day>{JAPANESE})日(?!間){BESIDE_JA}", _japanese),
    (rf"(?:{DAY_EN},? )?{MONTH} (?P<day>\d{{1,2}})(?!\d){ORDINAL}{YEAR}", _english),
    (r"(?<!\d)(?P<mon>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", _iso),
    (rf"(?P<day>\d{{1,2}})(?= ?(?:to|-|–) ?\d{{1,2}} {MONTH})", _english),
    (rf"(?:{DAY_EN},?(?: the)? )?(?P<day>\d{{1,2}}){ORDINAL}(?: of)? {MONTH}\b{YEAR}", _english),
    (rf"(?<![\d/])(?P<mon>\d{{1,2}})/(?P<day>\d{{1,2}})(?![\d/%]| ?off){BESIDE_JA}", _iso),
    (rf"(?:(?<=[〜~])|(?<=から))\s?(?P<day>\d{{1,2}})日(?!間){BESIDE_JA}", _same_month),
    (r"本日|今日|明日|\btoday|\btonight|\btomorrow", _relative),
    (
        r"(?P<h1>\d{1,2}|[〇一二三四五六七八九十]{1,3}(?=時(?:半)?(?:から|まで|より|開|閉)))時(?![間計代期点短々折])(?:(?P<half>半)|(?P<m1>\d{1,2})分)?"
        r"|(?P<h3>\d{1,2}):(?P<m3>\d{2})\s?(?P<p3>[ap])\.?m\b|(?P<h2>\d{1,2}):(?P<m2>\d{2})(?!\d)"
        r"|(?<![\d:])(?P<h4>\d{1,2})\s?(?P<p4>[ap])\.?m\b",
        _clock,
    ),
    (rf"(?:あと|残り)(?P<n1>{JAPANESE})日(?!間)|(?P<n2>{JAPANESE}|{ENGLISH}) days? (?:left|to go|remaining)", _left),
    (rf"(?P<ja>[{DAYS_JA}])曜日?|\b{DAY_EN}\b", _weekday),
)
"""Expressions and their readers, in the order in which they are tried."""
