"""Dates and times in copy: 12月4日（金）, December 10, 12/4, 20時, 8 pm; what begins or ends then."""

import re
from decimal import Decimal
from typing import Literal

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
AT_WORK = re.compile(r"届|開|閉|締|始|営業|受付|スタート|配信|集合|\b(?:open|clos|start|end|deliver)")
REIWA = 2018
MONTHS_A_YEAR = 12
NOON, MIDNIGHT = 12 * 60, 0

UNTIL_AFTER = re.compile(
    r"\s?(?:\d{1,2}時|\d{1,2}:\d{2}|正午|中)?\s?(?:まで|迄|限り|締切|〆切|必着|[にで]?終了|が期限|が最終|が締)"
    r"| only\b"
)
UNTIL_BEFORE = re.compile(
    r"(?:\b(?:until|till|til|by|ends?(?: on)?|ending|through|thru|before|expires?(?: on)?|deadline:?|closes?(?: on)?"
    r"|last day:?(?: is)?)"
    r"(?: the end of| midnight(?: on)?| this| next)? ?(?:\w+day,? )?(?:the )?|[〜~–-]\s?|(?:期限|締切|有効期間"
    r"|最終日)[はがの::]?\s?)$"
)
TO = r"(?: to | through | and |\s?[–—-]\s?)"
DAY_BEFORE = re.compile(rf"(?P<month>{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?{TO}$")
FROM_AFTER = re.compile(r"(?:から(?!の贈)|より(?!前)|スタート|開始|に開始|に始|発売|解禁|にオープン|オープン|開幕)")
FROM_BEFORE = re.compile(
    r"\b(?:starts?(?: on)?|starting(?: on)?|begins?(?: on)?|beginning|from|opens?(?: on)?|launch(?:es"
    r"|ing)?(?: on)?) (?:\w+day,? )?(?:the )?$"
)


def edge_of(place: Place) -> Literal["start", "end"] | None:
    """Whether something ends then, or begins."""
    before, after = place.before, place.after
    if UNTIL_AFTER.match(after) or UNTIL_BEFORE.search(before):
        return "end"
    return "start" if FROM_AFTER.match(after) or FROM_BEFORE.search(before) else None


def weekday_of(text: str | None) -> int | None:
    """The weekday that is written, Monday as 0."""
    if not text:
        return None
    shown = text.strip(" (),")
    if shown[0] in JA_WEEKDAYS:
        return JA_WEEKDAYS.index(shown[0])
    return WEEKDAY_NUMBER[shown[:3]]


def _whole(text: str | None) -> int | None:
    return int(number(text)) if text else None


def _japanese(place: Place) -> Token:
    year = REIWA + int(place["je"]) if place["je"] else _whole(place["jy"])
    day = Day(year, _whole(place["jm"]), _whole(place["jd"]), weekday_of(place["jw"]))
    return Token("date", place.text, day=day, edge=edge_of(place))


def _iso(place: Place) -> Token:
    day = Day(_whole(place["iy"]), _whole(place["im"]), _whole(place["id"]), weekday_of(place["iw"]))
    return Token("date", place.text, day=day, edge=edge_of(place))


def _slashed(place: Place) -> Token:
    month, number_of_day = _whole(place["sm"]) or 0, _whole(place["sd"]) or 0
    if number_of_day <= MONTHS_A_YEAR < month:
        month, number_of_day = number_of_day, month  # 31/01: the day comes first
    day = Day(_whole(place["sy"]), month, number_of_day, weekday_of(place["sw"]))
    return Token("date", place.text, day=day, edge=edge_of(place))


def _dotted(place: Place) -> Token:
    return Token(
        "date",
        place.text,
        day=Day(_whole(place["doty"]), _whole(place["dotm"]), _whole(place["dotd"])),
        edge=edge_of(place),
    )


def _english(place: Place) -> Token:
    month = MONTH_NUMBER[(place["em"] or place["fm"] or "").rstrip(".")]
    weekday = weekday_of(place["ew"] or place["ex"])
    day = Day(_whole(place["ey"]), month, _whole(place["ed"] or place["fd"]), weekday)
    return Token("date", place.text, day=day, edge=edge_of(place))


def _first_of_range(place: Place) -> Token:
    """5 to 13 December: the day that leaves its month to the other."""
    day = Day(month=MONTH_NUMBER[(place["rm"] or "").rstrip(".")], day=_whole(place["rd"]))
    return Token("date", place.text, day=day)


def second_of_range(place: Place) -> Token | None:
    """December 5 to 13: a bare number after a day and `to` is a day as well."""
    month = DAY_BEFORE.search(place.before)
    if month is None or not place.text.isdigit() or len(place.text) > 2:
        return None
    day = Day(month=MONTH_NUMBER[month["month"].rstrip(".")], day=int(place.text))
    return Token("date", place.text, day=day, edge="end")


