"""Where commands print: results on one stream, everything beside them on the other."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from domain.errors import TactError

out = Console(highlight=False, soft_wrap=True)
notes = Console(stderr=True, highlight=False, soft_wrap=True)
"""What goes beside the result: progress, warnings and errors."""


def refuse(error: TactError) -> None:
    """Says what went wrong and what to do, without a traceback."""
    notes.print(str(error), markup=False, style="red")


def progress_bars() -> Progress:
    """Bars for work that takes a while, on the error stream so that results can be piped."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=notes,
    )
