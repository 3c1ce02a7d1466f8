"""Prices and discounts in copy: 1,980円, $30 off, 5割引, half price, buy two get one free."""

import re
from decimal import Decimal

from policies.inspection.numerals import ENGLISH_NUMBER, FIGURE, number
from policies.inspection.numerals import JAPANESE as N
from policies.inspection.token import Pattern, Place, Token

E = rf"(?:{ENGLISH_NUMBER}\b|{FIGURE})"
HUNDRED = Decimal(100)
CURRENCIES = {
    "円": "JPY",
    "¥": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "ドル": "USD",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
}
CURRENCIES |= {
    "dollars": "USD",
    "dollar": "USD",
    "bucks": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "euro": "EUR",
}
CURRENCIES |= {"ユーロ": "EUR", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "pound": "GBP", "ポンド": "GBP"}
SIGN = r"(?:us\$|[¥$€£]|(?:jpy|usd|eur|gbp)\s?)"
NAME = r"(?:円|ドル|ユーロ|ポンド|\s?(?:yen|jpy|usd|dollars?|bucks|euros?|eur|gbp|pounds?)\b)"
OFF = (
    r"\s?(?:の)?(?:off\b|オフ|引き?(?!き続)|割引|値引|ディスカウント|お得|おトク|お安|安く|安い|discount|less\b|savings?\b"
    r"|cheaper|rebate)"
)
SHARES = {"third": 3, "quarter": 4, "half": 2, "fifth": 5, "tenth": 10}
SAVING = re.compile(
    r"(?:\b(?:sav(?:e|ing|es)|discount(?:ed)?(?: of| by)?|tak(?:e|ing)|knock(?:ed)?|cut by|reduced by)"
    r"(?: up to| an extra| another)?|割引率?は?|値引き?は?|割引[::])\s?(?:最大)?(?:a |one[- ])?$"
)
OFF_AFTER = re.compile(r"[^.!?。\n]{0,14}?\boff\b|\s?(?:off\b|オフ|引)")
WAS = re.compile(
    r"(?:\b(?:was|were|regular(?:ly)?(?: price)?|usual(?:ly)?|list price(?: of)?|normally|originally|rrp|msrp|down from"
    r"|instead of|reduced from|from)|通常(?:価格)?|定価|元の価格|もとの価格|希望小売価格|メーカー価格|以前は|普段は?)"
    r"[はがの::]?\s?$"
)
ARROW_AFTER = re.compile(r"\s?(?:\(税込\))?\s?(?:→|⇒|->|のところ|が、?今なら)")
GIVEN_BACK = re.compile(r"\s?(?:分|相当)?(?:の|を)?(?:ポイント|還元|キャッシュバック|points|back\b)")
BESIDE_AFTER = re.compile(r"\s?(?:の)?([a-z]+(?: [a-z]+)?|[^\W\d_a-z]{1,8})")
BESIDE_BEFORE = re.compile(r"([a-z]+|[^\W\d_a-z]{1,8})\s?$")


def _is_cut(place: Place, stated: str | None) -> bool:
    return bool(stated or SAVING.search(place.before)) and not GIVEN_BACK.match(place.after)


def _money(place: Place) -> Token:
    amount = number(place["m1"] or place["m2"] or place["m3"] or "0")
    currency = CURRENCIES[(place["sign"] or place["name"] or place["word"] or "").strip()]
    if _is_cut(place, place["mcut"]):
        return Token("cut", place.text, amount, currency)
    if place["tai"]:
        return Token("money", place.text, amount, currency, role="about")
    was = WAS.search(place.before) or ARROW_AFTER.match(place.after)
    return Token("money", place.text, amount, currency, role="was" if was else None)


def _percent(place: Place) -> Token:
    value = number(place["pc"] or "0")
    if _is_cut(place, place["pcut"]):
        return Token("off", place.text, value)
    return Token("percent", place.text, value, near=_beside(place))


def _beside(place: Place) -> tuple[str, ...]:
    after, before = BESIDE_AFTER.match(place.after), BESIDE_BEFORE.search(place.before)
    return tuple(found[1] for found in (after, before) if found)


def _tenths(place: Place) -> Token | None:
    value = number(place["wn"] or "0") * 10 + number(place["wb"] or "0") + (5 if place["whalf"] else 0)
    if place["wkeep"]:
        return Token("off", place.text, HUNDRED - value)
    if _is_cut(place, place["wcut"]):
        return Token("off", place.text, value)
    return Token("percent", place.text, value)


