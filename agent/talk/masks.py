"""Masks: people and quoted words under names made up for one talk, so that a model never sees them.

What a marketer types may name customers, and so may what others wrote: instructions, reasons, quotes. Whatever may be
part of a person's identity is masked, rather too much than too little: masks come off again in what the model calls
and in what it answers, so that nothing is lost by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from agent.talk.recognising import MAIL, NAME, NOTE, evened, identifying, numbers_in, owner_of, people_in
from agent.talk.spoken import sentences
from agent.talk.talk import Masked
from records import memories, profiles
from records.connection import Connection
from records.identifiers import owner

Sort = Literal["person", "quote", "link"]

QUOTED = re.compile(
    r"「[^「」]{1,2000}」|『[^『』]{1,2000}』|“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"|(?<![^\W_])'[^'\n]{2,2000}'(?![^\W_])"
)

LINK = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'「」、。]+|\bwww\.[^\s<>\"'「」、。]+", re.IGNORECASE)


LONGEST_SHOWN, MOST_SENTENCES = 600, 6
"""Letters and sentences of a text that a model may be shown: longer ones are pasted in, for the grammar alone."""
SENTENCE = 12
"""Letters from which quoted words are masked wherever they stand again."""


@dataclass(slots=True)
class Masks:
    """The masks of one talk; grows while a turn goes on."""

    known: list[Masked] = field(default_factory=list)

    def cover(self, text: str, c: Connection, *, quotes: bool = True, also: Iterable[str] = ()) -> str:
        """The text with everything masked that may say who somebody is; `also` is what is surely a person."""
        if quotes:
            text = QUOTED.sub(lambda found: found[0][0] + self.name(found[0][1:-1], "quote") + found[0][-1], text)
        text = LINK.sub(lambda found: self.name(found[0], "link"), text)
        text = self.covered_known(text)
        for customer in self._spoken_of(text):
            text = self._around(text, customer, c)
        for found in MAIL.finditer(text):
            text = self._put(text, found[0], "person", owner(c, "email", found[0]))
        text = self._numbers(text, c)
        for words in sorted({word for word in also if word.strip()}, key=len, reverse=True):
            text = self._put(text, words, "person", owner_of(c, words))
        for words, customer in people_in(c, text):
            text = self._put(text, words, "person", customer)
            text = self._around(text, customer, c)
        for words in identifying(text):
            text = self._put(text, words, "person")
        return text

    def _numbers(self, text: str, c: Connection) -> str:
        """The text without numbers that reach or tell somebody, the longest first: half of one would stay a number."""
        for words in sorted(dict.fromkeys(numbers_in(text)), key=len, reverse=True):
            customer = owner_of(c, words)
            text = self._put(text, words, "person", customer)
            text = text if customer is None else self._around(text, customer, c)
        return text

    def _spoken_of(self, text: str) -> set[str]:
        """The customers whose names stand in a covered text."""
        names = {found[0] for found in NAME.finditer(text)}
        return {one.customer for one in self.known if one.customer and one.name in names}

    def _around(self, text: str, customer: str, c: Connection) -> str:
        """The text without what is recorded of this customer in words: notes, addresses, and the like."""
        known = profiles.customer(c, customer)
        written = memories.of_customer(c, customer)
        kept = [words for memory in written for words in (memory.text, memory.quote, memory.place) if words]
        if known is not None:
            kept += [*known.identifiers.values(), *(one for one in known.attributes.values() if isinstance(one, str))]
        for words in kept:
            if len(words) >= NOTE:
                text = self._put(text, words, "quote")
        return text

    def covered_known(self, text: str) -> str:
        """The text with what was masked before under its name again."""
        text = evened(text)
        for one in sorted(self.known, key=lambda one: -len(one.words)):
            if not one.name.startswith("quote") or len(one.words) >= SENTENCE:
                text = _replaced(text, one.words, one.name)
        return text

    def name(self, words: str, sort: Sort, customer: str | None = None) -> str:
        """The name that these words go by."""
        for one in self.known:
            if one.name.startswith(sort) and one.words == words:
                return one.name
        number = 1 + sum(one.name.startswith(sort) for one in self.known)
        self.known.append(Masked(name=f"{sort}_{number}", words=words, customer=customer))
        return self.known[-1].name

    def person(self, customer: str) -> str:
        """The name that a customer goes by."""
        there = next((one.name for one in self.known if one.customer == customer), None)
        return there or self.name(customer, "person", customer)

    def uncover(self, text: str) -> str:
        """The text with the words in the place of names; a name that nobody was given stays as it is."""
        words = {one.name: one.words for one in self.known}
        return NAME.sub(lambda found: words.get(found[0], found[0]), text)

    def _put(self, text: str, words: str, sort: Sort, customer: str | None = None) -> str:
        """The text with a name in the place of these words, as they are written there."""
        if not words.strip() or NAME.search(words):
            return text
        found = _pattern(words).search(text)
        return text if found is None else _replaced(text, words, self.name(found[0], sort, customer))


def _replaced(text: str, words: str, name: str) -> str:
    """The text with a name for the words wherever they stand by themselves."""
    return _pattern(words).sub(name, text) if words.strip() else text


def _pattern(words: str) -> re.Pattern[str]:
    """The words in any case and width of space; Latin letters and digits must not go on around them."""
    words = evened(words)
    inner = r"\s*".join(re.escape(part) for part in words.split())
    before = r"(?<![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9]", words) else ""
    after = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9]$", words) else ""
    return re.compile(before + inner + after, re.IGNORECASE)


def showable(text: str) -> bool:
    """Whether a text is short enough to be the marketer's own: mail and notes that were pasted in are not shown."""
    return len(text) <= LONGEST_SHOWN and len(sentences(text)) <= MOST_SENTENCES


def names_somebody(text: str, c: Connection) -> bool:
    """Whether a text may say who somebody is."""
    covered = Masks().cover(text, c, quotes=False)
    return any(found["sort"] == "person" for found in NAME.finditer(covered))
