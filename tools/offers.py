"""The catalogue in memory, and the offers in it that could interest one customer now."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from math import inf

import numpy as np
from numpy.typing import NDArray

from domain.customer import Record
from domain.memory import Distance, Memory
from domain.moment import Moment
from domain.offer import Offer
from domain.scene import Scene
from tools.distill.vocabulary import narrower
from tools.ranking import DEAL, MOMENT, OUT, RANKING, SIMILAR, Floats, Ranked
from tools.scoring import KIND_FIT
from tools.topics import Indexes, Neighbours, Topics, topics_of

NONE = np.empty(0, dtype=np.intp)

MOST_KEPT = 64
"""Catalogues of eligible offers that are kept, by scene, day and shop."""

LAST_CALL = 3
"""Days before its end in which an offer becomes more and more worth a mention."""

COSINE_NOISE, COSINE_SPAN = 0.15, 0.45
"""Unrelated texts of this encoder lie near 0.15, close ones above 0.6 (research: median 0.145 and 0.475)."""

SHOP, SCENE = "shop:", "scene:"
"""Tags with these prefixes say to which shop a customer or an offer belongs, and for which scenes alone an offer is."""


class Catalogue:
    """All offers as arrays: built once per catalogue version, read by every ask, never changed."""

    def __init__(
        self, version: int, offers: Sequence[Offer], vectors: Floats, neighbours: Neighbours | None = None
    ) -> None:
        """Takes one unit vector an offer, (n, d), and the topics that are bought together, with a strength in 0..1."""
        self.version, self.offers, self.vectors = version, tuple(offers), vectors
        self.neighbours = neighbours or {}
        self.by_id = {offer.id: index for index, offer in enumerate(self.offers)}
        self.by_topic = _grouped(self.offers, topics_of)
        self.by_kind = _grouped(self.offers, lambda offer: {offer.kind})
        self.by_tag = _grouped(self.offers, lambda offer: offer.tags)
        self.by_category = _grouped(self.offers, lambda offer: (offer.category,) if offer.category else ())
        self.for_sale = np.array([offer.kind in FOR_SALE for offer in self.offers], dtype=bool)
        self.turns = _turns(self.offers)
        themes: dict[tuple[str, frozenset[str]], int] = {}
        self.themes = [themes.setdefault(_theme(offer), len(themes)) for offer in self.offers]
        self.topics = Topics(self.offers, self.themes, self.by_topic, self.neighbours)
        self.reserved = self._any_of(self.by_tag, [tag for tag in self.by_tag if tag.startswith(SCENE)])
        self._terms_on: dict[int, Floats] = {}
        self._eligible: dict[object, Catalogue] = {}
        self.first_day = _days(self.offers, lambda offer: offer.valid_from, date.min)
        self.last_day = _days(self.offers, lambda offer: offer.valid_until, date.max)
        self.available = np.array([offer.in_stock is not False for offer in self.offers], dtype=bool)
        self.deals = np.array([_deal(offer) for offer in self.offers], dtype=np.float32)
        self.discounts = [_discount(offer) for offer in self.offers]
        self.kinds = np.array([KIND_FIT[offer.kind] for offer in self.offers], dtype=np.float32)

    def offer(self, offer_id: str) -> Offer | None:
        """The offer under that id, None where there is none."""
        place = self.by_id.get(offer_id)
        return None if place is None else self.offers[place]

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
        signals = self.topics.heard(record, moment, now)
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
        return Ranked(self.offers, signals.T, self.themes, self.discounts, self.kinds, worth)

    def _compares(self, vector: Floats) -> bool:
        """Whether there is something to compare it to: no vector may have come yet, and memories outlive encoders."""
        return len(self.offers) > 0 and vector.shape == self.vectors.shape[1:]

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

    def _circumstances(self, fits: Floats, moment: Moment) -> None:
        if moment.weather is not None:
            fits[self.by_tag.get(moment.weather, NONE)] = 1.0
        if moment.location is not None and moment.location.place is not None:
            indexes = self.by_tag.get(moment.location.place, NONE)
            fits[indexes] = np.maximum(fits[indexes], 0.8)


ONCE = frozenset({"article", "case_study", "tutorial", "event"})
"""Kinds that are read, watched or visited once; goods and services are wanted again."""


FOR_SALE = frozenset({"product", "coupon", "event"})
"""Kinds that ask for something; a service or a tutorial gives help, also with what somebody did not like."""


def shops_of(record: Record) -> frozenset[str]:
    """The shops to which the customer belongs, as tags."""
    return frozenset(tag for tag in record.customer.tags if tag.startswith(SHOP))


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
