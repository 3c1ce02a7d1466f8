"""Instruments: what the steps of a walk play on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from agent.heads import Heads
from agent.pool import Pool
from agent.reserve import Reserve
from agent.settings import Settings
from agent.shelf import Shelf
from agent.stores import Stores
from domain.clock import Clock
from domain.customer import Customer
from policies.book import Book
from policies.facts import Home
from records.connection import Connection
from records.context import ContextStore
from records.embedding import Encoder
from records.recall import Recall
from tools.copywriting import Copywriter
from tools.model import Model
from tools.offers import Catalogue
from tools.scoring import Scorer

T = TypeVar("T")
Draw = Callable[[], float]
"""Uniform in [0, 1): the only chance in a decision."""
Encode = Callable[[str], NDArray[np.float32] | None]


@dataclass(frozen=True, slots=True)
class Instruments:
    """Stores, rules, catalogue, words and chance, each chosen in agent/parts.py."""

    settings: Settings
    clock: Clock
    stores: Stores
    pool: Pool
    context: ContextStore
    encoder: Encoder
    encode: Encode
    """The vector of a short text, None where no encoder may read it; what was asked lately is remembered."""
    shelf: Shelf
    copywriter: Copywriter
    scorer: Scorer
    draw: Draw
    home: Home
    heads: Heads
    """How many customers an audience has."""
    model: Model | None = None
    """Writes and thinks where a scene allows it; None where no endpoint is set."""
    reserve: Reserve = field(default_factory=Reserve)
    """How much of a deadline is kept back for what follows the model."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one consistent snapshot, in the pool."""
        return await self.pool.run(lambda: self.stores.read(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction and waits for its commit; once begun it is not cancelled."""
        return await asyncio.shield(asyncio.wrap_future(self.stores.database.submit(work)))

    async def in_force(self, versions: Recall) -> tuple[Book, Catalogue]:
        """Rules and catalogue as new as `versions`: from memory, loaded in the pool when they have moved on."""
        held = self.shelf.holds(versions.policy_version, versions.catalogue_version)
        return held if held is not None else await self.pool.run(self.shelf.load)

    def zone_of(self, customer: Customer) -> ZoneInfo:
        """The customer's zone, or the deployment's where theirs is unknown: for words and habits, never for rules."""
        return self.stores.zone_of(customer)
