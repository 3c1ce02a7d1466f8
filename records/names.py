"""Names: whether a text names one of our customers, so that it is not shown to a model."""

import re
from collections.abc import Iterator, Sequence

from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, bindparam, select

from records import schema
from records.connection import Connection
from records.statement import prepare

PAGE = 20_000
SHORTEST, SHORTEST_LATIN = 2, 3
NAMED = prepare(
    select(schema.customers.c.id, schema.customers.c.profile)
    .where(schema.customers.c.id > bindparam("after", type_=Text))
    .order_by(schema.customers.c.id)
    .limit(bindparam("most", type_=BigInteger))
)


def named_in(c: Connection, texts: Sequence[str]) -> frozenset[int]:
    """The places of the texts in which the name of a customer, or a part of it, stands as a word."""
    found: set[int] = set()
    low = [text.casefold() for text in texts]
    for part in dict.fromkeys(_parts(c)):
        found.update(place for place, text in enumerate(low) if part in text and _stands(part, text))
    return frozenset(found)


def _parts(c: Connection) -> Iterator[str]:
    after = ""
    while page := c.all(NAMED, after=after, most=PAGE):
        for _, profile in page:
            name = from_json(profile).get("display_name") if '"display_name"' in profile else None
            if name:
                yield from _of(name)
        after = page[-1][0]


def _of(name: str) -> Iterator[str]:
    """A name whole and by its words, as long as they are long enough to tell anybody."""
    for part in {name, *re.split(r"[\s・]+", name)}:
        if len(part) >= (SHORTEST_LATIN if part.isascii() else SHORTEST):
            yield part.casefold()


def _stands(part: str, text: str) -> bool:
    """Whether it is a word of its own; Japanese has no spaces, so any place counts there."""
    return not part.isascii() or re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", text) is not None
