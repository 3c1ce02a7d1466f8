"""The database through its door: transactions, failures and migrations, on both kinds."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text

from domain.errors import Busy, Malformed, Refused, Unavailable
from records import migration, profiles, schema
from records.connection import Connection
from records.database import Database, open_database
from records.statement import insert_into, prepare
from tests.clock import START
from tests.records.gate import Gate
from tests.records.people import customer

ROOT = Path(__file__).parents[2]
PUT = insert_into(schema.versions)
NAMES = prepare(select(schema.versions.c.name).order_by(schema.versions.c.name))


def put(name: str) -> Callable[[Connection], int]:
    """Work that writes one row."""
    return lambda c: c.run(PUT, name=name, value=1)


def names(database: Database) -> list[str]:
    """Every row that was written."""
    return [row[0] for row in database.read(lambda c: c.all(NAMES))]


def test_work_that_fails_rolls_back_alone_and_its_mates_commit(database: Database) -> None:
    gate = Gate()

    def broken(c: Connection) -> None:
        c.run(PUT, name="broken", value=1)
        raise KeyError("of the caller")

    first = database.submit(gate)
    gate.reached()
    pending = [database.submit(work) for work in (put("a"), broken, put("b"), twice, put("c"))]
    gate.open()
    first.result()
    wait(pending)
    assert [type(one.exception()) for one in pending] == [type(None), KeyError, type(None), Refused, type(None)]
    assert names(database) == ["a", "b", "c"]


def twice(c: Connection) -> None:
    """Work that the database itself refuses."""
    c.run(PUT, name="twice", value=1)
    c.run(PUT, name="twice", value=2)


def test_a_read_sees_one_instant(database: Database) -> None:
    def look(c: Connection) -> tuple[int, int]:
        before = len(c.all(NAMES))
        database.write(put("meanwhile"))
        return before, len(c.all(NAMES))

    assert database.read(look) == (0, 0)
    assert names(database) == ["meanwhile"]


def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable):
        database.read(put("a"))
    assert names(database) == []


def test_a_read_that_fails_leaves_its_connection_usable(database: Database) -> None:
    def broken(c: Connection) -> None:
        c.all(NAMES)
        raise KeyError("of the caller")

    for _ in range(10):
        with pytest.raises(KeyError):
            database.read(broken)
    assert names(database) == []


def test_many_rows_and_values_of_the_statement_itself(database: Database) -> None:
    one = prepare(select(schema.versions.c.value).where(schema.versions.c.name == "b"))
    assert database.write(lambda c: c.many(PUT, [{"name": name, "value": ord(name)} for name in "abc"])) == 3
    assert database.write(lambda c: c.many(PUT, [])) == 0
    assert database.read(lambda c: c.one(one)) == (98,)


def test_a_full_queue_says_so(database_url: str) -> None:
    database = open_database(database_url, writers=1, waiting=3)
    gate, pending = Gate(), list[Future[int]]()
    database.submit(gate)
    gate.reached()
    with pytest.raises(Busy, match="3 requests are already waiting"):
        pending.extend(database.submit(put(str(number))) for number in range(4))
    gate.open()
    database.close()
    again = open_database(database_url)
    assert len(names(again)) == len(pending) in (2, 3)
    again.close()


def test_what_is_cancelled_before_its_turn_is_not_done(database_url: str) -> None:
    database = open_database(database_url, writers=1)
    gate = Gate()
    database.submit(gate)
    gate.reached()
    second = database.submit(put("a"))
    assert second.cancel()
    gate.open()
    database.write(put("b"))
    assert names(database) == ["b"]
    database.close()


def test_closing_finishes_what_waits_and_then_refuses(database_url: str) -> None:
    database = open_database(database_url)
    pending = [database.submit(put(f"{number:03}")) for number in range(100)]
    database.close()
    database.close()
    assert all(one.done() and one.exception() is None for one in pending)
    with pytest.raises(Unavailable, match="it is closed"):
        database.write(put("late"))
    with pytest.raises(Unavailable, match="it is closed"):
        names(database)
    again = open_database(database_url)
    assert len(names(again)) == 100
    again.close()


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "mysql://localhost/tact", "/var/tact.db"])
def test_an_address_of_nothing_we_know_is_refused(url: str) -> None:
    with pytest.raises(Malformed, match="TACT_DATABASE_URL"):
        open_database(url)


def test_the_migrations_build_exactly_the_schema(database: Database, database_url: str) -> None:
    driver = database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(driver)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        indexes = {index["name"] for name in schema.metadata.tables for index in inspect(connection).get_indexes(name)}
    engine.dispose()
    assert indexes - {"keys_by_hash", "dead_letters_by_digest"} == {
        str(index.name) for table in schema.metadata.tables.values() for index in table.indexes
    }


def test_the_revision_that_the_code_needs_is_the_newest_one() -> None:
    script = ScriptDirectory.from_config(migration.configuration())
    assert script.get_current_head() == schema.REVISION


def migrate_from_many_at_once(url: str) -> None:
    """Opens an empty database from several places and migrates it in all of them."""

    def start(number: int) -> str | None:
        database = open_database(url, readers=1, writers=1)
        try:
            database.migrate()
            return database.revision()
        finally:
            database.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(start, range(6))) == {schema.REVISION}


def test_several_starts_at_once_migrate_sqlite_once(tmp_path: Path) -> None:
    migrate_from_many_at_once(f"sqlite:///{tmp_path / 'deep' / 'tact.db'}")


def test_several_starts_at_once_migrate_postgresql_once(empty_postgresql: str) -> None:
    migrate_from_many_at_once(empty_postgresql)


def test_a_migration_keeps_what_is_there(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    migration.upgrade(database.engine)
    assert database.read(profiles.count) == 1


def test_a_database_of_a_later_version_is_left_alone(database: Database) -> None:
    later = prepare(text("UPDATE alembic_version SET version_num = '9999'"))
    database.write(lambda c: c.run(later))
    with pytest.raises(Unavailable, match="another version of Tact"):
        database.migrate()


def test_a_start_with_nothing_to_migrate_never_imports_alembic(database_url: str) -> None:
    program = f"""
import sys
from records.database import open_database
database = open_database({database_url!r})
database.migrate()
database.close()
sys.exit("alembic" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
