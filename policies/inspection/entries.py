"""Entries: how one forbidden phrase is searched, as it is written, in kana and in Latin letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policies.inspection.morphology import JAPANESE, words
from policies.inspection.romaji import romaji
from policies.inspection.text import KATAKANA, folded, plain, skeleton

Match = Literal["literal", "inflected", "lemma"]
LATIN = re.compile(r"[a-z0-9]")
WORD = re.compile(r"\w")
KANA = re.compile(r"[\u3041-\u309f\u30fc]+")
FUNCTION = frozenset(("助詞", "助動詞"))
SHORTEST_READING, SHORTEST_ROMAJI, ROMAJI_STEM = 3, 5, 7


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What one rule forbids, known by its number."""

    rule: int
    phrases: Sequence[str]
    exceptions: Sequence[str] = ()
    match: Match = "inflected"


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one rule, as its letters are searched."""

    rule: int
    phrase: str
    letters: str
    """The phrase as letters and digits alone, folded; empty for a phrase of signs, which is searched as it is."""
    exceptions: tuple[str, ...] = ()
    whole_word: bool = False
    kana: bool = False
    japanese: bool = False
    """Whether words of the dictionary decide where the phrase ends; a literal phrase does not ask them."""
    content: bool = False
    """Whether it names something, and so is not found among particles: カモ in かもしれません."""
    how: Literal["written", "read", "romaji", "romaji_stem"] = "written"


def letters_of(text: str) -> str:
    return skeleton(folded(plain(text)))


def entries(rule: Forbidden, phrase: str) -> Iterator[Entry]:
    fold = folded(plain(phrase)).strip()
    signs = not fold or not (WORD.match(fold[0]) and WORD.match(fold[-1]))
    letters = "" if signs else skeleton(fold)
    exceptions = tuple(letters_of(exception) for exception in rule.exceptions)
    asks = rule.match != "literal" and JAPANESE.search(fold) is not None
    yield Entry(
        rule.rule,
        phrase,
        letters,
        exceptions,
        bool(letters) and bool(LATIN.match(letters[0])) and bool(LATIN.match(letters[-1])),
        KANA.fullmatch(letters) is not None,
        asks,
        asks and any(word.pos not in FUNCTION for word in words(plain(phrase))),
    )
    if asks and letters:
        for other, how in _spellings(phrase, letters):
            yield Entry(rule.rule, phrase, other, exceptions, how != "read", how == "read", True, True, how)


def _spellings(phrase: str, letters: str) -> Iterator[tuple[str, Literal["read", "romaji", "romaji_stem"]]]:
    """The phrase in kana and in Latin letters, where these are long enough to mean nothing else."""
    found = [word for word in words(plain(phrase)) if word.pos not in ("補助記号", "空白")]
    reading = "".join(word.reading for word in found)
    kana = reading.translate(KATAKANA)
    if not found or not KANA.fullmatch(kana):
        return
    if kana != letters and len(kana) >= SHORTEST_READING:
        yield kana, "read"
    for latin in romaji(reading):
        if found[-1].pos == "動詞" and len(latin) >= ROMAJI_STEM:
            yield latin.removesuffix("u").removesuffix("r"), "romaji_stem"
        elif len(latin) >= SHORTEST_ROMAJI:
            yield latin, "romaji"
