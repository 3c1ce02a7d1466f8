"""The database: one schema on SQLite or PostgreSQL, reading and writing in whole transactions.

`read` and `write` take a function and give it a connection; the transaction is exactly as long as that function runs.
"""

import importlib
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import column, select, table

from domain.errors import Malformed, Unavailable
from records.connection import Connection, Dialect
from records.postgresql import PostgresEngine
from records.schema import REVISION
from records.sqlite import SqliteEngine
from records.statement import prepare

T = TypeVar("T")

STORED_REVISION = prepare(select(column("version_num")).select_from(table("alembic_version")))


class Engine(Protocol):
    """What a database does for us."""

    @property
    def dialect(self) -> Dialect: ...
    def read(self, work: Callable[[Connection], T]) -> T: ...
    def submit(self, work: Callable[[Connection], T]) -> Future[T]: ...
    def close(self) -> None: ...


class Database:
    """One store of records, safe to share between threads; other processes may open the same one."""

    def __init__(self, engine: SqliteEngine | PostgresEngine) -> None:
        self.engine = engine

    @property
    def dialect(self) -> Dialect:
        """Which of the two databases this is."""
        return self.engine.dialect

    def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one consistent snapshot and answers with what it returns."""
        return self.engine.read(work)

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queues `work` as one transaction; the future is done when its commit is durable."""
        return self.engine.submit(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` as one transaction and answers when its commit is durable."""
        return self.engine.submit(work).result()

    def revision(self) -> str | None:
        """The migration that the database has reached, None where it is empty."""
        try:
            row = self.read(lambda c: c.one(STORED_REVISION))
        except Unavailable as error:
            if "alembic_version" in error.why:
                return None
            raise
        return str(row[0]) if row else None

    def migrate(self) -> None:
        """Brings the tables up to what this program needs; several processes may call it at once."""
        if self.revision() != REVISION:
            # Importing alembic costs a quarter of a second, and almost every start has nothing to migrate.
            importlib.import_module("records.migration").upgrade(self.engine)

    def close(self) -> None:
        """Finishes what waits and closes every connection."""
        self.engine.close()


def open_database(url: str, *, readers: int = 4, writers: int = 8, waiting: int = 1024) -> Database:
    """Opens `sqlite:////path/file.db` or `postgresql://…`; call `migrate` before the first use."""
    if url.startswith("sqlite:///") and url != "sqlite:///":
        path = Path(url.removeprefix("sqlite:///"))
        make_room(path.parent)
        return Database(SqliteEngine(path, readers=readers, waiting=waiting))
    if url.startswith(("postgresql://", "postgres://")):
        return Database(PostgresEngine(url, readers=readers, writers=writers, waiting=waiting))
    raise Malformed("TACT_DATABASE_URL", url, "give sqlite:////path/to/tact.db or postgresql://user@host/name.")


def make_room(folder: Path) -> None:
    """Makes the folder of a database file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"{folder} cannot be made ({error.strerror}); check TACT_HOME"
        raise Unavailable("The database", why, mends_itself=False) from error
