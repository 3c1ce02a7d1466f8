"""Where commands print: results on one stream, everything beside them on the other; nothing is ever cut."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.box import SIMPLE
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from domain.errors import TactError

out = Console(highlight=False, soft_wrap=True)
notes = Console(stderr=True, highlight=False, soft_wrap=True)
"""What goes beside the result: progress, warnings and errors."""


EDGE = 72
WIDEST = 100_000
"""Columns of a table in a pipe, which has no edge."""


def refuse(error: TactError) -> None:
    """Says what went wrong and what to do, without a traceback."""
    notes.print(str(error), markup=False, style="red")


def show_parts(console: Console, parts: Iterable[RenderableType]) -> None:
    """Prints one below the other: folded at the edge of a terminal, in a pipe as long as they are."""
    console.print(Group(*parts), soft_wrap=not console.is_terminal, crop=False)


def line(words: str, style: str = "") -> Text:
    """One line. Where its words have no spaces, or hold a link to click and copy, the terminal itself breaks it."""
    whole = "://" in words or cell_len(words) > len(words)
    return Text(words, style=style, no_wrap=whole, overflow="ignore" if whole else "fold")


def framed(title: str, lines: Iterable[Text]) -> Iterator[Text]:
    """The lines below and above an edge; open at the sides, where a frame would cut what is longer than it."""
    yield edge(f"╭─ {title} ")
    yield from lines
    yield edge("╰")


def edge(begun: str) -> Text:
    """A line across, as far as there is room."""
    return Text(begun + "─" * (EDGE - cell_len(begun)), no_wrap=True, overflow="crop")


def show_table(heads: Iterable[str | Column], rows: Iterable[Iterable[str]], title: str | None = None) -> None:
    """Prints a table whose cells fold at the edge of a terminal and are whole in a pipe."""
    columns = (Column(escape(head)) if isinstance(head, str) else head for head in heads)
    table = Table(*columns, box=SIMPLE, title=title and escape(title), title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*map(escape, row))
    if out.is_terminal:
        out.print(table, soft_wrap=False)
        return
    whole = Measurement.get(out, out.options.update(width=WIDEST), table).maximum
    Console(file=out.file, width=whole, highlight=False).print(table)


def minute(at: datetime | None) -> str:
    """A time in a table; nothing where there is none."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


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
