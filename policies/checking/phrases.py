"""Phrases: what must not be said and what must be, in several readings of every part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policies.checking.forms import SHORTEST_SPOKEN, inflected, spoken
from policies.checking.letters import plain, read, squeezed, unleeted

LATIN = re.compile(r"[a-z0-9]")
KANA_ONLY = re.compile(r"[ぁ-ゖー]{1,3}")
HIRAGANA, KATAKANA = re.compile(r"[ぁ-ゖ]"), re.compile(r"[ァ-ヶ]")
APART = re.compile(r"(?<![a-z0-9])(?:[a-z0-9](?: |$)){3,}")
PUNCTUATION = re.compile(r"[^\w\s]|_")
MARK = "\ue000"
COMPOUNDS = {
    "絶対": "絶対値 絶対音感 絶対零度 絶対温度 絶対湿度 絶対評価 絶対的 絶対数 絶対王政 絶対安静",
    "最高": "最高気温 最高裁 最高血圧 最高峰 最高級",
    "安い": "目安い",
}
"""Words that hold a usual phrase and do not say it."""


@dataclass(frozen=True, slots=True)
class Readings:
    """One text, read in every way that is tried."""

    shown: str
    words: tuple[str, ...]
    """With spaces: as it stands, joined over punctuation, spelled-out letters closed up, and each without leet."""
    letters: str
    spoken: str


@lru_cache(maxsize=1024)
def readings(text: str) -> Readings:
    """Every reading of a text."""
    seen = read(text)
    apart = PUNCTUATION.sub(" ", seen)
    joined = PUNCTUATION.sub("", seen)
    spelled = APART.sub(lambda found: found[0].replace(" ", "") + " ", apart)
    ways = dict.fromkeys((apart, joined, spelled, PUNCTUATION.sub(" ", unleeted(seen)), unleeted(spelled)))
    letters = squeezed(seen)
    return Readings(plain(text), tuple(" ".join(way.split()) for way in ways), letters, spoken(letters))


def said(phrase: str, exceptions: Sequence[str], text: str, *, inflect: bool = True) -> bool:
    """Whether a text says a phrase in any of the readings, and in any form if it may `inflect`, but for exceptions."""
    letters = squeezed(read(phrase))
    if not letters:
        return "".join(plain(phrase).split()) in "".join(plain(text).split())
    if not (read(phrase)[0].isalnum() and read(phrase)[-1].isalnum()):
        return "".join(plain(phrase).split()) in "".join(plain(text).split())
    if LATIN.match(letters[0]) and LATIN.match(letters[-1]):
        seen = readings(text)
        return any(_worded(phrase, exceptions, way) for way in seen.words) or _spelled(letters, seen)
    if KANA_ONLY.fullmatch(letters):
        return _alone(phrase, readings(text).shown)
    let_through = tuple(squeezed(read(one)) for one in exceptions)
    if not inflect:
        return letters in _without(let_through, readings(text).letters)
    return _written(letters, let_through, readings(text))


def _spelled(letters: str, text: Readings) -> bool:
    """Whether letters stand in a run of single letters, where nobody can say where a word ends."""
    return any(letters in run[0].replace(" ", "") for way in text.words for run in APART.finditer(way))


def _worded(phrase: str, exceptions: Sequence[str], way: str) -> bool:
    for exception in exceptions:
        way = re.sub(_words(exception), MARK, way)
    return re.search(_words(phrase), way) is not None or re.search(_words(phrase.replace("-", "")), way) is not None


@lru_cache(maxsize=8192)
def _words(phrase: str) -> str:
    words = PUNCTUATION.sub(" ", read(phrase)).split()
    return r"(?<![a-z0-9])" + " ".join(map(re.escape, words)) + r"(?![a-z0-9])"


def _alone(phrase: str, shown: str) -> bool:
    """One to three kana count only where they are not inside a longer run of the same kana."""
    wanted = plain(phrase)
    same = KATAKANA if KATAKANA.match(wanted) else HIRAGANA
    return any(
        not same.match(shown[found.start() - 1 : found.start()])
        and not same.match(shown[found.end() : found.end() + 1])
        for found in re.finditer(re.escape(wanted), shown)
    )


def _written(letters: str, exceptions: Sequence[str], text: Readings) -> bool:
    harmless = [one for one in COMPOUNDS.get(letters, "").split() if one != letters]
    shown = _without((*exceptions, *harmless), text.letters)
    if re.search(inflected(letters), shown):
        return True
    aloud = spoken(letters)
    if (aloud == letters and text.spoken == text.letters) or len(aloud) < SHORTEST_SPOKEN:
        return False
    rest = _without(tuple(map(spoken, (*exceptions, *harmless))), text.spoken)
    return re.search(inflected(aloud), rest) is not None


def _without(words: Sequence[str], letters: str) -> str:
    for word in words:
        letters = letters.replace(word, MARK) if word else letters
    return letters


def forbidden(
    phrases: Sequence[str], exceptions: Sequence[str], pieces: Sequence[tuple[str, str]], *, inflect: bool = True
) -> Iterator[tuple[str, str]]:
    """Every (part, phrase) where a part says a phrase."""
    for name, text in pieces:
        for phrase in phrases:
            if said(phrase, exceptions, text, inflect=inflect):
                yield name, phrase
