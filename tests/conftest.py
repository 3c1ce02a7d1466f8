"""What every test may use: a frozen clock, both databases, and an environment without settings of the machine."""

import os
from random import Random

import psycopg_pool
import pytest
from hypothesis import settings

from tests.clock import FrozenClock

pytest_plugins = ["tests.records.databases"]
# An example is not wrong because the machine was busy with something else.
settings.register_profile("tact", deadline=None)
settings.load_profile("tact")
# Threads of the pool draw from the very chance that Hypothesis watches while it makes an example: theirs is their own.
vars(psycopg_pool.base)["random"] = Random().random


LONGEST = ("tests/tools/imports/", "tests/evals/")
"""Long files, many of which wait for processes: begun last, they would keep everybody waiting at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the longest; the order of the others stays."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every TACT_ variable of the machine out of the test."""
    for name in [name for name in os.environ if name.startswith("TACT_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at ten on a Tuesday morning in Tokyo."""
    return FrozenClock()
