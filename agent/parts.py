"""Parts: the one place where real things are chosen."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from agent.conductor import Conductor
from agent.delivery import Delivery
from agent.endpoint import endpoint_encoder, open_endpoint
from agent.following import Follower
from agent.foresight import Foresight
from agent.graph import Through, through_graph
from agent.heads import Heads
from agent.instruments import Draw, Encode, Instruments
from agent.intake import Intake, at_hand
from agent.pool import Pool
from agent.rulebook import ensure_book
from agent.settings import Settings
from agent.shelf import Shelf
from agent.stores import Stores, open_stores
from domain.clock import Clock
from policies.facts import Home
from records.connection import Connection
from records.context import ContextStore, open_context
from records.embedding import Encoder, SentenceEncoder, is_here
from tools.copywriting import Copywriter, load_variants
from tools.meter import Meter
from tools.model import Model
from tools.scoring import PriorScorer

T = TypeVar("T")
BITS = 53


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that runs: what the steps play on, the conductor, the delivery and the follower."""

    instruments: Instruments
    conductor: Conductor
    delivery: Delivery
    follower: Follower
    intake: Intake
    meter: Meter | None = None
    """What the model was asked, where the settings name one."""

    @property
    def settings(self) -> Settings:
        """The settings everything was built with."""
        return self.instruments.settings

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return self.instruments.clock

    @property
    def stores(self) -> Stores:
        """Database, vault and seals."""
        return self.instruments.stores

    @property
    def context(self) -> ContextStore:
        """The vector store."""
        return self.instruments.context

    @property
    def shelf(self) -> Shelf:
        """Rules and catalogue in force."""
        return self.instruments.shelf

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one consistent snapshot, in the pool."""
        return await self.instruments.read(work)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction."""
        return await self.instruments.write(work)

    def close(self) -> None:
        """Finishes what is under way and lets go of every file."""
        self.instruments.shelf.showings.write()
        self.instruments.shelf.close()
        self.instruments.pool.close()
        if self.meter is not None:
            self.meter.close()
        self.instruments.context.close()
        self.instruments.stores.close()

    async def leave(self) -> None:
        """Closes the connections of this event loop too; for whoever may have asked a model in it."""
        if self.instruments.model is not None:
            await self.conductor.leave()
            await self.instruments.model.close()
        self.close()


def build_parts(
    settings: Settings,
    *,
    clock: Clock | None = None,
    encoder: Encoder | None = None,
    draw: Draw | None = None,
    model: Model | None = None,
    through: Callable[[Instruments], Through] = through_graph,
) -> Parts:
    """Builds the whole from settings; a test hands in its own clock, encoder or chance, a benchmark its own walk."""
    instruments, meter = _opened(settings, clock, encoder or encoder_of(settings), draw or uniform, model)
    delivery = Delivery(instruments)
    stores, shelf = instruments.stores, instruments.shelf
    follower = Follower(stores, instruments.encoder, instruments.context, instruments.pool)
    conductor = Conductor(instruments, delivery, through(instruments))
    intake = Intake(stores, instruments.pool, at_hand(stores, shelf))
    intake.follow += [shelf.showings.follow, Foresight(conductor, instruments).follow, lambda _: follower.wake()]
    return Parts(instruments, conductor, delivery, follower, intake, meter)


def _opened(
    settings: Settings, clock: Clock | None, encoder: Encoder, draw: Draw, model: Model | None
) -> tuple[Instruments, Meter | None]:
    """Opens stores and models; a failure in between leaves neither a lock nor a thread behind."""
    with ExitStack() as opened:
        stores = open_stores(settings, clock)
        opened.callback(stores.close)
        context = open_context(settings.home / "context", settings.chroma_url, encoder)
        opened.callback(context.close)
        ensure_book(stores)
        shelf = Shelf(stores, context, encoder)
        opened.callback(shelf.close)
        book, _ = shelf.load()
        endpoint = open_endpoint(stores, shelf.scene) if model is None else None
        # From here on Parts closes them.
        opened.pop_all()
    instruments = Instruments(
        settings=settings,
        clock=stores.clock,
        stores=stores,
        pool=Pool(settings.readers, settings.max_waiting),
        context=context,
        encoder=encoder,
        encode=remembering(encoder),
        shelf=shelf,
        copywriter=Copywriter(load_variants(), book.sender),
        scorer=PriorScorer(),
        draw=draw,
        home=Home(settings.home_country, settings.home_timezone, settings.public_url),
        heads=Heads(stores),
        model=endpoint.model if endpoint else model,
    )
    return instruments, endpoint.meter if endpoint else None


def encoder_of(settings: Settings) -> Encoder:
    """The encoder of this machine, or the one behind the model's endpoint where the settings name one."""
    return endpoint_encoder(settings) or SentenceEncoder()


def remembering(encoder: Encoder) -> Encode:
    """One text to one vector, the latest few thousand kept: page titles and the like come again and again.

    Such texts are not ours: an encoder somewhere else is not asked, and they have no vector.
    """
    if not is_here(encoder):
        return lambda text: None

    @lru_cache(maxsize=4096)
    def encode(text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = encoder.encode([text])[0]
        return row

    return encode


def uniform() -> float:
    """A draw from the operating system's source of chance, so that nobody can steer a choice by its seed."""
    return float(secrets.randbits(BITS)) / float(1 << BITS)
