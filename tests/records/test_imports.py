"""How far an import has come."""

from datetime import timedelta

import pytest

from domain.channel import Channel
from domain.contact import Contact
from domain.decision import Who
from domain.errors import Refused
from records import imports, profiles
from records.database import Database
from records.recall import recall
from tests.clock import START
from tests.records.people import customer

LATER = START + timedelta(days=3)


def test_a_source_that_was_never_begun_is_unknown(database: Database) -> None:
    assert database.read(lambda c: imports.find(c, "shop")) is None


def test_the_first_run_fixes_offset_and_start(database: Database) -> None:
    first = database.write(lambda c: imports.begin(c, "shop", "offers", 21, START))
    assert (first.step, first.position, first.offset_days, first.started_at) == ("offers", 0, 21, START)
    assert first.finished_at is None
    assert database.write(lambda c: imports.begin(c, "shop", "offers", 28, LATER)) == first
    assert database.read(lambda c: imports.find(c, "shop")) == first


def test_of_two_imports_only_one_goes_on(database: Database) -> None:
    database.write(lambda c: imports.begin(c, "shop", "offers", 0, START))
    database.write(lambda c: imports.advance(c, "shop", ("offers", 0), ("offers", 50)))
    with pytest.raises(Refused, match="Another process imports 'shop' too"):
        database.write(lambda c: imports.advance(c, "shop", ("offers", 0), ("offers", 50)))
    found = database.read(lambda c: imports.find(c, "shop"))
    assert found is not None
    assert (found.step, found.position) == ("offers", 50)


def test_a_complete_import_knows_its_counts(database: Database) -> None:
    database.write(lambda c: imports.begin(c, "shop", "offers", 0, START))
    database.write(lambda c: imports.finish(c, "shop", {"offers": 40, "customers": 12}, LATER))
    found = database.read(lambda c: imports.find(c, "shop"))
    assert found is not None
    assert found.finished_at == LATER
    assert database.read(lambda c: imports.counts(c, "shop")) == {"offers": 40, "customers": 12}
    assert database.read(lambda c: imports.counts(c, "other")) == {}


def test_a_forgotten_import_begins_anew(database: Database) -> None:
    database.write(lambda c: imports.begin(c, "shop", "offers", 21, START))
    database.write(lambda c: imports.forget(c, "shop"))
    again = database.write(lambda c: imports.begin(c, "shop", "offers", 28, LATER))
    assert (again.offset_days, again.started_at) == (28, LATER)


def test_messages_of_other_systems_count(database: Database) -> None:
    sent = Contact(channel=Channel.LINE, at=START - timedelta(days=1), scene="newsletter", state="delivered")
    named = Contact(channel=Channel.EMAIL, at=START - timedelta(days=2), decision_id="sample-1", state="delivered")
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    for _ in range(2):
        database.write(lambda c: imports.put_contacts(c, [("c-1", sent), ("c-1", named)]))
    known = database.read(lambda c: recall(c, Who(id="c-1"), START))
    assert known is not None
    found = {one.channel: one for one in known.record.contacts}
    assert len(known.record.contacts) == 2
    assert found[Channel.EMAIL].decision_id == "sample-1"
    assert found[Channel.LINE].decision_id == f"c-1:line:{1795395600000000}"
