"""Access: who looked at whose personal data is written down behind the answer, which never waits for it."""

import logging
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from itertools import islice

from fastapi import Request

from agent.stores import Stores
from api.security import caller_of
from domain.errors import TactError
from records import accesses
from records.accesses import Access

log = logging.getLogger("tact.api")

AT_ONCE = 500
MOST_WAITING = 100_000
"""Looks that are kept while the database cannot take them."""


class Looks:
    """Writes looks down, each as soon as the database takes it."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._waiting: deque[Access] = deque(maxlen=MOST_WAITING)

    def note(self, *looks: Access) -> None:
        """Takes looks in, and starts writing what waits; never fails and never waits."""
        if len(self._waiting) + len(looks) > MOST_WAITING:
            log.error("%d looks at customers could not be written down", len(looks))
        self._waiting.extend(looks)
        self.write()

    def write(self) -> None:
        """Hands what waits to the database; what it does not take waits for the next time."""
        some = tuple(islice(self._waiting, AT_ONCE))
        if not some:
            return
        for _ in some:
            self._waiting.popleft()
        try:
            self._stores.database.submit(lambda c: accesses.note_many(c, some)).add_done_callback(
                lambda future: self._ended(future, some)
            )
        except TactError:
            self._waiting.extendleft(reversed(some))

    def _ended(self, future: "Future[None]", some: tuple[Access, ...]) -> None:
        if future.cancelled() or future.exception() is not None:
            self._waiting.extend(some)


def note(request: Request, customer_id: str, what: str) -> None:
    """Writes down that the caller looked at a customer's `what`."""
    note_many(request, [customer_id], what)


def note_many(request: Request, customer_ids: Iterable[str], what: str) -> None:
    """Writes down that the caller looked at the `what` of several customers at once."""
    parts, caller = request.app.state.parts, caller_of(request)
    looks: Looks = request.app.state.looks
    now = parts.clock.now()
    looks.note(*(Access(now, caller.person, caller.role, one, what) for one in customer_ids))
