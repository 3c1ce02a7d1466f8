"""Counts in copy: twelve kinds, 300g, 1,240 points, 24 hours, a dozen bags, three minutes."""

import re
from dataclasses import replace
from decimal import Decimal

from policies.inspection.dates import second_of_range
from policies.inspection.innocents import claims_nothing, word_claims
from policies.inspection.numerals import ENGLISH_NUMBER, number
from policies.inspection.token import Pattern, Place, Token

DAY = 86_400
UNITS: dict[str, tuple[str, int | Decimal]] = {
    "時間": ("second", 3600),
    "hours": ("second", 3600),
    "hour": ("second", 3600),
    "hrs": ("second", 3600),
    "hr": ("second", 3600),
    "h": ("second", 3600),
    "分間": ("second", 60),
    "分": ("second", 60),
    "minutes": ("second", 60),
    "minute": ("second", 60),
    "min": ("second", 60),
    "mins": ("second", 60),
    "秒": ("second", 1),
    "seconds": ("second", 1),
    "second": ("second", 1),
    "日間": ("second", DAY),
    "日": ("second", DAY),
    "泊": ("second", DAY),
    "days": ("second", DAY),
    "day": ("second", DAY),
    "週間": ("second", 7 * DAY),
    "週": ("second", 7 * DAY),
    "weeks": ("second", 7 * DAY),
    "week": ("second", 7 * DAY),
    "か月": ("month", 1),
    "months": ("month", 1),
    "month": ("month", 1),
    "年間": ("month", 12),
    "年": ("month", 12),
    "周年": ("anniversary", 1),
    "years": ("month", 12),
    "year": ("month", 12),
    "ポイント": ("point", 1),
    "points": ("point", 1),
    "point": ("point", 1),
    "pts": ("point", 1),
    "pt": ("point", 1),
    "g": ("gram", 1),
    "グラム": ("gram", 1),
    "grams": ("gram", 1),
    "kg": ("gram", 1000),
    "キログラム": ("gram", 1000),
    "キロ": ("gram", 1000),
    "mg": ("gram", Decimal("0.001")),
    "ml": ("litre", Decimal("0.001")),
    "l": ("litre", 1),
    "litres": ("litre", 1),
    "litre": ("litre", 1),
    "liters": ("litre", 1),
    "liter": ("litre", 1),
    "ounces": ("ounce", 1),
    "ounce": ("ounce", 1),
    "oz": ("ounce", 1),
    "pounds": ("pound", 1),
    "lb": ("pound", 1),
    "lbs": ("pound", 1),
    "inches": ("inch", 1),
    "inch": ("inch", 1),
    "feet": ("foot", 1),
    "kcal": ("kcal", 1),
    "calories": ("kcal", 1),
    "watts": ("watt", 1),
    "w": ("watt", 1),
    "mah": ("mah", 1),
    "歳": ("age", 1),
    "リットル": ("litre", 1),
    "ミリリットル": ("litre", Decimal("0.001")),
    "ミリグラム": ("gram", Decimal("0.001")),
    "mm": ("metre", Decimal("0.001")),
    "ミリ": ("metre", Decimal("0.001")),
    "cm": ("metre", Decimal("0.01")),
    "センチ": ("metre", Decimal("0.01")),
    "m": ("metre", 1),
    "メートル": ("metre", 1),
    "km": ("metre", 1000),
}
SPANS = {
    "days": DAY,
    "day": DAY,
    "日間": DAY,
    "日": DAY,
    "weeks": 7 * DAY,
    "week": 7 * DAY,
    "週間": 7 * DAY,
    "週": 7 * DAY,
}
POINTS_OFF = re.compile(r"\s?(?:ポイント(?:引|オフ|OFF|off)|(?:points?|pts?) off)")
AND_A_HALF, HALF = re.compile(r"(?:時間|分|年|か月|日|週間)半"), Decimal("0.5")
MONTHS_JA = re.compile(r"[ヶカケヵ箇]月")
UNIT = re.compile(r"\s?-?([a-z]+|(?:か月|[ヶカケヵ箇]月)|周年|[^\W\d_]{1,6})")
CHARGED = ("入場", "参加", "受講", "初月", "初回", "設置", "入場料", "参加費", "参加料", "受講料", "入会金")
WITHOUT_CHARGE = "|".join(f"(?<={thing}{link}無料)" for thing in CHARGED for link in ("", "は", "が", "も"))
FREE = (
    rf"(?:無料(?:{WITHOUT_CHARGE})|"
    r"free (?:admission|entry)|送料(?:は|が)?(?:無料|0円|込み)|配送料無料"
    r"|無料(?:配送|返品|体験|サンプル|でお届け|でお送り|で配送)"
    r"|free (?:shipping|delivery|returns?"
    r"|gifts?|trials?|samples?))"
)
FLOOR = re.compile(r"以上|\b(?:over|above|at least|spend|orders of)\b")
VAGUE = (
    r"(?:(?:dozens|hundreds|thousands|millions|billions) of|(?:over|more than|nearly|almost|half) a (?:dozen|hundred"
    r"|thousand|million|billion)"
    r"|[数何](?:十|百|千|万|十万|百万)(?:人|名|個|件|社|店|本|台|枚))"
)


