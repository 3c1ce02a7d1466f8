"""Knowing: which customer is meant, and the coarse facts about one that the rules let a model see."""

from agent.briefing import marketers_words
from agent.talk.found import Counter, Facts
from domain.customer import IDENTIFIER_KINDS, Customer, Record
from domain.moment import Moment
from policies.book import Book
from records import memories, persons, profiles
from records.connection import Connection
from records.identifiers import owner
from tools.coarse import Around, Coarse, coarse
from tools.offers import Catalogue


def whom(c: Connection, named: str) -> tuple[str, ...]:
    """The customers that a name, an id or an identifier means; several where a name is shared."""
    if profiles.customer(c, named) is not None:
        return (named,)
    for kind in IDENTIFIER_KINDS:
        holder = owner(c, kind, named)
        if holder is not None:
            return (holder,)
    found = persons.called(c, "", tuple(named.split()) or (named,))
    wanted = persons.plain(named)
    whole = [one.customer_id for one in found if persons.plain(one.name) == wanted]
    parts = [
        one.customer_id
        for one in found
        if all(persons.plain(part) in persons.plain(one.name) for part in named.split())
    ]
    return tuple(whole or parts)


async def coarse_facts(customer: Customer, counter: Counter) -> Coarse:
    """What a model may know of a customer at this desk, as the rules say."""
    rest = counter.rest
    if rest is None:
        return ()
    instruments = rest.instruments

    def look() -> Coarse:
        book, catalogue = instruments.shelf.load()
        record = instruments.stores.read(lambda c: record_of(c, customer))
        return coarse_of(record, book, catalogue, counter)

    return await counter.pool.run(look)


def record_of(c: Connection, customer: Customer) -> Record:
    kept = memories.of_customer(c, customer.id)
    return Record(customer=customer, features=profiles.features(c, customer.id), memories=kept)


def coarse_of(record: Record, book: Book, catalogue: Catalogue, counter: Counter) -> Coarse:
    around = Around(record, Moment(), counter.now.astimezone(counter.zone).date(), catalogue, marketers_words(book))
    return coarse(around, book.llm_fields("desk"), counter.language)


def as_facts(facts: Coarse) -> Facts:
    return dict(facts)
