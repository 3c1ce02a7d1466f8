"""Spelling: figures and words about money as they are read, however they are written: 半・額, ٥٠%, t w e n t y."""

import functools
import re
import unicodedata

from policies.inspection.text import LOOKALIKES

FOREIGN_LETTER = re.compile("[\u0370-\u052f]")
GAP = r"[\s・._*-]+"
SPACED_OUT = (
    *((re.compile(GAP.join(word)), word) for word in ("半額", "半値", "割引", "無料", "税込", "税抜")),
    (re.compile(rf"(?<=[一二三四五六七八九0-9]){GAP}割"), "割"),
)
"""Words about money with spaces or signs set between their letters."""
SPELT_OUT = re.compile(r"\b(?:[a-z][ .-]){3,}[a-z]\b", re.IGNORECASE)
LEGAL_NUMERAL = re.compile(r"[壱弐参伍拾](?=[割円千万百拾])")
LEGAL_NUMERALS = str.maketrans("壱弐参伍拾", "一二三五十")


@functools.lru_cache(maxsize=4096)
def respelt(line: str) -> str:
    """The line with spelt-out words closed up, and foreign digits and letters read as the ones they look like."""
    text = SPELT_OUT.sub(lambda found: re.sub("[ .-]", "", found[0]), line)
    if text.isascii():
        return text
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign for sign in text)
    text = LEGAL_NUMERAL.sub(lambda found: found[0].translate(LEGAL_NUMERALS), text.replace("٪", "%"))
    for spaced, word in SPACED_OUT:
        text = spaced.sub(word, text)
    return text.lower().translate(LOOKALIKES) if FOREIGN_LETTER.search(text) else text
