"""Numerals: figures, kanji numerals and English number words, as numbers."""

from decimal import Decimal

DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "両": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "億": 100_000_000}
WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "dozen": 12,
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
KANJI = "〇零一二三四五六七八九十百千"
# Every repetition is bounded and gives nothing back, so that no text, however made, takes long to read.
FIGURE = r"\d{1,15}+(?:,\d{3}(?!\d)){0,5}+(?:\.\d{1,6}|,\d{2}(?!\d))?+"
JAPANESE = rf"(?:(?:{FIGURE}|[{KANJI}]{{1,12}}+)(?:[万億千百](?:{FIGURE}|[{KANJI}]{{1,8}}+)?+){{0,3}}+|[千百](?=円))"
ENGLISH = "(?:" + "|".join(sorted((*WORDS, *SCALES), key=len, reverse=True)) + ")"
ENGLISH_NUMBER = rf"(?:{ENGLISH}(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and ){ENGLISH}){{0,6}})"


def number(text: str) -> Decimal:
    """The number that is written: `1,980`, `1万2千`, `十二`, `twenty-five`."""
    low = text.strip().lower()
    if low and low[0].isascii() and low[0].isalpha():
        return _english(low)
    if len(low) > 3 and low[-3] == ",":
        low = f"{low[:-3]}.{low[-2:]}"  # 48,00 €
    return _japanese(low.replace(",", ""))


def _english(text: str) -> Decimal:
    total, group = 0, 0
    for word in text.replace("-", " ").replace(" and ", " ").split():
        scale = SCALES.get(word)
        if scale is None:
            group += WORDS[word]
        elif scale == 100:
            group = (group or 1) * scale
        else:
            total, group = total + (group or 1) * scale, 0
    return Decimal(total + group)


def _japanese(text: str) -> Decimal:
    total, group, figure = Decimal(0), Decimal(0), ""
    for sign in text:
        if sign in DIGITS or sign.isdigit() or sign == ".":
            figure += str(DIGITS.get(sign, sign))
        elif sign in TENS:
            group += (Decimal(figure) if figure else 1) * TENS[sign]
            figure = ""
        elif sign in MYRIADS:
            total += (group + (Decimal(figure) if figure else 0) or 1) * MYRIADS[sign]
            group, figure = Decimal(0), ""
    return total + group + (Decimal(figure) if figure else 0)
