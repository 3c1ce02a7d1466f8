"""Figures: every number, price, share, date and time that a line states, taken out one kind after another."""

import re
from decimal import Decimal
from functools import lru_cache

from policies.checking.claim import BESIDE, Claim, Kind, after, before
from policies.checking.days import CALENDAR
from policies.checking.letters import plain
from policies.checking.numbers import ENGLISH, JAPANESE, amount
from policies.checking.prices import OFFERED, N

BLANK = "\ue001"
INSIDE = re.compile(r"[a-z][-_]?$")
NUMBERED = re.compile(r"(?:第|その|vol\.?|volume|part|issue|chapter|step|version|ver\.?|ステップ|パート|シリーズ)\s?$")
MARKER = re.compile(r"[.)．、:]\s?\D")
SCARCE = re.compile(r"(?:残り?|あと|限定|先着|在庫|only|just|last)\s?$")
COUNTED = "袋|枚|個|本|箱|缶|杯|着|ポイント|グラム|種類|時間|か月|年間|名様"
UNIT = re.compile(
    r"[\s-]?(日間|days?|l(?![a-z])|リットル|ml|週間?|weeks?|年間?|years?|kg|キログラム|キロ|グラム|g(?![a-z])|か月|months?)"
)
ABSTRACT = r"視点|ポイント|コツ|こつ|理由|方法|ステップ|手順|特長|特徴|アイデア|楽しみ方|工夫|ヒント"
INNOCENT = (
    r"24時間(?:365日)?(?=[、,・/\s]?(?:受付|対応|営業|年中|いつでも|体制|お申|受け付|オンライン|ご注文|ご利用|365))|365日"
    r"|24/7|24 hours a day|24[- ]hour (?:help|support|service|line)|365 days|360(?:度|°|[- ]degrees?)|21st century"
    r"|100点満点|三時のおやつ|(?:seven|7) days a week|\d{1,2}(?:パック|本|個|点|枚|箱|袋)で(?=[\d,]{2,9}円)"
    r"|(?:season|page) \d{1,3}|[2-9]人(?=で|の|に)|(?<![\d.])[1-9][.)．](?=\s?[^\d\s])|(?:20|18)歳"
    rf"|\d{{1,2}}(?:つの|の)(?:{ABSTRACT})|[2-9](?:k|d|g|way)\b"
    r"|\d{1,2} (?:simple |easy |good |quick |small )?(?:ways?|tips|steps?|reasons?|ideas|things|hints|questions)\b"
)


@lru_cache(maxsize=4096)
def claims(text: str) -> tuple[Claim, ...]:
    """Everything that a text states in figures; what one kind has read is not read again as another."""
    rest, found = plain(text), []
    for pattern, reader in KINDS:
        for match in pattern.finditer(rest):
            claim = reader(match, rest)
            if claim is not None:
                found.append(claim)
        rest = pattern.sub(lambda match: BLANK * len(match[0]), rest)
    return tuple(found)


def _nothing(match: re.Match[str], text: str) -> None:
    return None


def _times(match: re.Match[str], text: str) -> Claim:
    words = {"double": Decimal(2), "triple": Decimal(3)}
    return Claim("times", match[0], words.get(match[0].split()[0]) or amount(match["n"]))


def _stock(match: re.Match[str], text: str) -> Claim:
    return Claim("stock", match[0], amount(match["n1"] or match["n2"]))


def _number(match: re.Match[str], text: str) -> Claim | None:
    value, first, rest = amount(match[0]), before(match, text), after(match, text)
    begins = match.start() < BESIDE and not first.strip()
    if INSIDE.search(first) or NUMBERED.search(first) or (begins and MARKER.match(rest)):
        return None
    if value == 1 and not SCARCE.search(first[-8:]) and not re.match(r"\s?(?:つ|個|点|本)(?:限|買|無料)", rest):
        return None
    unit = UNIT.match(rest)
    return Claim("number", match[0], value, unit[1] if unit else "")


OTHER: tuple[Kind, ...] = (
    (rf"(?P<n>{N})(?:倍|\s?x\b|[- ]?fold\b)|(?:double|triple)(?= (?:the )?points?\b)", _times),
    (
        rf"(?:残り|在庫は?(?:残り)?|あと)\s?(?P<n1>{JAPANESE})\s?[点個本枚着台]"
        rf"|only (?P<n2>{N}) (?:left|remaining|in stock)",
        _stock,
    ),
    (rf"(?<![a-z-])(?:{ENGLISH})(?=[ -](?:years?|months?|weeks?|days?|hours?|minutes?|points?)\b)", _number),
    (rf"[二三四五六七八九十百千][〇一二三四五六七八九十百千万]*(?={COUNTED})", _number),
    (r"\d[\d,]*(?:\.\d+)?(?:[万億千]\d*)*", _number),
)
KINDS = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in ((INNOCENT, _nothing), *CALENDAR[:-1], *OFFERED, *OTHER[:2], CALENDAR[-1], *OTHER[2:])
)
