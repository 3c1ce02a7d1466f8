"""What an import did, in numbers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from records.tombstones import Gate

Progress = Callable[[str, int, int], None]
"""Called with the step, what is done of it and how much there is, in the step's own unit."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of one run; `counts` are what there is of the source afterwards, whichever run wrote it."""

    source: str
    counts: Mapping[str, int]
    offset_days: int
    notes: tuple[str, ...]
    seconds: Mapping[str, float]


class Stopwatch:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Adds the time that the block takes to phase `name`."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def left_out(gate: Gate) -> tuple[str, ...]:
    """A note on those who were erased and did not come back."""
    count = len(gate.kept_out)
    if not count:
        return ()
    people = "1 customer" if count == 1 else f"{count:,} customers"
    return (f"{people} had been erased and stayed out. ./tact privacy readmit lets somebody in who asks to come back.",)
