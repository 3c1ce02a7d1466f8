"""An audience as a file: who may be told something on a channel, with what a delivery tool needs and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from agent.base import read_house
from agent.inventory.stocktaking import Flags, Stock
from agent.stores import Stores
from agent.vocabulary import audience_in, glossary_of, words_of
from domain.channel import Channel, Purpose, is_pushed
from domain.customer import IDENTIFIER_KINDS, Customer, IdentifierKind
from domain.errors import Malformed, NotFound, Refused
from domain.language import Language
from policies.audience import Audience
from policies.book import Book
from policies.columns.judging import those
from policies.facts import action_of
from policies.zones import known_zone
from records import accesses, profiles
from records.accesses import Access
from tools.exchange.sheets import Written, writable, write_sheet

ADDRESS: dict[Channel, tuple[IdentifierKind, ...]] = {
    Channel.EMAIL: ("email",),
    Channel.SMS: ("phone",),
    Channel.CALL: ("phone",),
    Channel.LINE: ("line_id",),
    Channel.PUSH: ("device_id",),
    Channel.AD: ("email", "phone"),
}
"""What a channel finds somebody by; of several any is enough."""
OWN = (
    "display_name",
    "language",
    "timezone",
    "country",
    "region",
    "stage",
    "tier",
    "age",
    "gender",
    "tags",
    "segments",
)
FREE = "attributes."
SENT = ADDRESS.keys() - {Channel.AD}
"""Where a scene goes to people by their address; an audience for ads is made only where somebody asks for it."""
AT_ONCE = 1000


class Chosen(NamedTuple):
    """Whom to export: exactly one of a scene, a defined word, and words that say who is meant."""

    scene: str | None = None
    segment: str | None = None
    where: str | None = None
    channel: Channel | None = None
    purpose: Purpose = Purpose.MARKETING
    columns: tuple[str, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and whom it left out."""

    path: Path
    written: Written
    meant: int
    """Customers who are meant."""
    without_consent: int
    without_address: int
    columns: tuple[str, ...]


def export(
    stores: Stores, book: Book, chosen: Chosen, out: Path, encoding: str, *, raw: bool, person: str, role: str
) -> Exported:
    """Writes the audience; each person in it gets a line in the audit, before the file stands under its name."""
    writable(out, encoding)
    now = stores.clock.now()
    channels = _channels(book, chosen)
    columns = _columns(chosen, channels)
    house = read_house(stores, now, book.lookback)
    stock = Stock(now, book, house, {}, {}, frozenset(), ())
    meant = _meant(stores, stock, chosen, channels)
    purpose = book.scenes[chosen.scene].purpose if chosen.scene else chosen.purpose
    allowed = {channel: _consented(stock, channel, purpose) & meant[channel] for channel in channels}
    _must_be_consented(stock, channels, purpose)
    by_id = _by_id(stock, allowed)
    people = list(_people(stores, by_id))
    reachable = [one for one in people if any(_address(one, channel) for channel in by_id[one.id])]
    _note(stores, [one.id for one in reachable], _what(chosen, channels), person, role, now)
    rows = ([_cell(one, name, by_id[one.id]) for name in columns] for one in reachable)
    written = write_sheet(out, columns, rows, encoding, raw=raw)
    anyone = int(np.logical_or.reduce(list(meant.values())).sum())
    return Exported(out, written, anyone, anyone - len(people), len(people) - len(reachable), columns)


def _channels(book: Book, chosen: Chosen) -> tuple[Channel, ...]:
    """The channels on which the audience is to be told something."""
    if sum(one is not None for one in (chosen.scene, chosen.segment, chosen.where)) != 1:
        raise Malformed("--scene", None, "give exactly one of --scene, --segment and --where.")
    if chosen.channel is not None:
        return (_with_address(chosen.channel),)
    if chosen.scene is None:
        raise Malformed("--channel", None, "say on which channel they are to be told something, such as email.")
    scene = book.scenes.get(chosen.scene)
    if scene is None:
        raise NotFound("scene", chosen.scene)
    return tuple(channel for channel in Channel if channel in scene.channels and channel in SENT)


def _with_address(channel: Channel) -> Channel:
    if channel not in ADDRESS:
        known = ", ".join(ADDRESS)
        raise Malformed("--channel", channel.value, f"nobody has an address there; channels with one are {known}.")
    return channel


