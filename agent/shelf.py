"""The shelf: rules, catalogue and approved copy in force, held in memory and renewed when their versions change."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from agent import retiring
from agent.offer_vectors import OfferVectors
from agent.showings import Showings
from agent.stores import Stores
from domain.errors import NotFound
from domain.offer import Offer
from domain.scene import Scene
from domain.variant import Variant
from policies.book import Book
from records import book as policy_versions
from records import catalogue as offers_table
from records import purchases, variants
from records.connection import Connection
from records.context import ContextStore
from records.embedding import Encoder
from records.recall import LOOKS_BACK
from records.variants import Kept
from tools.offers import Catalogue
from tools.stock import Stock


@dataclass(frozen=True, slots=True)
class Held:
    """What is at hand, and the versions that it was read at."""

    book: Book
    catalogue: Catalogue
    catalogue_version: int
    arrived: int
    """How often vectors of offers had come later than they were wanted."""
    stock: Stock


@dataclass(frozen=True, slots=True)
class Written:
    """The versions as they are on disk, and the copy that may be shown."""

    policy: policy_versions.PolicyVersion
    catalogue: int
    offers: int
    """Moves of the catalogue's version that were about offers: the others were about copy."""
    copy: tuple[Kept, ...]


class Shelf:
    """Answers from memory; a version that it does not hold is loaded once, whoever asks first."""

    def __init__(self, stores: Stores, context: ContextStore, encoder: Encoder) -> None:
        self._stores, self._vectors = stores, OfferVectors(context, encoder)
        self._lock = threading.Lock()
        self._held: Held | None = None
        self.showings = Showings(stores)

    def holds(self, policy_version: int, catalogue_version: int) -> tuple[Book, Catalogue] | None:
        """Book and catalogue of these versions if they are at hand."""
        held = self._held
        if held is None:
            return None
        same = held.book.version == policy_version and held.catalogue_version == catalogue_version
        return (held.book, held.catalogue) if same and held.arrived == self._vectors.arrived else None

    @property
    def looks_back(self) -> timedelta:
        """How far the rules at hand count back; what is usual before there are any."""
        return self._held.book.lookback if self._held else LOOKS_BACK

    def scene(self, scene_id: str) -> Scene | None:
        """The scene as the rules at hand know it."""
        return self._held.book.scenes.get(scene_id) if self._held else None

    @property
    def stock(self) -> Stock:
        """The copy at hand that was written ahead."""
        return self._held.stock if self._held else NOTHING

    def load(self) -> tuple[Book, Catalogue]:
        """Brings everything up to date; blocking, so run it in the pool."""
        with self._lock:
            found, held = self._stores.read(_on_disk), self._held
            book = held.book if held else None
            if book is None or book.version != found.policy.version:
                book = Book.from_document(found.policy.version, found.policy.document)
            arrived = self._vectors.arrived
            same = held is not None and (held.catalogue.version, held.arrived) == (found.offers, arrived)
            catalogue = held.catalogue if held is not None and same else self._catalogue()
            self._held = Held(book, catalogue, found.catalogue, arrived, Stock(self._usable(found.copy, book)))
            self.showings.renew({one.variant.id: (one.shown, one.answered) for one in found.copy})
            return book, catalogue

    def close(self) -> None:
        """Waits for no vectors any more."""
        self._vectors.close()

    def _usable(self, many: Sequence[Kept], book: Book) -> list[Variant]:
        """The copy that passes the rules of the book; what was read with other rules is read again, and retired."""
        others = [one for one in many if one.policy_version != book.version]
        if not others:
            return [one.variant for one in many]
        offers = self._stores.read(lambda c: retiring.offers_of(c, others))
        found, now = retiring.verdict(retiring.vetting(self._stores, book, offers), others), self._stores.clock.now()
        self._stores.write(lambda c: retiring.note(c, found, now))
        return [one.variant for one in many if one.variant.id not in found.failed]

    def _catalogue(self) -> Catalogue:
        version, offers, neighbours = self._stores.read(_offers_on_disk)
        return Catalogue(version, offers, self._vectors.of(offers), neighbours)


NOTHING = Stock()


def _on_disk(c: Connection) -> Written:
    latest = policy_versions.latest(c)
    if latest is None:
        raise NotFound("policy version", "1")
    catalogue = offers_table.version(c)
    return Written(latest, catalogue, catalogue - variants.version(c), tuple(variants.approved(c)))


def _offers_on_disk(c: Connection) -> tuple[int, list[Offer], purchases.Neighbours]:
    version = offers_table.version(c) - variants.version(c)
    return version, offers_table.all_offers(c), purchases.neighbours(c)