def _kept(place: Place) -> Token:
    kept = number(place["kk"] or "0")
    return Token("off", place.text, HUNDRED - kept * (10 if kept < 10 else 1))


def _half(place: Place) -> Token:
    return Token("off", place.text, Decimal(50))


def _share(place: Place) -> Token | None:
    if not SAVING.search(place.before) and not OFF_AFTER.match(place.after):
        return None
    if place["pn"]:
        value = HUNDRED * int(place["pn"]) / int(place["pq"] or "1")
    else:
        value = HUNDRED / SHARES[place["pw"] or "half"]
    return Token("off", place.text, value.quantize(Decimal("0.1")), role="about")


def _deal(place: Place) -> Token:
    if place["b1"]:
        more = place["g1"] or "one"
        return _deal_of(place, number(place["b1"]), Decimal(1) if more in ("another", "the next") else number(more))
    if place["f2"]:
        return _deal_of(place, number(place["f1"] or "1"), number(place["f2"]) - number(place["f1"] or "1"))
    if place["kb"]:
        return _deal_of(place, number(place["kb"]), number(place["kg"] or "1"))
    if place["pb"]:
        return _deal_of(place, number(place["pg"] or "1"), number(place["pb"]) - number(place["pg"] or "1"))
    return _deal_of(place, Decimal(1), Decimal(1))


def _deal_of(place: Place, bought: Decimal, more: Decimal) -> Token:
    return Token("deal", place.text, bought, more=more)


def _multiple(place: Place) -> Token:
    words = {"double": 2, "twice": 2, "triple": 3}
    value = number(place["fn"]) if place["fn"] else Decimal(words[place.text.split()[0]])
    return Token("times", place.text, value)


THINGS = "つ|個|点|本|枚|袋|箱|品|着|足|缶|パック|セット"
PATTERNS: tuple[Pattern, ...] = (
    (
        "deal",
        rf"(?:buy (?P<b1>{E})[, ]+(?:and )?(?:get|take) (?P<g1>{E}|another|the next)|bogo\b"
        rf"|(?P<f2>{E}) for (?:the price of )?(?P<f1>{E})(?![\d%]|[.,]\d|\s?(?:yen|dollars|usd))"
        r"(?! (?:months?|days?|years?|weeks?))"
        rf"|(?P<kb>{N})(?P<ku>{THINGS})(?:以上)?(?:を|の)?(?:お|ご)?(?:買|購入|まとめ買い)[^。\n]{{0,8}}?(?P<kg>{N})(?P=ku)"
        rf"|(?P<pb>{N})(?P<pu>{THINGS})(?:で|が)(?P<pg>{N})(?P=pu)分)",
        _deal,
    ),
    (
        "half",
        r"(?:半額|半値|半分の(?:価格|値段|お値段)|half[- ](?:price|off)\b"
        r"|half (?:the|its|the usual|the regular) price\b)",
        _half,
    ),
    (
        "share",
        r"(?:(?P<pw>third|quarter|half|fifth|tenth)\b|(?P<pn>\d)[⁄/](?P<pq>[2-9])(?!\d))",
        _share,
    ),
    (
        "tenths",
        rf"(?P<wn>\d(?:\.\d)?|[一二三四五六七八九])割(?:(?P<wb>\d|[一二三四五六七八九])分)?(?P<whalf>半)?"
        rf"(?:(?P<wkeep>の(?:価格|値段|お値段)|で(?:ご提供|買え|お求め|販売))|(?P<wcut>{OFF}))?",
        _tenths,
    ),
    ("kept", rf"(?P<kk>{N})掛け", _kept),
    ("percent", rf"(?P<pc>{N}|{E})\s?(?:%|パーセント|percent\b|per cent\b|pct\b)(?P<pcut>{OFF})?", _percent),
    (
        "money",
        rf"(?:(?P<sign>{SIGN})(?P<m1>{N})|(?P<m2>{N})(?P<name>{NAME})|(?P<m3>{ENGLISH_NUMBER})(?P<word>\s(?:yen|dollars?"
        rf"|bucks|euros?|pounds?)\b))(?P<tai>台)?(?P<mcut>{OFF})?",
        _money,
    ),
    (
        "multiple",
        rf"(?:(?P<fn>{N}|{E})(?:倍|\s?x\b|[- ]?fold\b)|(?:double|triple|twice)(?= (?:the )?points?\b))",
        _multiple,
    ),
)
