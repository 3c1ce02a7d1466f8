"""A gate: work that stands in the writer's way until a test lets it through."""

import threading

from records.connection import Connection
from tests.patience import PATIENCE


class Gate:
    """Holds up a transaction, so that others gather behind it."""

    def __init__(self) -> None:
        self._reached, self._opened = threading.Event(), threading.Event()

    def __call__(self, c: Connection) -> None:
        """The work: says that it runs, then waits."""
        self._reached.set()
        self._opened.wait(PATIENCE)

    def reached(self) -> None:
        """Returns once the work runs."""
        assert self._reached.wait(PATIENCE)

    def open(self) -> None:
        """Lets the work end."""
        self._opened.set()
