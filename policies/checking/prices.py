"""Prices: amounts of money, what is taken off them, and deals, as they are written in Japanese and English."""

import re
from decimal import Decimal

from policies.checking.claim import Claim, Kind, after, before
from policies.checking.numbers import ENGLISH, JAPANESE, amount

UNITS = {
    "JPY": "¥ 円 yen jpy えん",
    "USD": "$ us$ usd dollar dollars bucks ドル",
    "EUR": "€ eur euro euros ユーロ",
    "GBP": "£ gbp pound pounds ポンド",
}
MONEY = {name: unit for unit, names in UNITS.items() for name in names.split()} | {"us dollars": "USD"}
NAMES = r"円|えん|ドル|ユーロ|ポンド|\s?(?:yen|jpy|usd|us dollars|dollars?|bucks|euros?|eur|gbp|pounds?)\b|\s?€"
OFF = (
    r"\s?(?:の)?(?:off\b|オフ|引き?(?!き続)|割引|値引|お得|おトク|お?安く|お?求めやすく"
    r"|less\b|saved\b|discount|cheaper)"
)
SAVE = re.compile(r"(?:save|saving|saves|discount(?: of)?|割引率?は?|値引き?は?)(?: up to)?\s?$")
UNDER_EN = re.compile(r"(?:\bunder|\bbelow|\bless than|\bnearly|\balmost|\bup to)\s?$")
UNDER_JA = re.compile(r"以下|以内|未満|で[、,]?お?(?:つり|釣)")
ROUGHLY = re.compile(r"(?:\babout|\baround|\broughly|約|およそ)\s?$")
ROUGHLY_JA = re.compile(r"前後|ほど|くらい|ぐらい")
BACK = re.compile(r"\s?(?:分|相当)?(?:の|を)?(?:ポイント|還元|キャッシュバック)")
WAS = re.compile(
    r"(?:\bwas|\bwere|\bregular(?:ly)?|\busual(?:ly)?|\bnormally|\brrp|通常価格|通常|定価|元の価格|希望小売価格)[はが:]?\s?$"
)
EACH, EACH_EN = re.compile(r"(?:あたり|につき)\s?$"), re.compile(r"\s?(?:per |each|a piece|apiece)")
N = rf"(?:{JAPANESE}|{ENGLISH})"
FEW = rf"(?:\d{{1,2}}|{ENGLISH})"
THINGS = "[つ個点本枚袋箱]"


def _deal(match: re.Match[str], text: str) -> Claim:
    bought, more = Decimal(1), Decimal(1)
    if match["b"]:
        bought, more = amount(match["b"]), amount(match["g"]) if match["g"] not in ("another", "the next") else more
    elif match["all"]:
        bought, more = amount(match["pay"]), amount(match["all"]) - amount(match["pay"])
    elif match["jb"]:
        bought, more = amount(match["jb"]), amount(match["jg"] or "1")
    return Claim("deal", match[0], bought, str(more))


def _paid_for(match: re.Match[str], text: str) -> Claim:
    return Claim("deal", match[0], amount(match["pay"]), str(amount(match["all"]) - amount(match["pay"])))


def _half(match: re.Match[str], text: str) -> Claim:
    return Claim("off", match[0], Decimal(50))


def _share_off(match: re.Match[str], text: str) -> Claim:
    parts = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}[match["part"]]
    return Claim("off", match[0], Decimal(100) / parts)


def _fraction(match: re.Match[str], text: str) -> Claim:
    whole = amount(match["n"] or match["w"]) or Decimal(1)
    part = 100 * amount(match["m"] or match["v"]) / whole
    return Claim("off", match[0], 100 - part if match["kept"] else part)


def _kept(match: re.Match[str], text: str) -> Claim:
    kept = amount(match["n"])
    return Claim("off", match[0], 100 - kept * (10 if kept < 10 else 1))


