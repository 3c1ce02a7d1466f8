"""Counts in copy: twelve kinds, 300g, 1,240 points; and the numbers that claim nothing."""

import re
from decimal import Decimal

from policies.inspection.numerals import ENGLISH_NUMBER, number
from policies.inspection.token import Pattern, Place, Token

ABSTRACT_JA = "視点|ポイント|コツ|こつ|理由|方法|ステップ|手順|特長|特徴|アイデア|楽しみ方|工夫|ヒント"
ABSTRACT_EN = "ways?|tips|steps?|reasons?|ideas|things|secrets|hints|questions"
THINGS = "つ|人|日|杯|枚|品|着|足|冊|本|通|度|点|回|皿|口|輪|袋|箱|個|年|晩|夜|か所|箇所|週間|週末|歩|言|息"
UNITS: dict[str, tuple[str, int | Decimal]] = {
    "時間": ("hour", 1),
    "hours": ("hour", 1),
    "hour": ("hour", 1),
    "hrs": ("hour", 1),
    "hr": ("hour", 1),
    "h": ("hour", 1),
    "分間": ("minute", 1),
    "分": ("minute", 1),
    "minutes": ("minute", 1),
    "minute": ("minute", 1),
    "min": ("minute", 1),
    "mins": ("minute", 1),
    "秒": ("second", 1),
    "seconds": ("second", 1),
    "second": ("second", 1),
    "日間": ("day", 1),
    "日": ("day", 1),
    "泊": ("day", 1),
    "days": ("day", 1),
    "day": ("day", 1),
    "週間": ("day", 7),
    "週": ("day", 7),
    "weeks": ("day", 7),
    "week": ("day", 7),
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
    "リットル": ("litre", 1),
    "mm": ("metre", Decimal("0.001")),
    "ミリ": ("metre", Decimal("0.001")),
    "cm": ("metre", Decimal("0.01")),
    "センチ": ("metre", Decimal("0.01")),
    "m": ("metre", 1),
    "メートル": ("metre", 1),
    "km": ("metre", 1000),
}
MONTHS_JA = re.compile(r"[ヶカケヵ箇]月")
UNIT = re.compile(r"\s?-?([a-z]+|(?:か月|[ヶカケヵ箇]月)|周年|[^\W\d_]{1,6})")
SCARCE = re.compile(r"(?:残り?|あと|限定|先着|在庫|抽選で|only|just|last|left)\s?(?:の)?$")
NUMBERED = re.compile(
    r"(?:\b(?:vol(?:ume)?|part|issue|chapter|season|episode|series|step|version|ver)\.?|第|その|ステップ|パート|シリーズ)\s?$"
)
INSIDE_WORD = re.compile(r"[a-z]-?$")

INNOCENT = "|".join(
    (
        r"24時間(?:365日)?(?=[、,・/\s]?(?:受付|対応|営業|年中|いつでも|体制|お申|オンライン|ご注文|ご利用|365))",
        r"24/7|24 hours a day|365日|24時間365日",
        r"(?:20|18|二十|十八)歳(?:未満|以上|から|になってから|を過ぎてから)",
        rf"(?:\d{{1,2}}|[二三四五六七八九十])(?:つの|の)(?:{ABSTRACT_JA})",
        rf"(?:{ENGLISH_NUMBER}|\d{{1,2}}) (?:simple |easy |good |quick |small )?(?:{ABSTRACT_EN})\b",
        rf"一(?:{THINGS}|人ひとり|人一人|期一会|緒|方|般|部|層|新|段|気|生|覧|瞬|目|致|味|切|番|休み|足先|手間|時)(?!限)",
        r"[二三四五六七八九十百千万]人(?=の|で|に|が|分)|十人十色|二人三脚|百点満点|千本桜|八百屋|三日月|十分(?!間|以内|前|後)",
        r"二枚目|三つ(?:編み|折り|星|葉)|二つ(?:折り|返事)|四つ葉|百貨|万(?:全|年筆|能|病|が一|一)|千鳥|四季|五感|七味|八角",
        r"[一二三四五六七八九十]重|三重県|四国|九州|二十四節気|半(?!額|値|分の)",
        r"[2-9](?:k|d|g|way)\b",
    )
)


def _nothing(place: Place) -> None:
    return None


def _phone(place: Place) -> Token:
    return Token("count", place.text, Decimal("".join(sign for sign in place.text if sign.isdigit())), "phone")


def _figure(place: Place) -> Token | None:
    if _claims_nothing(place):
        return None
    written = UNIT.match(place.after)
    word = MONTHS_JA.sub("か月", written[1]) if written else ""
    unit, factor = _unit(word)
    return Token("count", place.text + (written[0] if written else ""), number(place.text) * factor, unit, near=(word,))


def _unit(word: str) -> tuple[str | None, Decimal]:
    for length in range(len(word), 0, -1):
        known = UNITS.get(word[:length])
        if known and (length == len(word) or not word.isascii()):
            return known[0], Decimal(known[1])
    return None, Decimal(1)


def _claims_nothing(place: Place) -> bool:
    before, after = place.before, place.after
    if NUMBERED.search(before) or INSIDE_WORD.search(before):
        return True
    if place.line[: place.found.start()].strip() == "" and re.match(r"[.)．、:]\s?\D", after):
        return True
    if place.text in ("one", "1", "一") and not SCARCE.search(before):
        return place.text == "one" or bool(re.match(rf"(?:{THINGS})(?!限|買|無料|まで)", after))
    return False


def _word(place: Place) -> Token | None:
    if place.text == "one":
        return None
    return _figure(place) if UNIT.match(place.after) and _unit(_following(place))[0] else None


def _following(place: Place) -> str:
    found = UNIT.match(place.after)
    return found[1] if found else ""


COUNTED_JA = (
    "円|名様|種類|種|個|点(?!前)|本(?!気|締)|枚|冊|袋|箱|缶|杯|錠|粒|グラム|キロ|時間|日間|週間|か月|[ヶカケヵ箇]月|年間|分間|分以内|階"
    "|ポイント|か国|店舗|周年|歳|人前|セット|つ|名|回(?!り)|通"
)
EARLY: tuple[Pattern, ...] = (("innocent", f"(?:{INNOCENT})", _nothing),)
PATTERNS: tuple[Pattern, ...] = (
    ("phone", r"\+?\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?:-\d{3,4})?(?!\d)|〒?\d{3}-\d{4}(?!\d)", _phone),
    ("figure", r"\d[\d,]{0,30}+(?:\.\d{1,9})?+(?:[万億千][\d,]{0,9}+){0,3}+", _figure),
    ("kanji", rf"[二三四五六七八九十百千][〇一二三四五六七八九十百千万億]{{0,12}}(?={COUNTED_JA})", _figure),
    ("word", rf"{ENGLISH_NUMBER}\b", _word),
)
