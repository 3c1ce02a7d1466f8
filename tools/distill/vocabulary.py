"""The vocabulary: what memories can be about, in words of ours; free text is looked up in it and never becomes copy."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from domain.frozen import Frozen
from domain.language import Text
from domain.offer import Offer

TABLE = Path(__file__).with_name("topics.yaml")
PRIVATE = frozenset(
    {"alcohol", "tobacco", "health", "medicine", "supplements", "baby", "maternity", "intimate", "adult", "funeral"}
)
"""Categories that say more of a person than what they like: remembered as sensitive, as in purchases that we import."""
LONGEST = 60
OTHER = re.compile(r"[\W_]+")
SCRIPTS = ("[a-z0-9]", "[ァ-ヶー]", "[一-龥々]")
"""A word of one script ends where another begins; in hiragana nothing tells."""


class Topic(Frozen):
    """One thing people talk about, with the answers about it that are understood."""

    words: Text
    within: str | None = None
    also: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    choices: Mapping[str, Text] = {}


class Thing(NamedTuple):
    """A product, event or text of ours, as a memory names it."""

    offer_id: str | None
    topic: str | None
    name: Text
    word: Text
    private: bool


class Found(NamedTuple):
    """A topic that a text names, and whether it says that the writer wants none of it."""

    topic: str
    refused: bool


class Vocabulary:
    """The catalogue and the table of topics, to look things up in; the same for every customer."""

    def __init__(self, offers: Iterable[Offer], sensitive: Callable[[str], bool]) -> None:
        """Takes what tells whether a text touches something sensitive."""
        self.sensitive = sensitive
        self._topics = topics()
        self._offers = {offer.id: offer for offer in offers}
        self._known = frozenset(self._topics) | {
            topic for offer in self._offers.values() for topic in (*offer.applies_to, offer.category, offer.id) if topic
        }
        self._answers = {plain(word): topic for topic, one in self._topics.items() for word in _names(topic, one)}

    def thing(self, offer_id: str | None, category: str | None) -> Thing:
        """What stands under an id of the catalogue; for an id that nobody knows, what its category says."""
        offer = self._offers.get(offer_id or "")
        if offer is None:
            topic = self.topic(category)
            return Thing(None, topic, Text(), self.words(topic), (topic or category) in PRIVATE)
        word = offer.facts.get("word")
        own = word if isinstance(word, Text) else offer.name
        private = offer.category in PRIVATE or any(map(self.sensitive, filter(None, (offer.name.ja, offer.name.en))))
        return Thing(offer.id, self._narrowest(offer), offer.name, own, private)

    def topic(self, said: str | None) -> str | None:
        """The topic that an id or a word names exactly, None where we know none by that name."""
        if not said:
            return None
        return said if said in self._known else self._answers.get(plain(said))

    def field(self, thing: Thing) -> tuple[str | None, Text]:
        """The field that a thing belongs to, which is all that may be said of having looked at it."""
        offer = self._offers.get(thing.offer_id or "")
        topic = next((one for one in self._wider(thing.topic) if one in self._topics), None)
        if topic is None and offer is not None and offer.category in self._topics:
            topic = offer.category
        return topic, self.words(topic)

    def words(self, topic: str | None) -> Text:
        """What a topic is called."""
        known = self._topics.get(topic or "")
        return known.words if known else Text()

    def choice(self, topic: str | None, answer: str) -> Text | None:
        """The answer in our own words where it is one that we know, about that topic or, without one, about any."""
        about = self._topics.get(topic or "")
        for one in (about,) if about else () if topic else self._topics.values():
            for id, words in one.choices.items():
                if is_named(id, words, answer):
                    return words
        return None

    def of_choice(self, answer: str) -> str | None:
        """The topic that a known answer belongs to."""
        those = (
            topic
            for topic, one in self._topics.items()
            if any(is_named(id, words, answer) for id, words in one.choices.items())
        )
        return next(those, None)

    def mentioned(self, text: str) -> Iterator[Found]:
        """The topics that a free text names; the narrowest of several that lie within each other first."""
        spoken = spaced(text)
        for topic, one in self._topics.items():
            if any(_stands(spaced(word), spoken) for word in one.refusals):
                yield Found(topic, refused=True)
            elif any(_stands(spaced(word), spoken) for word in _names(topic, one)):
                yield Found(topic, refused=False)

    def covers(self, wide: str | None, narrow: str | None, offer_id: str | None = None) -> bool:
        """Whether what is said of `wide` is said of `narrow`, or of that offer, too."""
        if wide is None:
            return False
        offer = self._offers.get(offer_id or "")
        about = {*self._wider(narrow), offer_id}
        if offer is not None:
            about |= {one for topic in (*offer.applies_to, offer.category) for one in self._wider(topic)}
        return wide in about

    def _wider(self, topic: str | None) -> Iterator[str]:
        """The topic and all that it lies within."""
        seen: set[str] = set()
        while topic is not None and topic not in seen:
            yield topic
            seen.add(topic)
            topic = self._topics[topic].within if topic in self._topics else None

    def _narrowest(self, offer: Offer) -> str:
        """What an offer is about: what alone it belongs to, else its category, else itself."""
        about = sorted(offer.applies_to - {offer.id})
        listed = [topic for topic in about if topic in self._topics]
        return about[0] if len(about) == 1 else listed[0] if listed else offer.category or offer.id


@cache
def topics() -> Mapping[str, Topic]:
    """The table of topics."""
    return {id: Topic.model_validate(one) for id, one in yaml.safe_load(TABLE.read_text("utf-8")).items()}


@lru_cache(maxsize=1024)
def narrower(topic: str) -> frozenset[str]:
    """The topic and all that lie within it: who eats no meat eats no steak."""
    inner = (id for id, one in topics().items() if one.within == topic)
    return frozenset({topic}).union(*map(narrower, inner))


def is_named(id: str, words: Text, answer: str) -> bool:
    """Whether an answer is this choice, by its id or in either language."""
    return bool(plain(answer)) and plain(answer) in (plain(id), plain(words.ja or ""), plain(words.en or ""))


def plain(text: str) -> str:
    """A word as it is compared: width, case, spaces and signs count for nothing."""
    return OTHER.sub("", unicodedata.normalize("NFKC", text).casefold())[:LONGEST]


def spaced(text: str) -> str:
    """A text as it is searched, its words one space apart."""
    return " ".join(OTHER.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


@cache
def _standing(word: str) -> re.Pattern[str]:
    """Finds a word that stands by itself: パン is no word of フライパン, and 本 none of 日本橋."""
    before = next((script for script in SCRIPTS if re.match(script, word[0])), None)
    after = next((script for script in SCRIPTS if re.match(script, word[-1])), None)
    return re.compile((f"(?<!{before})" if before else "") + re.escape(word) + (f"(?!{after})" if after else ""))


def _stands(word: str, text: str) -> bool:
    return bool(word) and _standing(word).search(text) is not None


def _names(topic: str, one: Topic) -> Iterator[str]:
    yield topic.replace("-", " ")
    yield from filter(None, (one.words.ja, one.words.en, *one.also))
