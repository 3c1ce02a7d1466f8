"""`make bench`: decisions against the floor and against agents, and rules against other engines, in one run."""

import argparse
import asyncio
import json
import random
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from agent.settings import Settings
from agent.stores import open_stores
from evals.bench import comparison, inspection, intake, ratios, rules
from evals.bench.figures import Figures
from evals.bench.load import Load, is_message, press
from evals.bench.stock import REAL, reset, stock
from evals.service import ROOT, Service
from records import keys, profiles
from tools.imports.frames import ZONE

FOLDER = ROOT / ".tact-bench"
SIZES = (REAL, 100_000)
PARTS = ("decisions", "pieces", "intake", "peers")
KINDS = ("floor", "graph", "nodes")
ROUNDS = 12
AT_ONCE = 32
MAY_COST = {"graph": 8.0, "nodes": 5.0}
MUST_MANAGE = 120.0
MUST_SPEAK = 0.95
console = Console(width=120)


@dataclass(frozen=True, slots=True)
class Row:
    """One server's figures at one size."""

    name: str
    customers: int
    alone: Load
    crowd: Load

    @property
    def speaks(self) -> float:
        """Share of asks that were answered with a message."""
        return (self.alone.pleasing + self.crowd.pleasing) / (len(self.alone.seconds) + len(self.crowd.seconds))


def main() -> int:
    """Measures, prints, and fails where a bound is missed."""
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="customers in the base")
    arguments.add_argument("--asks", type=int, default=480, help="asks one after another; four times as many at once")
    arguments.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="parts of it, in the place of all")
    options = arguments.parse_args()
    failures: list[str] = []
    if "decisions" in options.only:
        failures += decisions(options.sizes, options.asks)
    if "pieces" in options.only:
        failures += by_themselves()
    if "intake" in options.only:
        failures += events()
    if "peers" in options.only:
        failures += beside_peers()
    for failure in failures:
        console.print(f"[red]{failure}[/red]")
    return 1 if failures else 0


def decisions(sizes: Sequence[int], asks: int) -> list[str]:
    """Prepared decisions against the floor, at every size; answers with the bounds that were missed."""
    rows: list[Row] = []
    failures: list[str] = []
    for size in sizes:
        measured = measure(stock(FOLDER, size), size, asks)
        rows += measured.values()
        failures += shortfalls(measured)
    show(rows)
    return failures


def by_themselves() -> list[str]:
    """Rules and inspection alone; answers with the bounds that were missed."""
    pieces = (*rules.rows(), *inspection.rows())
    show_pieces(pieces)
    return [f"{piece.name}: {piece.told}" for piece in pieces if not piece.ok]


def events() -> list[str]:
    """Events coming in against the floor; answers with the bounds that were missed."""
    sides, counts = intake.measure()
    console.print(intake.table(sides, counts))
    return intake.shortfalls(sides, counts)


def beside_peers() -> list[str]:
    """A tool-calling agent against deliberate, live and prepared; answers with the bounds that were missed."""
    sides = comparison.compare(stock(FOLDER, REAL))
    console.print(ratios.table(sides))
    return ratios.shortfalls(sides)


