"""Phrases: finding words however they are disguised, all phrases in one pass."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick  # type: ignore[import-not-found]  # an extension module without stubs

from policies.inspection.text import folded, plain, skeleton, unleeted

LATIN = re.compile(r"[a-z0-9]")
WORD = re.compile(r"\w")
KANA_ONLY = re.compile(r"[\u3041-\u309f\u30fc]{1,3}")
HIRAGANA = re.compile(r"[\u3041-\u309f\u30fc]{2}")
KATAKANA = re.compile(r"[\u30a1-\u30ff]{2}")
SPACED_OUT = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one rule, as it is searched."""

    rule: int
    phrase: str
    letters: str
    """The phrase as letters and digits alone, folded; empty for a phrase of signs, which is searched as it is."""
    exceptions: tuple[str, ...]
    whole_word: bool
    kana: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, and the words that held it."""

    rule: int
    phrase: str
    text: str


class PhraseIndex:
    """All forbidden phrases of a book, searched at once."""

    def __init__(self, phrases: Sequence[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        entries = [_entry(rule, phrase, exceptions) for rule, some, exceptions in phrases for phrase in some]
        by_letters: dict[str, list[Entry]] = {}
        for entry in entries:
            by_letters.setdefault(entry.letters, []).append(entry)
        self._signs = tuple(by_letters.pop("", ()))
        self._automaton = ahocorasick.Automaton()
        for letters, same in by_letters.items():
            self._automaton.add_word(letters, tuple(same))
        if by_letters:
            self._automaton.make_automaton()
        self._empty = not by_letters

    def find(self, read: str) -> Iterator[Hit]:
        """Every forbidden phrase in plain text."""
        fold = folded(read)
        yield from self._written(fold, skeleton(fold), read)
        respelt = unleeted(fold)
        if respelt is not None:
            yield from self._written(respelt, skeleton(respelt), respelt)
        squashed = SPACED_OUT.sub("", fold)
        for entry in self._signs:
            if SPACED_OUT.sub("", folded(plain(entry.phrase))) in squashed:
                yield Hit(entry.rule, entry.phrase, entry.phrase)

    def _written(self, fold: str, letters: str, read: str) -> Iterator[Hit]:
        if self._empty:
            return
        shown = read if len(read) == len(fold) else fold
        places: list[int] | None = None
        for end, entries in self._automaton.iter(letters):
            if places is None:
                places = [place for place, sign in enumerate(fold) if WORD.match(sign) and sign != "_"]
            for entry in entries:
                start = end - len(entry.letters) + 1
                first, last = places[start], places[end]
                if _stands(entry, fold, shown, first, last) and not _excepted(entry, letters, start, end):
                    yield Hit(entry.rule, entry.phrase, fold[first : last + 1])


def _entry(rule: int, phrase: str, exceptions: Sequence[str]) -> Entry:
    fold = folded(plain(phrase)).strip()
    signs = not fold or not (WORD.match(fold[0]) and WORD.match(fold[-1]))
    letters = "" if signs else skeleton(fold)
    return Entry(
        rule,
        phrase,
        letters,
        tuple(skeleton(folded(plain(exception))) for exception in exceptions),
        bool(letters) and bool(LATIN.match(letters[0])) and bool(LATIN.match(letters[-1])),
        bool(KANA_ONLY.fullmatch(letters)),
    )


def _stands(entry: Entry, fold: str, shown: str, first: int, last: int) -> bool:
    """Whether the match is the phrase itself and not an accident of neighbouring words."""
    if entry.whole_word:
        cut_off = not LATIN.match(fold[first - 1 : first]) and not LATIN.match(fold[last + 1 : last + 2])
        return cut_off and _gaps_make_sense(entry, fold[first : last + 1])
    if entry.kana:
        return not (_runs_on(shown[first - 1 : first + 1]) or _runs_on(shown[last : last + 2]))
    return True


def _runs_on(pair: str) -> bool:
    """Whether two neighbours belong to one run of hiragana or of katakana."""
    return bool(HIRAGANA.fullmatch(pair) or KATAKANA.fullmatch(pair))


def _gaps_make_sense(entry: Entry, text: str) -> bool:
    """Whether spaces fall where the phrase has them, or between all letters (m i r a c l e), not inside (pen is)."""
    words = len(text.split())
    expected = len(folded(entry.phrase).split())
    return words == expected or words >= len(entry.letters) - 1 or (words < expected and words == 1)


def _excepted(entry: Entry, letters: str, start: int, end: int) -> bool:
    for exception in entry.exceptions:
        inside = exception.find(entry.letters)
        while inside >= 0:
            begin = start - inside
            if begin >= 0 and letters.startswith(exception, begin) and begin + len(exception) > end:
                return True
            inside = exception.find(entry.letters, inside + 1)
    return False
