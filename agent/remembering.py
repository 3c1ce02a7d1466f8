"""Remembering: everything known about the customer of an ask, in one read."""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from agent import holds
from agent.instruments import Instruments
from agent.state import Walk, allowed_channels
from domain.channel import Channel, Purpose
from domain.consent import LOCATION, ConsentState, granted
from domain.customer import Customer, Stage
from domain.decision import Ask
from domain.errors import NotFound
from domain.features import Features
from domain.frozen import value
from domain.moment import Cart, CartItem
from policies.book import stopped
from policies.facts import situation_of
from records import idempotency, profiles, tombstones
from records.connection import Connection
from records.recall import Recall, blank, recall
from tools.offers import Catalogue

Floats = NDArray[np.float32]

CART_KEPT = timedelta(days=30)
"""A cart that was not touched for longer is nobody's plan any more."""


@value()
class Remembered:
    """The walk with the record on it, and what lies beside: catalogue, the customer's vector and the moment's."""

    walk: Walk
    catalogue: Catalogue
    stored: Floats | None = None
    moment: Floats | None = None


async def remember(walk: Walk, instruments: Instruments) -> Remembered:
    """Reads the record, and the context where it is needed; raises NotFound for an id that nobody has."""
    back = instruments.shelf.looks_back
    found = await _recall(walk, instruments, back)
    if found is None:
        found, walk = await _newcomer(walk, instruments)
    book, catalogue = await instruments.in_force(found)
    if book.lookback > back:
        found = await _recall(walk, instruments, book.lookback) or found
    stored, moment = await _vectors(walk, found, instruments)
    if walk.ask.scene is not None and walk.ask.scene not in book.scenes:
        raise NotFound("scene", walk.ask.scene)
    walk = walk.with_(
        ask=where_allowed(with_cart(walk.ask, found.record.features, walk.now), found.record.consents),
        recall=found,
        book=book,
        scene=book.scenes[walk.ask.scene] if walk.ask.scene else None,
        situation=situation_of(found.record, instruments.home, tallies=found.tallies),
    )
    return Remembered(_unless_stopped(walk, found), catalogue, stored, moment)


def with_cart(ask: Ask, features: Features, now: datetime) -> Ask:
    """The ask with the cart that events left behind, where the channel brings none of its own."""
    if not features.cart or ask.moment.cart is not None:
        return ask
    if features.cart_at is None or now - features.cart_at > CART_KEPT:
        return ask
    cart = Cart(items=tuple(CartItem(offer=id) for id in features.cart), left_at=features.cart_at)
    return ask.model_copy(update={"moment": ask.moment.model_copy(update={"cart": cart})})


def where_allowed(ask: Ask, consents: ConsentState) -> Ask:
    """The ask without the customer's place, unless they allowed us to use it; a sign's place is its own."""
    place = ask.moment.location
    if place is None or all(channel is Channel.SIGNAGE for channel in ask.channels):
        return ask
    if granted(consents, LOCATION, Purpose.MARKETING) is True:
        return ask
    return ask.model_copy(update={"moment": ask.moment.model_copy(update={"location": None})})


async def _recall(walk: Walk, instruments: Instruments, back: timedelta) -> Recall | None:
    """One statement; SQLite answers at once and never waits for a writer, so that a thread would cost more."""
    database = instruments.stores.database
    if database.dialect == "sqlite":
        return database.read(lambda c: recall(c, walk.ask.customer, walk.now, back))
    return await instruments.read(lambda c: recall(c, walk.ask.customer, walk.now, back))


async def _vectors(walk: Walk, found: Recall, instruments: Instruments) -> tuple[Floats | None, Floats | None]:
    """What the customer is like, where no memory says it; and what the moment is like.

    The vector store is asked only for those whose likeness was not recorded yet, or by another encoder.
    """
    page, record = walk.ask.moment.page, found.record
    title = page.title if page else None
    silent = not any(memory.vector for memory in record.memories)
    stored = found.likeness.by(instruments.encoder.name) if silent and found.likeness else None
    unknown = silent and stored is None
    if not unknown and not title:
        return stored, None

    def look() -> tuple[Floats | None, Floats | None]:
        known = instruments.context.vector(record.customer.id) if unknown else stored
        return known, instruments.encode(title) if title else None

    return await instruments.pool.run(look)


async def _newcomer(walk: Walk, instruments: Instruments) -> tuple[Recall, Walk]:
    """A browser that is new becomes a prospect; one that we were told to forget is answered, and nothing is kept."""
    kind, value = walk.ask.customer.key()
    if kind != "anonymous_id":
        raise NotFound("customer", value)
    customer = Customer(id=f"c-{walk.decision_id}", identifiers={"anonymous_id": value}, stage=Stage.PROSPECT)
    if walk.ask.dry_run:
        return await instruments.read(lambda c: blank(c, customer, walk.now)), walk

    def add(c: Connection) -> tuple[Recall, Walk]:
        if tombstones.forbidden(c, instruments.stores.suppression, tombstones.Whole(None, customer.identifiers)):
            if walk.slot is not None:
                idempotency.abandon(c, walk.slot)
            rehearsal = walk.ask.model_copy(update={"dry_run": True})
            return blank(c, customer, walk.now), walk.with_(ask=rehearsal, slot=None)
        profiles.welcome(c, customer, walk.now)
        found = recall(c, walk.ask.customer, walk.now)
        if found is None:
            raise NotFound("customer", value)
        return found, walk

    return await instruments.write(add)


def _unless_stopped(walk: Walk, found: Recall) -> Walk:
    """Holds at once if a stop covers every channel that could answer."""
    if not found.stops:
        return walk
    region = found.record.customer.region
    channels = allowed_channels(walk.ask, walk.scene)
    stops = [stopped(found.stops, walk.ask.scene, channel, region) for channel in channels]
    if stops and all(stops) and stops[0] is not None:
        return walk.with_(held=holds.by_stop(stops[0], walk.language))
    return walk
