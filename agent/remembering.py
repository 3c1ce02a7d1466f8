"""Remembering: everything known about the customer of an ask, in one read."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from agent import holds
from agent.instruments import Instruments
from agent.state import Walk
from domain.customer import Customer, Stage
from domain.errors import NotFound
from domain.moment import Moment
from policies.book import stopped
from policies.facts import situation_of
from records import profiles
from records.connection import Connection
from records.recall import Recall, blank, recall
from tools.offers import Catalogue

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Remembered:
    """The walk with the record on it, and what lies beside: catalogue, the customer's vector and the moment's."""

    walk: Walk
    catalogue: Catalogue
    stored: Floats | None = None
    moment: Floats | None = None


async def remember(walk: Walk, instruments: Instruments) -> Remembered:
    """Reads the record and the context; raises NotFound for an id that nobody has."""
    found, stored, moment = await instruments.pool.run(lambda: _look(walk, instruments))
    if found is None:
        found = await _newcomer(walk, instruments)
    book, catalogue = await instruments.in_force(found)
    if walk.ask.scene is not None and walk.ask.scene not in book.scenes:
        raise NotFound("scene", walk.ask.scene)
    walk = walk.with_(
        recall=found,
        book=book,
        scene=book.scenes[walk.ask.scene] if walk.ask.scene else None,
        situation=situation_of(found.record, instruments.home),
    )
    return Remembered(_unless_stopped(walk, found), catalogue, stored, moment)


def _look(walk: Walk, instruments: Instruments) -> tuple[Recall | None, Floats | None, Floats | None]:
    found = instruments.stores.read(lambda c: recall(c, walk.ask.customer, walk.now))
    if found is None:
        return None, None, None
    context = instruments.context.get(found.record.customer.id)
    if context is not None:
        found = replace(found, record=found.record.model_copy(update={"digest": context.digest}))
    return found, None if context is None else context.vector, _moment_vector(walk.ask.moment, instruments)


def _moment_vector(moment: Moment, instruments: Instruments) -> Floats | None:
    title = moment.page.title if moment.page else None
    return instruments.encode(title) if title else None


async def _newcomer(walk: Walk, instruments: Instruments) -> Recall:
    kind, value = walk.ask.customer.key()
    if kind != "anonymous_id":
        raise NotFound("customer", value)
    customer = Customer(id=f"c-{walk.decision_id}", identifiers={"anonymous_id": value}, stage=Stage.PROSPECT)
    if walk.ask.dry_run:
        return await instruments.read(lambda c: blank(c, customer, walk.now))

    def add(c: Connection) -> Recall:
        profiles.welcome(c, customer, walk.now)
        found = recall(c, walk.ask.customer, walk.now)
        if found is None:
            raise NotFound("customer", value)
        return found

    return await instruments.write(add)


def _unless_stopped(walk: Walk, found: Recall) -> Walk:
    """Holds at once if a stop covers every channel that could answer."""
    region = found.record.customer.region
    stops = [stopped(found.stops, walk.ask.scene, channel, region) for channel in walk.ask.channels]
    if stops and all(stops) and stops[0] is not None:
        return walk.with_(held=holds.by_stop(stops[0], walk.language))
    return walk
