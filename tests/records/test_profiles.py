"""Profiles, identifiers and features."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from domain.customer import Customer
from domain.errors import Malformed
from domain.features import Features, Habit, Habits
from records import catalogue, identifiers, profiles
from records.database import Database
from tests.clock import START
from tests.records.people import customer


def test_a_profile_comes_back_as_it_was_written(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    assert database.read(lambda c: profiles.customer(c, "c-1")) == customer()
    assert database.read(lambda c: profiles.customer(c, "c-2")) is None


def test_an_upsert_replaces_the_profile_and_keeps_the_features(database: Database) -> None:
    habit = Habit(days=4, last_at=START, gap_days=9.0)
    features = Features(orders=3, spend=12.5, habits=Habits.of({"coffee": habit}), hours=tuple(range(24)))
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    database.write(lambda c: profiles.save_features(c, [("c-1", features)], START))
    changed = customer(age=None, identifiers={"phone": "+81 90 1234 5678"})
    database.write(lambda c: profiles.upsert(c, [changed], START + timedelta(days=1)))
    assert database.read(lambda c: profiles.customer(c, "c-1")) == changed
    assert database.read(lambda c: profiles.features(c, "c-1")) == features
    assert database.read(lambda c: identifiers.owner(c, "email", "c-1@example.com")) is None


def test_nobody_has_features_before_they_are_known(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    assert database.read(lambda c: profiles.features(c, "c-1")) == Features()
    assert database.read(lambda c: profiles.features(c, "c-2")) == Features()


@pytest.mark.parametrize(
    ("kind", "written", "asked"),
    [
        ("email", "Hanako@Example.COM", " hanako@example.com"),
        ("email", "hanako@example.com", "hanako@example.com"),
        ("phone", "+81-90-1234-5678", "090 1234 5678"),
        ("phone", "０９０１２３４５６７８", "+81 90 (1234) 5678"),
        ("loyalty_id", "A-1", "A-1 "),
        ("device_id", "ABC", "ABC"),
    ],
)
def test_an_identifier_is_found_in_any_spelling(database: Database, kind: str, written: str, asked: str) -> None:
    database.write(lambda c: profiles.upsert(c, [customer(identifiers={kind: written})], START))
    assert database.read(lambda c: identifiers.owner(c, kind, asked)) == "c-1"


def test_a_number_abroad_is_not_the_same_number_at_home() -> None:
    assert identifiers.normalised("phone", "+44 20 7946 0123") != identifiers.normalised("phone", "020 7946 0123")


def test_an_identifier_of_somebody_else_is_refused_and_nothing_is_written(database: Database) -> None:
    shared = {"email": "both@example.com"}
    database.write(lambda c: profiles.upsert(c, [customer("c-1", identifiers=shared)], START))
    with pytest.raises(Malformed, match=r"identifiers.email 'BOTH@example.com'.*belongs to customer 'c-1'"):
        database.write(
            lambda c: profiles.upsert(c, [customer("c-2", identifiers={"email": "BOTH@example.com"})], START)
        )
    assert database.read(profiles.count) == 1


def test_pages_go_through_everybody_once(database: Database) -> None:
    people = [customer(f"c-{number:02}") for number in range(7)]
    database.write(lambda c: profiles.upsert(c, people, START))
    seen: list[Customer] = []
    while page := database.read(partial(profiles.page, limit=3, after=seen[-1].id if seen else "")):
        seen += page
    assert seen == people
    assert database.read(profiles.ids) == [one.id for one in people]


def test_half_a_surrogate_pair_is_refused_in_a_sentence(database: Database) -> None:
    with pytest.raises(Malformed, match=r"cannot be used"):
        database.read(lambda c: identifiers.owner(c, "email", "\ud800@example.com"))
    with pytest.raises(Malformed, match=r"cannot be used"):
        database.write(lambda c: catalogue.remove(c, "\ud800"))


def test_a_newcomer_is_welcomed_once(database: Database) -> None:
    visitors = [customer(f"c-{number}", identifiers={"anonymous_id": "visitor-1"}) for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        known_as = set(pool.map(lambda one: database.write(lambda c: profiles.welcome(c, one, START)), visitors))
    assert database.read(profiles.ids) == sorted(known_as)
    assert len(known_as) == 1


def test_a_newcomer_with_a_known_address_is_no_newcomer(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer("c-1")], START))
    both = customer("c-2", identifiers={"device_id": "phone-1", "email": "C-1@example.com"})
    assert database.write(lambda c: profiles.welcome(c, both, START)) == "c-1"
    assert database.read(lambda c: identifiers.owner(c, "device_id", "phone-1")) is None
    assert database.read(profiles.count) == 1
