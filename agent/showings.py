"""Showings: how often each variant was shown and answered, counted in memory and written down now and then.

A count that waits for nobody: what a process has not yet written down when it is killed is lost, and costs a few
showings of what is believed about a text. Each time it writes, it reads what the others have counted.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta

from agent.stores import Stores
from domain.errors import Unavailable
from domain.variant import Variant
from records import variants as table
from records.connection import Connection
from records.intake import Taken
from tools.variant_choice import Arm

Standings = Mapping[str, tuple[int, int]]

MOST_WAITING = 200
LONGEST_WAIT = timedelta(seconds=30)


class Showings:
    """Counts of this process on top of those of all."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._lock = threading.Lock()
        self._shown: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._standings: Standings = {}
        self._since: datetime | None = None

    def arms(self, variants: Iterable[Variant]) -> tuple[Arm, ...]:
        """What is known of each variant, as of when it was last read."""
        standings = self._standings
        return tuple(Arm(one.id, *standings.get(one.id, (0, 0))) for one in variants)

    def renew(self, standings: Standings) -> None:
        """Takes over what all processes have counted."""
        self._standings = standings

    def shown(self, variant_id: str) -> None:
        """Counts one showing; from time to time everything counted is written down, and nobody waits for it."""
        self._count(self._shown, variant_id)

    def answered(self, variant_id: str) -> None:
        """Counts one answer to a text that was shown: a click, an order, whatever the scene is for."""
        self._count(self._answered, variant_id)

    def follow(self, taken: Taken) -> None:
        """Counts the texts that events have answered."""
        for variant_id in taken.answers.variants:
            self.answered(variant_id)

    def _count(self, counts: Counter[str], variant_id: str) -> None:
        now = self._stores.clock.now()
        with self._lock:
            counts[variant_id] += 1
            self._since = self._since or now
            waiting = self._shown.total() + self._answered.total()
            due = waiting >= MOST_WAITING or now - self._since >= LONGEST_WAIT
        if due:
            self.write()

    def write(self) -> "Future[Standings] | None":
        """Writes down what was counted and reads what all have counted; None where there is nothing to write."""
        shown, answered = self._taken()
        if not shown and not answered:
            return None

        def both(c: Connection) -> Standings:
            table.count(c, shown, answered)
            return table.standings(c)

        try:
            future = self._stores.database.submit(both)
        except Unavailable:
            # A database that is busy is told next time.
            with self._lock:
                self._shown.update(shown)
                self._answered.update(answered)
            return None
        future.add_done_callback(self._written)
        return future

    def _taken(self) -> tuple[Counter[str], Counter[str]]:
        """What waits to be written, which waits no more."""
        with self._lock:
            taken = Counter(self._shown), Counter(self._answered)
            self._shown.clear()
            self._answered.clear()
            self._since = None
        return taken

    def _written(self, future: "Future[Standings]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.renew(future.result())
