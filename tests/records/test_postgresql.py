"""PostgreSQL when things go wrong: no server, a lock that stays, a connection that breaks."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import select, text

from domain.errors import Malformed, Unavailable
from records import postgresql, profiles, schema
from records.database import Database, open_database
from records.decisions import LOCK
from records.statement import counting, insert_into, prepare
from tests.clock import START
from tests.records.people import customer

PUT = insert_into(schema.products)
COUNT = counting(schema.products)
BREAK = prepare(select(schema.customers.c.id).where(text("pg_terminate_backend(pg_backend_pid())")))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for no lock longer than a moment."""
    monkeypatch.setattr(postgresql, "SETTINGS", "-c lock_timeout=200")


@pytest.fixture
def shop(hasty: None, empty_postgresql: str) -> Iterator[Database]:
    """A database on PostgreSQL with one customer."""
    database = open_database(empty_postgresql)
    database.migrate()
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    yield database
    database.close()


def test_without_a_server_the_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "PATIENCE", 0.3)
    database = open_database("postgresql:///tact?host=/nowhere")
    with pytest.raises(Unavailable, match="no connection came free"):
        database.read(lambda c: c.one(COUNT))
    with pytest.raises(Unavailable, match="no connection came free"):
        database.write(lambda c: c.one(COUNT))
    database.close()


def test_a_lock_that_stays_is_not_waited_for(shop: Database, empty_postgresql: str) -> None:
    with psycopg.connect(empty_postgresql) as other:
        other.execute("SELECT id FROM customers FOR UPDATE")
        with pytest.raises(Unavailable, match="holds the same rows"):
            shop.write(lambda c: c.one(LOCK, id="c-1"))
    assert shop.write(lambda c: c.one(LOCK, id="c-1")) == ("c-1",)


def test_a_broken_connection_fails_once_and_is_replaced(shop: Database) -> None:
    with pytest.raises(Unavailable):
        shop.write(lambda c: c.all(BREAK))
    assert shop.write(lambda c: c.run(PUT, id="p", document="{}")) == 1
    with pytest.raises(Unavailable):
        shop.read(lambda c: c.all(BREAK))
    assert shop.read(lambda c: c.one(COUNT)) == (1,)


def test_a_server_that_went_away_and_came_back_is_used_again(shop: Database, empty_postgresql: str) -> None:
    shop.read(lambda c: c.one(COUNT))
    with psycopg.connect(empty_postgresql, autocommit=True) as door:
        door.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(Unavailable):
        shop.read(lambda c: c.one(COUNT))
    assert shop.read(lambda c: c.one(COUNT)) == (0,)


def test_a_character_that_it_does_not_store_is_refused(shop: Database) -> None:
    with pytest.raises(Malformed, match="NUL"):
        shop.write(lambda c: c.run(PUT, id="\0", document="{}"))


def test_a_database_without_tables_says_what_is_missing(empty_postgresql: str) -> None:
    database = open_database(empty_postgresql)
    with pytest.raises(Unavailable, match='relation "products" does not exist'):
        database.read(lambda c: c.one(COUNT))
    database.close()


def test_a_mistake_in_the_program_stays_what_it_is(shop: Database) -> None:
    mistake = prepare(text("SELEKT 1"))
    with pytest.raises(psycopg.ProgrammingError):
        shop.read(lambda c: c.one(mistake))
