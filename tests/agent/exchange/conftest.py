"""A house without a customer, on both databases, and a way to load a table into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.exchange.loading import LoadReport, Request, load
from agent.settings import Settings
from agent.stores import Stores, open_stores
from tests.clock import START, FrozenClock
from tests.records.databases import migrated
from tools.exchange.fields import Kind


@pytest.fixture
def stores(tmp_path: Path, database_url: str) -> Iterator[Stores]:
    """Open stores without a row."""
    opened = open_stores(Settings(home=tmp_path / "home", database_url=database_url), FrozenClock(START))
    yield opened
    opened.close()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Stores]:
    """Open stores without a row, on SQLite alone."""
    migrated(tmp_path / "lite" / "tact.db")
    opened = open_stores(Settings(home=tmp_path / "lite"), FrozenClock(START))
    yield opened
    opened.close()


def loaded(
    stores: Stores, path: Path, kind: Kind, mapping: str, *, check: bool = False, errors: Path | None = None
) -> LoadReport:
    """Loads a file without a bar."""
    return load(stores, Request(path, kind, mapping, errors=errors, check=check), "en", lambda done, total: None)
