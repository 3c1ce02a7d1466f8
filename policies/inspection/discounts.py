"""Discounts in copy: $30 off, 5割引, half price, a quarter off, buy two get one free, five times the points."""

import re
from decimal import Decimal

from policies.inspection.numerals import ENGLISH_NUMBER, number
from policies.inspection.numerals import JAPANESE as N
from policies.inspection.prices import E
from policies.inspection.roles import OFF, SAVING, fit_of, is_cut
from policies.inspection.token import Fit, Pattern, Place, Role, Token

HUNDRED = Decimal(100)
SHARES = {"third": 3, "quarter": 4, "half": 2, "fifth": 5, "tenth": 10, "thirds": 3, "quarters": 4}
PLACES = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "6th": 6,
}
EXTRA = re.compile(r"(?:さらに|更に|追加で|もう|\b(?:extra|additional(?:ly)?|another|further|on top))(?: an?)?\s?$")
ABOVE_BEFORE, ABOVE_AFTER = re.compile(r"\b(?:more than|over) $"), re.compile(r"超")
LEAST_BEFORE = re.compile(r"\bat least $")
LEAST_AFTER = re.compile(r"以上|\s?or more\b")
OFF_AFTER = re.compile(r"[^.!?。\n]{0,14}?\boff\b|\s?(?:off\b|オフ|引|お?安|お得)")
PAID_BEFORE = re.compile(r"\b(?:pay(?:ing)?|only|at|for) (?:just |only )?(?:a |one )?$")
OF_PRICE = re.compile(
    r"\s?(?:of (?:the |its |their )?(?:(?:regular|usual|list|original|full|normal|retail) )?(?:price|cost)\b"
    r"|のお?(?:価格|値段))"
)
PRICE_BEFORE = re.compile(r"(?:定価|通常価格|[元本]の?(?:値|値段|価格))の$")
BESIDE_AFTER = re.compile(r"\s?(?:の|of\s)?\s?([a-z]+(?: [a-z]+)?|[ァ-ヶー]+|[一-龥々]+|[ぁ-ん]+)")
BESIDE_BEFORE = re.compile(r"([a-z]+|[ァ-ヶー]+|[一-龥々]+|[ぁ-ん]+)[はがの::]?\s?\(?$")


def _cut_fit(place: Place) -> Fit | None:
    if ABOVE_BEFORE.search(place.before) or ABOVE_AFTER.match(place.after):
        return "above"
    if LEAST_BEFORE.search(place.before) or LEAST_AFTER.match(place.after):
        return "least"
    return fit_of(place)


def _off(place: Place, value: Decimal, fit: Fit | None = None) -> Token:
    role: Role | None = "extra" if EXTRA.search(place.before) else None
    return Token("off", place.text, value, role=role, fit=fit or _cut_fit(place))


def _percent(place: Place) -> Token:
    value = number(place["pc"] or "0")
    if is_cut(place, place["pcut"]):
        return _off(place, value)
    if OF_PRICE.match(place.after) or PRICE_BEFORE.search(place.before):
        return _off(place, HUNDRED - value)
    return Token("percent", place.text, value, near=_beside(place))


def _beside(place: Place) -> tuple[str, ...]:
    after, before = BESIDE_AFTER.match(place.after), BESIDE_BEFORE.search(place.before)
    return tuple(found[1] for found in (after, before) if found)


def _tenths(place: Place) -> Token:
    value = number(place["wn"] or "0") * 10 + number(place["wb"] or "0") + (5 if place["whalf"] else 0)
    if place["wkeep"] or OF_PRICE.match(place.after):
        return _off(place, HUNDRED - value)
    if is_cut(place, place["wcut"]):
        return _off(place, value)
    return Token("percent", place.text, value)


def _kept(place: Place) -> Token:
    kept = number(place["kk"] or "0")
    return _off(place, HUNDRED - kept * (10 if kept < 10 else 1))


def _half(place: Place) -> Token:
    return _off(place, Decimal(50))


def _ratio(place: Place) -> Token:
    few, all_of_them = (
        place["rn"] or place["jn"] or place["cn"] or "0",
        place["rq"] or place["jq"] or place["cq"] or "1",
    )
    return Token("percent", place.text, number(few) * HUNDRED / number(all_of_them))


def _share(place: Place) -> Token | None:
    if place["pn"]:
        value = HUNDRED * number(place["pn"]) / number(place["pq"] or "1")
    elif place["qp"]:
        value = HUNDRED * number(place["qp"]) / number(place["qw"] or "1")
    else:
        value = HUNDRED * number(place["pm"] or "1") / SHARES[place["pw"] or "half"]
    rounded = value.quantize(Decimal("0.1"))
    if SAVING.search(place.before) or OFF_AFTER.match(place.after):
        return _off(place, rounded, "share")
    if OF_PRICE.match(place.after) or PAID_BEFORE.search(place.before):
        return _off(place, HUNDRED - rounded, "share")
    return Token("percent", place.text, rounded) if place["qp"] or place["pn"] else None


