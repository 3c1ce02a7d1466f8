"""Vacuum: the bytes of deleted rows leave the files for good.

A deleted row is overwritten at once, but copies of it can lie in pages that SQLite moved, and in its write-ahead log.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from domain.errors import Unavailable
from records.postgresql import PostgresEngine
from records.sqlite import SqliteEngine
from records.sqlite_connection import connect, explained

LONGER = 60
"""Seconds that a file's other users may keep it busy."""


def vacuum(engine: SqliteEngine | PostgresEngine) -> None:
    """Rewrites the database without what was deleted; everybody else who writes waits meanwhile."""
    if isinstance(engine, PostgresEngine):
        with engine.lent() as raw:
            raw.execute("VACUUM")
    else:
        vacuum_file(engine.path)


def vacuum_file(path: Path) -> None:
    """The same for one file of SQLite, of ours or of a library's."""
    try:
        with closing(connect(path)) as raw:
            raw.execute(f"PRAGMA busy_timeout = {LONGER * 1000}")
            raw.execute("VACUUM")
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise explained(error) from error
    if busy:
        raise Unavailable(
            f"The database {str(path)!r}", "somebody reads it all the time; its log still holds old pages"
        )


def sqlite_files(folder: Path) -> list[Path]:
    """The SQLite files that lie directly in a folder."""
    return sorted(path for path in folder.glob("*.db") if path.is_file())
