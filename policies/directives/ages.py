"""Ages: 30代, 20歳未満, under 25, aged 18 to 24, in their thirties."""

import re

from policies.audience import Bounds
from policies.directives.atom import WHO, Sense

RANGE_JA = re.compile(r"(?P<a>\d{1,3})歳?(?:以上、?|~|-|から)\s?(?P<b>\d{1,3})歳(?P<end>未満|以下|まで)?")
ONE_JA = re.compile(
    r"(?P<a>\d{1,3})(?:歳|才)(?P<bound>以上|以下|未満|より上|超|を超える|より下|を超えた|に満たない|"
    r"までの?|から上|から下)?"
)
DECADES_JA = re.compile(r"(?P<a>\d0)代?(?:~|-|から|・|、|と|や)\s?(?P<b>\d0)代(?:まで)?")
DECADE_JA = re.compile(r"(?P<a>\d0|十|二十|三十|四十|五十|六十|七十)代(?P<bound>以上|以下)?")
KANJI_DECADES = {"十": 10, "二十": 20, "三十": 30, "四十": 40, "五十": 50, "六十": 60, "七十": 70}
MINOR = re.compile(r"未成年(?:者|の方|のお客様)?|minors?\b|underage(?: customers| people)?\b|under-age\b")
ADULT = re.compile(r"成人")
UNIT = (
    r"(?!\s?(?:%|percent|per cent|characters|chars|letters|minutes?|hours?|days?|weeks?|months?|"
    r"emails?|messages?|texts?|push|calls?|yen|dollars|euros|円|am\b|pm\b|a\.m|p\.m|:\d|times|"
    r"[a-z]*\s?off\b|times|sms|line\b|o'clock|,\d|\.\d|\d))"
)
YEARS = r"(?:[- ]?years?(?:[- ]olds?| of age)?)?"
RANGE_EN = re.compile(
    r"(?:between (?:the )?(?:ages? of )?|aged? (?:between |from )?|ages |from )?(?P<a>\d{2})\s?(?:to|"
    r"and|-|through)\s?(?P<b>\d{2})(?P<unit>[- ]?years?(?:[- ]olds?| of age)?|-year-olds)?" + UNIT
)
LEAST_EN = re.compile(
    rf"(?:aged? |who are |are |over the age of )?(?P<a>\d{{1,3}})(?:\+|{YEARS} (?:and|or) (?:over|older|above|up)\b)"
)
AT_LEAST_EN = re.compile(r"at least (?P<a>\d{1,3})(?: years old| years of age)")
MOST_EN = re.compile(rf"(?:aged? )?(?P<a>\d{{1,3}}){YEARS} (?:and|or) (?:under|younger|below)\b")
BELOW_EN = re.compile(
    r"(?P<word>under|below|younger than|(?:who (?:is|are) |who's |who're |(?:is|are) )?not yet|"
    r"(?:who (?:has|have)(?:n't| not)|who (?:hasn't|haven't)|has not|have not|hasn't|haven't)(?: yet)? "
    r"(?:turned|reached)|yet to turn)[- ](?:the age of |age )?(?P<a>\d{1,3})(?P<s>s|"
    r"-year-olds| years(?: old| of age)?)?\b" + UNIT
)
ABOVE_EN = re.compile(
    r"(?P<word>over|above|older than)[- ](?:the age of |age )?(?P<a>\d{1,3})(?P<s>s|-year-olds| "
    r"years(?: old| of age)?)?\b" + UNIT
)
EXACT_EN = re.compile(r"aged? (?P<a>\d{1,3})(?: years)?\b" + UNIT)
DECADE_EN = re.compile(
    r"(?:in their )?(?P<a>\d0)(?:s\b|-somethings)|in their (?P<word>twenties|thirties|forties|fifties|"
    r"sixties|seventies)"
)
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
JA = {
    "以上": "at_least",
    "から上": "at_least",
    "以下": "at_most",
    "まで": "at_most",
    "までの": "at_most",
    "未満": "below",
    "より下": "below",
    "に満たない": "below",
    "から下": "at_most",
    "より上": "above",
    "超": "above",
    "を超える": "above",
    "を超えた": "above",
}


def age(text: str, at: int, people: bool) -> tuple[int, Sense] | None:
    """An age or a range of ages; a bare "under 30" counts only right after words for people."""
    return _japanese(text, at) or _english(text, at, people)


def _sense(**bounds: float) -> Sense:
    return Sense(WHO, "age", bounds=Bounds.model_validate(bounds))


def _japanese(text: str, at: int) -> tuple[int, Sense] | None:
    if found := RANGE_JA.match(text, at):
        low, high = float(found["a"]), float(found["b"])
        return found.end(), _sense(at_least=low, **{"below" if found["end"] == "未満" else "at_most": high})
    if found := DECADES_JA.match(text, at):
        return found.end(), _sense(at_least=float(found["a"]), at_most=float(found["b"]) + 9)
    if found := DECADE_JA.match(text, at):
        low = float(KANJI_DECADES.get(found["a"]) or found["a"])
        bounds = (
            {"at_least": low}
            if found["bound"] == "以上"
            else {"at_most": low + 9}
            if found["bound"]
            else {"at_least": low, "at_most": low + 9}
        )
        return found.end(), _sense(**bounds)
    if found := ONE_JA.match(text, at):
        years = float(found["a"])
        return found.end(), _sense(
            **({JA[found["bound"]]: years} if found["bound"] else {"at_least": years, "at_most": years})
        )
    if found := MINOR.match(text, at):
        return found.end(), _sense(below=18.0)
    return None


def _english(text: str, at: int, people: bool) -> tuple[int, Sense] | None:
    return _range(text, at, people) or _bounded(text, at, people) or _decade(text, at)


def _range(text: str, at: int, people: bool) -> tuple[int, Sense] | None:
    found = RANGE_EN.match(text, at)
    if found is None or float(found["a"]) >= float(found["b"]):
        return None
    if not people and not found["unit"] and not re.match(r"age|between (?:the )?ages?", found[0]):
        return None
    return found.end(), _sense(at_least=float(found["a"]), at_most=float(found["b"]))


def _bounded(text: str, at: int, people: bool) -> tuple[int, Sense] | None:
    for pattern, bound in ((LEAST_EN, "at_least"), (AT_LEAST_EN, "at_least"), (MOST_EN, "at_most")):
        if found := pattern.match(text, at):
            return found.end(), _sense(**{bound: float(found["a"])})
    for pattern, bound in ((BELOW_EN, "below"), (ABOVE_EN, "above")):
        found = pattern.match(text, at)
        if found and (people or found["s"] or re.search("age|younger|older|yet|turned|reached", found[0])):
            return found.end(), _sense(**{bound: float(found["a"])})
    return None


def _decade(text: str, at: int) -> tuple[int, Sense] | None:
    if found := DECADE_EN.match(text, at):
        low = float(found["a"] or DECADES[found["word"]])
        return found.end(), _sense(at_least=low, at_most=low + 9)
    if found := EXACT_EN.match(text, at):
        return found.end(), _sense(at_least=float(found["a"]), at_most=float(found["a"]))
    return None
