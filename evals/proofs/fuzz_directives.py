"""Fuzz of directives: strange texts are read without a crash, in time, and with every letter in one clause."""

import random
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter

from evals.directives import directives_of
from policies.directives.compiler import compile_directives
from policies.directives.dictionary import dictionary

TODAY = date(2026, 11, 22)
LIMIT = 0.05
"""Seconds that 999 of a thousand texts stay below."""
LONGEST = 10_000
Mutation = Callable[[str, random.Random], str]
HOSTILE = (
    *(
        "a ",
        "メールは",
        "メール、",
        "「",
        "」",
        "「」",
        "1",
        "1-",
        "二千",
        "a\n",
        "メールは週2通まで。\n",
        ".",
        "。",
        "email and ",
    ),
    *(
        "email, push, ",
        "(",
        "（除く：",
        "For a: ",
        "か：、",
        "only ",
        "no not never ",
        " ",
        '"',
        '\\"',
        "VIP以外",
        "9時から",
    ),
    *(
        "お客様の",
        "Dormant customers get no push, ",
        "メールは週2通まで、ただしVIPは除く、",
        "except VIPs, ",
        "{{",
        "<!--",
        "\ud83d",
    ),
    *(
        "Frequency cap: at most 1 email in any 7 days. ",
        "配信上限：メールは7日間に2通まで。",
        "（重み：1）",
        "\u200b",
        "e\u0301",
        "ｶﾞ",
    ),
)
"""Pieces that are dear to read in great numbers."""


@dataclass(slots=True)
class Fuzzed:
    """What became of the texts."""

    texts: int = 0
    crashed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def table(self) -> dict[str, int]:
        """Counts, as they are kept; the milliseconds are those that 999 of a thousand texts stay below."""
        slowest = sorted(self.seconds)
        bound = slowest[min(len(slowest) - 1, len(slowest) * 999 // 1000)] if slowest else 0.0
        return {
            "directives": self.texts,
            "crashes": len(self.crashed),
            "letters in no clause, or in two": len(self.dropped),
            "p99.9 over 50 ms": int(bound > LIMIT),
            "p99.9, microseconds": int(bound * 1_000_000),
            "slowest, microseconds": int(slowest[-1] * 1_000_000) if slowest else 0,
        }


def fuzz(texts: int, seed: int) -> Fuzzed:
    """Reads that many texts; what it crashed on or dropped is told."""
    chance = random.Random(seed)
    known = [directive.text for directive in directives_of()]
    found = Fuzzed()
    compile_directives(["Warm."], today=TODAY)
    for text in _texts(texts, known, chance):
        found.texts += 1
        started = perf_counter()
        try:
            clauses = compile_directives([text], today=TODAY)
        except Exception as trouble:  # whatever it is, it is what is counted here
            found.crashed.append(f"{trouble!r}: {text[:200]!r}")
            continue
        found.seconds.append(perf_counter() - started)
        spans = [(clause.start, clause.end) for clause in clauses]
        if not _covers(text, spans) or any(text[one.start : one.end] != one.text for one in clauses):
            found.dropped.append(repr(text[:200]))
    return found


def _covers(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether every letter and digit lies in exactly one span."""
    inside = bytearray(len(text))
    for start, end in spans:
        for place in range(start, end):
            inside[place] += 1
    return all(times <= 1 for times in inside) and all(
        inside[place] or not sign.isalnum() for place, sign in enumerate(text)
    )


def _texts(texts: int, known: list[str], chance: random.Random) -> Iterator[str]:
    words = [word for entries in dictionary().values() for word, _ in entries]
    for number in range(texts):
        sort = number % 20
        if sort < 12:
            yield _mutated(chance.choice(known), known, chance)
        elif sort < 16:
            joint = chance.choice(("", " ", "、", "の"))
            yield joint.join(chance.choice(words) for _ in range(chance.randrange(1, 30)))
        elif sort < 19:
            yield "".join(chr(chance.choice(RANGES)(chance)) for _ in range(chance.randrange(1, 120)))
        else:
            yield (chance.choice(HOSTILE) * LONGEST)[: chance.choice((50, 500, 2_000, LONGEST))]


RANGES: tuple[Callable[[random.Random], int], ...] = (
    lambda chance: chance.randrange(32, 127),
    lambda chance: chance.randrange(0x3040, 0x30FF),
    lambda chance: chance.randrange(0x4E00, 0x9FFF),
    lambda chance: chance.randrange(0xFF00, 0xFFEF),
    lambda chance: chance.randrange(0x80, 0xD7FF),
    lambda chance: chance.randrange(0x1F300, 0x1FAFF),
)


def _mutated(text: str, known: list[str], chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 4)):
        mutation = chance.choice(MUTATIONS)
        text = mutation(text, chance) if mutation is not _spliced else _spliced(text + chance.choice(known), chance)
    return text[:LONGEST]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(1, 12) :]


def _doubled(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[: start + 10] + text[start:]


def _spliced(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:start] + text[end:]


def _sprinkled(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + chance.choice(string.printable + "、。「」（）：〜％\u200b\u3000") + text[start:]


def _swapped(text: str, chance: random.Random) -> str:
    words = text.split(" ") if " " in text else list(text)
    chance.shuffle(words)
    return (" " if " " in text else "").join(words)


def _shouted(text: str, chance: random.Random) -> str:
    return chance.choice((text.upper(), text.lower(), text.swapcase()))


MUTATIONS: tuple[Mutation, ...] = (_cut, _doubled, _spliced, _sprinkled, _swapped, _shouted)
EXPECTED: Mapping[str, int] = {"crashes": 0, "letters in no clause, or in two": 0, "p99.9 over 50 ms": 0}
