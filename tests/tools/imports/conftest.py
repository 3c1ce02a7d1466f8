"""The slice of real data that the tests of imports share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.context import ContextStore, open_context
from tests.tools.imports.fakes import HashEncoder
from tests.tools.imports.slices import write_slice
from tools.imports import arrival


@pytest.fixture(scope="session")
def slice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four real households."""
    return write_slice(tmp_path_factory.mktemp("slice"), 24)


@pytest.fixture
def encoder() -> HashEncoder:
    """An encoder without a model."""
    return HashEncoder()


@pytest.fixture
def context(tmp_path: Path, encoder: HashEncoder) -> Iterator[ContextStore]:
    """An empty vector store."""
    store = open_context(tmp_path / "context", None, encoder)
    yield store
    store.close()


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many transactions in a small import."""
    monkeypatch.setattr(arrival, "HOUSEHOLDS_AT_ONCE", 5)
    monkeypatch.setattr(arrival, "LINES_AT_ONCE", 2_000)
