"""SQLite when things go wrong: a full disk, a file that cannot be written, another process in the way."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from domain.errors import Busy, TactError, Unavailable
from records import schema, sqlite
from records.connection import Connection
from records.database import Database, open_database
from records.sqlite_connection import SqliteConnection, explained
from records.statement import counting, insert_into, prepare
from tests.patience import PATIENCE
from tests.records.gate import Gate

PUT = insert_into(schema.products)
COUNT = counting(schema.products)
PAGES = prepare(text("PRAGMA page_count"))
ROOM = 40
"""Pages; one row takes about one, and those that come together are committed together."""
BIG = prepare(text("PRAGMA max_page_count = 100000"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of the database lies."""
    return tmp_path / "tact.db"


@pytest.fixture
def shop(path: Path) -> Database:
    """A database on SQLite."""
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    return database


def put(c: Connection, id: str, size: int = 10) -> str:
    """Writes one row and answers with its id."""
    c.run(PUT, id=id, document="x" * size)
    return id


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_there(shop: Database) -> None:
    used = shop.read(lambda c: c.all(PAGES))[0][0]
    shop.write(lambda c: c.all(prepare(text(f"PRAGMA max_page_count = {used + ROOM}"))))
    sizes = [(str(number), 3_000) for number in range(100)]

    def attempt(one: tuple[str, int]) -> str | TactError:
        try:
            return shop.write(lambda c: put(c, *one))
        except TactError as error:
            return error

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(attempt, sizes))
    acknowledged = {one for one in answers if isinstance(one, str)}
    failures = [one for one in answers if isinstance(one, TactError)]
    assert acknowledged
    assert failures
    assert all(isinstance(one, Unavailable) and "the disk is full" in str(one) for one in failures)
    ids = prepare(select(schema.products.c.id))
    assert {row[0] for row in shop.read(lambda c: c.all(ids))} == acknowledged
    shop.write(lambda c: c.all(BIG))
    assert shop.write(lambda c: put(c, "after")) == "after"
    shop.close()


def test_while_another_process_writes_a_commit_waits_and_then_gives_up(
    shop: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pending = shop.submit(lambda c: put(c, "patient"))
    assert not pending.done()
    other.execute("COMMIT")
    assert pending.result(PATIENCE) == "patient"
    other.execute("BEGIN IMMEDIATE")
    shop.close()
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    hasty = open_database(f"sqlite:///{path}")
    with pytest.raises(Unavailable, match="another process is writing"):
        hasty.write(lambda c: put(c, "late"))
    other.close()
    assert hasty.write(lambda c: put(c, "later")) == "later"
    hasty.close()


def test_two_open_databases_on_one_file_write_in_turns(shop: Database, path: Path) -> None:
    other = open_database(f"sqlite:///{path}")
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda n: (shop, other)[n % 2].write(lambda c: put(c, str(n))), range(200)))
    assert len(written) == 200
    assert shop.read(lambda c: c.one(COUNT)) == other.read(lambda c: c.one(COUNT)) == (200,)
    other.close()
    shop.close()


def test_a_commit_that_fails_fails_for_everybody_in_it(shop: Database) -> None:
    gate = Gate()

    def end(c: Connection) -> str:
        """Ends the transaction behind the database's back, as SQLite itself may do when the disk fails."""
        assert isinstance(c, SqliteConnection)
        c.raw.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    first = shop.submit(gate)
    gate.reached()
    pending = [shop.submit(work) for work in (lambda c: put(c, "before"), end, lambda c: put(c, "after"))]
    gate.open()
    first.result(PATIENCE)
    for one in pending:
        with pytest.raises(Unavailable, match="disk I/O error"):
            one.result(PATIENCE)
    assert shop.read(lambda c: c.one(COUNT)) == (0,)
    assert shop.write(lambda c: put(c, "next")) == "next"
    shop.close()


def test_when_every_reader_is_out_a_read_is_told_to_come_back(
    path: Path, shop: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    database = open_database(f"sqlite:///{path}", readers=1)
    with pytest.raises(Busy):
        database.read(lambda c: database.read(lambda inner: inner.one(COUNT)))
    assert database.read(lambda c: c.one(COUNT)) == (0,)
    database.close()
    shop.close()


def test_a_file_that_is_no_database_is_named_as_such(path: Path) -> None:
    path.write_text("A letter to a friend, and no database at all. " * 100)
    with pytest.raises(Unavailable, match="no SQLite database; check TACT_DATABASE_URL"):
        open_database(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'tact.db'}")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unavailable, match="cannot be opened"):
        open_database(f"sqlite:///{tmp_path / 'folder'}")


def test_a_database_without_tables_says_what_is_missing(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(Unavailable, match="no such table: products"):
        database.read(lambda c: c.one(COUNT))
    database.close()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("SQLITE_READONLY_DBMOVED", "read-only"),
        ("SQLITE_IOERR_FSYNC", "check the disk"),
        ("SQLITE_CORRUPT_INDEX", "restore a backup"),
        ("SQLITE_BUSY_SNAPSHOT", "another process"),
    ],
)
def test_each_failure_of_the_disk_has_a_sentence(error: str, sentence: str) -> None:
    raised = sqlite3.OperationalError("x")
    raised.sqlite_errorname = error
    assert sentence in str(explained(raised))


def test_a_mistake_in_the_program_stays_what_it_is() -> None:
    mistake = sqlite3.ProgrammingError("Error binding parameter")
    assert explained(mistake) is mistake
