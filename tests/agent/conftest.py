"""The stage, once on SQLite and once on each database."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.agent.stage import Scenery, set_up
from tests.clock import FrozenClock
from tools.copywriting import Copywriter, load_variants


@pytest.fixture(scope="package", autouse=True)
def copy_read_once() -> Iterator[None]:
    """Reads and compiles the copy that we ship once for all stages of these tests: it is most of their start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.parts.load_variants", cache(load_variants))
        patch.setattr("agent.parts.Copywriter", cache(Copywriter))
        yield


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
