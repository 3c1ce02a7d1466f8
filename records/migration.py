"""Migrations: runs alembic on one locked connection, so that processes starting together do the work once."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from domain.errors import Unavailable
from records.postgresql import PostgresEngine
from records.sqlite import SqliteEngine
from records.sqlite_connection import connect as connect_sqlite

FOLDER = Path(__file__).parent / "migrations"
LOCKS = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7461637401)"}


def upgrade(engine: SqliteEngine | PostgresEngine, to: str = "head") -> None:
    """Runs every migration up to `to` that the database has not seen; all or none of them."""

    def connect() -> Any:
        if isinstance(engine, SqliteEngine):
            return connect_sqlite(engine.path)
        return psycopg.connect(engine.url)

    driver = "sqlite" if engine.dialect == "sqlite" else "postgresql+psycopg"
    door = create_engine(f"{driver}://", creator=connect, poolclass=NullPool)
    try:
        with door.connect() as connection:
            connection.exec_driver_sql(LOCKS[engine.dialect])
            command.upgrade(configuration(connection), to)
            connection.commit()
    except CommandError as error:
        raise Unavailable(
            "The database", f"it belongs to another version of Tact ({error})", mends_itself=False
        ) from error
    except (DBAPIError, psycopg.Error, sqlite3.Error) as error:
        raise Unavailable("The database", f"it cannot be migrated: {error}") from error
    finally:
        door.dispose()


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here instead of in a file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config