def _columns(chosen: Chosen, channels: Sequence[Channel]) -> tuple[str, ...]:
    """The columns asked for, or what a delivery tool needs at least."""
    if not chosen.columns:
        addresses = dict.fromkeys(kind for channel in channels for kind in ADDRESS[channel])
        return ("id", *addresses, "language", *(("channels",) if len(channels) > 1 else ()))
    known = ("id", *IDENTIFIER_KINDS, *OWN, "channels")
    for name in chosen.columns:
        if name not in known and not name.startswith(FREE):
            raise Malformed("--columns", name, f"known are {', '.join(known)} and {FREE}NAME.")
    return chosen.columns


def _meant(stores: Stores, stock: Stock, chosen: Chosen, channels: Sequence[Channel]) -> dict[Channel, Flags]:
    """Who is meant on each channel: for a scene those whom all rules let it reach now."""
    if chosen.scene is not None:
        if chosen.scene not in stock.book.scenes:
            raise NotFound("scene", chosen.scene)
        return {channel: stock.may_get(chosen.scene, [channel]) for channel in channels}
    audience = _audience(stores, chosen)
    found = {}
    for channel in channels:
        a = action_of(stock.base.anybody, channel, chosen.purpose, stock.at)
        found[channel] = those(audience.predicate(), stock.base, a).to_numpy()
    return found


def _audience(stores: Stores, chosen: Chosen) -> Audience:
    words = stores.read(words_of)
    if chosen.where is not None:
        today = stores.clock.now().astimezone(known_zone(stores.settings.home_timezone)).date()
        spoken: Language = chosen.language or ("en" if chosen.where.isascii() else "ja")
        return audience_in(chosen.where, spoken, glossary_of(words), today)
    document = dict(words).get(chosen.segment or "")
    if document is None:
        known = ", ".join(repr(term) for term, _ in words) or "none yet"
        raise Malformed("--segment", chosen.segment, f"words in force are {known}. ./tact segment define makes one.")
    return Audience.model_validate_json(document)


def _consented(stock: Stock, channel: Channel, purpose: Purpose) -> Flags:
    """Who allowed it; what is a service or belongs to an order goes to all but those who said no."""
    if purpose is Purpose.MARKETING or not is_pushed(channel):
        return stock.consented(channel, purpose)
    return ~stock.refused(channel, purpose)


def _must_be_consented(stock: Stock, channels: Sequence[Channel], purpose: Purpose) -> None:
    if Channel.AD in channels and not stock.consented(Channel.AD, purpose).any():
        raise Refused(
            "Nobody has consented to the use of their data for ads, so that no audience for ads is exported. "
            "Load such consents with their evidence first (./tact load FILE --as consents, channel ad)."
        )


def _by_id(stock: Stock, allowed: dict[Channel, Flags]) -> dict[str, tuple[Channel, ...]]:
    """The channels on which each customer may be told something."""
    names = stock.base.customers["id"].to_list()
    found: dict[str, tuple[Channel, ...]] = {}
    for channel, flags in allowed.items():
        for row in np.flatnonzero(flags).tolist():
            found[names[row]] = (*found.get(names[row], ()), channel)
    return found


def _people(stores: Stores, by_id: dict[str, tuple[Channel, ...]]) -> Iterator[Customer]:
    after = ""
    while page := stores.read(partial(profiles.page, limit=AT_ONCE, after=after)):
        yield from (one for one in page if one.id in by_id)
        after = page[-1].id


def _address(one: Customer, channel: Channel) -> str | None:
    return next((one.identifiers[kind] for kind in ADDRESS[channel] if kind in one.identifiers), None)


def _cell(one: Customer, name: str, channels: Sequence[Channel]) -> str:
    if name == "channels":
        return ",".join(channel for channel in channels if _address(one, channel))
    if name in IDENTIFIER_KINDS:
        return one.identifiers.get(name, "")
    value = one.attributes.get(name.removeprefix(FREE)) if name.startswith(FREE) else getattr(one, name)
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return "" if value is None else str(value)


def _what(chosen: Chosen, channels: Sequence[Channel]) -> str:
    whom = f"scene {chosen.scene}" if chosen.scene else f"segment {chosen.segment}" if chosen.segment else "words"
    return f"audience export: {whom} for {', '.join(channels)}"


def _note(stores: Stores, ids: Sequence[str], what: str, person: str, role: str, now: datetime) -> None:
    for start in range(0, len(ids), AT_ONCE):
        looks = [Access(now, person, role, id, what) for id in ids[start : start + AT_ONCE]]
        stores.write(partial(accesses.note_many, looks=looks))