def _in_a_month(place: Place) -> Token:
    return Token("date", place.text, day=Day(day=_whole(place["wm"])), edge=edge_of(place))


def _same_month(place: Place) -> Token:
    day = Day(day=_whole(place["od"]), weekday=weekday_of(place["ow"]))
    return Token("date", place.text, day=day, edge=edge_of(place))


def _nth_day(place: Place) -> Token:
    return Token("date", place.text, day=Day(day=_whole(place["nd"])), edge=edge_of(place))


def _month(place: Place) -> Token:
    if edge_of(place) == "end":
        return Token("span", place.text, unit="month end", day=Day(month=_whole(place["mm"])), edge="end")
    return Token("month", place.text, day=Day(_whole(place["my"]), _whole(place["mm"])))


def _year(place: Place) -> Token:
    return Token("year", place.text, Decimal(REIWA + int(place["ye"]) if place["ye"] else int(place.text[:4])))


def _time(place: Place) -> Token | None:
    edge = edge_of(place)
    loose = place["said"] or (place["th"] and not place.text[0].isdigit())
    if loose and edge is None and not AT_WORK.search(place.after):
        return None  # midnight blue, 三時のおやつ: an hour that nothing keeps to
    if place["said"]:
        value = NOON if place["said"] in ("正午", "noon") else MIDNIGHT
        return Token("time", place.text, Decimal(value), edge=edge)
    hour = int(number(place["th"] or place["dh"] or place["ah"] or "0"))
    minute = 30 if place["t30"] else int(number(place["tm"] or place["dm"] or "0"))
    later = (place["dp"] or place["ap"]) == "p"
    earlier = (place["dp"] or place["ap"]) == "a"
    if (later or place.before.endswith(("午後", "夜", "夕方"))) and hour < 12:
        hour += 12
    elif earlier and hour == 12:
        hour = 0
    return Token("time", place.text, Decimal(hour * 60 + minute), edge=edge)


PATTERNS: tuple[Pattern, ...] = (
    ("iso", rf"(?P<iy>\d{{4}})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d)(?P<iw>{BESIDE})?", _iso),
    (
        "japanese",
        rf"(?:(?:(?P<jy>\d{{4}})|令和(?P<je>\d{{1,2}}))年)?(?P<jm>{N})月(?P<jd>{N})日(?!間)(?P<jw>{BESIDE})?",
        _japanese,
    ),
    ("month_word", r"[先今来]月の?(?P<wm>\d{1,2})日(?!間)", _in_a_month),
    ("same_month", rf"(?P<od>\d{{1,2}})日(?:(?P<ow>{BESIDE})|(?=まで|迄|限り|より|から|開催))", _same_month),
    ("dotted", r"(?P<dotd>\d{1,2})\.(?P<dotm>\d{1,2})\.(?P<doty>\d{4})(?!\d)", _dotted),
    (
        "slashed",
        rf"(?P<sm>\d{{1,2}})/(?P<sd>\d{{1,2}})(?:/(?P<sy>\d{{4}}))?(?![\d/%])(?! ?off)(?P<sw>{BESIDE})?",
        _slashed,
    ),
    (
        "first_of_range",
        rf"(?P<rd>\d{{1,2}}){ORDINAL}(?={TO}\d{{1,2}}{ORDINAL}(?: of)? (?P<rm>{MONTH}))",
        _first_of_range,
    ),
    (
        "english",
        rf"(?:(?P<ew>{WEEKDAY}),? (?:the )?)?(?:(?P<em>{MONTH}) (?:the )?(?P<ed>\d{{1,2}}){ORDINAL}"
        rf"|(?P<fd>\d{{1,2}}){ORDINAL}(?: of)? "
        rf"(?P<fm>{MONTH}))(?:,? (?P<ey>\d{{4}})\b)?(?P<ex>{BESIDE})?",
        _english,
    ),
    ("nth_day", r"(?<=\bthe )(?P<nd>\d{1,2})(?:st|nd|rd|th)(?=[.,!;)]|$)", _nth_day),
    ("month", r"(?:(?P<my>\d{4})年)?(?P<mm>\d{1,2})月(?!\d)", _month),
    (
        "year",
        r"(?:\d{4}年(?!間)|令和(?P<ye>\d{1,2})年(?!間)|(?:19|20)\d\d\b(?![円%点個人件種本枚ポ]|[.,:]\d|\s?(?:yen|points|%"
        r"|people)))",
        _year,
    ),
    (
        "time",
        rf"(?:(?P<th>{N})時(?!間|計|代|期|点|短|々|折)(?:(?P<t30>半)|(?P<tm>{N})分)?"
        r"|(?P<dh>\d{1,2}):(?P<dm>\d{2})(?!\d)(?:\s?(?P<dp>[ap])\.?m\b\.?)?"
        r"|(?P<ah>\d{1,2})\s?(?P<ap>[ap])\.?m\b\.?|(?P<said>正午|noon\b|midnight\b))",
        _time,
    ),
)
