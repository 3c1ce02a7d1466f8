"""Topics: what a customer's habits, words and cart say for the offers about the same thing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice, repeat
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from domain.clock import to_micros
from domain.customer import Record
from domain.features import Features, Habits
from domain.memory import Distance, Memory
from domain.moment import Moment
from domain.offer import Offer
from tools.ranking import CART, REPEAT, SIGNALS, TOGETHER, TOLD, Floats

Indexes = NDArray[np.intp]
Neighbours = Mapping[str, Sequence[tuple[str, float]]]

FEW = 4
"""Topics of an offer; one about more, as a coupon for hundreds of products, is heard apart from the others."""

MOST_HABITS = 24
DAY = 24 * 60 * 60 * 1e6
"""In microseconds, as a float: those hold every microsecond until the year 2255 and divide in half the time."""

REGULAR = 8
"""Days of purchase from which a habit is a regular one."""

TRACE = 0.5
"""What was only looked at, against a word of one's own."""

SOONEST = 0.05
"""Usual gaps after the last purchase; earlier than that makes no difference."""
EARLIEST = log(SOONEST)


class Topics:
    """What customers do and say is about topics, and so are offers; built with a catalogue, and never changed."""

    def __init__(
        self,
        offers: Sequence[Offer],
        themes: Sequence[int],
        offers_on: Mapping[str, Indexes],
        neighbours: Neighbours,
    ) -> None:
        """Takes the theme of each offer, the places of the offers on each topic, and what is bought together."""
        self.telling = {
            topic: _telling(len({themes[index] for index in indexes})) for topic, indexes in offers_on.items()
        }
        bought = dict.fromkeys([*neighbours, *(other for many in neighbours.values() for other, _ in many)])
        self.places = {topic: place for place, topic in enumerate(dict.fromkeys([*bought, *offers_on]))}
        """The place of each topic in what is said by topic; those that are bought together come first."""
        self.bought_with = self._bought_with(neighbours, len(bought))
        self.nowhere = len(self.places)
        about = [[self.places[topic] for topic in topics_of(offer)] for offer in offers]
        self.few_topics = _padded([topics[:FEW] for topics in about], self.nowhere)
        self.wide = np.array([place for place, topics in enumerate(about) if len(topics) > FEW], dtype=np.intp)
        """The places of offers about more than a few topics: were all rows as long as theirs, each ask would pay."""
        self.many_topics, self.many_from = _joined([about[place] for place in self.wide])

    def heard(self, record: Record, moment: Moment, now: datetime) -> Floats:
        """What speaks for each offer, a row for each of SIGNALS: the most that speaks for any of its topics."""
        said = self._said(record, moment, now)
        heard: Floats = np.maximum.reduce(said.take(self.few_topics, axis=0))
        if self.wide.size:
            heard[self.wide] = np.maximum.reduceat(said.take(self.many_topics, axis=0), self.many_from)
        return np.ascontiguousarray(heard.T)

    def _bought_with(self, neighbours: Neighbours, size: int) -> Floats:
        """How strongly each topic with neighbours goes with each other one; the last row is for those without."""
        strengths = np.zeros((size + 1, size), dtype=np.float32)
        for topic, others in neighbours.items():
            for other, strength in others:
                strengths[self.places[topic], self.places[other]] = strength
        return strengths

    def _said(self, record: Record, moment: Moment, now: datetime) -> Floats:
        """What speaks for each topic: a row a topic, a column for each of SIGNALS."""
        said = np.zeros((self.nowhere + 1, len(SIGNALS)), dtype=np.float32)
        self._habits(said, record.features, now)
        self._words(said, record)
        self._cart(said, record.features.cart, moment)
        return said

    def _habits(self, said: Floats, features: Features, now: datetime) -> None:
        """What is due by habit, and what is usually bought with it or with what was bought lately."""
        topics = features.habits.topics
        if features.bought:
            topics += features.bought
        if not topics:
            return
        nowhere = self.nowhere
        places = np.fromiter(map(self.places.get, topics, repeat(nowhere)), dtype=np.intp)
        repeated, together = said[:, REPEAT], said[:, TOGETHER]
        strengths = due(features.habits, now)
        repeated[places[: len(strengths)]] = strengths
        repeated[nowhere] = 0
        lately = places[:MOST_HABITS]
        if features.bought:
            lately = np.concatenate((lately, places[len(features.habits.topics) :]))
        # Clipping sends every topic without neighbours to the last row, which is all zero.
        rows = self.bought_with.take(lately, axis=0, mode="clip")
        together[: rows.shape[1]] = np.maximum.reduce(rows)
        together[places] = 0

    def _words(self, said: Floats, record: Record) -> None:
        for offer_id in record.features.favourites:
            self._raise_to(said, TOLD, offer_id, 1.0)
        for seen in record.features.viewed:
            self._raise_to(said, TOLD, seen, TRACE * self.telling.get(seen, 0.0))
        for memory in record.memories:
            if usable(memory):
                strength = 1.0 if memory.distance is Distance.TOLD_US else 0.6
                for topic in (memory.topic, memory.offer_id):
                    if topic is not None:
                        self._raise_to(said, TOLD, topic, strength * self.telling.get(topic, 0.0))

    def _cart(self, said: Floats, known: Sequence[str], moment: Moment) -> None:
        """What lies in the cart: as the ask says it, or else as events left it."""
        for offer_id in [item.offer for item in moment.cart.items] if moment.cart else known:
            self._raise_to(said, CART, offer_id, 1.0)

    def _raise_to(self, said: Floats, signal: int, topic: str, strength: float) -> None:
        place = self.places.get(topic)
        if place is not None and said[place, signal] < strength:
            said[place, signal] = strength


def due(habits: Habits, now: datetime) -> list[float]:
    """How much the most frequent habits are due, 0..1: most one usual gap after the last, fading when overdue."""
    at, strengths = float(to_micros(now)), []
    for days, last, gap in islice(zip(habits.days, habits.last_at, habits.gap_days, strict=True), MOST_HABITS):
        strength = 0.3
        if gap:
            gaps = (at - last) / (gap * DAY)
            passed = log(gaps) if gaps > SOONEST else EARLIEST
            if passed < 0:
                passed += passed
            strength = exp(-passed * passed)
        strengths.append(strength if days >= REGULAR else strength * days / REGULAR)
    return strengths


def usable(memory: Memory) -> bool:
    """Whether a memory may speak for an offer: gifts say nothing about taste; sensitive and bought-in facts may not."""
    return not (memory.gift or memory.sensitive or memory.against or memory.distance is Distance.BOUGHT_IN)


def topics_of(offer: Offer) -> frozenset[str]:
    """What the offer is about: itself, and the products that it applies to."""
    return offer.applies_to | {offer.id}


def _telling(themes: int) -> float:
    """How much a topic narrows things down, 0..1: one that fits many kinds of offers says less about each."""
    return min(1.0, float((2 / themes) ** 0.5))


def _padded(rows: Sequence[Sequence[int]], blank: int) -> Indexes:
    """Rows of unequal length as the columns of one matrix, filled up with `blank`."""
    width = max((len(row) for row in rows), default=1)
    filled = np.array([[*row, *[blank] * (width - len(row))] for row in rows], dtype=np.intp).reshape(len(rows), width)
    return np.ascontiguousarray(filled.T)


def _joined(rows: Sequence[Sequence[int]]) -> tuple[Indexes, Indexes]:
    """Rows behind each other, and where each begins."""
    begins = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return np.array([place for row in rows for place in row], dtype=np.intp), begins