def measure(home: Path, customers: int, asks: int) -> dict[str, Row]:
    """Asks one service in turns: a short round for each walk, again and again, so that all meet the same machine."""
    reset(home)
    token, ids = credentials(home)
    alone: dict[str, list[Load]] = {kind: [] for kind in KINDS}
    crowd: dict[str, list[Load]] = {kind: [] for kind in KINDS}
    bodies = questions(ids)
    service = Service("rehearse", {"TACT_HOME": str(home), "TACT_CORE": "0", "TACT_CLOCK": noon().isoformat()})
    try:
        for kind in KINDS:
            turn(service.port, token, kind, bodies, 100, AT_ONCE)
        for _ in range(ROUNDS):
            for kind in KINDS:
                alone[kind].append(turn(service.port, token, kind, bodies, asks // ROUNDS, 1))
        for _ in range(ROUNDS):
            for kind in KINDS:
                crowd[kind].append(turn(service.port, token, kind, bodies, 4 * asks // ROUNDS, AT_ONCE))
    finally:
        service.stop()
    return {kind: Row(kind, customers, Load.of(alone[kind]), Load.of(crowd[kind])) for kind in KINDS}


def noon() -> datetime:
    """Midday of the households: at night most messages wait for the morning without words, and cost a third less."""
    return datetime.combine(datetime.now(UTC), time(12), ZoneInfo(ZONE))


def turn(port: int, token: str, kind: str, bodies: Iterator[bytes], count: int, at_once: int) -> Load:
    """One round for one kind of walk."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/rehearse/{kind}", data=b"", timeout=10).close()
    asked = list(islice(bodies, count))
    return asyncio.run(press(port, "/v1/next-message", token, asked, at_once, is_message))


def credentials(home: Path) -> tuple[str, list[str]]:
    """A new channel key and the ids of all customers."""
    stores = open_stores(Settings(home=home))
    try:
        token = stores.write(lambda c: keys.add(c, "channel", "benchmark", (), stores.clock.now()))
        return token, stores.read(profiles.ids)
    finally:
        stores.close()


def questions(ids: Sequence[str]) -> Iterator[bytes]:
    """Asks without end about customers drawn with a fixed seed, as an app or a mailing would put them."""
    chance = random.Random(20261121)
    while True:
        asked = {
            "customer": {"id": chance.choice(ids)},
            "channels": ["email", "push", "app"],
            "scene": "replenishment",
            "deadline_ms": 5000,
        }
        yield json.dumps(asked).encode()


def shortfalls(measured: dict[str, Row]) -> list[str]:
    """Bounds that were missed, each in one sentence."""
    floor = measured["floor"].alone.quantile(0.5)
    missed = []
    for name, most in MAY_COST.items():
        row = measured[name]
        ratio = row.alone.quantile(0.5) / floor
        if ratio > most:
            missed.append(f"{name} at {row.customers:,}: {ratio:.1f} times the floor, at most {most:g} is allowed")
        if row.speaks < MUST_SPEAK:
            missed.append(f"{name} at {row.customers:,}: only {row.speaks:.1%} of the asks got a message")
    if measured["graph"].crowd.rate < MUST_MANAGE:
        missed.append(f"only {measured['graph'].crowd.rate:.0f} decisions a second, {MUST_MANAGE:g} are required")
    return missed


def show(rows: Sequence[Row]) -> None:
    """All figures in one table."""
    table = Table(title="Prepared decisions over HTTP, inspection on, against the floor of the same run")
    for heading in ("server", "customers", "p50 ms", "p95 ms", "× floor", f"/s at {AT_ONCE}", "p95 ms", "messages"):
        table.add_column(heading, justify="left" if heading == "server" else "right")
    floors = {row.customers: row.alone.quantile(0.5) for row in rows if row.name == "floor"}
    for row in rows:
        table.add_row(
            row.name,
            f"{row.customers:,}",
            f"{row.alone.quantile(0.5) * 1e3:.2f}",
            f"{row.alone.quantile(0.95) * 1e3:.2f}",
            f"{row.alone.quantile(0.5) / floors[row.customers]:.1f}",
            f"{row.crowd.rate:.0f}",
            f"{row.crowd.quantile(0.95) * 1e3:.1f}",
            f"{row.speaks:.1%}",
        )
    console.print(table)


def show_pieces(pieces: Sequence[Figures]) -> None:
    """The parts by themselves, each with its bound."""
    table = Table(title="Rules and inspection by themselves")
    for heading in ("what", "ms", "times ours", "bound"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for piece in pieces:
        times = "" if piece.times_ours is None else f"{piece.times_ours:.0f}"
        table.add_row(piece.name, f"{piece.seconds * 1e3:.4g}", times, piece.bound)
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
