"""A connection to SQLite: how it is set up, the four verbs on it, and what its errors mean."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from domain.errors import Refused, Unavailable
from records.connection import Dialect, Row, unstorable
from records.statement import Statement

PATIENCE = 5.0
"""Seconds that a connection waits for another process."""

BREATH = 0.01
"""Seconds between two tries to turn the write-ahead log on."""

PRAGMAS = (
    "synchronous = FULL",
    "cache_size = -32000",
    "temp_store = MEMORY",
    # Deleted rows are overwritten: an erased customer's key must not linger in the file.
    "secure_delete = ON",
)

WHY = {
    "SQLITE_FULL": "the disk is full; free some space",
    "SQLITE_READONLY": "the database file is read-only; check the rights of TACT_HOME",
    "SQLITE_BUSY": "another process is writing to the database",
    "SQLITE_LOCKED": "another process is writing to the database",
    "SQLITE_IOERR": "the database file cannot be read or written; check the disk",
    "SQLITE_CANTOPEN": "the database file cannot be opened; check the folder and its rights",
    "SQLITE_CORRUPT": "the database file is damaged; restore a backup",
    "SQLITE_NOTADB": "the file is no SQLite database; check TACT_DATABASE_URL",
}

LASTING = frozenset({"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_NOTADB"})
"""What waiting does not mend."""


def explained(error: BaseException) -> BaseException:
    """The error in our words, or itself where it is not the database's."""
    if isinstance(error, UnicodeEncodeError):
        return unstorable(error)
    if isinstance(error, sqlite3.IntegrityError):
        return Refused(f"The database refuses this row: {error}. Check the ids for doubles.")
    if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
        name = "_".join((getattr(error, "sqlite_errorname", "") or "").split("_")[:2])
        return Unavailable("The database", WHY.get(name, str(error)), mends_itself=name not in LASTING)
    return error


@contextmanager
def lent(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection to a file of its own, for a library that brings statements of its own."""
    try:
        with closing(connect(path)) as raw:
            yield raw
    except sqlite3.Error as error:
        raise explained(error) from error


def connect(path: Path) -> sqlite3.Connection:
    """A bare connection in autocommit mode: every BEGIN is written out here."""
    raw = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        _use_wal(raw)
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def _use_wal(raw: sqlite3.Connection) -> None:
    """Turns the write-ahead log on; while several processes start at once SQLite refuses that without waiting."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(BREATH)


class SqliteConnection:
    """sqlite3 behind the four verbs."""

    dialect: Dialect = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def _execute(self, statement: Statement, params: dict[str, Any]) -> sqlite3.Cursor:
        text, own = statement.sqlite
        return self.raw.execute(text, {**own, **params} if own else params)

    def all(self, statement: Statement, /, **params: Any) -> list[Row]:
        return self._execute(statement, params).fetchall()

    def one(self, statement: Statement, /, **params: Any) -> Row | None:
        # fetchone would leave a statement open, and an open RETURNING blocks the COMMIT.
        rows = self._execute(statement, params).fetchall()
        return rows[0] if rows else None

    def run(self, statement: Statement, /, **params: Any) -> int:
        return self._execute(statement, params).rowcount

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]], /) -> int:
        text, own = statement.sqlite
        full = ({**own, **row} for row in rows) if own else rows
        return max(0, self.raw.executemany(text, full).rowcount)
