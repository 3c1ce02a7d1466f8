"""Told: what an offer and the sender say of themselves, word for word."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from policies.inspection.text import folded, plain

SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Told:
    """Names that may stand in any language, and everything that is stated, folded, names of facts included."""

    names: tuple[str, ...]
    """Longest first."""
    words: str

    def beside(self, others: Iterable["Told"]) -> "Told":
        """Both together."""
        every = (self, *others)
        names = sorted({name for one in every for name in one.names}, key=len, reverse=True)
        return Told(tuple(names), "\n".join(one.words for one in every))


def told_by(offer: Offer) -> Told:
    """What an offer says: name, brand, category and facts, in both languages."""
    texts = [*both(offer.name), offer.brand or "", *(text for value in offer.facts.values() for text in both(value))]
    stated = [*texts, offer.category or ""]
    stated += [name.replace("_", " ") for name, value in offer.facts.items() if value is not False]
    return _told(texts, stated)


def told_by_sender(sender: Sender) -> Told:
    """The sender's own lines; they prove nothing about goods."""
    return _told(
        [text for words in (sender.name, sender.legal_name, sender.address, sender.hours) for text in both(words)]
    )


def both(value: object) -> tuple[str, ...]:
    """A fact as text, in each language that it has."""
    if isinstance(value, Text):
        return (value.ja or "", value.en or "")
    return (str(value),)


def _told(texts: Iterable[str], stated: Iterable[str] = ()) -> Told:
    names = sorted({plain(text) for text in texts if len(text) >= SHORTEST_NAME}, key=len, reverse=True)
    return Told(tuple(names), "\n".join(folded(plain(text)) for text in stated if text))
