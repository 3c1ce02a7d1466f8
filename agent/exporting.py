"""Exporting: everything that is held about a person as one JSON document, written while it is read."""

from collections.abc import Iterator

from pydantic_core import to_json

from agent import evidence
from agent.stores import Stores
from agent.waiting import Waiting
from domain.errors import NotFound
from records import export, profiles
from records.connection import Connection
from records.context import ContextStore
from records.export import Row
from records.members import members

HELD_BY = {"decisions": "id", "deliveries": "decision_id", "prepared": "id", "reviews": "id"}
"""Tables with an encrypted column, and the column that says what it is about."""


def exported(stores: Stores, customer_id: str, context: ContextStore | None = None) -> Iterator[bytes]:
    """The document in pieces; raises NotFound before the first of them."""
    people = stores.read(lambda c: members(c, customer_id) if profiles.customer(c, customer_id) else ())
    if not people:
        raise NotFound("customer", customer_id)
    return _pieces(stores, people, context)


def _pieces(stores: Stores, people: tuple[str, ...], context: ContextStore | None) -> Iterator[bytes]:
    head = {"customer": people[0], "known_as": people, "made_at": stores.clock.now()}
    yield to_json(head)[:-1]
    for name in export.names():
        yield b',\n"' + name.encode() + b'":['
        separator = b"\n"
        for one in people:
            for row in _rows(stores, name, one):
                yield separator + to_json(row, fallback=str)
                separator = b",\n"
        yield b"]"
    yield b',\n"deliveries":['
    separator = b"\n"
    for one in people:
        for row in _deliveries(stores, one):
            yield separator + to_json(row, fallback=str)
            separator = b",\n"
    yield b"]"
    if context is not None:
        records = [{"id": one.customer_id, "text": one.digest, "facts": one.facts} for one in context.get_many(people)]
        yield b',\n"context":' + to_json(records)
    yield b"}\n"


def _rows(stores: Stores, name: str, customer_id: str) -> Iterator[Row]:
    last: Row | None = None
    while True:

        def some(c: Connection, after: Row | None = last) -> list[tuple[Row, Row]]:
            found = export.page(c, name, customer_id, after)
            return [(row, export.readable(name, row) | _opened(c, stores, name, customer_id, row)) for row in found]

        found = stores.read(some)
        yield from (shown for _, shown in found)
        if len(found) < export.PIECE:
            return
        last = found[-1][0]


def _opened(c: Connection, stores: Stores, name: str, customer_id: str, row: Row) -> Row:
    """What is encrypted under the customer's key, in the open: it is theirs."""
    if name not in HELD_BY:
        return {}
    column = "personal" if name == "decisions" else "document"
    plain = stores.vault.decrypt(c, customer_id, bytes(row[column]), row[HELD_BY[name]])
    if plain is None:
        return {column: None}
    match name:
        case "decisions":
            return {column: _told(plain)}
        case "reviews":
            return {column: Waiting.unpacked(plain).message}
        case _:
            return {column: plain.decode()}


def _told(packed: bytes) -> object:
    return evidence.unpack(packed).model_dump(mode="json", exclude_defaults=True)


def _deliveries(stores: Stores, customer_id: str) -> Iterator[Row]:
    """What the deliver station answered, for each decision."""
    cursor: str | None = None
    while True:

        def some(c: Connection, after: str | None = cursor) -> tuple[list[Row], str | None]:
            page = stores.decisions.of_customer(c, customer_id, 100, after)
            handed = [one for decision in page.items for one in stores.decisions.deliveries(c, decision.decision_id)]
            shown: list[Row] = [
                {
                    "decision_id": one.decision_id,
                    "at": one.at.isoformat(),
                    "outcome": one.outcome,
                    "personal": None if one.personal is None else _told(one.personal),
                }
                for one in handed
            ]
            return shown, page.next

        rows, cursor = stores.read(some)
        yield from rows
        if cursor is None:
            return