def _deal(place: Place) -> Token:
    half = Decimal("0.5") if place["ghalf"] or place["khalf"] else Decimal(1)
    if place["b1"]:
        more = place["g1"] or "one"
        return _deal_of(place, number(place["b1"]), (1 if more in ("another", "the next") else number(more)) * half)
    if place["b2"]:
        return _deal_of(place, number(place["b2"]), PLACES[place["g2"] or "second"] - number(place["b2"]))
    if place["f2"]:
        return _deal_of(place, number(place["f1"] or "1"), number(place["f2"]) - number(place["f1"] or "1"))
    if place["kb"]:
        return _deal_of(place, number(place["kb"]), number(place["kg"] or "1") * half)
    if place["qb"]:
        return _deal_of(place, number(place["qb"]), number(place["qg"] or "1"))
    if place["pb"]:
        return _deal_of(place, number(place["pg"] or "1"), number(place["pb"]) - number(place["pg"] or "1"))
    if place["nth"]:
        return _deal_of(place, number(place["nth"]) - 1, Decimal("0.5") if place["nhalf"] else Decimal(1))
    return _deal_of(place, Decimal(1), Decimal(1))


def _deal_of(place: Place, bought: Decimal, more: Decimal) -> Token:
    return Token("deal", place.text, bought, more=more)


def _multiple(place: Place) -> Token:
    words = {"double": Decimal(2), "twice": Decimal(2), "triple": Decimal(3), "half": Decimal("0.5")}
    if place.text[0] == "半":
        return Token("times", place.text, words["half"])
    return Token("times", place.text, number(place["fn"]) if place["fn"] else words[place.text.split()[0]])


THINGS = "つ|個|点|本|枚|袋|箱|品|着|足|缶|瓶|パック|セット|杯"
GREAT = (
    r"(?:the|your|as) (?!fun\b|battle|world|time|day|night|story|way|year|week|month|price)[a-z]+|points?|discounts?"
    r"|rewards?|savings?|value|size|strength|speed|power"
)
PATTERNS: tuple[Pattern, ...] = (
    (
        "deal",
        rf"(?:buy (?P<b1>{E})[, ]+(?:and )?(?:get|take) (?P<g1>{E}|another|the next)(?P<ghalf>(?: (?:at "
        rf"|for )?(?:half\b|50% off)))?"
        rf"|buy (?P<b2>{E})(?: and|,)? (?:get )?the (?P<g2>{'|'.join(PLACES)})(?: one)?(?: is)? free\b|bogo\b|b1g1\b"
        rf"|twofer\b|もう(?:1"
        rf"|一)(?:{THINGS})(?:を)?(?:プレゼント|無料|サービス|差し上げ)"
        rf"|(?P<f2>{E}) for (?:the price of )?(?P<f1>{E})(?![\d%]|[.,]\d|\s?(?:yen|dollars|usd|euros|pounds))"
        r"(?! (?:months?|days?|years?|weeks?))"
        rf"|(?P<kb>{N})(?P<ku>{THINGS})(?:以上)?(?:を|の)?(?:お|ご)?(?:買|購入"
        rf"|まとめ買い)[^。\n]{{0,8}}?(?P<kg>{N})(?P=ku)(?P<khalf>が?半額)?"
        rf"|(?P<qb>{N})(?P<qu>{THINGS})で、?(?:もう)?(?P<qg>{N})(?P=qu)(?=を?(?:プレゼント|無料|サービス|差し上げ"
        rf"|おまけ))|(?P<pb>{N})(?P<pu>{THINGS})(?:で|が)(?P<pg>{N})(?P=pu)分|(?P<nth>[2-9]"
        rf"|[二三四五])(?:{THINGS})目(?:が|は|から"
        rf"|も)?(?:(?P<nhalf>半額|50%)|無料|タダ))",
        _deal,
    ),
    (
        "half",
        r"(?:半額|半値|はんがく|ハンガク|(?:お?値段|価格|料金)(?:が|は|も)?半分|半分の(?:お?価格|お?値段)"
        r"|half[- ](?:price|off)\b"
        r"|half (?:the|its|their|your) (?:(?:usual|regular|normal|list|original) )?price\b|(?:cut|slashed"
        r"|sliced) in half"
        r"|halved\b)",
        _half,
    ),
    (
        "multiple",
        rf"(?:(?P<fn>{N}|{E})(?:倍|\s?x\b(?! ?\d)|[- ]?fold\b)|(?:double|triple|twice|half)(?= (?:{GREAT}))"
        r"|半分(?:以下)?(?=に(?:な[りるっ]|抑え|減[りるら]))|半減)",
        _multiple,
    ),
    (
        "ratio",
        rf"(?:(?P<rn>{ENGLISH_NUMBER}|\d{{1,2}}) (?:out of|in) (?:every )?(?P<rq>{ENGLISH_NUMBER}|\d{{1,3}})(?= [a-z])"
        rf"|(?P<jq>{N})人に(?P<jn>{N})人|(?P<cq>{N})人中(?P<cn>{N})人)",
        _ratio,
    ),
    (
        "share",
        rf"(?:(?P<qw>{N})分の(?P<qp>{N})|(?:(?P<pm>two|three|four)[- ])?(?P<pw>thirds?|quarters?|half|fifth|tenth)\b"
        r"|(?P<pn>\d)[⁄/](?P<pq>[2-9])(?!\d))",
        _share,
    ),
    (
        "tenths",
        rf"(?P<wn>\d(?:\.\d)?|[一二三四五六七八九])割(?:(?P<wb>\d|[一二三四五六七八九])分)?(?P<whalf>半)?"
        rf"(?:(?P<wkeep>の(?:お?価格|お?値段)|で(?:ご提供|買え|お求め|販売))|(?:ほど|も|近く)?(?P<wcut>{OFF}))?",
        _tenths,
    ),
    ("kept", rf"(?P<kk>{N})掛け", _kept),
    ("percent", rf"(?P<pc>{N}|{E})\s?(?:%|パーセント|ぱーせんと|percent\b|per cent\b|pct\b)(?P<pcut>{OFF})?", _percent),
)
