"""Morphology: the words of Japanese text in their dictionary forms."""

import functools
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from policies.inspection.text import KATAKANA, OLD_KANJI

try:
    import sudachipy  # type: ignore[import-untyped]  # it ships no typed marker
except ModuleNotFoundError:  # the extra `ja` is not installed: rules that need words hold
    AVAILABLE = False
else:
    AVAILABLE = True

FIELDS = {"surface", "pos", "dictionary_form", "normalized_form", "reading_form"}
CONTENT = frozenset(("名詞", "動詞", "形容詞", "形状詞", "副詞"))
LONGEST = 12_000
"""Characters that the dictionary takes at once, whatever they are."""
JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
SPELT_APART = re.compile(
    "(?:[\u3041-\u30ff\u4e00-\u9fff]"
    "(?:[ \t・.･_*+/|~\\-]|[^\\w\\s、。！？「」()\\[\\]【】『』〜~]){1,3}){2,}[\u3041-\u30ff\u4e00-\u9fff]"
)
APART = re.compile("(?<=[\u3041-\u30ff\u4e00-\u9fff])[\\W_]{1,3}(?=[\u3041-\u30ff\u4e00-\u9fff])")
KANJI = re.compile("[\u4e00-\u9fff]")
KATAKANA_ENDING = re.compile("[\u4e00-\u9fff][\u30a1-\u30f6]{1,4}")
KATAKANA_WORD = re.compile("[\u30a1-\u30fa]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands in a line, with its dictionary form in the usual spelling."""

    surface: str
    lemma: str
    base: str
    """The dictionary form in the spelling of the line."""
    pos: str
    """Part of speech in the dictionary's words: 名詞, 動詞, 助詞 …"""
    kind: str
    """Its second level: 接続助詞, 非自立可能 …"""
    form: str
    """How it is inflected: 終止形-一般; * where it is not."""
    reading: str
    """In katakana."""
    start: int
    end: int
    known: bool
    """Whether the dictionary has it."""


class _Held(threading.local):
    """One tokenizer a thread, since it may not be shared."""

    def __init__(self) -> None:
        self.tokenizer = _dictionary().tokenizer(sudachipy.SplitMode.C, fields=FIELDS)


@functools.cache
def _dictionary() -> "sudachipy.Dictionary":
    return sudachipy.Dictionary(dict="core")


@functools.cache
def _held() -> _Held:
    return _Held()


@functools.lru_cache(maxsize=4096)
def words(line: str) -> tuple[Word, ...]:
    """The words of one plain line, from left to right; nothing where it has no Japanese."""
    if not AVAILABLE or JAPANESE.search(line) is None:
        return ()
    found: list[Word] = []
    start = 0
    while start < len(line):
        end = _cut(line, start)
        found += _words(line[start:end], start)
        start = end
    return tuple(found)


def _cut(line: str, start: int) -> int:
    """Where a line that is too long for the dictionary is cut: after a sentence, or where there is none, anywhere."""
    end = start + LONGEST
    if end >= len(line):
        return len(line)
    marks = [line.rfind(mark, start, end) for mark in "。！？!?. "]
    return max(marks) + 1 if max(marks) > start else end


def _words(text: str, start: int) -> Iterator[Word]:
    for one in _held().tokenizer.tokenize(text.translate(OLD_KANJI)):
        part = one.part_of_speech()
        yield Word(
            one.surface(),
            one.normalized_form(),
            one.dictionary_form(),
            part[0],
            part[1],
            part[5],
            one.reading_form(),
            start + one.begin(),
            start + one.end(),
            not one.is_oov(),
        )


@functools.lru_cache(maxsize=4096)
def readings(line: str) -> tuple[tuple[Word, ...], ...]:
    """The words of a line, and again where it may hide them: letters set apart, katakana for hiragana."""
    first = words(line)
    if not first:
        return ()
    others = {line}
    closed = SPELT_APART.sub(lambda found: APART.sub("", found[0]), line)
    others.add(closed)
    unknown = any(not word.known and KATAKANA_WORD.match(word.surface) for word in first)
    if unknown or KATAKANA_ENDING.search(closed):
        others.add(closed.translate(KATAKANA))
    return (first, *(words(other) for other in sorted(others - {line})))


def in_kanji(line: str) -> str:
    """The line with words that are written in kana in their usual spelling: わすれて -> 忘れて."""
    return "".join(_usual(word) for word in words(line)) or line


def _usual(word: Word) -> str:
    if word.pos not in CONTENT or word.kind == "非自立可能" or word.lemma == word.base or KANJI.search(word.surface):
        return word.surface
    tail = 0
    while tail < min(len(word.base), len(word.lemma)) and word.base[-1 - tail] == word.lemma[-1 - tail]:
        tail += 1
    stem = len(word.base) - tail
    return word.lemma[: len(word.lemma) - tail] + word.surface[stem:] if stem <= len(word.surface) else word.surface
