"""Tokens of a line: every figure in it that claims something."""

import functools
import re

from policies.inspection import counts, dates, prices
from policies.inspection.numerals import KANJI, WORDS
from policies.inspection.token import Pattern, Place, Reader, Token

ALL: tuple[Pattern, ...] = (
    *counts.EARLY,
    *prices.PATTERNS[:1],
    *(one for one in dates.PATTERNS if one[0] == "iso"),
    *(one for one in counts.PATTERNS if one[0] == "phone"),
    *(one for one in dates.PATTERNS if one[0] not in ("iso", "year", "time")),
    *prices.PATTERNS[1:],
    *(one for one in dates.PATTERNS if one[0] in ("time", "year")),
    *(one for one in counts.PATTERNS if one[0] != "phone"),
)
READERS: dict[str, Reader] = {name: reader for name, _, reader in ALL}
STARTS = (
    "half|third|quarter|fifth|tenth|double|triple|twice|noon|midnight|today|tonight|tomorrow|bogo|buy |us\\$|jpy|usd"
    "|eur|gbp|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|" + "|".join(WORDS)
)
ANCHOR = rf"[0-9{KANJI}万億半正本今明月火水木金土日¥$€£〒+]|(?<![a-z])(?:{STARTS})"
FIGURES = re.compile(
    f"(?={ANCHOR})(?:" + "|".join(f"(?P<is_{name}>{expression})" for name, expression, _ in ALL) + ")",
    re.ASCII,  # a Latin word ends where Japanese begins: 25%OFFで
)
ANY = re.compile(ANCHOR)


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
            found.append(token)
    return tuple(found)
