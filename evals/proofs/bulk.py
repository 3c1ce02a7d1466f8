"""Bulk: a large Shift_JIS file whose load is killed again and again; nothing is lost, doubled or held in memory."""

import csv
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

from agent.exchange.loading import Request, load
from agent.settings import Settings
from agent.stores import Stores, open_stores
from records import consents, holdings, profiles

BROKEN = 100
"""Every so manieth row has an address that nobody can use."""
SAMPLED = 200
MAPPING = """
columns: {id: id, name: display_name, mail: email, ok: consent.email, at: evidence.at}
constants: {evidence.method: form, evidence.source: shop}
"""


def members(folder: Path, rows: int) -> Path:
    """A file of members, each with a line break in a cell."""
    path = folder / "members.csv"
    with path.open("w", encoding="cp932", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "name", "mail", "ok", "at"))
        for number in range(rows):
            mail = f"m{number}@example.com" if number % BROKEN else "broken"
            out.writerow((f"{number:07d}", f"見本\n{number}", mail, "○" if number % 3 else "×", "2025/04/01"))
    return path


def kill_during_bulk(folder: Path, rows: int, kills: int) -> dict[str, int]:
    """Loads `rows` members, killing the load `kills` times on the way, then once more; counts what is there."""
    path, errors, mapping, home = members(folder, rows), folder / "e.csv", folder / "m.yaml", folder / "home"
    mapping.write_text(MAPPING, encoding="utf-8")
    for turn in range(1, kills + 1):
        _killed(path, mapping, errors, home, rows * turn // (kills + 1))
    peak = _whole(path, mapping, errors, home)
    stores = open_stores(Settings(home=home))
    try:
        again = load(stores, Request(path, "customers", MAPPING), "en", lambda done, total: None)
        return {
            "rows": rows,
            "kills": kills,
            "customers": stores.read(profiles.count),
            "addresses": stores.read(holdings.by_kind).get("email", 0),
            "rows in the error report": _lines(errors),
            "customers with a consent too many or too few": _odd(stores),
            "changed by the same file again": again.counts["new"] + again.counts["changed"] + again.counts["consents"],
            "megabytes at most": peak,
        }
    finally:
        stores.close()


def _command(path: Path, mapping: Path, errors: Path) -> list[str]:
    words = ["load", str(path), "--as", "customers", "--mapping", str(mapping), "--errors", str(errors)]
    return [sys.executable, "-m", "api.cli", *words]


def _killed(path: Path, mapping: Path, errors: Path, home: Path, least: int) -> None:
    """One load that dies once so many customers are there."""
    running = _started(path, mapping, errors, home)
    stores = open_stores(Settings(home=home))
    try:
        while running.poll() is None and stores.read(profiles.count) < least:
            time.sleep(0.05)
    finally:
        stores.close()
    running.send_signal(signal.SIGKILL)
    running.wait()


def _whole(path: Path, mapping: Path, errors: Path, home: Path) -> int:
    """A load that ends; answers with the most memory that it held, in megabytes."""
    running, most = _started(path, mapping, errors, home), 0
    while running.poll() is None:
        # What the system says of an ended child counts in whoever started it.
        most = max(most, _held(running.pid))
        time.sleep(0.02)
    if running.returncode:
        raise RuntimeError("the last load failed")
    return most


def _held(process: int) -> int:
    """The most memory that a running process held until now, in megabytes; 0 where the system does not tell."""
    with suppress(OSError, ValueError):
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        return next((int(line.split()[1]) // 1024 for line in told.splitlines() if line.startswith("VmHWM:")), 0)
    return 0


def _started(path: Path, mapping: Path, errors: Path, home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "TACT_HOME": str(home)}
    silence = subprocess.DEVNULL
    return subprocess.Popen(_command(path, mapping, errors), env=environment, stdout=silence, stderr=silence)


def _lines(errors: Path) -> int:
    with errors.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in islice(csv.reader(file), 1, None))


def _odd(stores: Stores) -> int:
    """Customers of a sample of whom the ledger does not hold exactly one line."""
    ids = stores.read(profiles.ids)
    sample = ids[:: max(len(ids) // SAMPLED, 1)]
    return stores.read(lambda c: sum(len(consents.ledger(c, one)) != 1 for one in sample))
