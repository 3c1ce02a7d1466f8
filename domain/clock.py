"""Time: one clock for the whole service, so that a test or an evaluation can hold it still."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
"""Times that anybody may ask about: a day's room on either side, so that each has a date in every zone."""
SPAN = f"from {EARLIEST:%Y-%m-%d} to {LATEST:%Y-%m-%d}"
MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that showed `start` when it was made and has run at normal speed since."""

    def __init__(self, start: datetime) -> None:
        self._offset = start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC: how every instant is stored, on both databases."""
    return (moment - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The instant stored as `micros`, in UTC."""
    return EPOCH + timedelta(microseconds=micros)
