"""Tokens of a line: every figure in it that claims something."""

import functools
import re
from dataclasses import replace

from policies.inspection import counts, dates, discounts, innocents, prices, spans, topics
from policies.inspection.numerals import KANJI, SCALES, WORDS
from policies.inspection.prices import CODES
from policies.inspection.token import Pattern, Place, Reader, Token


def _named(patterns: tuple[Pattern, ...], *names: str) -> tuple[Pattern, ...]:
    return tuple(one for one in patterns if one[0] in names)


ALL: tuple[Pattern, ...] = (
    *_named(discounts.PATTERNS, "deal"),
    *innocents.PATTERNS,
    *_named(dates.PATTERNS, "iso"),
    counts.PHONE,
    *_named(
        dates.PATTERNS,
        "japanese",
        "month_word",
        "same_month",
        "dotted",
        "slashed",
        "first_of_range",
        "english",
        "nth_day",
    ),
    *spans.PATTERNS,
    *_named(dates.PATTERNS, "month"),
    *(one for one in discounts.PATTERNS if one[0] != "deal"),
    *prices.PATTERNS,
    *_named(dates.PATTERNS, "time", "year"),
    *counts.PATTERNS,
)
READERS: dict[str, Reader] = {name: reader for name, _, reader in ALL}
STARTS = (
    "half|halved|b1g1|twofer|cut in|slashed|sliced|third|quarter|fifth|tenth|double|triple|twice|noon|midnight"
    "|at midnight|today|tonight"
    "|tomorrow|bogo|buy "
    "|us\\$|[ac]a?u?\\$"
    "|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|this |next |the |end of"
    "|year|free|over a|nearly a|almost a|more than a|hundreds|thousands|millions|dozens|in an? |a m|a t|top |take "
    "|high |cloud |square "
    "|zero|christmas|new year|valentine|halloween|under |thanks|" + "|".join((*WORDS, *SCALES, *CODES))
)
ANCHOR = (
    rf"[0-9{KANJI}万億半正本今明後年来週大令先数何送無配元クバホハはワ月火水木金土日おも価値料¥$€£₩〒+親仲友]"
    rf"|(?<![a-z])(?:{STARTS})"
)
FIGURES = re.compile(
    f"(?={ANCHOR})(?:" + "|".join(f"(?P<is_{name}>{expression})" for name, expression, _ in ALL) + ")",
    re.ASCII,  # a Latin word ends where Japanese begins: 25%OFFで
)
ANY = re.compile(ANCHOR)
ABOUT_SOMETHING = frozenset(("count", "percent", "date", "span", "month", "times", "time"))
DATED = frozenset(("date", "span", "month", "time"))
TIMED = frozenset(("second", "month"))


@functools.lru_cache(maxsize=4096)
def tokens(line: str) -> tuple[Token, ...]:
    """Every figure in a plain line that claims something, from left to right."""
    low = line.lower()
    if ANY.search(low) is None:
        return ()
    found = []
    for match in FIGURES.finditer(low):
        name = (match.lastgroup or "").removeprefix("is_")
        token = READERS[name](Place(match, low))
        if token is not None:
            found.append(_in_context(token, match, low))
    return tuple(found)


def _in_context(token: Token, match: re.Match[str], low: str) -> Token:
    if token.kind not in ABOUT_SOMETHING:
        return token
    sense: topics.Sense = "date" if token.kind in DATED else "span" if token.unit in TIMED else "thing"
    around = topics.around(low, match.start(), match.end(), sense)
    counted = topics.counted(low, match.end()) if token.kind == "count" else None
    return replace(token, topics=counted | (around & topics.DEMANDING) if counted else around)