def phone(place: Place) -> Token:
    """A number that one dials or writes on an envelope, as its digits."""
    return Token("count", place.text, Decimal("".join(sign for sign in place.text if sign.isdigit())), "phone")


def _figure(place: Place) -> Token | None:
    return None if claims_nothing(place) else second_of_range(place) or _counted(place)


def _counted(place: Place) -> Token:
    written = UNIT.match(place.after)
    word = MONTHS_JA.sub("か月", written[1]) if written else ""
    unit, factor = unit_of(word)
    half = HALF if AND_A_HALF.match(place.after) else 0
    value = (number(place.text) + half) * factor
    if unit == "point" and POINTS_OFF.match(place.after):
        return Token("cut", place.text, value, "point")
    return Token("count", place.text + (written[0] if written else ""), value, unit, near=(word,))


def unit_of(word: str) -> tuple[str | None, Decimal]:
    """The unit that a word begins with, and how many of its base one of it is; spans of time are told in seconds."""
    for length in range(len(word), 0, -1):
        known = UNITS.get(word[:length])
        if known and (length == len(word) or not word.isascii()):
            return known[0], Decimal(known[1])
    return None, Decimal(1)


def _word(place: Place) -> Token | None:
    if place.text in ("one", "second") or claims_nothing(place) or not word_claims(place):
        return None
    return _counted(place)


def _free(place: Place) -> Token:
    return Token("free", place.text, role="floor" if FLOOR.search(place.before + place.after) else None)


def _vague(place: Place) -> Token:
    """Hundreds of, 数千人: a claim of quantity that no number can support, only the same words."""
    return (
        replace(_counted(place), value=Decimal(-1))
        if place.text[:1].isdigit()
        else Token("count", place.text, Decimal(-1), near=("",))
    )


COUNTED_JA = (
    "円|名様|種類|種|個|点(?!前)|本(?!気|締)|枚|冊|袋|箱|缶|杯|錠|粒|グラム|キロ|時間|日間|日(?=で|以内|後|かけ)|週間"
    "|か月|[ヶカケヵ箇]月"
    "|年間?(?!代|生|齢)|分間|分以内|分(?=で|後)|秒|階|ポイント|か国|店舗|周年|歳|人前|セット|つ|名|回(?!り)|通|人(?!前"
    "|気|生|間|物|柄)|代(?=続|目|に|の)"
    "|位(?!置)|冠|社|台|件|軒|色|段|品|皿|度(?!と|合)|倍|割|包|パック|号|曲|頁"
)
PATTERNS: tuple[Pattern, ...] = (
    ("free", FREE, _free),
    ("vague", VAGUE, _vague),
    ("figure", r"\d[\d,]{0,30}+(?:\.\d{1,9})?+(?:[万億千][\d,]{0,9}+){0,3}+", _figure),
    ("kanji", rf"[二三四五六七八九十百千万][〇一二三四五六七八九十百千万億]{{0,12}}(?={COUNTED_JA})", _figure),
    ("word", rf"(?:{ENGLISH_NUMBER}|(?<=\ba )(?:dozen|hundred|thousand|million|billion))\b", _word),
)
PHONE: Pattern = (
    "phone",
    r"\+?\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?:-\d{3,4})?(?!\d)|〒?\d{3}-\d{4}(?!\d)",
    phone,
)
