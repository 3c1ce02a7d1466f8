"""Amounts: numbers with their units, in every script: counts, stretches of time, percentages, money, characters."""

import re
from decimal import Decimal

from policies.directives.atom import Sense
from policies.inspection.numerals import number

KANJI = "[一二三四五六七八九十百千]"
WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen"
    "|twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirty(?:[- ]five)?|forty(?:[- "
    "]five)?|fifty|sixty|seventy(?:[- ]two)?|eighty|ninety|a hundred"
)
FIGURES = r"\d[\d,]*(?:\.\d+)?"
N = rf"(?:{FIGURES}[万千百]?|{KANJI}{{1,6}})"
E = rf"(?:{FIGURES}|(?:{WORDS})(?![a-z]))"
UNITS = {
    "分": "minute",
    "分間": "minute",
    "時間": "hour",
    "日": "day",
    "日間": "day",
    "週": "week",
    "週間": "week",
    "か月": "month",
    "ヶ月": "month",
    "カ月": "month",
    "ヵ月": "month",
    "ケ月": "month",
    "箇月": "month",
    "月": "month",
    "ひと月": "month",
    "か月間": "month",
    "ヶ月間": "month",
    "カ月間": "month",
    "月間": "month",
    "年": "year",
    "年間": "year",
    "四半期": "quarter",
    "晩": "day",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "h": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "fortnight": "fortnight",
    "quarter": "quarter",
}
UNIT_JA = r"分間?|時間|日間?|週間?|[かヶカヵケ]月間?|年間?|四半期|晩"
UNIT_EN = r"minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|fortnights?|quarters?"
CURRENCIES = {
    "¥": "JPY",
    "円": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "$": "USD",
    "ドル": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "usd": "USD",
    "€": "EUR",
    "ユーロ": "EUR",
    "euros": "EUR",
    "euro": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "pounds": "GBP",
    "ポンド": "GBP",
}
OFF = r"(?:の?割引き?|の?値引き?|引き|引(?!き)|オフ|\s?off|\s?discounts?|\s?reductions?)"

COUNT = re.compile(rf"(?P<n>{N})\s?(?:通|回|本|件|度|コール|メッセージ)(?:目以降|目|ずつ)?(?!線)")
ONCE_ONLY = re.compile(r"しか|だけ|まで|のみ|以内|以上|限り|[をが]上限|を限度")
TIMES = re.compile(
    rf"(?:(?P<word>once(?! (?:we|you|the|they|it|a message|an email|a push|a text|sent))|twice|thrice)|"
    rf"(?P<n>{E})\s?(?:times|x(?![a-z])))(?![a-z])"
)
BETWEEN = re.compile(rf"中(?P<n>{N})日(?:間)?(?:以上)?")
SPAN_JA = re.compile(
    rf"(?P<calendar>暦の?|カレンダー)?(?P<every>毎|隔)?(?P<n>{N})?(?P<unit>{UNIT_JA})(?P<in>以内|ごと|"
    rf"毎|あたり|当たり|につき)?"
)
BARE_JA = re.compile(
    r"(?P<calendar>暦の?|同一)?(?P<every>毎|隔|各)?(?P<unit>ひと月|四半期|週間?|月間?|日|年間?)(?=(?:に|間に|あたり|"
    r"当たり|につき|間で|ごとに|で|内に|内)?\s?(?:は|の)?\s?(?:最大|最高|合計|合わせて|多くて|上限|"
    r"せいぜい|全部で|平均)?(?:で|でも|も)?\s?"
    rf"(?:{N}\s?(?:通|回|本|件|度|コール|円|ドル)|[¥$€]\s?\d))"
)
SPAN_EN = re.compile(
    rf"(?P<per>(?:per (?:customer|person|member|head|user|recipient) (?:and|per|a|each|every|in a) |"
    rf"(?:in|within|over|during|every|per|each|across)\s+))?(?P<any>(?:any|a|an|one|the same|any one|"
    rf"any given|a given|a single|any single|the|one and the same|each|every|per|any rolling|a rolling)"
    rf"\s+|/\s?)?(?P<calendar>calendar[- ])?(?P<n>{E})?(?P<gap>[- ]?)(?:calendar\s|rolling\s)?"
    rf"(?P<unit>{UNIT_EN})(?:[- ](?P<period>period|window|span))?(?![a-z])"
)
ADVERB = re.compile(r"(?P<unit>weekly|daily|monthly|fortnightly)(?![a-z])")
PERCENT = re.compile(
    rf"(?P<n>{E}|{N})\s?(?:%|パーセント|percent(?![a-z])|per cent(?![a-z])|pct(?![a-z]))(?P<off>{OFF})?"
)
SHARE = re.compile(
    rf"(?P<n>{E}|{N})\s?(?:%|パーセント|percent|per cent|割)\s?(?:of (?=(?:our |the |all )?(?:customers|"
    rf"people|members|messages|emails|recipients))|の(?=お客|顧客|会員|人|方))"
)
WARI = re.compile(rf"(?P<n>{N})割(?:(?P<bu>{N})分)?(?P<off>{OFF})?")
KAKE = re.compile(rf"(?P<n>{N})(?:掛け|掛|がけ)")
HALF = re.compile(r"半額|半値|half[- ]price|half off|50/50 off|five-zero off")
MONEY = re.compile(
    rf"(?:(?P<sign>[¥$€£])\s?(?P<a>{FIGURES}(?:万|千)?)|(?P<b>{N})\s?(?P<unit>円|ドル|ユーロ|ポンド|yen|"
    rf"dollars?|euros?|pounds|jpy|usd|eur)(?![a-z]))(?P<off>{OFF})?"
)
HEADS = re.compile(
    r"(?P<n>\d[\d,]*(?:\.\d+)?[万千百]|\d{1,3}(?:,\d{3})+|\d{3,})\s?"
    r"(?:人|名(?!前|称|簿)|people|persons|customers|recipients|members|contacts)"
)
CHARS = re.compile(
    rf"(?P<wide>全角)?(?P<n>{E}|{N})[\s-]?(?:文字|字(?!下げ)|characters?|chars?|letters|char\.)(?![a-z])"
)
PLAIN = re.compile(rf"(?P<n>{E}|{N})")
HALF_YEAR = re.compile(
    r"(?P<every>毎)?半年(?:間)?(?P<in>以内|ごと|毎|あたり|当たり|につき)?|"
    r"(?P<per>(?:in |within |per |every )?half a year|(?:every|per|each) half[- ]year)(?![a-z])"
)
FIXED = {"weekly": "week", "daily": "day", "monthly": "month", "fortnightly": "fortnight"}


