"""A service for every test that changes something, and one for all that only look."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.api.house import House, open_house
from tests.clock import FrozenClock
from tools.copywriting import Copywriter, load_variants


@pytest.fixture(scope="package", autouse=True)
def copy_read_once() -> Iterator[None]:
    """Reads and compiles the copy that we ship once for all services of these tests: it is most of their start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.parts.load_variants", cache(load_variants))
        patch.setattr("agent.parts.Copywriter", cache(Copywriter))
        yield


@pytest.fixture
def house(tmp_path: Path, clock: FrozenClock) -> Iterator[House]:
    """A service of the test's own."""
    opened = open_house(tmp_path / "home", clock)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def shared(copy_read_once: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service that many tests look at; what one writes, another may see."""
    opened = open_house(tmp_path_factory.mktemp("shared"), FrozenClock())
    yield opened
    opened.close()
