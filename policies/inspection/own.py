"""Own: the names and contact details that a message may show: ours, the offer's and the reader's."""

import functools
from collections.abc import Iterator

from domain.language import Text
from policies.inspection import contacts, persons
from policies.inspection.reading import Reading
from policies.inspection.text import plain


def own(reading: Reading) -> frozenset[str]:
    """What belongs to the sender, the offers or the reader, in the forms in which it is compared."""
    return frozenset().union(*(_forms(text) for text in _texts(reading) if text))


@functools.lru_cache(maxsize=8192)
def _forms(text: str) -> frozenset[str]:
    read = plain(text)
    return frozenset((read.lower(), *contacts.forms_of(read)))


def _texts(reading: Reading) -> Iterator[str | None]:
    sender = reading.sender
    yield sender.phone
    yield from reading.s.own
    for words in (sender.name, sender.legal_name, sender.address):
        yield from (words.ja, words.en)
    for offer in reading.offers:
        yield from (offer.name.ja, offer.name.en, offer.brand)
        for value in offer.facts.values():
            yield from (value.ja, value.en) if isinstance(value, Text) else (str(value),)
    for name, told in {**reading.s.attributes, **reading.a.facts}.items():
        if isinstance(told, str) and not persons.is_of_others(name):
            yield told
