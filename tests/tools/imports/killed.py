"""An import that is killed in the middle: run as a program, with nothing that could clean up after it."""

import os
import signal
import sys
import threading
from pathlib import Path

from records.context import open_context
from records.database import open_database
from tests.clock import FrozenClock
from tests.tools.imports.fakes import HashEncoder
from tools.imports import arrival
from tools.imports.completejourney import import_completejourney


def main(url: str, store: str, folder: str, step: str, position: int) -> None:
    """Imports the slice in `folder` and dies a moment after `step` has reached `position`."""
    arrival.HOUSEHOLDS_AT_ONCE, arrival.LINES_AT_ONCE = 5, 500

    dying: list[threading.Timer] = []

    def watch(name: str, done: int, total: int) -> None:
        if dying:
            dying[0].join()  # However late the blow comes, the import gets no further.
        elif name == step and done >= position:
            dying.append(threading.Timer(0.002, lambda: os.kill(os.getpid(), signal.SIGKILL)))
            dying[0].start()

    encoder = HashEncoder()
    context = open_context(Path(store), None, encoder)
    import_completejourney(open_database(url), context, encoder, FrozenClock(), progress=watch, folder=Path(folder))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
