"""Mirroring: what is remembered of a customer, as it may stand on a page that whoever holds a forwarded mail can read.

What they said and did stands there in our own words; a guess only as a kind. Words that name somebody else, or a
number, an address or a sensitive matter, give way to the kind of thing that it was.
"""

from domain.customer import Customer
from domain.language import Language, phrase
from domain.memory import Distance, Memory
from policies.inspection.contacts import contacts_in
from policies.inspection.matters import touches
from policies.inspection.persons import is_of, names_in, others
from tools.distill import telling
from tools.distill.telling import Kind

KINDS = {(one.source, one.distance): one for one in vars(telling).values() if isinstance(one, Kind)}


def mirrored(memory: Memory, customer: Customer, language: Language) -> str:
    """What the customer's own page says of a memory."""
    if memory.distance is Distance.INFERRED:
        return phrase(language, ja="お好みについての推測", en="a guess about what you may like")
    if is_open(memory.text, customer):
        return memory.text
    kind = KINDS.get((memory.source, memory.distance))
    return kind.sentence(None, language) if kind else phrase(language, ja="記録", en="a note")


def is_open(words: str, customer: Customer) -> bool:
    """Whether words name nobody else and hold no number, no address and nothing sensitive."""
    own = [name.lower() for name in (customer.display_name,) if name]
    if any(not is_of(name, own) for _, name in names_in(words)):
        return False
    return not (contacts_in(words) or touches(words) or any(name in words for name in others(customer.attributes)))
