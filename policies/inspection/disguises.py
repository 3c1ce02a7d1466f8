"""Disguises: the ways in which one line may also be read."""

import functools
import re
from collections.abc import Mapping
from typing import Literal

from policies.inspection.morphology import APART, SPELT_APART, in_kanji
from policies.inspection.text import KATAKANA, folded, respelt

Tongue = Literal["ja", "en"]
LATIN_WORD = re.compile("[a-z]{2}")
LETTER_BY_LETTER = re.compile(r"(?<![a-z0-9])[a-z](?:[\W_]{1,4}[a-z]){3,}(?![a-z0-9])", re.ASCII)
GAP = re.compile(r"[\W_]+", re.ASCII)
DECKED = re.compile("(?<=[a-z])[^\\w\\s!-~]+(?=[a-z])|(?<=\\S)[\u2190-\u2bff\U0001f000-\U0001faff]+(?=\\S)")
"""Emoji and the like inside a word."""
PICTURES = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]+")
SPACES = re.compile(" {2,}")
EVENLY = re.compile(r"[^\n](?P<sign>[・·･_*|/~\-])(?:[^\n](?P=sign)){3,}[^\n]")
"""Letters of any script with the same sign between all of them."""


def in_folded(ja: str, en: str) -> Mapping[Tongue, re.Pattern[str]]:
    """Patterns for folded text, in which katakana are hiragana, by language."""
    return {"ja": re.compile(ja.translate(KATAKANA), re.MULTILINE), "en": re.compile(en, re.MULTILINE)}


@functools.lru_cache(maxsize=4096)
def forms(line: str) -> tuple[str, ...]:
    """A plain line folded, and again with letters closed up or respelt where it may hide words."""
    fold = folded(line)
    closed = SPELT_APART.sub(lambda found: APART.sub("", found[0]), line)
    others = {folded(closed), folded(in_kanji(closed)), *respelt(line, fold), *_in_latin(fold)}
    evenly = EVENLY.sub(lambda run: run[0].replace(run["sign"], ""), line)
    if evenly != line:
        others.add(folded(evenly))
    if not line.isascii() and PICTURES.search(line):
        others |= {SPACES.sub(" ", PICTURES.sub(gap, fold)) for gap in ("", " ")}
    return tuple(dict.fromkeys((fold, *sorted(others))))


def _in_latin(fold: str) -> tuple[str, ...]:
    """The line with Latin words closed up over emoji, and over the gaps of a run of single letters."""
    spelt = LETTER_BY_LETTER.sub(_closed_up, fold)
    apart = LETTER_BY_LETTER.sub(_after_article, fold) if spelt != fold else fold
    return tuple(bare for one in (spelt, apart) if (bare := one if one.isascii() else DECKED.sub("", one)) != fold)


def _after_article(run: re.Match[str]) -> str:
    """The same where the first letter is a word of its own: a m i r a c l e."""
    text = run[0]
    return f"{text[0]} {_joined(text[1:].lstrip())}" if text[0] in "ai" else _joined(text)


def _closed_up(run: re.Match[str]) -> str:
    """A run of single letters as words: g-u-a-r-a-n-t-e-e-d- -r-e-s-u-l-t-s; the longer gaps stand between words."""
    return _joined(run[0])


def _joined(text: str) -> str:
    narrow = min(len(gap) for gap in GAP.findall(text))
    return GAP.sub(lambda gap: "'" if "'" in gap[0] else "" if len(gap[0]) == narrow else " ", text)


def tongues(fold: str) -> tuple[Tongue, ...]:
    """The languages whose patterns may find something in folded text."""
    if fold.isascii():
        return ("en",)
    return ("ja", "en") if LATIN_WORD.search(fold) else ("ja",)
