"""Steps of an import: done in chunks, where a chunk's rows and the new position are one transaction.

Whatever stops an import, the next run goes on at the position that is in the database: nothing is lost and nothing is
written twice.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from domain.errors import Refused
from records.connection import Connection
from records.database import Database
from records.imports import Import, advance
from tools.imports.report import Progress, Stopwatch

DONE = "done"

Write = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of rows; `make` prepares the units from start to stop and returns what writes them."""

    name: str
    total: int
    chunk: int
    make: Callable[[int, int], Write]

    def ranges(self, position: int) -> list[tuple[int, int]]:
        """What is left behind `position`; an empty step still has one chunk, which only moves on."""
        starts = range(position, self.total, self.chunk)
        return [(start, min(start + self.chunk, self.total)) for start in starts] or [(position, self.total)]


def walk(database: Database, run: Import, steps: Sequence[Step], progress: Progress, watch: Stopwatch) -> None:
    """Does what is left of `steps`; one chunk is prepared while the one before it is written."""
    names = [step.name for step in steps]
    if run.step == DONE:
        return
    if run.step not in names:
        raise Refused(
            f"The import of {run.source!r} stopped at step {run.step!r}, which this version does not have. "
            "Import into an empty TACT_HOME."
        )
    first = names.index(run.step)
    for step, after in zip(steps[first:], [*names[first + 1 :], DONE], strict=True):
        position = run.position if step.name == run.step else 0
        with watch.phase(step.name):
            _do(database, run.source, step, position, after, progress)


def _do(database: Database, source: str, step: Step, position: int, after: str, progress: Progress) -> None:
    pending: Future[None] | None = None
    progress(step.name, position, step.total)
    try:
        for start, stop in step.ranges(position):
            write = step.make(start, stop)
            if pending is not None:
                pending.result()
                progress(step.name, start, step.total)
            to = (after, 0) if stop == step.total else (step.name, stop)
            pending = database.submit(_transaction(source, (step.name, start), to, write))
    finally:
        # Whatever stops us, what was handed over is settled before anybody looks at the position again.
        if pending is not None:
            pending.result()
    progress(step.name, step.total, step.total)


def _transaction(source: str, at: tuple[str, int], to: tuple[str, int], write: Write) -> Write:
    def work(c: Connection) -> None:
        advance(c, source, at, to)
        write(c)

    return work


def nothing(c: Connection) -> None:
    """What a step writes whose records lie elsewhere: only its position moves."""
