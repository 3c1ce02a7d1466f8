"""Near-duplicates: copy that differs from other copy in a few letters alone adds nothing to choose from.

Two texts are compared by the runs of three letters that they share (Jaccard's measure on shingles), after width, case,
spacing and punctuation are evened out and every slot counts as one letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from domain.variant import Copy

Shingles = frozenset[str]

SLOT, TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{%.*?%\}", re.DOTALL)
SLOT_LETTER = "\ue000"
"""One letter of nobody's alphabet in the place of whatever is filled in."""
RUN = 3
ALIKE = 0.6
"""Texts that share this much of what they say together are the same text. One changed sentence of three is not."""


def shingles(copy: Copy) -> Shingles:
    """The runs of letters in all words of a copy, without its button."""
    passages = (passage.body for passage in copy.blocks)
    parts = (copy.subject, copy.preheader, copy.title, copy.body, *copy.headlines, *passages)
    return frozenset().union(*(_runs(even(part)) for part in parts if part))


def likeness(one: Shingles, other: Shingles) -> float:
    """How much of what the two say together both say, 0..1; two without a word are the same."""
    both = len(one & other)
    every = len(one) + len(other) - both
    return both / every if every else 1.0


def nearest(copy: Copy, others: Iterable[Shingles]) -> float:
    """How near the nearest of the others comes; 0 where there are none."""
    own = shingles(copy)
    return max((likeness(own, other) for other in others), default=0.0)


def each_once(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts without those that repeat an earlier one in all but width, case, spacing and punctuation."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(even(text), text)
    return tuple(first.values())


def even(text: str) -> str:
    """The letters and figures of a text alone."""
    plain = TAG.sub("", SLOT.sub(SLOT_LETTER, text))
    folded = unicodedata.normalize("NFKC", plain).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == SLOT_LETTER)


def _runs(text: str) -> Shingles:
    if len(text) <= RUN:
        return frozenset({text})
    return frozenset(text[place : place + RUN] for place in range(len(text) - RUN + 1))
