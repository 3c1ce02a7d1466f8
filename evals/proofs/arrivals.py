"""Arrivals: an import that is killed again and again ends like one that never was."""

import random
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

from agent.parts import build_parts
from domain.clock import SystemClock
from evals.proofs.stage import settings_for
from evals.service import ROOT
from records import memories, profiles, purchases
from records.connection import Connection
from records.rebuild import missing
from tools.imports.completejourney import import_completejourney


def kill_during_import(home: Path, kills: int, seed: int) -> dict[str, int]:
    """Kills the import of the households at random moments, lets it end, and counts what is there."""
    chance = random.Random(seed)
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, "-m", "evals.proofs.arrivals", str(home)], cwd=ROOT)
        sleep(chance.uniform(3, 12))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run([sys.executable, "-m", "evals.proofs.arrivals", str(home)], cwd=ROOT, check=True)
    return {"kills": kills, **counts(home)}


def counts(home: Path) -> dict[str, int]:
    """What the home holds, and what its vector store lacks."""
    parts = build_parts(settings_for(home))
    try:
        found = parts.stores.read(_counted)
        lacking = missing(parts.context, parts.stores.database)
        return {**found, "context records missing": 0 if lacking.whole else 1}
    finally:
        parts.close()


def _counted(c: Connection) -> dict[str, int]:
    lines, redemptions = purchases.counts(c)
    return {
        "customers": profiles.count(c),
        "purchases": lines,
        "redemptions": redemptions,
        "memories": memories.count(c),
    }


def main() -> None:
    """Imports into the home given, going on where an earlier run was stopped."""
    parts = build_parts(settings_for(Path(sys.argv[1])))
    import_completejourney(parts.stores.database, parts.context, parts.instruments.encoder, SystemClock())
    parts.close()


if __name__ == "__main__":
    main()
