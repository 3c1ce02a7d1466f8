"""import: the household panel and the sample, with a progress bar."""

from collections.abc import Callable
from contextlib import closing
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from agent.parts import Parts, build_parts
from api.commands.opening import read_settings
from api.commands.printing import out, progress_bars, show_table
from records.tombstones import Gate
from tools.imports.completejourney import import_completejourney
from tools.imports.report import ImportReport
from tools.imports.sample import import_sample

app = typer.Typer(no_args_is_help=True, help="Bring data in: a household panel, or a small bilingual sample.")


@app.command()
def completejourney(
    unshifted: Annotated[bool, typer.Option("--unshifted", help="Keep the original dates, for evaluations.")] = False,
) -> None:
    """Loads the Complete Journey: 2,469 households with their purchases and coupons; twice gives the same result."""
    run(
        lambda parts, bars: import_completejourney(
            parts.stores.database,
            parts.context,
            parts.instruments.encoder,
            parts.clock,
            unshifted=unshifted,
            progress=bars,
            gate=Gate(parts.stores.suppression),
        )
    )


@app.command()
def sample() -> None:
    """Loads the hand-written sample: a Japanese department store with its customers and offers."""
    run(
        lambda parts, bars: import_sample(
            parts.stores.database,
            parts.context,
            parts.instruments.encoder,
            parts.clock,
            progress=bars,
            gate=Gate(parts.stores.suppression),
        )
    )


def run(bring: Callable[[Parts, Callable[[str, int, int], None]], ImportReport]) -> None:
    """Runs an import under a progress bar and prints what it did."""
    with closing(build_parts(read_settings())) as parts, progress_bars() as bars:
        report = bring(parts, stepper(bars))
    show(report)


def stepper(bars: Progress) -> Callable[[str, int, int], None]:
    """One bar a step, made when the step first reports."""
    tasks: dict[str, TaskID] = {}

    def step(name: str, done: int, total: int) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total)
        bars.update(tasks[name], completed=done, total=total)

    return step


def show(report: ImportReport) -> None:
    """Counts, offset, provenance and what was set as sample."""
    show_table(("what", "how many"), ((noun, f"{count:,}") for noun, count in report.counts.items()))
    for note in report.notes:
        out.print(note, markup=False)
    phases = ", ".join(f"{phase} {seconds:.1f} s" for phase, seconds in report.seconds.items())
    out.print(f"{report.source}: {phases or 'was there already'}", markup=False)
