"""Dates and times in copy: 12月4日（金）, December 10, 20時, until Friday."""

import re
from decimal import Decimal

from policies.inspection.numerals import JAPANESE as N
from policies.inspection.numerals import number
from policies.inspection.token import Day, Pattern, Place, Token

MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct"
    "|november nov|december dec"
)
MONTH_NUMBER = {name: place for place, names in enumerate(MONTHS.split("|"), 1) for name in names.split()}
MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})\b\.?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
WEEKDAY_NUMBER = {name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
JA_WEEKDAYS = "月火水木金土日"
BESIDE = rf"\s?\((?:[{JA_WEEKDAYS}](?:曜日?)?(?:・?祝)?|{WEEKDAY})\)|[{JA_WEEKDAYS}]曜日?"
ORDINAL = r"(?:st|nd|rd|th)?\b"
NOON, MIDNIGHT = 12 * 60, 0

UNTIL_AFTER = re.compile(
    r"\s?(?:\d{1,2}時|\d{1,2}:\d{2}|正午|中)?\s?(?:まで|迄|限り|締切|〆切|必着|に終了|で終了|が期限|が最終|が締)"
)
UNTIL_BEFORE = re.compile(
    r"(?:\b(?:until|till|til|by|ends?(?: on)?|ending|through|thru|before|expires?(?: on)?|deadline:?|closes?(?: on)?)"
    r"(?: the end of| midnight(?: on)?)? ?(?:\w+day,? )?|[〜~–-]\s?|(?:期限|締切|有効期間|最終日)[はがの::]?\s?)$"
)


def _deadline(place: Place) -> bool:
    return bool(UNTIL_AFTER.match(place.after) or UNTIL_BEFORE.search(place.before))


def _weekday(text: str | None) -> int | None:
    if not text:
        return None
    shown = text.strip(" (),")
    if shown[0] in JA_WEEKDAYS:
        return JA_WEEKDAYS.index(shown[0])
    return WEEKDAY_NUMBER[shown[:3]]


def _whole(text: str | None) -> int | None:
    return int(number(text)) if text else None


def _japanese(place: Place) -> Token:
    day = Day(_whole(place["jy"]), _whole(place["jm"]), _whole(place["jd"]), _weekday(place["jw"]))
    return Token("date", place.text, day=day, deadline=_deadline(place))


def _iso(place: Place) -> Token:
    day = Day(_whole(place["iy"]), _whole(place["im"]), _whole(place["id"]), _weekday(place["iw"]))
    return Token("date", place.text, day=day, deadline=_deadline(place))


def _slashed(place: Place) -> Token:
    day = Day(_whole(place["sy"]), _whole(place["sm"]), _whole(place["sd"]), _weekday(place["sw"]))
    return Token("date", place.text, day=day, deadline=_deadline(place))


def _english(place: Place) -> Token:
    month = MONTH_NUMBER[(place["em"] or place["fm"] or "").rstrip(".")]
    weekday = _weekday(place["ew"] or place["ex"])
    day = Day(_whole(place["ey"]), month, _whole(place["ed"] or place["fd"]), weekday)
    return Token("date", place.text, day=day, deadline=_deadline(place))


def _same_month(place: Place) -> Token:
    day = Day(day=_whole(place["od"]), weekday=_weekday(place["ow"]))
    return Token("date", place.text, day=day, deadline=_deadline(place))


def _month(place: Place) -> Token:
    return Token("month", place.text, day=Day(_whole(place["my"]), _whole(place["mm"])))


def _year(place: Place) -> Token:
    return Token("year", place.text, Decimal(place.text[:4]))


def _day_alone(place: Place) -> Token | None:
    if not _deadline(place):
        return None
    return Token("weekday", place.text, day=Day(weekday=_weekday(place["wd"])), deadline=True)


def _relative(place: Place) -> Token | None:
    sooner = place.text.startswith(("明日", "tomorrow"))
    alone = place.text in ("today", "tonight") and place.after.startswith(" only")
    if not alone and not _deadline(place):
        return None
    return Token("relative", place.text, Decimal(1 if sooner else 0), deadline=True)


def _time(place: Place) -> Token:
    if place["said"]:
        return Token("time", place.text, Decimal(NOON if place["said"] in ("正午", "noon") else MIDNIGHT))
    hour = int(number(place["th"] or place["dh"] or place["ah"] or "0"))
    minute = 30 if place["t30"] else int(number(place["tm"] or place["dm"] or "0"))
    later = (place["dp"] or place["ap"]) == "p"
    earlier = (place["dp"] or place["ap"]) == "a"
    if (later or place.before.endswith(("午後", "夜", "夕方"))) and hour < 12:
        hour += 12
    elif earlier and hour == 12:
        hour = 0
    return Token("time", place.text, Decimal(hour * 60 + minute))


PATTERNS: tuple[Pattern, ...] = (
    ("iso", rf"(?P<iy>\d{{4}})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d)(?P<iw>{BESIDE})?", _iso),
    (
        "japanese",
        rf"(?:(?P<jy>\d{{4}})年)?(?P<jm>{N})月(?P<jd>{N})日(?!間)(?P<jw>{BESIDE})?",
        _japanese,
    ),
    ("same_month", rf"(?P<od>\d{{1,2}})日(?:(?P<ow>{BESIDE})|(?=まで|迄|限り|より|から|開催))", _same_month),
    (
        "slashed",
        rf"(?P<sm>\d{{1,2}})/(?P<sd>\d{{1,2}})(?:/(?P<sy>\d{{4}}))?(?![\d/%])(?! ?off)(?P<sw>{BESIDE})?",
        _slashed,
    ),
    (
        "english",
        rf"(?:(?P<ew>{WEEKDAY}),? )?(?:(?P<em>{MONTH}) (?P<ed>\d{{1,2}}){ORDINAL}|(?P<fd>\d{{1,2}}){ORDINAL}(?: of)? "
        rf"(?P<fm>{MONTH}))(?:,? (?P<ey>\d{{4}})\b)?(?P<ex>{BESIDE})?",
        _english,
    ),
    ("month", r"(?:(?P<my>\d{4})年)?(?P<mm>\d{1,2})月(?!\d)", _month),
    ("year", r"(?:\d{4}年(?!間)|(?:19|20)\d\d\b(?![円%点個人件種本枚ポ.,:]|\s?(?:yen|points|%|people)))", _year),
    ("relative", r"(?:本日|今日|明日|today|tonight|tomorrow)(?![a-z])", _relative),
    ("day_alone", rf"(?P<wd>{WEEKDAY}|[{JA_WEEKDAYS}]曜日?)", _day_alone),
    (
        "time",
        rf"(?:(?P<th>{N})時(?!間|計|代|期|点|短|々|折)(?:(?P<t30>半)|(?P<tm>{N})分)?"
        r"|(?P<dh>\d{1,2}):(?P<dm>\d{2})(?!\d)(?:\s?(?P<dp>[ap])\.?m\b\.?)?"
        r"|(?P<ah>\d{1,2})\s?(?P<ap>[ap])\.?m\b\.?|(?P<said>正午|noon\b|midnight\b))",
        _time,
    ),
)
