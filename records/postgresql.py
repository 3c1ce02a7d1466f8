"""PostgreSQL: a pool of connections, and a bounded pool of threads for the transactions that write."""

import importlib
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import psycopg_pool
from sqlalchemy import Table

from domain.errors import Busy, Malformed, Refused, TactError, Unavailable
from records.connection import Connection, Dialect, Row, unstorable
from records.statement import Statement

T = TypeVar("T")
Raw = psycopg.Connection[Row]

PATIENCE = 5.0
"""Seconds to wait for a free connection, for the server, or for a lock."""
PIECE = 1 << 16
SETTINGS = f"-c lock_timeout={int(PATIENCE * 1000)} -c timezone=UTC"
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def explained(error: psycopg.Error) -> TactError | psycopg.Error:
    """The error in our words, or itself where it is a mistake in the program."""
    text = " ".join(str(error).split())
    if isinstance(error, psycopg.errors.IntegrityError):
        return Refused(f"The database refuses this row: {text}. Check the ids for doubles.")
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
        return Unavailable("The database", "another transaction holds the same rows")
    if isinstance(error, psycopg.DataError):
        return Malformed("text", text, "PostgreSQL does not store it. Take out characters such as NUL.")
    if isinstance(error, psycopg.OperationalError | psycopg.errors.UndefinedTable | psycopg.InternalError):
        return Unavailable("The database", text)
    return error


class PostgresConnection:
    """psycopg behind the four verbs; every statement is prepared on the server once per connection."""

    dialect: Dialect = "postgresql"

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def _execute(self, statement: Statement, params: dict[str, Any]) -> psycopg.Cursor[Row]:
        text, own = statement.postgresql
        values = {**own, **params} if own else params
        return self.raw.execute(text, values, prepare=True, binary=True)

    def all(self, statement: Statement, /, **params: Any) -> list[Row]:
        return self._execute(statement, params).fetchall()

    def one(self, statement: Statement, /, **params: Any) -> Row | None:
        return self._execute(statement, params).fetchone()

    def run(self, statement: Statement, /, **params: Any) -> int:
        return self._execute(statement, params).rowcount

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]], /) -> int:
        text, own = statement.postgresql
        with self.raw.cursor() as cursor:
            cursor.executemany(text, [{**own, **row} for row in rows] if own else list(rows))
            return max(0, cursor.rowcount)


COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"


def listed(table: Table, known: Collection[tuple[str, str]] | None = None) -> str:
    """The table with its columns by name, so that their order in the database does not matter.

    `known` are the columns that the database has: an earlier version of it lacks some.
    """
    names = [column.name for column in table.columns if known is None or (table.name, column.name) in known]
    return f"{table.name} ({', '.join(names)})"


class PostgresEngine:
    """One server, reached through a pool; any number of processes may do the same."""

    dialect: Dialect = "postgresql"

    def __init__(self, url: str, *, readers: int, writers: int, waiting: int) -> None:
        self.url = url
        # The pool tells the log of every failed attempt; who asks is told in one sentence, which is enough.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        self._pool = psycopg_pool.ConnectionPool(
            url,
            connection_class=psycopg.Connection[Row],
            min_size=1,
            max_size=readers + writers,
            timeout=PATIENCE,
            kwargs={"autocommit": True, "options": SETTINGS, "connect_timeout": int(PATIENCE)},
            open=False,
        )
        self._room = threading.BoundedSemaphore(waiting)
        self._waiting = waiting
        self._threads = ThreadPoolExecutor(writers, thread_name_prefix="tact-postgresql-writer")
        self._closed = False
        self._pool.open()

    def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one snapshot."""
        with self._connection() as raw:
            raw.execute(SNAPSHOT)
            return self._finish(raw, work)

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queues `work` for the next free thread and connection."""
        if self._closed:
            raise Unavailable("The database", "it is closed")
        if not self._room.acquire(blocking=False):
            raise Busy(self._waiting)
        try:
            future = self._threads.submit(self._write, work)
        except RuntimeError as error:  # It was closed a moment ago.
            raise Unavailable("The database", "it is closed") from error
        future.add_done_callback(lambda _: self._room.release())
        return future

    def close(self) -> None:
        """Commits what waits, then closes every connection."""
        self._closed = True
        self._threads.shutdown()
        self._pool.close()

    def copy_out(self, folder: Path, tables: Iterable[Table]) -> dict[str, int]:
        """Writes every table as one snapshot shows it; counts the rows."""
        rows = {}
        with self._connection() as raw:
            raw.execute(SNAPSHOT)
            for table in tables:
                with (folder / f"{table.name}.copy").open("wb") as file, raw.cursor() as cursor:
                    with cursor.copy(f"COPY {listed(table)} TO STDOUT") as copy:
                        file.writelines(copy)
                    rows[table.name] = cursor.rowcount
            raw.execute("COMMIT")
        return rows

    def copy_in(self, folder: Path, tables: Iterable[Table], revision: str) -> None:
        """Fills this database from a copy; refuses one that holds anything."""
        migration = importlib.import_module("records.migration")
        with self._connection() as raw:
            if raw.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1").fetchone():
                raise Refused("The database is not empty. Restore into a new one.")
        migration.upgrade(self, revision)
        with self._connection() as raw, raw.transaction():
            known = {(str(table), str(column)) for table, column in raw.execute(COLUMNS)}
            for table in tables:
                if not (folder / f"{table.name}.copy").exists():
                    continue  # The backup is older than this table.
                command = f"COPY {listed(table, known)} FROM STDIN"
                with (folder / f"{table.name}.copy").open("rb") as file, raw.cursor().copy(command) as copy:
                    while some := file.read(PIECE):
                        copy.write(some)
                for column in (column for column in table.columns if column.autoincrement is True):
                    raw.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'),"
                        f" coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                    )

    @contextmanager
    def lent(self) -> Iterator[Raw]:
        """A bare connection in autocommit mode, for a library that brings statements of its own."""
        try:
            with self._connection() as raw:
                yield raw
        except psycopg.Error as error:  # Not to be allowed to make tables, say: no mistake of this program.
            raise Unavailable("The database", " ".join(str(error).split())) from error

    def _write(self, work: Callable[[Connection], T]) -> T:
        with self._connection() as raw:
            raw.execute("BEGIN")
            return self._finish(raw, work)

    @staticmethod
    def _finish(raw: Raw, work: Callable[[Connection], T]) -> T:
        done = False
        try:
            value = work(PostgresConnection(raw))
            raw.execute("COMMIT")
            done = True
            return value
        finally:
            if not done and not raw.closed:
                raw.execute("ROLLBACK")

    @contextmanager
    def _connection(self) -> Iterator[Raw]:
        try:
            with self._pool.connection() as raw:
                yield raw
        except psycopg_pool.PoolTimeout as error:
            raise Unavailable("The database", f"no connection came free within {PATIENCE:g} s") from error
        except psycopg_pool.PoolClosed as error:
            raise Unavailable("The database", "it is closed") from error
        except psycopg.OperationalError as error:
            # The server may have restarted: look at every idle connection before the next one is handed out.
            self._pool.check()
            raise explained(error) from error
        except psycopg.Error as error:
            raise explained(error) from error
        except UnicodeEncodeError as error:
            raise unstorable(error) from error
