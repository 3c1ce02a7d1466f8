"""SQLite: a pool of reading connections, each on a snapshot of its own, beside one writer."""

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from sqlalchemy import Table

from domain.errors import Busy, Refused, Unavailable, Unreadable
from records.connection import Connection, Dialect
from records.groupcommit import GroupCommit
from records.sqlite_connection import SqliteConnection, connect, explained

T = TypeVar("T")

COPY = "tact.db"
PATIENCE = 5.0
"""Seconds that a reader waits for a connection and a writer for another process."""


class SqliteEngine:
    """One file, opened for many readers and one writer; other processes may do the same."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path, *, readers: int, waiting: int) -> None:
        self.path = path
        self._idle: SimpleQueue[SqliteConnection] = SimpleQueue()
        self._closed = False
        try:
            writer = SqliteConnection(connect(path))
            self._readers = [SqliteConnection(connect(path)) for _ in range(readers)]
        except sqlite3.Error as error:
            raise explained(error) from error
        for reader in self._readers:
            reader.raw.execute("PRAGMA query_only = ON")
            self._idle.put(reader)
        self._writer = GroupCommit(writer, waiting, PATIENCE)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one snapshot."""
        if self._closed:
            raise Unavailable("The database", "it is closed")
        try:
            reader = self._idle.get(timeout=PATIENCE)
        except Empty:
            raise Busy(len(self._readers)) from None
        try:
            reader.raw.execute("BEGIN")
            return work(reader)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise explained(error) from error
        finally:
            if reader.raw.in_transaction:
                reader.raw.execute("ROLLBACK")
            self._idle.put(reader)

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queues `work` for the next commit."""
        return self._writer.submit(work)

    def close(self) -> None:
        """Commits what waits, then closes every connection."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        for connection in self._readers:
            connection.raw.close()

    def copy_out(self, folder: Path, tables: Iterable[Table]) -> dict[str, int]:
        """Writes one consistent copy of the file, in one go and without holding up writers; counts its rows."""
        source, target = connect(self.path), sqlite3.connect(folder / COPY)
        with closing(source), closing(target):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            return {one.name: target.execute(f"SELECT count(*) FROM {one.name}").fetchone()[0] for one in tables}

    def copy_in(self, folder: Path, tables: Iterable[Table], revision: str) -> None:
        """Fills this database from a copy; refuses one that holds anything."""
        source, target = sqlite3.connect(folder / COPY), connect(self.path)
        with closing(source), closing(target):
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unreadable([f"{folder / COPY}: the file is damaged. Use another backup."])
            if target.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                raise Refused(f"{self.path} is not empty. Restore into a new file.")
            source.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
