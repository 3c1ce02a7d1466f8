"""Phrases: finding words however they are disguised or inflected, all phrases in one pass."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakSet

import ahocorasick  # type: ignore[import-not-found]  # an extension module without stubs

from policies.inspection.entries import FUNCTION, LATIN, WORD, Entry, Forbidden, entries, letters_of
from policies.inspection.lemmas import LemmaIndex
from policies.inspection.morphology import Word, words
from policies.inspection.text import folded, lines, plain, respelt, skeleton

KANJI = re.compile(r"[\u4e00-\u9fff]")
HIRAGANA = re.compile(r"[\u3041-\u309f\u30fc]{2}")
KATAKANA_PAIR = re.compile(r"[\u30a1-\u30ff]{2}")
SPACED_OUT = re.compile(r"\s")
OKURIGANA = re.compile(r"[\u3041-\u3096]*")
SENTENCE_END = re.compile(r"[。！？!?]|\n\s*\n")
SAME_MEANING = frozenset("級峰潮品店化感型版度中系")
"""What may follow a forbidden word inside a longer one without changing what it says: 最高級."""
SHORT_KANA = 3
AT_MOST = 60
"""How much of a line a phrase over its end may take."""
INFLECTED = frozenset(("動詞", "形容詞"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, and the words that held it."""

    rule: int
    phrase: str
    text: str


INDEXES: "WeakSet[PhraseIndex]" = WeakSet()
"""Every index in use, each with its own memory of lines."""


def forget_lines() -> None:
    """Lets go of the lines that were searched: somebody was erased who may stand in them."""
    for index in tuple(INDEXES):
        index.in_line.cache_clear()
        index._across.cache_clear()


class PhraseIndex:
    """All forbidden phrases of a book, searched at once."""

    def __init__(self, rules: Sequence[Forbidden]) -> None:
        found = [entry for rule in rules for phrase in rule.phrases for entry in entries(rule, phrase)]
        by_letters: dict[str, list[Entry]] = {}
        for entry in found:
            by_letters.setdefault(entry.letters, []).append(entry)
        self._signs = tuple((entry, _squashed(plain(entry.phrase))) for entry in by_letters.pop("", ()))
        self._automaton = ahocorasick.Automaton()
        for letters, same in by_letters.items():
            self._automaton.add_word(letters, tuple(same))
        if by_letters:
            self._automaton.make_automaton()
        self._empty = not by_letters
        self._lemmas = LemmaIndex(
            [(rule.rule, phrase, rule.match) for rule in rules if rule.match != "literal" for phrase in rule.phrases]
        )
        self._exceptions = {rule.rule: tuple(letters_of(one) for one in rule.exceptions) for rule in rules}

        self.in_line = functools.lru_cache(maxsize=8192)(self._find_in_line)
        """Every phrase in one plain line; a line that was read before is not searched again."""
        self._across = functools.lru_cache(maxsize=8192)(self._over_break)
        INDEXES.add(self)

    @property
    def needs_words(self) -> frozenset[int]:
        """The rules whose Japanese phrases are only searched in full with a dictionary."""
        return self._lemmas.japanese_rules

    def find(self, read: str) -> Iterator[Hit]:
        """Every forbidden phrase in plain text, each once."""
        shown = lines(read)
        found = [hit for line in shown for hit in self.in_line(line)]
        found += [hit for one, two in pairwise(shown) for hit in self.across(one, two)]
        return iter(dict.fromkeys(found))

    def across(self, line: str, following: str) -> tuple[Hit, ...]:
        """Phrases that begin in one line and end in the next."""
        return self._across(line[-AT_MOST:], following[:AT_MOST])

    def _over_break(self, end: str, start: str) -> tuple[Hit, ...]:
        fold = folded(f"{end}\n{start}")
        return tuple(hit for hit in self._written(fold, skeleton(fold), f"{end}\n{start}") if "\n" in hit.text)

    def _find_in_line(self, read: str) -> tuple[Hit, ...]:
        fold = folded(read)
        found = list(self._written(fold, skeleton(fold), read))
        for other in respelt(read, fold):
            found += self._written(other, skeleton(other), other)
        found += self._inflected(read, fold)
        if self._signs:
            squashed = SPACED_OUT.sub("", fold)
            found += [Hit(one.rule, one.phrase, one.phrase) for one, signs in self._signs if signs in squashed]
        return tuple({(hit.rule, hit.phrase): hit for hit in reversed(found)}.values())

    def _inflected(self, read: str, fold: str) -> Iterator[Hit]:
        for rule, phrase, text in self._lemmas.find(read, fold):
            letters = skeleton(folded(text))
            if not any(letters in exception and exception in skeleton(fold) for exception in self._exceptions[rule]):
                yield Hit(rule, phrase, text)

    def _written(self, fold: str, letters: str, read: str) -> Iterator[Hit]:
        if self._empty:
            return
        shown = read if len(read) == len(fold) else fold
        places: list[int] | None = None
        for end, same in self._automaton.iter(letters):
            if places is None:
                places = [place for place, sign in enumerate(fold) if WORD.match(sign) and sign != "_"]
            for entry in same:
                start = end - len(entry.letters) + 1
                first, last = places[start], places[end]
                if _stands(entry, fold, shown, first, last) and not _excepted(entry, letters, start, end):
                    yield Hit(entry.rule, entry.phrase, fold[first : last + 1])


