"""Days: weekdays, holidays and dates, alone, in lists and in ranges, resolved to the calendar."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from policies.directives import named_days
from policies.directives.atom import Sense

KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KANJI = "月火水木金土日"
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS, WEEKEND = frozenset(KEYS[:5]), frozenset(KEYS[5:])
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
DAY_JA = r"[月火水木金土日](?:曜日?)"
RANGE_JA = re.compile(
    r"(?:毎週)?(?P<a>[月火水木金土日])(?:曜日?)?\s?(?:~|-|から)\s?(?P<b>[月火水木金土日])(?:曜日?)?(?:まで)?(?!\d)"
)
LIST_JA = re.compile(
    r"(?:毎週の?)?(?P<days>[月火水木金土日](?:曜日?)?(?:[・、,/と]?[月火水木金土日](?:曜日?)?)+)"
    r"(?P<holiday>[・、と]?祝日?)?(?![一-龠])"
)
ONE_JA = re.compile(rf"(?:毎週の?)?(?P<day>{DAY_JA})(?P<holiday>[・、と]?祝日?)?")
FIXED_JA = re.compile(r"土日祝日?|週末|平日|祝日|祝祭日|休日|営業日|土日|日祝")
NAME_EN = "|".join((*NAMES, "tues", "thurs", "thur", "weds", *SHORT))
ONE_EN = re.compile(rf"(?P<a>{NAME_EN})s?\b\.?(?:\s?(?:-|~|to|through|thru|until|till)\s?(?P<b>{NAME_EN})s?\b)?")
FIXED_EN = re.compile(
    r"(?P<weekday>weekdays?|week days)|(?P<weekend>weekends?|the weekend)|(?P<business>business days?|"
    r"working days?|workdays?)|(?P<holiday>(?:public|national|bank) holidays?|holidays(?= |$|[.,]))"
)
NAMED_YEAR = re.compile(r"(?P<year>本年|今年|来年|翌年|再来年)の?\s?(?=\d{1,2}\s?(?:月|/))")
YEARS_ON = {"本年": 0, "今年": 0, "来年": 1, "翌年": 1, "再来年": 2}
HOLIDAY, FREE, WORK = "holiday", "free", "work"

YMD = re.compile(
    r"(?:(?P<y>\d{4})\s?[年/.-]\s?)?(?P<m>\d{1,2})\s?(?:月|/)\s?(?P<d>\d{1,2})(?P<tail>日)"
    r"?(?:\s?\([月火水木金土日](?:曜日?)?(?:・祝)?\))?"
)
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
DMY_EN = re.compile(
    rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH_NAME})\b\.?(?:,? (?P<y>\d{{4}}))?"
)
MDY_EN = re.compile(
    rf"(?P<m>{MONTH_NAME})\.? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<y>\d{{4}})(?!\d))?"
)
WHOLE_JA = re.compile(r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:中|いっぱい|の間)?(?!\d|曜)")
WHOLE_EN = re.compile(
    rf"(?:in |during |throughout |for )(?:the (?:whole )?month of |all of )"
    rf"?(?P<m>{'|'.join(name for name in MONTHS if len(name) > 3 or name == 'may')})\b(?: (?P<y>\d{{4}})"
    rf")?"
)
NEXT_DAY_EN = re.compile(
    r",? ?(?P<tie>and|&|-|to|through) (?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]| ?(?:am|pm|[a-z]{3,}))"
)
PAIR_EN = re.compile(
    rf"(?P<between>between )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?P<tie>and|&|-|to|through) ?(?:the )?"
    rf"(?P<e>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH_NAME})\b\.?(?:,? (?P<y>\d{{4}}))?"
)
NEXT_DAY_JA = re.compile(r"(?:と|、|・|および|及び|,|~|-|から)\s?(?P<d>\d{1,2})日")
RELATIVE: tuple[tuple[re.Pattern[str], Callable[[date], tuple[date, date]]], ...] = (
    (re.compile(r"本日中?|今日(?!から)|today"), lambda d: (d, d)),
    (re.compile(r"明日|tomorrow"), lambda d: (d + timedelta(1), d + timedelta(1))),
    (re.compile(r"今週末|this weekend"), lambda d: (_monday(d) + timedelta(5), _monday(d) + timedelta(6))),
    (
        re.compile(
            r"今週(?:いっぱい|中)?|(?:for )?the rest of (?:the|this) week|this week|until the end of (?:the|"
            r"this) week"
        ),
        lambda d: (d, _monday(d) + timedelta(6)),
    ),
    (re.compile(r"来週(?:いっぱい|中)?|next week"), lambda d: (_monday(d) + timedelta(7), _monday(d) + timedelta(13))),
    (
        re.compile(
            r"今月(?:いっぱい|中|末まで(?:に|は)?)?|月末まで(?:に|は)?|this month|until the end of (?:the|this)"
            r" month|(?:for )?the rest of (?:the|this) month"
        ),
        lambda d: (d, _month_end(d)),
    ),
    (
        re.compile(r"来月(?:いっぱい|中)?|next month"),
        lambda d: (_month_end(d) + timedelta(1), _month_end(_month_end(d) + timedelta(1))),
    ),
    (
        re.compile(
            r"年内(?:いっぱい|中)?(?:は)?|今年いっぱい|年末まで(?:に|は)?|until the end of (?:the|this) year|"
            r"this year|(?:for )?the rest of (?:the|this) year"
        ),
        lambda d: (d, date(d.year, 12, 31)),
    ),
)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _month_end(day: date) -> date:
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def weekday(text: str, at: int) -> tuple[int, Sense] | None:
    """Weekdays: 火木, 月〜金, 土日祝, weekdays, Mon-Fri; `name` tells of holidays and business days."""
    for reader in (_fixed, _range, _list, _english):
        found = reader(text, at)
        if found is not None:
            return found
    return None


def _days(chosen: frozenset[str], name: str = "") -> Sense:
    return Sense("days", name, chosen)


def _fixed(text: str, at: int) -> tuple[int, Sense] | None:
    if found := FIXED_JA.match(text, at):
        word = found[0]
        if RANGE_JA.match(text, at) or (
            word in ("土日", "日祝") and re.match(r"[・と、]?祝", text[found.end() :]) and word == "土日"
        ):
            return _with_holiday(text, at)
        senses = {
            "平日": _days(WEEKDAYS, WORK),
            "営業日": _days(WEEKDAYS, WORK),
            "週末": _days(WEEKEND),
            "土日": _days(WEEKEND),
            "休日": _days(WEEKEND, FREE),
            "祝日": _days(frozenset(), HOLIDAY),
            "祝祭日": _days(frozenset(), HOLIDAY),
            "日祝": _days(frozenset(("sun",)), FREE),
        }
        return found.end(), senses.get(word, _days(WEEKEND, FREE))
    return None


def _with_holiday(text: str, at: int) -> tuple[int, Sense] | None:
    found = re.compile(r"土日[・と、]?祝日?").match(text, at)
    return (found.end(), _days(WEEKEND, FREE)) if found else _range(text, at)


def _between(first: int, last: int) -> frozenset[str]:
    return frozenset(KEYS[(first + step) % 7] for step in range((last - first) % 7 + 1))


def _range(text: str, at: int) -> tuple[int, Sense] | None:
    found = RANGE_JA.match(text, at)
    return (found.end(), _days(_between(KANJI.index(found["a"]), KANJI.index(found["b"])))) if found else None


def _list(text: str, at: int) -> tuple[int, Sense] | None:
    if re.match(r"日(?!曜|・|祝)", text[at:]) or re.match(r"月(?!曜|[・、火水木金土])", text[at:]):
        return None
    for pattern, group in ((LIST_JA, "days"), (ONE_JA, "day")):
        if found := pattern.match(text, at):
            bare = re.sub("曜日?", "", found[group])
            chosen = frozenset(KEYS[KANJI.index(sign)] for sign in bare if sign in KANJI)
            return found.end(), _days(chosen, FREE if found["holiday"] else "")
    return None


def _english(text: str, at: int) -> tuple[int, Sense] | None:
    if found := FIXED_EN.match(text, at):
        if found["holiday"]:
            return found.end(), _days(frozenset(), HOLIDAY)
        return found.end(), _days(WEEKEND if found["weekend"] else WEEKDAYS, WORK if found["business"] else "")
    if found := ONE_EN.match(text, at):
        first = SHORT.index(found["a"][:3])
        chosen = _between(first, SHORT.index(found["b"][:3])) if found["b"] else frozenset((KEYS[first],))
        return found.end(), _days(chosen)
    return None


def dated(text: str, at: int, today: date) -> tuple[int, Sense] | None:
    """A date or several: 12/1, 12月24日と25日, 24 December, this week; without a year, the next to come."""
    if named := NAMED_YEAR.match(text, at):
        return _in_year(text, named.end(), today.year + YEARS_ON[named["year"]], today)
    if pair := _pair(text, at, today):
        return pair
    for pattern in (ISO, YMD, DMY_EN, MDY_EN):
        found = pattern.match(text, at)
        if found and _is_day(found, pattern):
            first = _day(found["y"], found["m"], found["d"], today)
            return _further(text, found.end(), first, today) if first else None
    for pattern in (WHOLE_JA, WHOLE_EN):
        if found := pattern.match(text, at):
            first = _day(found["y"], found["m"], "1", today, whole=True)
            return (found.end(), Sense("dates", "month", first=first, last=_month_end(first))) if first else None
    return named_days.named(text, at, today) or _relative(text, at, today)


def _relative(text: str, at: int, today: date) -> tuple[int, Sense] | None:
    """今週いっぱい, until the end of the month: a span that today says."""
    for pattern, resolve in RELATIVE:
        if found := pattern.match(text, at):
            first, last = resolve(today)
            return found.end(), Sense("dates", "relative", first=first, last=last)
    return None


def _in_year(text: str, at: int, year: int, today: date) -> tuple[int, Sense] | None:
    """来年1月10日: the day in that year, whatever day it is now."""
    if (found := YMD.match(text, at)) and not found["y"] and _is_day(found, YMD):
        first = _day(str(year), found["m"], found["d"], today)
        return _further(text, found.end(), first, today) if first else None
    if (found := WHOLE_JA.match(text, at)) and not found["y"]:
        first = _day(str(year), found["m"], "1", today)
        return (found.end(), Sense("dates", "month", first=first, last=_month_end(first))) if first else None
    return None


def _pair(text: str, at: int, today: date) -> tuple[int, Sense] | None:
    """25 and 26 December."""
    found = PAIR_EN.match(text, at)
    if found is None:
        return None
    first, last = (_day(found["y"], found["m"], found[day], today) for day in ("d", "e"))
    apart = found["tie"] in ("and", "&") and not found["between"]
    if not first or not last or last < first or (apart and last - first != timedelta(1)):
        return None
    return found.end(), Sense("dates", "range", first=first, last=last)


def _is_day(found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    return pattern is not YMD or "/" in found[0] or bool(found["tail"])


def _further(text: str, end: int, first: date, today: date) -> tuple[int, Sense]:
    """More days of the same month: 24日と25日."""
    last = first
    while found := NEXT_DAY_JA.match(text, end) or NEXT_DAY_EN.match(text, end):
        try:
            day = date(first.year, first.month, int(found["d"]))
        except ValueError:
            break
        if day <= last or (day - last != timedelta(1) and not re.match("[~-]|から| ?(?:-|to|through)", found[0])):
            break
        last, end = day, found.end()
    return end, Sense("dates", "days" if last == first else "range", first=first, last=last)


def _day(year: str | None, month: str, day: str, today: date, *, whole: bool = False) -> date | None:
    number = int(month) if month.isdigit() else MONTHS[month]
    try:
        if year:
            return date(int(year), number, int(day))
        this = date(today.year, number, int(day))
        return this if (_month_end(this) if whole else this) >= today else date(today.year + 1, number, int(day))
    except ValueError:
        return None
