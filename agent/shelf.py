"""The shelf: the book of rules and the catalogue in force, held in memory and renewed when their versions change."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from agent.stores import Stores
from domain.errors import NotFound
from domain.offer import Offer
from policies.book import Book
from records import book as policy_versions
from records import catalogue as offers_table
from records import purchases
from records.connection import Connection
from records.context import ContextStore
from records.digest import offer_text
from records.embedding import Encoder
from records.recall import LOOKS_BACK
from tools.offers import Catalogue

Floats = NDArray[np.float32]


class Shelf:
    """Answers from memory; a version that it does not hold is loaded once, whoever asks first."""

    def __init__(self, stores: Stores, context: ContextStore, encoder: Encoder) -> None:
        self._stores, self._context, self._encoder = stores, context, encoder
        self._lock = threading.Lock()
        self._book: Book | None = None
        self._catalogue: Catalogue | None = None

    def holds(self, policy_version: int, catalogue_version: int) -> tuple[Book, Catalogue] | None:
        """Book and catalogue of these versions if they are at hand."""
        book, catalogue = self._book, self._catalogue
        if book is None or catalogue is None:
            return None
        fresh = book.version == policy_version and catalogue.version == catalogue_version
        return (book, catalogue) if fresh else None

    @property
    def looks_back(self) -> timedelta:
        """How far the rules at hand count back; what is usual before there are any."""
        return timedelta(days=self._book.lookback) if self._book else LOOKS_BACK

    def load(self) -> tuple[Book, Catalogue]:
        """Brings both up to date; blocking, so run it in the pool."""
        with self._lock:
            latest, version, offers, neighbours = self._stores.read(_on_disk)
            if self._book is None or self._book.version != latest.version:
                self._book = Book.from_document(latest.version, latest.document)
            if self._catalogue is None or self._catalogue.version != version:
                self._catalogue = Catalogue(version, offers, self._vectors(offers), neighbours)
            return self._book, self._catalogue

    def _vectors(self, offers: Sequence[Offer]) -> Floats:
        """One vector an offer: from the vector store, encoding only what is new there or worded otherwise."""
        stored = self._context.offer_vectors()
        texts = {offer.id: offer_text(offer) for offer in offers}
        missing = [key for key, text in texts.items() if key not in stored or stored[key][0] != text]
        if missing:
            encoded = self._encoder.encode([texts[key] for key in missing])
            self._context.put_offers(missing, [texts[key] for key in missing], encoded)
            stored.update({key: (texts[key], row) for key, row in zip(missing, encoded, strict=True)})
        if not offers:
            return np.zeros((0, self._encoder.dimensions), dtype=np.float32)
        return np.stack([stored[offer.id][1] for offer in offers]).astype(np.float32)


def _on_disk(c: Connection) -> tuple[policy_versions.PolicyVersion, int, list[Offer], purchases.Neighbours]:
    latest = policy_versions.latest(c)
    if latest is None:
        raise NotFound("policy version", "1")
    return latest, offers_table.version(c), offers_table.all_offers(c), purchases.neighbours(c)
