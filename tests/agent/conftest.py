"""The stage, once on SQLite and once on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent.stage import Scenery, set_up
from tests.clock import FrozenClock


@pytest.fixture
def stage(tmp_path: Path, clock: FrozenClock) -> Iterator[Scenery]:
    """Parts on SQLite with a few people and offers."""
    scenery = set_up(tmp_path / "home", clock)
    yield scenery
    scenery.parts.close()


@pytest.fixture
def stage_on_both(tmp_path: Path, clock: FrozenClock, database_url: str) -> Iterator[Scenery]:
    """The same on SQLite and on PostgreSQL."""
    scenery = set_up(tmp_path / "home", clock, database_url)
    yield scenery
    scenery.parts.close()
