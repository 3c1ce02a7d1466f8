"""Frames: the whole base page by page, as recall reads each customer."""

from datetime import timedelta

import pytest

from domain.contact import Contact
from records import consents, contacts, frames, profiles
from records.connection import Connection
from records.database import Database
from tests.clock import START
from tests.records.people import consent, customer, promise

MANY = 7


def fill(c: Connection) -> None:
    """A few customers, the words they gave in order, and what they were sent."""
    for number in range(MANY):
        profiles.upsert(
            c, [customer(f"c-{number}", attributes={"points": number, "name": "x", "student": True})], START
        )
        consents.append(c, [consent(f"c-{number}", "email", True), consent(f"c-{number}", "email", number % 2 == 0)])
        contacts.put(c, f"d-{number}", f"c-{number}", promise(f"d-{number}"))
    old = promise("d-old", START - timedelta(days=99))
    released = promise("d-released").model_copy(update={"state": "released"})
    nobody: list[tuple[str, str, Contact]] = [("d-old", "c-0", old), ("d-released", "c-0", released)]
    for decision, whose, contact in (*nobody, ("d-gone", "gone", promise("d-gone"))):
        contacts.put(c, decision, whose, contact)


@pytest.mark.parametrize("page", [2, 20_000])
def test_frames_hold_every_customer_once(database: Database, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(frames, "PAGE", page)
    database.write(fill)
    found = database.read(lambda c: frames.frames(c, START - timedelta(days=35)))
    assert found.customers["id"].to_list() == [f"c-{number}" for number in range(MANY)]
    assert [sorted(tags) for tags in found.customers["tags"].to_list()] == [["coffee", "tea"]] * MANY
    assert found.consents.rows() == [("email", "*", number % 2 == 0, number) for number in range(MANY)]
    assert sorted(found.contacts["row"].to_list()) == list(range(MANY))
    numbers = found.attributes.drop_nulls("number").select("row", "number").rows()
    assert numbers == [(number, float(number)) for number in range(MANY)]
    assert found.attributes.drop_nulls("truth").height == found.attributes.drop_nulls("text").height == MANY


def test_an_empty_base_has_its_columns(database: Database) -> None:
    found = database.read(lambda c: frames.frames(c, START))
    assert found.customers.is_empty() and found.consents.is_empty() and found.contacts.is_empty()
    assert {"id", "tags", "hours"} <= set(found.customers.columns)