def _tenths(match: re.Match[str], text: str) -> Claim:
    value = amount(match["n"]) * 10 + (amount(match["b"]) if match["b"] else 5 if match["half"] else 0)
    kind = "off" if match["cut"] or match["kept"] or SAVE.search(before(match, text)) else "share"
    return Claim(kind, match[0], 100 - value if match["kept"] else value)


def _percent(match: re.Match[str], text: str) -> Claim:
    cut = match["cut"] or SAVE.search(before(match, text))
    return Claim("off" if cut else "share", match[0], amount(match["n"]))


def _money(match: re.Match[str], text: str) -> Claim:
    unit = MONEY[(match["sign"] or match["name"]).strip()]
    value = amount(match["n1"] or match["n2"])
    return Claim(_role(match, before(match, text), after(match, text)), match[0], value, unit)


def _role(match: re.Match[str], first: str, rest: str) -> str:
    """What an amount is: a price, an earlier one, one it is under or about, or what is taken off."""
    if match["about"]:
        return "about"
    if (match["cut"] or SAVE.search(first)) and not BACK.match(rest):
        return "cut"
    if UNDER_EN.search(first) or UNDER_JA.match(rest):
        return "under"
    if ROUGHLY.search(first) or ROUGHLY_JA.match(rest):
        return "roughly"
    if EACH.search(first) or EACH_EN.match(rest):
        return "each"
    return "was" if WAS.search(first) else "money"


OFFERED: tuple[Kind, ...] = (
    (
        rf"buy (?P<b>{N})[, ]+(?:and )?(?:get|take) (?P<g>{N}|another|the next)|\bbogo\b"
        rf"|(?<![\d,.¥$€£])\b(?P<all>{FEW}) for (?:the price of )?(?P<pay>{FEW})(?![\d%]|[.,]\d"
        r"|\s?(?:yen|dollar|month|day|year|week))"
        rf"|(?P<jb>{JAPANESE}){THINGS}[^。\n]{{0,3}}?(?:買|購入)[^。\n]{{0,8}}?(?P<jg>{JAPANESE}){THINGS}",
        _deal,
    ),
    (rf"(?P<all>{JAPANESE})(?P<u>{THINGS})で(?P<pay>{JAPANESE})(?P=u)分", _paid_for),
    (r"半額|半値|半分の(?:価格|値段)|half[- ](?:price|off)\b|half (?:the|its) price", _half),
    (
        rf"(?P<n>{JAPANESE})分の(?P<m>{JAPANESE})(?P<kept>の(?:価格|値段))?"
        r"|(?<!\d)(?P<v>\d)[⁄/](?P<w>\d)(?= off)",
        _fraction,
    ),
    (rf"(?P<n>{JAPANESE})掛け", _kept),
    (rf"\b(?:at|for) (?P<n>{N})\s?% of (?:the|its)", _kept),
    (
        r"(?P<n>\d(?:\.\d)?|[一二三四五六七八九])割(?:(?P<b>\d|[一二三四五六七八九])分)?(?P<half>半)?"
        rf"(?:(?P<kept>の(?:価格|値段|お値段)|で(?:ご提供|買え|お求め|販売))|(?P<cut>{OFF}))?",
        _tenths,
    ),
    (rf"(?P<n>{N})\s?(?:%|パーセント|percent\b|per cent\b|pct\b)(?P<cut>{OFF})?", _percent),
    (
        rf"(?:(?P<sign>us\$|[¥$€£]|(?:jpy|usd|eur|gbp)\s?)(?P<n1>{JAPANESE})|(?P<n2>{N})(?P<name>{NAMES}))"
        rf"(?P<about>台)?(?P<cut>{OFF})?",
        _money,
    ),
    (r"\b(?P<part>third|quarter|fifth|tenth|half)\b(?=[^.!?。]{0,14}\boff\b)", _share_off),
)
"""Expressions and their readers, in the order in which they are tried."""
