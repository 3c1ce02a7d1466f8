"""Vacuuming: after erasures, the bytes of what was deleted leave every file of this deployment."""

from dataclasses import dataclass

from agent.parts import encoder_of
from agent.stores import Stores
from domain.errors import StoreOwned
from records import profiles
from records.compaction import compact
from records.embedding import Encoder
from records.sqlite import SqliteEngine
from records.vacuum import sqlite_files, vacuum, vacuum_file


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was made anew, and what somebody else held."""

    files: tuple[str, ...]
    strangers: int | None
    """Customers in the vector store whom the database no longer knows; None where it was not looked at."""
    held: str | None = None
    """Who holds the vector store, where somebody does."""


def clean(stores: Stores, encoder: Encoder | None = None) -> Cleaned:
    """Rewrites the database, the files beside it and the vector store without what was deleted."""
    home, engine = stores.settings.home, stores.database.engine
    vacuum(engine)
    done = [engine.path.name] if isinstance(engine, SqliteEngine) else ["PostgreSQL"]
    own = engine.path.resolve() if isinstance(engine, SqliteEngine) else None
    for path in sqlite_files(home):
        if path.resolve() != own:
            vacuum_file(path)
            done.append(path.name)
    folder = home / "context"
    if stores.settings.chroma_url is not None or not folder.exists():
        return Cleaned(tuple(done), None)
    known = set(stores.read(profiles.ids))
    try:
        return Cleaned((*done, "context"), compact(folder, encoder or encoder_of(stores.settings), known))
    except StoreOwned as error:
        return Cleaned(tuple(done), None, error.owner)
