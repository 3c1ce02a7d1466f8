"""Lemmas: phrases by the dictionary forms of their words, so that no inflection hides them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.inspection.inflection import ENGLISH_WORD, bases
from policies.inspection.morphology import JAPANESE, Word, readings, words
from policies.inspection.text import folded, lines, plain

EMPTY = frozenset(("補助記号", "空白", "記号"))
ENDS = frozenset("。！？!?")
SILENT = frozenset(("ます", "です", "た", "だ", "れる", "られる", "う", "よう", "り"))
"""Endings that say when and how politely, not what."""
SUPPORT = frozenset(("為る", "致す", "為さる", "出来る", "申し上げる", "遊ばす"))
"""Verbs that only carry a noun: 保証する, 保証いたします."""
DO = "為る"
HONORIFIC = "御"


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a phrase that must occur, and whether a particle may stand before it."""

    lemma: str
    particle: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as its steps."""

    rule: int
    phrase: str
    steps: tuple[Step, ...]


class LemmaIndex:
    """Phrases by the first of their words."""

    def __init__(self, phrases: Sequence[tuple[int, str, str]]) -> None:
        self._japanese: dict[str, list[Pattern]] = {}
        self._english: dict[str, list[tuple[int, str, int, tuple[frozenset[str], ...]]]] = {}
        asking: set[int] = set()
        for rule, phrase, match in phrases:
            read = plain(phrase)
            if JAPANESE.search(read):
                asking.add(rule)
                for steps in _ways(read):
                    self._japanese.setdefault(steps[0].lemma, []).append(Pattern(rule, phrase, steps))
            else:
                self._add_english(rule, phrase, match)
        self.japanese_rules = frozenset(asking)

    def _add_english(self, rule: int, phrase: str, match: str) -> None:
        spelt = ENGLISH_WORD.findall(folded(plain(phrase)))
        if spelt and "".join(spelt).isascii():
            steps = tuple(bases(word) if match == "lemma" else frozenset((word,)) for word in spelt)
            rarest = max(range(len(spelt)), key=lambda place: len(spelt[place]))
            for word in steps[rarest]:
                self._english.setdefault(word, []).append((rule, phrase, rarest, steps))

    def find(self, read: str, fold: str) -> Iterator[tuple[int, str, str]]:
        """(rule, phrase, words as written) of every phrase in plain text; `fold` is the same, folded."""
        if self._japanese:
            for line in lines(read):
                for reading in readings(line):
                    yield from self._in_japanese(reading)
        if self._english:
            yield from self._in_english(fold)

    def _in_japanese(self, reading: tuple[Word, ...]) -> Iterator[tuple[int, str, str]]:
        for place, word in enumerate(reading):
            for pattern in self._japanese.get(_lemma(word), ()):
                end = _matched(pattern.steps, reading, place)
                if end is not None:
                    yield pattern.rule, pattern.phrase, "".join(one.surface for one in reading[place : end + 1])

    def _in_english(self, fold: str) -> Iterator[tuple[int, str, str]]:
        spelt = ENGLISH_WORD.findall(fold)
        for place, word in enumerate(spelt):
            for base in bases(word):
                for rule, phrase, rarest, steps in self._english.get(base, ()):
                    first = place - rarest
                    here = spelt[first : first + len(steps)] if first >= 0 else []
                    if len(here) == len(steps) and all(map(_takes, here, steps)):
                        yield rule, phrase, " ".join(here)


def _takes(word: str, step: frozenset[str]) -> bool:
    return not bases(word).isdisjoint(step)


def _ways(phrase: str) -> set[tuple[Step, ...]]:
    """The words of a phrase, and those of the verb that its last noun is made of: 若返り, 若返る."""
    found, spoken = words(phrase), words(f"{phrase}ます")
    ways = {_steps(found)}
    if (
        found
        and found[-1].pos == "名詞"
        and len(spoken) > 1
        and spoken[-2].pos == "動詞"
        and spoken[-2].end == len(phrase)
    ):
        ways.add(_steps(spoken))
    return ways - {()}


def _steps(found: Sequence[Word]) -> tuple[Step, ...]:
    """The words of a phrase that carry its meaning; where only one does, an honorific counts as well."""
    carrying = [word for word in found if _carries(word)]
    polite = len(carrying) == 1
    steps: list[Step] = []
    particle = False
    for word in found:
        if word.pos == "助詞":
            particle = True
        elif _carries(word) or (polite and _is_honorific(word)):
            steps.append(Step(_lemma(word), particle and bool(steps)))
            particle = False
    return tuple(steps)


def _carries(word: Word) -> bool:
    if word.pos in EMPTY or word.pos == "助詞" or _is_honorific(word):
        return False
    return not (word.pos == "助動詞" and word.lemma in SILENT)


def _is_honorific(word: Word) -> bool:
    return word.pos == "接頭辞" and word.lemma == HONORIFIC


def _lemma(word: Word) -> str:
    return DO if word.lemma in SUPPORT else word.lemma


def _matched(steps: Sequence[Step], reading: Sequence[Word], place: int) -> int | None:
    """Where the last step stands if the phrase begins at `place`."""
    at = place
    for step in steps[1:]:
        at += 1
        while at < len(reading) and _may_lie_between(reading[at], step):
            at += 1
        if at >= len(reading) or _lemma(reading[at]) != step.lemma:
            return None
    return at


def _may_lie_between(word: Word, step: Step) -> bool:
    if _lemma(word) == step.lemma:
        return False
    if word.pos in EMPTY:
        return word.surface not in ENDS
    return _is_honorific(word) or (step.particle and word.pos == "助詞")
