"""The breaker: after several failures in a row a model is left alone for a while, then tried with one request.

A request that runs out of its own time says little of the model: it shuts out those who have no more time than it had.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import monotonic

from domain.errors import ModelBusy

FIRST_REST, LONGEST_REST = 2.0, 60.0
"""Seconds; each rest that ends in another failure is followed by one twice as long."""

MORE_TIME = 1.5
"""Whoever has so many times as long as those that failed may try."""


class Breaker:
    """Counts failures in a row; only for one event loop, or behind a lock."""

    def __init__(self, most: int, now: Callable[[], float] = monotonic) -> None:
        self._most, self._now = most, now
        self._failures, self._rests = 0, 0
        self._until: float | None = None
        self._probe: Passage | None = None
        self._vain = 0.0
        """The longest time, in seconds, that the failures since the last answer had; infinite where time is not why."""

    @property
    def is_open(self) -> bool:
        """Whether requests are refused, or one is just finding out."""
        return self._until is not None

    def enter(self, allowed: float = 0.0) -> "Passage":
        """Lets a request pass that has so many seconds, or raises ModelBusy with how long to wait.

        Whoever entered says how it ended.
        """
        passage = Passage(self, allowed)
        if self._until is None or allowed > MORE_TIME * self._vain:
            return passage
        left = self._until - self._now()
        if left > 0 or self._probe is not None:
            raise ModelBusy(f"it failed {self._most} times in a row and is left alone", max(round(left, 1), 0.1))
        self._probe = passage
        return passage

    def _succeeded(self, took: float) -> None:
        if took <= self._vain or self._vain == 0.0:
            self._failures, self._rests, self._until, self._probe, self._vain = 0, 0, None, None, 0.0

    def _failed(self, passage: "Passage", rest: float, within: float) -> None:
        found_out = self._probe is passage
        self._vain = within if found_out else max(self._vain, within)
        if self._until is not None and not found_out:
            # It was on its way before the others failed, and tells nothing new: many at once are one outage.
            self._until = max(self._until, self._now() + min(rest, LONGEST_REST))
            return
        self._failures += 1
        if self._most and (found_out or self._failures >= self._most):
            pause = min(max(FIRST_REST * 2**self._rests, rest), LONGEST_REST)
            self._until, self._rests = self._now() + pause, self._rests + 1
            self._failures, self._probe = 0, None

    def _left(self, passage: "Passage") -> None:
        if self._probe is passage:
            self._probe = None


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One request that was let pass, with as many seconds as it has."""

    breaker: Breaker
    allowed: float

    def succeeded(self, took: float = 0.0) -> None:
        """It answered after so many seconds: whatever was wrong is over for those who have that long."""
        self.breaker._succeeded(took)

    def failed(self, rest: float = 0.0) -> None:
        """It did not answer, which more time would not have changed; `rest` is how long it asked to be left alone."""
        self.breaker._failed(self, rest, inf)

    def ran_out(self) -> None:
        """It did not answer in the time that the request had."""
        self.breaker._failed(self, 0.0, self.allowed)

    def left(self) -> None:
        """The request is over, perhaps without saying anything of the model: whoever asked went away."""
        self.breaker._left(self)
