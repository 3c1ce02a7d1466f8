"""Recall: what a decision sees of a customer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.channel import Channel, Purpose
from domain.contact import Contact
from domain.customer import Record
from domain.decision import Who
from domain.features import Features
from domain.stop import Stop
from records import book, catalogue, consents, contacts, memories, merging, profiles, recall, stops, versions
from records.connection import Connection
from records.database import Database
from records.decisions import Decisions
from records.outcome import Outcome
from records.vault import Vault
from tests.clock import START
from tests.records.people import always, consent, customer, memory, promise, sends, signed

DECISIONS = Decisions(Vault(b"m" * 32))
DAY = timedelta(days=1)


@pytest.fixture
def hanako(database: Database) -> Database:
    """A database with one customer."""
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    return database


def see(database: Database, **who: str) -> recall.Recall:
    """What is seen of a customer who is known."""
    found = database.read(lambda c: recall.recall(c, Who.model_validate(who), START))
    assert found is not None
    return found


@pytest.mark.parametrize("who", [{"id": "c-1"}, {"email": "C-1@example.com"}, {"loyalty_id": "L-c-1"}])
def test_a_customer_is_found_by_id_or_by_any_identifier(hanako: Database, who: dict[str, str]) -> None:
    assert see(hanako, **who).record.customer == customer()


@pytest.mark.parametrize("who", [{"id": "c-9"}, {"email": "nobody@example.com"}, {"anonymous_id": "c-1"}])
def test_nobody_is_nobody(hanako: Database, who: dict[str, str]) -> None:
    assert hanako.read(lambda c: recall.recall(c, Who.model_validate(who), START)) is None


def test_a_new_customer_has_an_empty_record(hanako: Database) -> None:
    seen = see(hanako, id="c-1")
    assert (seen.record.features, seen.record.consents, seen.record.contacts) == (Features(), {}, ())
    assert (seen.record.memories, seen.stops, seen.policy_version, seen.catalogue_version) == ((), (), 0, 0)


def test_a_record_has_every_field_and_nothing_else_also_of_somebody_who_was_merged(hanako: Database) -> None:
    def added(c: Connection) -> None:
        profiles.upsert(c, [customer("c-2")], START)
        memories.put(c, [memory("c-1", "tea")])
        contacts.put(c, "d-1", "c-1", promise("d-1"))

    hanako.write(added)
    alone = see(hanako, id="c-1").record
    hanako.write(lambda c: merging.merge(c, "c-1", "c-2", kind="person", by="mika", now=START))
    together = see(hanako, id="c-2").record
    facts = hanako.read(lambda c: recall.recall_facts(c, "c-2", START))
    for record in (alone, together, facts and facts.record):
        assert record is not None and record.__dict__.keys() == Record.model_fields.keys()
        assert record == Record(**record.__dict__), "as if it had been checked"


def test_the_last_word_on_a_consent_counts(hanako: Database) -> None:
    words = [("email", True), ("push", True), ("email", False), ("push", False), ("push", True)]
    hanako.write(lambda c: consents.append(c, [consent("c-1", topic, yes) for topic, yes in words]))
    hanako.write(lambda c: consents.append(c, [consent("c-1", "email", True, "transactional")]))
    expected = {("email", "*"): False, ("push", "*"): True, ("email", "transactional"): True}
    assert see(hanako, id="c-1").record.consents == expected
    assert hanako.read(lambda c: consents.state(c, "c-1")) == expected
    assert [one.granted for one in hanako.read(lambda c: consents.ledger(c, "c-1"))] == [
        True, True, False, False, True, True,
    ]  # fmt: skip


def test_contacts_of_five_weeks_and_all_promises_for_later_count(hanako: Database) -> None:
    ages = {"old": -36 * DAY, "month": -34 * DAY, "now": 0 * DAY, "later": 90 * DAY, "taken-back": -DAY}

    def commit(c: Connection) -> None:
        for name, age in ages.items():
            DECISIONS.commit(c, "c-1", START, always(name, START + age), signed)
        DECISIONS.release(c, "taken-back", "the sender refused it", START)

    hanako.write(commit)
    seen = see(hanako, id="c-1").record.contacts
    assert {one.decision_id for one in seen} == {"month", "now", "later"}
    kept = next(one for one in seen if one.decision_id == "later")
    assert kept == promise("later", START + ages["later"])


def test_a_contact_is_seen_as_it_was_written_whatever_it_says(hanako: Database) -> None:
    full = Contact(
        channel=Channel.CALL,
        purpose=Purpose.SERVICE,
        at=START,
        scene="care call",
        offer_id="case 1",
        offer_category="b2b news",
        offer_kind="a kind of two words",
        pushed=False,
        decision_id="d-1",
        state="delivered",
    )
    bare = Contact(channel=Channel.EMAIL, at=START, decision_id="d-2")
    hanako.write(lambda c: contacts.put(c, "d-1", "c-1", full))
    hanako.write(lambda c: contacts.put(c, "d-2", "c-1", bare))
    assert set(see(hanako, id="c-1").record.contacts) == {full, bare}


def test_memories_come_newest_first_with_their_vectors_and_without_the_expired(hanako: Database) -> None:
    kept = [
        memory("c-1", "tea", 3, vector=b"\x00\x01" * 4),
        memory("c-1", "coffee", 1, expires_at=START + DAY),
        memory("c-1", "bread", 2),
        memory("c-1", "mask", 0, expires_at=START),
        memory("c-2", "milk", 0),
    ]
    hanako.write(lambda c: memories.put(c, kept))
    assert see(hanako, id="c-1").record.memories == (kept[1], kept[2], kept[0])


def test_no_more_than_fifty_memories_are_read(hanako: Database) -> None:
    hanako.write(lambda c: memories.put(c, [memory("c-1", f"thing-{days:03}", days) for days in range(60)]))
    seen = see(hanako, id="c-1").record.memories
    assert [one.topic for one in seen] == [f"thing-{days:03}" for days in range(50)]


def test_stops_and_versions_are_those_of_the_same_instant(hanako: Database) -> None:
    stop = Stop(id="s-1", reason="wrong prices", by="sato", at=START, channel=Channel.EMAIL)

    def change(c: Connection) -> None:
        stops.add(c, stop)
        book.add(c, "{}", "sato", "suzuki", "first", START)
        book.add(c, "{}", "sato", "suzuki", "second", START)
        catalogue.upsert(c, [], START)

    hanako.write(change)
    seen = see(hanako, id="c-1")
    assert (seen.stops, seen.policy_version, seen.catalogue_version) == ((stop,), 2, 0)
    stranger = customer("c-7")
    blank = hanako.read(lambda c: recall.blank(c, stranger, START))
    assert (blank.record.customer, blank.stops, blank.policy_version) == (stranger, (stop,), 2)


def test_inside_a_commit_the_record_has_no_memories(hanako: Database) -> None:
    hanako.write(lambda c: memories.put(c, [memory("c-1", "tea")]))
    seen: list[recall.Recall] = []

    def judge(current: recall.Recall) -> Outcome:
        seen.append(current)
        return sends("d-1")

    hanako.write(lambda c: DECISIONS.commit(c, "c-1", START, judge, signed))
    assert seen[0].record.memories == ()
    hanako.write(lambda c: DECISIONS.commit(c, "c-1", START, always("d-2"), signed))
    assert len(see(hanako, id="c-1").record.contacts) == 2


CHANGES: dict[str, Callable[[Connection], object]] = {
    "another profile": lambda c: profiles.upsert(c, [customer(tags=frozenset({"open_ticket"}))], START),
    "a consent": lambda c: consents.append(c, [consent("c-1", "email", False)]),
    "a message": lambda c: DECISIONS.commit(c, "c-1", START, always("d-2"), signed),
    "one taken back": lambda c: DECISIONS.release(c, "d-1", "not sent", START),
    "a stop": lambda c: stops.add(c, Stop(id="s-1", reason="pause", by="hanako", at=START)),
    "other rules": lambda c: book.add(c, "{}", author="hanako", approver="jiro", note="", now=START),
    "other offers": lambda c: versions.bump(c, "catalogue"),
}


def test_what_was_read_before_holds_while_nothing_changed(hanako: Database) -> None:
    hanako.write(lambda c: DECISIONS.commit(c, "c-1", START, always("d-1"), signed))
    hanako.write(lambda c: memories.put(c, [memory("c-1", "m-1")]))
    known = see(hanako, id="c-1")
    assert hanako.write(lambda c: recall.recall_facts(c, "c-1", START, known=known)) is known


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_read_before_is_read_anew_after(change: str, hanako: Database) -> None:
    hanako.write(lambda c: DECISIONS.commit(c, "c-1", START, always("d-1"), signed))
    known = see(hanako, id="c-1")
    hanako.write(CHANGES[change])
    current = hanako.write(lambda c: recall.recall_facts(c, "c-1", START, known=known))
    assert current is not known and current != known
