"""Numbers: 1,980, 1万2千, 二百 and twenty-five as what they amount to."""

import re
from decimal import Decimal

FIGURES = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
STEPS = {"十": 10, "百": 100, "千": 1000}
LEAPS = {"万": 10_000, "億": 100_000_000}
ONES = "zero one two three four five six seven eight nine ten eleven twelve"
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: place for place, word in enumerate(f"{ONES} {TEENS}".split())}
WORDS |= {word: 20 + 10 * place for place, word in enumerate(TENS.split())} | {"hundred": 100, "dozen": 12}
CENTS = re.compile(r",(\d{2})$")
JAPANESE = r"(?:[\d〇零一二三四五六七八九十百千万億][\d,.〇零一二三四五六七八九十百千万億]{0,18}(?<![.,]))"
WORD = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
ENGLISH = rf"(?<![a-z])(?:{WORD}(?:[ -]{WORD}){{0,3}}\b)"


def amount(text: str) -> Decimal:
    """What a numeral amounts to."""
    if text[0].isascii() and text[0].isalpha():
        return Decimal(_english(text))
    return _japanese(CENTS.sub(r".\1", text).replace(",", ""))


def _english(text: str) -> int:
    total = 0
    for word in text.replace("-", " ").split():
        total = total * 100 if word == "hundred" and total else total + WORDS[word]
    return total


def _japanese(text: str) -> Decimal:
    whole = group = Decimal(0)
    digits = ""
    for sign in text:
        if sign.isdigit() or sign == "." or sign in FIGURES:
            digits += str(FIGURES.get(sign, sign))
            continue
        value = _decimal(digits) if digits else None
        if sign in STEPS:
            group += (1 if value is None else value) * STEPS[sign]
        else:
            whole += (group + (value or 0) or 1) * LEAPS[sign]
            group = Decimal(0)
        digits = ""
    return whole + group + (_decimal(digits) if digits else 0)


def _decimal(digits: str) -> Decimal:
    """Digits as a number; with two points in it, what stands before the second."""
    return Decimal(".".join(digits.split(".")[:2]).rstrip(".") or "0")
