"""The catalogue in memory, and the offers in it that could interest one customer now."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from math import exp, inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.clock import to_micros
from domain.customer import Record
from domain.features import Features, Habits
from domain.memory import Distance, Memory
from domain.moment import Moment
from domain.offer import Offer
from domain.scene import Scene
from tools.distill.vocabulary import narrower

Floats = NDArray[np.float32]
Indexes = NDArray[np.intp]
Neighbours = Mapping[str, Sequence[tuple[str, float]]]

SHORTLIST = 24
"""Offers that may go on to be weighed, best first; weighing stops as soon as it has enough that the rules permit."""

NONE = np.empty(0, dtype=np.intp)
OUT = -1.0
"""Below every worth that an offer can have."""

MOST_KEPT = 64
"""Catalogues of eligible offers that are kept, by scene, day and shop."""

LAST_CALL = 3
"""Days before its end in which an offer becomes more and more worth a mention."""

LONGLIST = 64
"""Offers among which the shortlist is sought."""

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

COSINE_NOISE, COSINE_SPAN = 0.15, 0.45
"""Unrelated texts of this encoder lie near 0.15, close ones above 0.6 (research: median 0.145 and 0.475)."""

SHOP, SCENE = "shop:", "scene:"
"""Tags with these prefixes say to which shop a customer or an offer belongs, and for which scenes alone an offer is."""

SIGNALS = ("repeat", "together", "similar", "told", "cart", "moment", "deal", "ending")
"""Why an offer may fit: due, bought together, like what we know, own word, cart, circumstances, price, last day."""
REPEAT, TOGETHER, SIMILAR, TOLD, CART, MOMENT, DEAL, ENDING = range(len(SIGNALS))


class Ranked(NamedTuple):
    """All eligible offers with one row of SIGNALS each, every value in 0..1, and which of them are best."""

    offers: tuple[Offer, ...]
    signals: Floats
    themes: Sequence[int]
    """What each offer is about, as a number; those with the same one are one idea."""
    discounts: Sequence[float]
    worth: Floats

    def best(self) -> Iterator[int]:
        """Places of the best offers, each sought when it is asked for: weighing seldom needs more than a few.

        Of each kind comes only one about the same thing: ten coupons for coffee are one idea. Behind it come those
        with a smaller discount, for a customer whom the rules allow no larger one.
        """
        return islice(self._ideas(), SHORTLIST)

    def _ideas(self) -> Iterator[int]:
        worth = self.worth.copy()
        smallest: dict[int, float] = {}
        for _ in range(min(LONGLIST, len(worth))):
            place = int(worth.argmax())
            if worth.item(place) <= OUT:
                return
            worth[place] = OUT
            theme, discount = self.themes[place], self.discounts[place]
            if theme not in smallest or discount < smallest[theme]:
                smallest[theme] = discount
                yield place


class Catalogue:
    """All offers as arrays: built once per catalogue version, read by every ask, never changed."""

    def __init__(
        self, version: int, offers: Sequence[Offer], vectors: Floats, neighbours: Neighbours | None = None
    ) -> None:
        """Takes one unit vector an offer, (n, d), and the topics that are bought together, with a strength in 0..1."""
        self.version, self.offers, self.vectors = version, tuple(offers), vectors
        self.neighbours = neighbours or {}
        self.by_id = {offer.id: index for index, offer in enumerate(self.offers)}
        self.by_topic = _grouped(self.offers, _topics)
        self.by_kind = _grouped(self.offers, lambda offer: {offer.kind})
        self.by_tag = _grouped(self.offers, lambda offer: offer.tags)
        self.by_category = _grouped(self.offers, lambda offer: (offer.category,) if offer.category else ())
        self.for_sale = np.array([offer.kind in FOR_SALE for offer in self.offers], dtype=bool)
        self.turns = _turns(self.offers)
        themes: dict[tuple[str, frozenset[str]], int] = {}
        self.themes = [themes.setdefault(_theme(offer), len(themes)) for offer in self.offers]
        self.telling = {
            topic: _telling(len({self.themes[index] for index in indexes})) for topic, indexes in self.by_topic.items()
        }
        self.reserved = self._any_of(self.by_tag, [tag for tag in self.by_tag if tag.startswith(SCENE)])
        bought = dict.fromkeys([*self.neighbours, *(other for many in self.neighbours.values() for other, _ in many)])
        self.topics = {topic: place for place, topic in enumerate(dict.fromkeys([*bought, *self.by_topic]))}
        """The place of each topic in what is said by topic; those that are bought together come first."""
        self.bought_with = self._bought_with(len(bought))
        self.nowhere = len(self.topics)
        about = [[self.topics[topic] for topic in _topics(offer)] for offer in self.offers]
        self.few_topics = _padded([topics[:FEW] for topics in about], self.nowhere)
        self.wide = np.array([place for place, topics in enumerate(about) if len(topics) > FEW], dtype=np.intp)
        """The places of offers about more than a few topics: were all rows as long as theirs, each ask would pay."""
        self.many_topics, self.many_from = _joined([about[place] for place in self.wide])
        self._terms_on: dict[int, Floats] = {}
        self._eligible: dict[object, Catalogue] = {}
        self.first_day = _days(self.offers, lambda offer: offer.valid_from, date.min)
        self.last_day = _days(self.offers, lambda offer: offer.valid_until, date.max)
        self.available = np.array([offer.in_stock is not False for offer in self.offers], dtype=bool)
        self.deals = np.array([_deal(offer) for offer in self.offers], dtype=np.float32)
        self.discounts = [_discount(offer) for offer in self.offers]

    def offer(self, offer_id: str) -> Offer | None:
        """The offer under that id, None where there is none."""
        place = self.by_id.get(offer_id)
        return None if place is None else self.offers[place]

    def _bought_with(self, size: int) -> Floats:
        """How strongly each topic with neighbours goes with each other one; the last row is for those without."""
        strengths = np.zeros((size + 1, size), dtype=np.float32)
        for topic, others in self.neighbours.items():
            for other, strength in others:
                strengths[self.topics[topic], self.topics[other]] = strength
        return strengths

    def eligible(self, scene: Scene | None, day: date, shops: frozenset[str] = frozenset()) -> "Catalogue":
        """The offers that stand on `day`, are not sold out, belong to the scene and to no other shop than `shops`.

        A catalogue of its own, kept for the next ask: ranking a few hundred rows that lie together is several times
        faster than ranking all and masking.
        """
        key = ((scene.id, scene.kinds, scene.tags) if scene else None, day, shops)
        found = self._eligible.get(key)
        if found is None:
            if len(self._eligible) >= MOST_KEPT:
                self._eligible.clear()
            rows = np.flatnonzero(self._mask(scene, day) & self._of_shops(shops))
            chosen = [self.offers[row] for row in rows.tolist()]
            found = Catalogue(self.version, chosen, np.ascontiguousarray(self.vectors[rows]), self.neighbours)
            self._eligible[key] = found
        return found

    def _mask(self, scene: Scene | None, day: date) -> NDArray[np.bool_]:
        ordinal = day.toordinal()
        mask = self.available & (self.first_day <= ordinal) & (ordinal <= self.last_day)
        if scene is None:
            return mask & ~self.reserved
        mask &= ~self.reserved | self._any_of(self.by_tag, (SCENE + scene.id,))
        mask &= self._any_of(self.by_kind, scene.kinds)
        return mask & self._any_of(self.by_tag, scene.tags) if scene.tags else mask

    def _of_shops(self, shops: frozenset[str]) -> NDArray[np.bool_]:
        """Offers of other shops are left out for a customer who belongs to one."""
        others = [tag for tag in self.by_tag if tag.startswith(SHOP) and tag not in shops]
        return ~self._any_of(self.by_tag, others) if shops else np.ones(len(self.offers), dtype=bool)

    def _any_of(self, groups: Mapping[str, Indexes], names: Iterable[str]) -> NDArray[np.bool_]:
        chosen = np.zeros(len(self.offers), dtype=bool)
        for name in names:
            if name in groups:
                chosen[groups[name]] = True
        return chosen

    def rank(self, record: Record, moment: Moment, now: datetime, day: date, vector: Floats | None) -> Ranked:
        """The offers ranked for the customer at the moment; `day` is their local date, `vector` what they are like."""
        signals = self._heard(self._said(record, moment, now))
        if vector is not None and self._compares(vector):
            similar = signals[SIMILAR]
            np.subtract(self.vectors @ vector, COSINE_NOISE, out=similar)
            similar *= 1 / COSINE_SPAN
            np.maximum(similar, 0, out=similar)
            np.minimum(similar, 1, out=similar)
        self._circumstances(signals[MOMENT], moment)
        signals[DEAL:] = self._terms(day.toordinal())
        worth = RANKING @ signals
        worth -= self.turns
        for memory in record.memories:
            if memory.against:
                worth[self._for_sale_on(memory)] = OUT
            if memory.offer_id is not None and memory.distance is Distance.DID_WITH_US:
                worth[self._once(memory.offer_id)] = OUT
        return Ranked(self.offers, signals.T, self.themes, self.discounts, worth)

    def _compares(self, vector: Floats) -> bool:
        """Whether there is something to compare it to: no vector may have come yet, and memories outlive encoders."""
        return len(self.offers) > 0 and vector.shape == self.vectors.shape[1:]

    def _said(self, record: Record, moment: Moment, now: datetime) -> Floats:
        """What speaks for each topic: a row a topic, a column for each of SIGNALS."""
        said = np.zeros((self.nowhere + 1, len(SIGNALS)), dtype=np.float32)
        self._habits(said, record.features, now)
        self._words(said, record)
        self._cart(said, record.features.cart, moment)
        return said

    def _heard(self, said: Floats) -> Floats:
        """What speaks for each offer, a row for each of SIGNALS: the most that speaks for any of its topics."""
        heard: Floats = np.maximum.reduce(said.take(self.few_topics, axis=0))
        if self.wide.size:
            heard[self.wide] = np.maximum.reduceat(said.take(self.many_topics, axis=0), self.many_from)
        return np.ascontiguousarray(heard.T)

    def _terms(self, today: int) -> Floats:
        """Price and last day: the two signals that are the same for every customer."""
        found = self._terms_on.get(today)
        if found is None:
            ending = np.clip(1 - (self.last_day - today) / LAST_CALL, 0, 1)
            found = np.stack([self.deals, ending.astype(np.float32)])
            self._terms_on = {today: found}
        return found

    def _for_sale_on(self, memory: Memory) -> Indexes:
        """What is sold on a topic that the customer does not want; help with it is not for sale."""
        names = narrower(memory.topic or "") | {memory.offer_id or ""}
        groups = [group[name] for name in names for group in (self.by_topic, self.by_category) if name in group]
        rows: Indexes = np.concatenate([NONE, *groups])
        sold: Indexes = rows[self.for_sale[rows]]
        return sold

    def _once(self, offer_id: str) -> list[int]:
        """The place of an offer that is taken up only once; no place where it is wanted again."""
        place = self.by_id.get(offer_id)
        return [place] if place is not None and self.offers[place].kind in ONCE else []

    def _habits(self, said: Floats, features: Features, now: datetime) -> None:
        """What is due by habit, and what is usually bought with it or with what was bought lately."""
        topics = features.habits.topics
        if features.bought:
            topics += features.bought
        if not topics:
            return
        place_of, nowhere = self.topics.get, self.nowhere
        places = np.array([place_of(topic, nowhere) for topic in topics], dtype=np.intp)
        repeat, together = said[:, REPEAT], said[:, TOGETHER]
        strengths = due(features.habits, now)
        repeat[places[: len(strengths)]] = strengths
        repeat[nowhere] = 0
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
        place = self.topics.get(topic)
        if place is not None and said[place, signal] < strength:
            said[place, signal] = strength

    def _circumstances(self, fits: Floats, moment: Moment) -> None:
        if moment.weather is not None:
            fits[self.by_tag.get(moment.weather, NONE)] = 1.0
        if moment.location is not None and moment.location.place is not None:
            indexes = self.by_tag.get(moment.location.place, NONE)
            fits[indexes] = np.maximum(fits[indexes], 0.8)


RANKING = np.array([1.0, 0.5, 0.8, 1.2, 2.0, 1.0, 0.3, 0.3], dtype=np.float32)
"""How much each of SIGNALS counts when offers are ranked; scoring weighs those of the best again."""


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


ONCE = frozenset({"article", "case_study", "tutorial", "event"})
"""Kinds that are read, watched or visited once; goods and services are wanted again."""


FOR_SALE = frozenset({"product", "coupon", "event"})
"""Kinds that ask for something; a service or a tutorial gives help, also with what somebody did not like."""


def shops_of(record: Record) -> frozenset[str]:
    """The shops to which the customer belongs, as tags."""
    return frozenset(tag for tag in record.customer.tags if tag.startswith(SHOP))


def usable(memory: Memory) -> bool:
    """Whether a memory may speak for an offer: gifts say nothing about taste; sensitive and bought-in facts may not."""
    return not (memory.gift or memory.sensitive or memory.against or memory.distance is Distance.BOUGHT_IN)


def _deal(offer: Offer) -> float:
    if offer.discount_percent is not None:
        return min(float(offer.discount_percent) / 30, 1.0)
    if offer.discount_amount and offer.list_price:
        return min(float(offer.discount_amount / offer.list_price) / 0.3, 1.0)
    return 0.0


def _discount(offer: Offer) -> float:
    """Percent off; what nobody stated counts as more than any."""
    percent, _ = offer.deepest_discount
    return inf if percent is None else float(percent)


def _telling(themes: int) -> float:
    """How much a topic narrows things down, 0..1: one that fits many kinds of offers says less about each."""
    return min(1.0, float((2 / themes) ** 0.5))


def _topics(offer: Offer) -> frozenset[str]:
    return offer.applies_to | {offer.id}


def _padded(rows: Sequence[Sequence[int]], blank: int) -> Indexes:
    """Rows of unequal length as the columns of one matrix, filled up with `blank`."""
    width = max((len(row) for row in rows), default=1)
    filled = np.array([[*row, *[blank] * (width - len(row))] for row in rows], dtype=np.intp).reshape(len(rows), width)
    return np.ascontiguousarray(filled.T)


def _joined(rows: Sequence[Sequence[int]]) -> tuple[Indexes, Indexes]:
    """Rows behind each other, and where each begins."""
    begins = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return np.array([place for row in rows for place in row], dtype=np.intp), begins


def _turns(offers: Sequence[Offer]) -> Floats:
    """A hair's breadth for each offer before it of its kind: among equals the kinds take turns."""
    met: Counter[str] = Counter()
    turns = []
    for offer in offers:
        turns.append(met[offer.kind] * 1e-6)
        met[offer.kind] += 1
    return np.array(turns, dtype=np.float32)


def _theme(offer: Offer) -> tuple[str, frozenset[str]]:
    return offer.kind, offer.applies_to or frozenset({offer.id})


def _grouped(offers: Sequence[Offer], names: Callable[[Offer], Iterable[str]]) -> Mapping[str, Indexes]:
    groups: dict[str, list[int]] = {}
    for index, offer in enumerate(offers):
        for name in names(offer):
            groups.setdefault(name, []).append(index)
    return {name: np.array(indexes, dtype=np.intp) for name, indexes in groups.items()}


def _days(offers: Sequence[Offer], day: Callable[[Offer], date | None], default: date) -> NDArray[np.int32]:
    return np.array([(day(offer) or default).toordinal() for offer in offers], dtype=np.int32)
