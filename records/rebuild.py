"""Rebuild: makes the context store whole again from SQL, doing only what is missing or no longer true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from domain.customer import Customer
from domain.features import Features
from domain.memory import Memory
from records import catalogue, likenesses, memories, profiles
from records.connection import Connection
from records.context import ContextRecord, ContextStore
from records.database import Database
from records.digest import Facts, coarse_facts, digest, offer_text
from records.embedding import Encoder, is_here

PAGE = 250

Progress = Callable[[int, int], None]
"""Called with how many records are looked through and how many there are."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Where the context store and SQL differ, by id; `strangers` are in the store alone."""

    customers: tuple[str, ...]
    offers: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing and nothing is left over."""
        return not (self.customers or self.offers or self.strangers)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the store should say of one customer."""

    customer_id: str
    digest: str
    facts: Facts


def missing(store: ContextStore, database: Database) -> Missing:
    """Compares ids alone: quick enough for a look at the health of the whole."""
    people, offers = database.read(lambda c: (profiles.ids(c), catalogue.ids(c)))
    known_people, known_offers = store.ids()
    strangers = (set(known_people) - set(people)) | (set(known_offers) - set(offers))
    return Missing(
        tuple(sorted(set(people) - set(known_people))),
        tuple(sorted(set(offers) - set(known_offers))),
        tuple(sorted(strangers)),
    )


def rebuild(store: ContextStore, database: Database, encoder: Encoder, progress: Progress) -> int:
    """Brings every record up to date and says how many were written; after a crash simply run it again."""
    found = missing(store, database)
    store.remove(found.strangers)
    store.remove_offers(found.strangers)
    total = database.read(profiles.count)
    written, done, after = rebuild_offers(store, database, encoder), 0, ""
    while page := database.read(partial(people_after, after=after)):
        written += write_changed(store, database, [wanted(*one, here=is_here(encoder)) for one in page], encoder)
        after, done = page[-1][0].id, done + len(page)
        progress(done, total)
    return written


def people_after(c: Connection, after: str) -> list[tuple[Customer, Features, tuple[Memory, ...]]]:
    """One page of customers with all that their context is made of."""
    page = profiles.page(c, PAGE, after)
    return [(one, profiles.features(c, one.id), memories.of_customer(c, one.id)) for one in page]


def wanted(customer: Customer, features: Features, kept: Sequence[Memory], *, here: bool = True) -> Wanted:
    """What the store should say of this customer."""
    return Wanted(customer.id, digest(customer, kept, here=here), coarse_facts(customer, features))


def write_changed(store: ContextStore, database: Database, people: Sequence[Wanted], encoder: Encoder) -> int:
    """Writes those records that the store lacks or has otherwise, and those vectors that the database does."""
    stored = {one.customer_id: one for one in store.get_many([one.customer_id for one in people])}
    changed = {one.customer_id: one for one in people if not says(stored.get(one.customer_id), one)}
    if changed:
        rows = encoder.encode([one.digest for one in changed.values()])
        records = [
            ContextRecord(one.customer_id, one.digest, one.facts, row)
            for one, row in zip(changed.values(), rows, strict=True)
        ]
        store.put(records)
        stored |= {one.customer_id: one for one in records}
    vectors = {id: one.vector for id, one in stored.items()}
    lacking = database.read(lambda c: likenesses.lacking(c, encoder.name, vectors))
    if lacking:
        database.write(lambda c: likenesses.put(c, encoder.name, lacking))
    return len(changed.keys() | lacking.keys())


def says(stored: ContextRecord | None, one: Wanted) -> bool:
    """Whether the store says of the customer what it should."""
    return stored is not None and (stored.digest, dict(stored.facts)) == (one.digest, one.facts)


def rebuild_offers(store: ContextStore, database: Database, encoder: Encoder) -> int:
    """Writes those offers that the store lacks or has under another text."""
    stored = store.offer_vectors()
    texts = {one.id: offer_text(one) for one in database.read(catalogue.all_offers)}
    changed = [id for id, text in texts.items() if id not in stored or stored[id][0] != text]
    if changed:
        rows = encoder.encode([texts[id] for id in changed])
        store.put_offers(changed, [texts[id] for id in changed], np.asarray(rows))
    return len(changed)
