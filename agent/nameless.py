"""Nameless: texts without the names, contact details and own facts of a customer."""

import re
import unicodedata
from collections.abc import Iterable

from domain.customer import Customer
from policies.inspection.contacts import contacts_in
from policies.inspection.persons import names_in

GONE = "…"
"""What stands where somebody was named."""
SHORTEST_NAME, SHORTEST_FACT = 2, 4


def nameless(reason: str, customer: Customer | None) -> str:
    """What a person said of a draft, without whom it was for: it outlives the customer, and models learn from it."""
    plain = unicodedata.normalize("NFKC", reason)
    named = [shown for shown, _ in (*contacts_in(plain), *names_in(plain))]
    own = () if customer is None else (*names_of(customer), *_facts(customer))
    return " ".join(without(plain if named else reason, {*named, *own}).split())


def names_of(customer: Customer) -> frozenset[str]:
    """How the customer is called and reached: the whole name, its parts, and every identifier."""
    name = customer.display_name or ""
    found = (name, *name.split(), customer.id, *customer.identifiers.values())
    return frozenset(one for one in found if len(one) >= SHORTEST_NAME)


def without(text: str, names: Iterable[str]) -> str:
    """The text without these names, however they are capitalised."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(_whole(name), GONE, text, flags=re.IGNORECASE)
    return text


def _facts(customer: Customer) -> frozenset[str]:
    facts = (value for value in customer.attributes.values() if isinstance(value, str))
    return frozenset(fact for fact in facts if len(fact) >= SHORTEST_FACT)


def _whole(words: str) -> str:
    """A pattern for these words, and for no part of a longer one where the script puts spaces between words."""
    return rf"(?<![A-Za-z]){re.escape(words)}(?![A-Za-z])" if words.isascii() else re.escape(words)
