"""Stocktaking: what the records hold, counted once for all scenes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agent.base import House, read_house
from agent.stores import Stores
from agent.town import Reached, Town
from domain.channel import Channel
from domain.happening import Happening
from domain.variant import Variant
from policies.book import Book
from policies.columns.base import Base
from policies.zones import known_zone
from records import holdings, variants
from records.holdings import Happened
from tools.copywriting import load_variants

Flags = NDArray[np.bool_]
BACK = timedelta(days=30)


@dataclass(eq=False)
class Stock:
    """Everything that scenes may need, at one instant."""

    at: datetime
    book: Book
    house: House
    happened: Mapping[Happening | str, Happened]
    identifiers: Mapping[str, int]
    habitual: frozenset[str]
    copy: tuple[Variant, ...]

    @property
    def base(self) -> Base:
        """The customers in columns."""
        return self.house.base

    @cached_property
    def town(self) -> Town:
        """The customers under the rules."""
        return Town(self.house, self.at)

    @property
    def everybody(self) -> Flags:
        """All customers."""
        return np.ones(self.base.size, dtype=np.bool_)

    @property
    def today(self) -> tuple[date, frozenset[str]]:
        """The day at home, for somebody of no shop."""
        return self.at.astimezone(known_zone(self.base.home.timezone)).date(), frozenset()

    @cached_property
    def reached(self) -> Reached:
        """Who may be reached now under all rules, by scene and channel."""
        (found,) = self.town.reached(self.book)
        return found

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each customer."""
        return {id: row for row, id in enumerate(self.base.customers["id"].to_list())}

    def those(self, customer_ids: Collection[str]) -> Flags:
        """The customers with these ids."""
        found = np.zeros(self.base.size, dtype=np.bool_)
        found[[row for id in customer_ids if (row := self.rows.get(id)) is not None]] = True
        return found

    def with_attribute(self, name: str) -> Flags:
        """The customers of whom a free attribute is known."""
        found = np.zeros(self.base.size, dtype=np.bool_)
        frame = self.base.attributes
        found[frame.filter(frame["name"] == name)["row"].to_numpy()] = True
        return found

    def in_stage(self, stages: Collection[str]) -> Flags:
        """The customers in one of these stages."""
        return np.array([stage in stages for stage in self.base.words("stage")], dtype=np.bool_)

    def consented(self, topic: str, purpose: str) -> Flags:
        """Who allowed a channel, or a use of data, for a purpose: the narrow word, but never over a general no."""
        narrow, told = self._word(topic, purpose)
        general, said = self._word(topic, "*")
        found: Flags = np.where(told, narrow, general) & ~(said & ~general)
        return found

    def refused(self, topic: str, purpose: str) -> Flags:
        """Who said no, to this purpose or to all."""
        narrow, told = self._word(topic, purpose)
        general, said = self._word(topic, "*")
        found: Flags = (told & ~narrow) | (said & ~general)
        return found

    def _word(self, topic: str, purpose: str) -> tuple[Flags, Flags]:
        """What the ledger says last of exactly this topic and purpose, and of whom it says anything."""
        frame = self.base.consents
        chosen = frame.filter((frame["topic"] == topic) & (frame["purpose"] == purpose))
        rows, said = chosen["row"].to_numpy(), np.zeros(self.base.size, dtype=np.bool_)
        granted = said.copy()
        said[rows], granted[rows] = True, chosen["granted"].to_numpy()
        return granted, said

    def may_get(self, scene: str, channels: Collection[Channel]) -> Flags:
        """Who may get the scene on one of these channels under all rules."""
        found = np.zeros(self.base.size, dtype=np.bool_)
        for channel in channels:
            found |= self.reached.get((scene, channel), False)
        return found


def take_stock(stores: Stores, book: Book, at: datetime) -> Stock:
    """Counts everything that there is."""
    house = read_house(stores, at, book.lookback)
    happened, identifiers, habitual, kept = stores.read(
        lambda c: (
            holdings.lately(c, at - BACK),
            holdings.by_kind(c),
            holdings.habitual(c),
            tuple(one.variant for one in variants.approved(c)),
        )
    )
    return Stock(at, book, house, happened, identifiers, habitual, (*load_variants(), *kept))