def value(text: str) -> Decimal:
    """The number behind figures, kanji or English words."""
    return Decimal(100) if text == "a hundred" else number(text)


def count(text: str, at: int) -> tuple[int, Sense] | None:
    """A count of messages: 二通, 2回, twice, 3 times."""
    if (found := COUNT.match(text, at)) and (found[0] != "一度" or ONCE_ONLY.match(text, found.end())):
        return found.end(), Sense("count", number=value(found["n"]))
    if found := TIMES.match(text, at):
        spoken = {"once": 1, "twice": 2, "thrice": 3}
        return found.end(), Sense(
            "count", number=Decimal(spoken[found["word"]]) if found["word"] else value(found["n"])
        )
    return None


def span(text: str, at: int) -> tuple[int, Sense] | None:
    """A stretch of time: 24時間, 2週間, a week, every 10 days; `low` is its length in units of `name`."""
    if found := BETWEEN.match(text, at):
        return found.end(), Sense("span", name="day", number=value(found["n"]) + 1, low=0, high=2)
    found = BARE_JA.match(text, at)
    if found:
        return found.end(), _span(
            found["unit"], Decimal(2 if found["every"] == "隔" else 1), bool(found["calendar"]), per=True
        )
    found = SPAN_JA.match(text, at)
    if found and (found["n"] or found["every"] or found["calendar"]):
        length = value(found["n"]) if found["n"] else Decimal(2 if found["every"] == "隔" else 1)
        return found.end(), _span(
            found["unit"], length, bool(found["calendar"]), per=bool(found["in"] or found["every"])
        )
    if found := HALF_YEAR.match(text, at):
        return found.end(), _span("か月", Decimal(6), False, per=bool(found["every"] or found["in"] or found["per"]))
    if found := ADVERB.match(text, at):
        return found.end(), _span(FIXED[found["unit"]], Decimal(1), False, per=True)
    found = SPAN_EN.match(text, at)
    if found and (found["per"] or found["any"] or found["n"]):
        calendar = bool(found["calendar"]) or "calendar" in found[0]
        per = bool(found["per"] or found["any"] or found["period"])
        return found.end(), _span(
            found["unit"].rstrip("s"), value(found["n"]) if found["n"] else Decimal(1), calendar, per=per
        )
    return None


def _span(unit: str, length: Decimal, calendar: bool, *, per: bool) -> Sense:
    name = UNITS.get(unit) or UNITS[unit.rstrip("s")]
    if name == "fortnight":
        name, length = "week", length * 2
    if name == "quarter":
        name, length = "month", length * 3
    return Sense("span", name=name, number=length, low=1 if calendar else 0, high=1 if per else 0)


def percent(text: str, at: int) -> tuple[int, Sense] | None:
    """A percentage: 10%, 1割, 半額, 8掛け (which is 20 off); `name` is off where a discount is said."""
    if found := SHARE.match(text, at):
        return found.end(), Sense("share", number=value(found["n"]))
    if found := PERCENT.match(text, at):
        return found.end(), Sense("percent", "off" if found["off"] else "", number=value(found["n"]))
    if found := WARI.match(text, at):
        share = value(found["n"]) * 10 + (value(found["bu"]) if found["bu"] else 0)
        return found.end(), Sense("percent", "off" if found["off"] else "", number=share)
    if found := KAKE.match(text, at):
        rate = value(found["n"])
        return found.end(), Sense("percent", "kept", number=100 - (rate * 10 if rate < 10 else rate))
    if found := HALF.match(text, at):
        return found.end(), Sense("percent", "off", number=Decimal(50))
    return None


def money(text: str, at: int) -> tuple[int, Sense] | None:
    """An amount of money; `values` holds the currency."""
    found = MONEY.match(text, at)
    if not found:
        return None
    currency = CURRENCIES[found["sign"] or found["unit"]]
    return found.end(), Sense(
        "money", "off" if found["off"] else "", frozenset((currency,)), value(found["a"] or found["b"])
    )


def chars(text: str, at: int) -> tuple[int, Sense] | None:
    """A number of characters."""
    found = CHARS.match(text, at)
    return (found.end(), Sense("chars", number=value(found["n"]))) if found else None


def heads(text: str, at: int) -> tuple[int, Sense] | None:
    """A number of customers: 3万人, 30,000 people."""
    found = HEADS.match(text, at)
    return (found.end(), Sense("heads", number=value(found["n"]))) if found else None


def plain(text: str, at: int) -> tuple[int, Sense] | None:
    """A bare number; kanji numerals alone are words more often than numbers and are left."""
    found = PLAIN.match(text, at)
    if not found or re.match(KANJI, found["n"]):
        return None
    return found.end(), Sense("number", number=value(found["n"]))
