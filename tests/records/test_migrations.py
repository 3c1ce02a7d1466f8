"""Migrations: what an earlier version wrote is read by this one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import bindparam, text

from domain.clock import to_micros
from domain.decision import Who
from domain.features import Habit
from records import identifiers, likenesses, migration, profiles, schema
from records.database import Database, open_database
from records.recall import recall
from records.statement import prepare
from tests.clock import START

ADD = prepare(
    text(
        "INSERT INTO customers (id, profile, features, created_at, updated_at) VALUES (:id, '{}', :features, 0, 0)"
    ).bindparams(bindparam("id"), bindparam("features"))
)
HAS = prepare(
    text("INSERT INTO identifiers (kind, value, customer_id) VALUES (:kind, :value, :id)").bindparams(
        bindparam("kind"), bindparam("value"), bindparam("id")
    )
)
EARLIER = (
    '{"orders":3,"habits":{"tea":{"days":2,"last_at":"%s"},'
    '"coffee":{"days":9,"last_at":"%s","gap_days":9.5}},"hours":[]}'
)


@pytest.fixture(params=("sqlite", "postgresql"))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a table, of each kind."""
    url = f"sqlite:///{tmp_path / 'tact.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgresql")
    database = open_database(url, readers=1, writers=1)
    yield database
    database.close()


def test_habits_that_were_stored_one_by_one_are_read_as_columns(earlier: Database) -> None:
    migration.upgrade(earlier.engine, "0003")
    stored = EARLIER % (START.isoformat(), START.isoformat())
    earlier.write(lambda c: [c.run(ADD, id=f"c-{number:04}", features=stored) for number in range(1002)])
    earlier.write(lambda c: c.run(ADD, id="nobody", features=None))
    earlier.migrate()
    habits = earlier.read(lambda c: profiles.features(c, "c-1001")).habits
    assert habits.by_topic() == {"coffee": Habit(9, START, 9.5), "tea": Habit(2, START)}
    assert habits.topics == ("coffee", "tea")
    assert earlier.read(lambda c: profiles.features(c, "nobody")).habits.topics == ()


def test_numbers_and_addresses_are_found_in_the_form_of_today(earlier: Database) -> None:
    migration.upgrade(earlier.engine, "0006")
    stored = [
        ("phone", "09012345678", "c-1"),
        ("phone", "+819012345678", "c-2"),
        ("phone", "0312345678", "c-3"),
        ("phone", "0000000000", "c-4"),
        ("email", "a@日本語.jp", "c-5"),
        ("email", "b@example.com", "c-6"),
        ("line_id", "U1", "c-7"),
    ]
    earlier.write(lambda c: [c.run(HAS, kind=kind, value=value, id=id) for kind, value, id in stored])
    earlier.migrate()
    asked = ("090-1234-5678", "03-1234-5678", "000-000-0000", "a@日本語.jp", "B@example.com", "U1")
    kinds = ("phone", "phone", "phone", "email", "email", "line_id")
    pairs = list(zip(kinds, asked, strict=True))
    found = earlier.read(lambda c: [identifiers.owner(c, kind, value) for kind, value in pairs])
    assert found == ["c-2", "c-3", None, "c-5", "c-6", "c-7"]


def test_who_was_there_before_vectors_were_recorded_has_none(earlier: Database) -> None:
    migration.upgrade(earlier.engine, "0007")
    earlier.write(lambda c: c.run(ADD, id="c-1", features=None))
    earlier.migrate()
    vectors = {"c-1": np.array([0.6, 0.8], dtype=np.float32)}
    assert list(earlier.read(lambda c: likenesses.lacking(c, "words", vectors))) == ["c-1"]
    earlier.write(lambda c: likenesses.put(c, "words", vectors))
    assert not earlier.read(lambda c: likenesses.lacking(c, "words", vectors))
    assert list(earlier.read(lambda c: likenesses.lacking(c, "others", vectors))) == ["c-1"]


def test_a_backup_of_an_earlier_version_comes_back(empty_postgresql: str, tmp_path: Path) -> None:
    """Tables and columns that came later are empty; the rest is read."""
    promised = ["d-1", "c-0001", "email", "marketing", r"\N", "offer-1", "coffee", "t", str(to_micros(START))]
    promise = "\t".join((*promised, "reserved", r"\N", r"\N")) + "\n"
    (tmp_path / "contacts.copy").write_text(promise)
    (tmp_path / "customers.copy").write_text('c-0001\t{"id":"c-0001"}\t\\N\t0\t0\n')
    database = open_database(empty_postgresql, readers=1, writers=1)
    database.engine.copy_in(tmp_path, schema.metadata.sorted_tables, "0001")
    database.migrate()
    seen = database.read(lambda c: recall(c, Who(id="c-0001"), START))
    database.close()
    assert seen is not None and seen.tallies == {}
    assert [(one.offer_id, one.offer_kind) for one in seen.record.contacts] == [("offer-1", None)]
