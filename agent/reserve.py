"""The reserve: how much of a deadline is kept back for what follows the model, learned from how long that took."""

from collections import deque

FIRST = 0.06
"""Seconds kept back before anything was measured: a mail is rendered, inspected and committed in a tenth of it."""

LEAST = 0.04
REMEMBERED = 256
HEADROOM = 1.6
MOST = 0.6
"""Of a deadline: however slow the machine is, a model gets the rest."""


class Reserve:
    """Remembers the latest stretches from the model's end to the decision, and keeps back more than the longest.

    When many models answer late at once, their drafts queue for one processor: the stretches grow, and so does this.
    """

    def __init__(self) -> None:
        self._lately: deque[float] = deque(maxlen=REMEMBERED)

    def note(self, seconds: float) -> None:
        """One more stretch."""
        self._lately.append(seconds)

    def of(self, deadline: float) -> float:
        """The seconds to keep back of a deadline of so many."""
        longest = max(self._lately) * HEADROOM if self._lately else FIRST
        return min(max(longest, LEAST), deadline * MOST)
