"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday, ten in the morning in Tokyo."""


class FrozenClock:
    """Shows the same instant until it is moved."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._now

    def move(self, by: timedelta) -> datetime:
        """Goes forward, or back, and shows the new instant."""
        self._now += by
        return self._now

    def set(self, at: datetime) -> None:
        """Stands at `at` from now on."""
        self._now = at.astimezone(UTC)
