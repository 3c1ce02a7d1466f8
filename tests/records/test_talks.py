"""Conversations of the desk, names in texts, and counted decisions, on both databases."""

from datetime import timedelta

from domain.channel import Channel
from domain.stop import Stop
from records import outcomes, persons, profiles, stops, talks
from records.database import Database
from tests.clock import START
from tests.records.people import customer

HOUR = timedelta(hours=1)


def test_a_talk_is_read_by_its_person_until_it_is_over(database: Database) -> None:
    until = database.write(lambda c: talks.put(c, "Marta", "t", "{}", START))
    assert until == START + talks.KEPT
    assert database.read(lambda c: talks.get(c, "Marta", "t", START)) == "{}"
    assert database.read(lambda c: talks.get(c, "Miriam", "t", START)) is None
    assert database.read(lambda c: talks.get(c, "Marta", "t", until)) is None
    database.write(lambda c: talks.put(c, "Miriam", "t", "1", until))
    assert database.read(lambda c: talks.get(c, "Marta", "t", START)) is None


def test_names_are_found_in_texts_whatever_their_case_and_spaces(database: Database) -> None:
    people = [
        customer("c-1", display_name="見本 花子"),
        customer("c-2", display_name="Bob O'Sample"),
        customer("c-3", display_name=None),
        customer("c-4", display_name="%"),
    ]
    database.write(lambda c: profiles.upsert(c, people, START))

    def found(text: str, *words: str) -> list[str]:
        return [one.customer_id for one in database.read(lambda c: persons.called(c, text, words))]

    assert found("なぜ見本花子さんに届かないのですか") == ["c-1"]
    assert found("why did bob  o'sample get 100 % off") == ["c-2"]
    assert found("nobody", "花子") == ["c-1"]
    assert found("nobody", "sample", "x") == ["c-2"]
    assert found("nobody") == []


def test_nobody_decided_anything_yet(database: Database) -> None:
    assert database.read(lambda c: outcomes.counts(c, START - HOUR, START)) == {}


def test_stops_are_told_since_when(database: Database) -> None:
    early = Stop(id="s-1", reason="r", by="Marta", at=START - 2 * HOUR, channel=Channel.SMS)
    database.write(lambda c: stops.add(c, early))
    assert database.read(lambda c: stops.since(c, START - HOUR)) == []
    database.write(lambda c: stops.lift(c, "s-1", "Boss", START))
    assert database.read(lambda c: stops.since(c, START - HOUR)) == [(early, START, "Boss")]
