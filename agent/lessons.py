"""Lessons: what of a reviewer's reason a model may read.

A reason is free text about words that were meant for one customer, and nobody can say of free text that it holds
nothing about them. So a model reads only those sentences of it whose every word is on a list of words about copy.
Everything else stays with us: the reason is kept whole and shown to people.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from agent.lesson_words import ENGLISH, JAPANESE, PARTICLES
from records import reviews
from records.connection import Connection

MOST, LOOKED_AT = 5, 25
LONGEST = 160
"""Characters of a sentence that still is advice."""
SENTENCE = re.compile(r"[.!?;。！？；\n\r]+|\s[-–—]+\s|[「」『』“”\"()（）:：]+")
LENGTH = re.compile(r"(?<!\d)\d{1,3} ?(?=characters|words|letters|sentences|lines|文字|字|行|文)", re.IGNORECASE)
"""How long something may be: the one number that says nothing about a customer."""
SIGNS = re.compile(r"[\s,、/・-]+")


def lessons(c: Connection, scene: str) -> tuple[str, ...]:
    """What a model is told of the latest verdicts on drafts of a scene, the latest first."""
    return taught(reviews.lessons(c, scene, LOOKED_AT))


def taught(reasons: Sequence[str]) -> tuple[str, ...]:
    """The sentences of reasons that are about copy and nothing else, each once."""
    return tuple(dict.fromkeys(one for reason in reasons for one in _taught(reason)))[:MOST]


@functools.lru_cache(maxsize=1024)
def _taught(reason: str) -> tuple[str, ...]:
    return tuple(_sentences(reason))


def _sentences(reason: str) -> Iterator[str]:
    for part in SENTENCE.split(reason):
        sentence = " ".join(part.split()).strip(" ,、")
        if 0 < len(sentence) <= LONGEST and _is_about_copy(LENGTH.sub("", sentence)):
            yield sentence


def _is_about_copy(sentence: str) -> bool:
    """Whether every word is one about copy."""
    low = sentence.lower().replace("’", "'")
    if low.isascii():
        words = SIGNS.sub(" ", low).split()
        return bool(words) and all(word in ENGLISH for word in words)
    return _is_covered(SIGNS.sub("、", low))


def _is_covered(text: str) -> bool:
    """Whether a Japanese sentence is made of listed words, with at most one particle between two of them."""
    reached: set[tuple[int, bool]] = {(0, True)}
    """(how far, whether a particle came last)."""
    for place in range(len(text)):
        for joined in (True, False):
            if (place, joined) not in reached:
                continue
            reached |= {(place + len(word), False) for word in JAPANESE if text.startswith(word, place)}
            if not joined and text[place] in PARTICLES:
                reached.add((place + 1, True))
    return bool({(len(text), True), (len(text), False)} & reached)
