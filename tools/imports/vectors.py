"""Vectors of what is imported: each distinct text is encoded once, and the vector store gets its records."""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from domain.customer import Customer
from domain.features import Features
from domain.memory import Memory
from domain.offer import Offer
from records import likenesses
from records.context import ContextRecord, ContextStore
from records.database import Database
from records.digest import coarse_facts, digest, offer_text, worded_by_us
from records.embedding import Encoder, is_here
from records.memories import packed
from records.rebuild import missing, rebuild
from tools.imports.report import Progress, Stopwatch
from tools.imports.steps import Write

Floats = NDArray[np.float32]


class Vectors:
    """Remembers what it has encoded, for as long as one import runs."""

    def __init__(self, encoder: Encoder, context: ContextStore) -> None:
        self._encoder, self._context = encoder, context
        self._known: dict[str, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        unseen = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unseen:
            self._known.update(zip(unseen, self._encoder.encode(unseen), strict=True))
        if not texts:
            return np.zeros((0, self._encoder.dimensions), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])

    def memories(self, found: Iterable[Sequence[Memory]]) -> list[Memory]:
        """All memories in one list, each with the vector of its text where the encoder may read it."""
        every, here = list(chain.from_iterable(found)), is_here(self._encoder)
        plain = [memory for memory in every if here or worded_by_us(memory)]
        rows = self.of([memory.text for memory in plain])
        known = {memory.id: packed(row) for memory, row in zip(plain, rows, strict=True)}
        return [memory.model_copy(update={"vector": known.get(memory.id)}) for memory in every]

    def put_customers(self, known: Sequence[tuple[Customer, Features, Sequence[Memory]]]) -> Write:
        """Writes context records of customers, by id, and answers with what writes their vectors into the database."""
        here = is_here(self._encoder)
        texts = [digest(customer, memories, here=here) for customer, _, memories in known]
        records = [
            ContextRecord(customer.id, text, coarse_facts(customer, features), vector)
            for (customer, features, _), text, vector in zip(known, texts, self.of(texts), strict=True)
        ]
        self._context.put(records)
        vectors = {one.customer_id: one.vector for one in records}
        return lambda c: likenesses.put(c, self._encoder.name, vectors)

    def put_offers(self, offers: Sequence[Offer]) -> None:
        """Writes context records of offers, by id."""
        texts = [offer_text(offer) for offer in offers]
        self._context.put_offers([offer.id for offer in offers], texts, self.of(texts))


def mend(database: Database, context: ContextStore, encoder: Encoder, progress: Progress, watch: Stopwatch) -> None:
    """Gives a vector store that was lost or emptied after an import what it lacks; looking costs next to nothing."""
    with watch.phase("look"):
        lacking = missing(context, database)
    context.remove(lacking.strangers)
    if lacking.customers or lacking.offers:
        with watch.phase("context"):
            rebuild(context, database, encoder, lambda done, total: progress("context", done, total))


def turn_away(database: Database, context: ContextStore) -> None:
    """Takes those out of the vector store who are not in the database: they were erased, and left out."""
    context.remove(missing(context, database).strangers)
