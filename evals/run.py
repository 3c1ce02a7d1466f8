"""`make evals`: every suite through the conductor, on data of its own time; a table, and exit 1 on a miss."""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pydantic_evals.reporting import EvaluationReport
from rich.console import Console
from rich.table import Table

from agent.parts import Parts, build_parts
from agent.settings import Settings
from domain.clock import ShiftedClock
from domain.decision import Ask, Decision
from evals.suite import Suite, load_suites
from tools.imports.completejourney import import_completejourney
from tools.imports.entries import Expectation
from tools.imports.sample import import_sample

console = Console(width=120)
Report = EvaluationReport[Ask, Decision, Expectation]

TIMES = {
    "households": datetime.fromisoformat("2017-12-04T15:00:00+00:00"),
    "department_store": datetime.fromisoformat("2026-11-24T03:00:00+00:00"),
}
"""The present of each data set, unshifted: households buy in 2017, the sample was written for one week of 2026."""


def main(names: Iterable[str]) -> int:
    """Runs the suites named, or all; answers with the number of cases missed."""
    suites = load_suites()
    chosen = {name: suites[name] for name in names} or suites
    with tempfile.TemporaryDirectory(prefix="tact-evals-") as folder:
        total = 0
        for data in TIMES:
            own = {name: suite for name, suite in chosen.items() if data_of(name) == data}
            total += asyncio.run(run_all(data, own, Path(folder))) if own else 0
    console.print(f"{total} missed" if total else "Every case is met.")
    return total


def data_of(suite: str) -> str:
    """The data set that a suite asks about: suites about households are named so."""
    return "households" if suite.startswith("households") else "department_store"


async def run_all(data: str, suites: dict[str, Suite], folder: Path) -> int:
    """Runs suites of one data set in a home of their own; answers with the number of cases missed."""
    parts = prepare(data, folder / data)

    async def decide(ask: Ask) -> Decision:
        return (await parts.conductor.next_message(ask, language="en")).decision

    missed = 0
    try:
        for name, suite in suites.items():
            report = await suite.evaluate(decide, name=name, progress=False, max_concurrency=8)
            missed += show(report)
    finally:
        parts.close()
    return missed


def prepare(data: str, home: Path) -> Parts:
    """Parts on freshly imported, unshifted data, with the clock at the data's own time."""
    clock = ShiftedClock(TIMES[data])
    parts = build_parts(Settings(home=home), clock=clock)
    arrive = import_completejourney if data == "households" else import_sample
    arrive(parts.stores.database, parts.context, parts.instruments.encoder, clock, unshifted=True)
    return parts


def show(report: Report) -> int:
    """Prints one line a case; answers with the number of cases missed."""
    table = Table(title=report.name, title_justify="left")
    for heading in ("case", "answer", "met", "what was missed"):
        table.add_column(heading)
    missed = len(report.failures)
    for case in report.cases:
        verdict = case.assertions["met"]
        missed += not verdict.value
        table.add_row(
            case.name, summary(case.output), "yes" if verdict.value else "[red]no[/red]", verdict.reason or ""
        )
    for failure in report.failures:
        table.add_row(failure.name, "", "[red]no[/red]", failure.error_message)
    console.print(table)
    return missed


def summary(decision: Decision) -> str:
    """The decision in a few words."""
    if decision.message is not None:
        offer = decision.message.offer.id if decision.message.offer else "—"
        return f"{decision.message.channel.value}: {offer}"
    return f"hold: {decision.hold.reasons[0].type}" if decision.hold and decision.hold.reasons else decision.outcome


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