def _squashed(read: str) -> str:
    return SPACED_OUT.sub("", folded(read))


def _stands(entry: Entry, fold: str, shown: str, first: int, last: int) -> bool:
    """Whether the match is the phrase itself and not an accident of neighbouring words."""
    text = fold[first : last + 1]
    if entry.how in ("romaji", "romaji_stem"):
        ends = entry.how == "romaji_stem" or not LATIN.match(fold[last + 1 : last + 2])
        return ends and not LATIN.match(fold[first - 1 : first])
    if entry.whole_word:
        cut_off = not LATIN.match(fold[first - 1 : first]) and not LATIN.match(fold[last + 1 : last + 2])
        return cut_off and _gaps_make_sense(entry, text)
    if SENTENCE_END.search(text.strip()) and not SENTENCE_END.search(entry.phrase) and len(entry.letters) > 2:
        return len(SENTENCE_END.findall(text)) > 1 or (KANJI.search(text) is not None and "\n" not in text)
    if entry.japanese:
        found = _stands_as_words(entry, shown, first, last)
        if found is not None:
            return found
    if entry.kana and (len(entry.letters) <= SHORT_KANA or entry.how == "read"):
        return not (_runs_on(shown[first - 1 : first + 1]) or _runs_on(shown[last : last + 2]))
    return True


def _stands_as_words(entry: Entry, shown: str, first: int, last: int) -> bool | None:
    """Whether the words of the line begin and end with the match; None where it is disguised or nobody can tell."""
    begin = shown.rfind("\n", 0, first) + 1
    end = shown.find("\n", last)
    line = shown[begin : end if end >= 0 else len(shown)]
    if skeleton(shown[first : last + 1]) != shown[first : last + 1]:
        return None
    here = [word for word in words(line) if word.start <= last - begin and word.end > first - begin]
    if not here:
        return None
    if entry.how == "read":
        return _reads_so(entry, here, first - begin, last - begin)
    if len(here) == 1:
        return _is_the_word(here[0], first - begin, last - begin)
    if entry.kana and len(entry.letters) <= SHORT_KANA:
        if all(word.pos in FUNCTION for word in here) and entry.content:
            return False
        return here[0].start == first - begin and _ends_there(here[-1], last - begin)
    return True


def _is_the_word(word: Word, first: int, last: int) -> bool:
    """Whether a match inside one word is that word: 痩せ in 痩せる, 最高 in 最高級, but not 絶対 in 絶対値."""
    if word.start == first and word.end == last + 1:
        return True
    if not word.known:
        return True
    before, after = word.surface[: first - word.start], word.surface[last + 1 - word.start :]
    if before:
        return False
    return (word.pos in INFLECTED and OKURIGANA.fullmatch(after) is not None) or after in SAME_MEANING


def _ends_there(word: Word, last: int) -> bool:
    return word.end == last + 1 or (word.pos in INFLECTED and word.start <= last)


def _reads_so(entry: Entry, here: Sequence[Word], first: int, last: int) -> bool:
    """Whether kana that read like the phrase are no other word of the same sound, as 再考 is for 最高."""
    if len(here) == 1 and here[0].known and KANJI.search(here[0].lemma):
        return skeleton(folded(here[0].lemma)) == skeleton(folded(plain(entry.phrase)))
    return here[0].start == first and here[-1].end == last + 1


def _runs_on(pair: str) -> bool:
    """Whether two neighbours belong to one run of hiragana or of katakana."""
    return bool(HIRAGANA.fullmatch(pair) or KATAKANA_PAIR.fullmatch(pair))


def _gaps_make_sense(entry: Entry, text: str) -> bool:
    """Whether spaces fall where the phrase has them, or between all letters (m i r a c l e), not inside (pen is)."""
    gaps = len(text.split())
    expected = len(folded(entry.phrase).split())
    return gaps == expected or gaps >= len(entry.letters) - 1 or (gaps < expected and gaps == 1)


def _excepted(entry: Entry, letters: str, start: int, end: int) -> bool:
    for exception in entry.exceptions:
        inside = exception.find(entry.letters)
        while inside >= 0:
            begin = start - inside
            if begin >= 0 and letters.startswith(exception, begin) and begin + len(exception) > end:
                return True
            inside = exception.find(entry.letters, inside + 1)
    return False
