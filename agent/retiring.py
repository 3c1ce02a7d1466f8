"""Retiring: copy that new rules do not allow any more goes out of use in the moment in which they come into force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agent.stores import Stores
from agent.typical import Occasion
from agent.vetting import Vetting
from domain.message import Message
from domain.offer import Offer
from domain.variant import Variant
from policies.book import Book
from policies.facts import Home
from records import book as versions
from records import catalogue, variants
from records.connection import Connection
from records.variants import Kept


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which variants pass the rules of one version, and which do not, each with why."""

    version: int
    passed: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)


def vetting(stores: Stores, book: Book, offers: Mapping[str, Offer]) -> Vetting:
    """How copy is read here and now with the rules of `book`."""
    settings = stores.settings
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    return Vetting(book, offers, Occasion(home, book.sender, stores.clock.now()))


def vet_ahead(stores: Stores, book: Book) -> Verdict:
    """Reads every variant in use with the rules of `book`, before they come into force."""
    many = stores.read(variants.approved)
    if not many:
        return Verdict(book.version)
    offers = stores.read(lambda c: offers_of(c, many))
    return verdict(vetting(stores, book, offers), many)


def offers_of(c: Connection, many: Sequence[Kept]) -> dict[str, Offer]:
    """The offers that variants are about, as far as they are in the catalogue."""
    wanted = dict.fromkeys(one.variant.offer for one in many if one.variant.offer is not None)
    found = ((offer_id, catalogue.offer(c, offer_id)) for offer_id in wanted)
    return {offer_id: offer for offer_id, offer in found if offer is not None}


def verdict(read: Vetting, many: Sequence[Kept]) -> Verdict:
    """What becomes of many variants."""
    failed = read.fallen(many)
    known = (one.variant for one in many if one.variant.offer in read.offers)
    passed = tuple(variant.id for variant in known if variant.id not in failed)
    return Verdict(read.book.version, passed, failed)


def note(c: Connection, found: Verdict, now: datetime) -> None:
    """Writes it down; it belongs into the transaction that puts the version in force."""
    if found.passed or found.failed:
        variants.checked(c, found.version, found.passed, found.failed, f"policy version {found.version}", now)


def samples_of(stores: Stores, variant: Variant) -> tuple[Message, ...]:
    """How typical customers would read a text now; nothing where its offer is gone."""
    latest = stores.read(versions.latest)
    offer_id = variant.offer or ""
    offer = stores.read(lambda c: catalogue.offer(c, offer_id))
    if latest is None or offer is None:
        return ()
    return vetting(stores, Book.from_document(latest.version, latest.document), {offer.id: offer}).samples(variant)
