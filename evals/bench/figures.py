"""Figures: what a benchmark measured, and what it has to be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, in seconds, and what has to be."""

    name: str
    seconds: float
    times_ours: float | None = None
    most_seconds: float | None = None
    least_times: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the bound, if there is one, is kept."""
        fast = self.most_seconds is None or self.seconds < self.most_seconds
        return fast and (self.least_times is None or (self.times_ours or 0.0) >= self.least_times)

    @property
    def bound(self) -> str:
        """The bound as a table shows it."""
        if self.most_seconds is not None:
            return f"< {self.most_seconds * 1e3:g} ms"
        return "" if self.least_times is None else f">= {self.least_times:g} times"

    @property
    def told(self) -> str:
        """What was measured and what has to be, in one clause."""
        times = "" if self.times_ours is None else f", {self.times_ours:.0f} times ours"
        return f"{self.seconds * 1e3:.4g} ms{times}; it must be {self.bound}"
