"""A crowd: every limit at once, in many threads or processes that are killed; what is left is counted, not believed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from agent.stores import Stores
from agent.verification import verify
from domain.contact import Contact
from evals.proofs.limits import RATE, TAKES_OFF, Limits, house, over, set_rules
from evals.proofs.stage import NOON, opened, people
from evals.service import ROOT
from records import contacts, profiles, tallies
from records.connection import Connection

ENOUGH_VERIFIED = 200


@dataclass(slots=True)
class Said:
    """What the workers said of themselves, line by line: acknowledged, whatever happened to them afterwards."""

    asked: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    refused: int = 0
    failed: int = 0

    def note(self, line: str) -> bool:
        """Takes in one line; True for the end of one ask."""
        what, _, id = line.strip().partition(" ")
        if what == "asked":
            self.asked.append(id)
        elif what == "released":
            self.released.append(id)
        elif what == "refused":
            self.refused += 1
        return what in ("asked", "refused")


class Worker:
    """One process that asks, and what it has acknowledged so far."""

    def __init__(self, home: Path, url: str | None, threads: int, asks: int, seed: int, said: Said) -> None:
        self.home, self.url, self.threads, self.asks, self.seed = home, url, threads, asks, seed
        self.done, self._said = 0, said
        command = [sys.executable, "-m", "evals.proofs.asker", str(home), url or "", str(threads), str(asks), str(seed)]
        environment = {**os.environ, "TACT_CLOCK": NOON}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            # A line that a kill cut off was not said.
            if line.endswith("\n"):
                self.done += self._said.note(line)

    def wait(self) -> None:
        """Returns once the process is gone and all that it said is read."""
        self._said.failed += self.process.wait() not in (0, -signal.SIGKILL)
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()

    def kill(self) -> "Worker":
        """Kills the process in the middle of its work and answers with one that does the rest."""
        self.process.kill()
        self.wait()
        left = max(self.asks - self.done, 0)
        return Worker(self.home, self.url, self.threads, left, self.seed + 1000, self._said)


def crowd(
    home: Path,
    *,
    asks: int,
    customers: int,
    processes: int,
    threads: int,
    kills: int,
    seed: int,
    database_url: str | None = None,
) -> dict[str, int]:
    """Lets many ask for many at once, kills a process now and then, and counts what was exceeded or lost."""
    home.mkdir(parents=True, exist_ok=True)
    limits = Limits.for_customers(customers)
    with opened(home / "0", database_url) as stores:
        people(stores, customers)
        set_rules(stores, limits)
    said, begun = Said(), time.monotonic()
    workers = [
        Worker(home / str(number), database_url, threads, asks // processes, seed + number, said)
        for number in range(processes)
    ]
    kill_some(workers, asks, kills, random.Random(seed), said)
    for worker in workers:
        worker.wait()
    seconds = time.monotonic() - begun
    with opened(home / "0", database_url) as stores:
        return {"kills": kills, "seconds": round(seconds), **counted(stores, said, limits, random.Random(seed))}


def kill_some(workers: list[Worker], asks: int, kills: int, chance: random.Random, said: Said) -> None:
    """Kills a process whenever another part of the asks is done, and starts one in its place."""
    marks = [asks * (number + 1) // (kills + 1) for number in range(kills)]
    while marks and any(worker.process.poll() is None for worker in workers):
        if len(said.asked) >= marks[0]:
            marks.pop(0)
            place = chance.randrange(len(workers))
            workers[place] = workers[place].kill()
        time.sleep(0.02)


def counted(stores: Stores, said: Said, limits: Limits, chance: random.Random) -> dict[str, int]:
    """What stands in the database, held against what was said and what is allowed."""
    promised = stores.read(everything)
    decided = stores.read(lambda c: outcomes(c, stores))
    lost = [id for id in said.asked if id not in decided]
    some = chance.sample(said.asked, min(ENOUGH_VERIFIED, len(said.asked)))
    known = {one.decision_id for _, one in promised}
    held = {id for id, _ in stores.read(tallies.holdings)}
    messages = {id for id, outcome in decided.items() if outcome == "message"}
    return {
        "asks acknowledged": len(said.asked),
        "asks refused": said.refused,
        "processes that failed": said.failed,
        "messages": len(messages),
        "messages that count": len(promised),
        "of them pushed": sum(one.pushed for _, one in promised),
        "pushed messages allowed": limits.messages,
        "releases acknowledged": len(said.released),
        "acknowledged and lost": len(lost),
        "broken records among a sample": sum(not verify(stores, id).ok for id in some if id not in lost),
        "released and still counted": len(set(said.released) & (known | held)),
        "charged without a promise": len(held - known),
        "customers over a limit": sum(over(mine) for mine in by_customer(promised).values()),
        "limits of the house never reached": int(sum(one.pushed for _, one in promised) < limits.messages * 9 // 10),
        "limits of the house exceeded": sum(used > most for used, most in house(promised, limits)),
        "tallies that do not add up": astray(stores, promised),
    }


def outcomes(c: Connection, stores: Stores) -> dict[str, str]:
    """Every decision and what came of it."""
    found: dict[str, str] = {}
    for customer_id in profiles.ids(c):
        cursor: str | None = None
        while True:
            page = stores.decisions.of_customer(c, customer_id, 200, cursor)
            found.update({one.decision_id: one.outcome for one in page.items})
            cursor = page.next
            if cursor is None:
                break
    return found


def everything(c: Connection) -> list[tuple[str, Contact]]:
    """Every message that counts, with its customer."""
    found: list[tuple[str, Contact]] = []
    while page := contacts.page(c, None, 1000, found[-1][1].decision_id or "" if found else ""):
        found += page
    return found


def by_customer(promised: Sequence[tuple[str, Contact]]) -> dict[str, list[Contact]]:
    """What each customer gets on a pushed channel."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for customer_id, contact in promised:
        if contact.pushed:
            found[customer_id].append(contact)
    return found


def astray(stores: Stores, promised: Sequence[tuple[str, Contact]]) -> int:
    """Tallies that are not the sum of their charges, or not what the contacts say."""
    kept = {key: used for key, used in stores.read(tallies.standing).items() if used}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, charge in stores.read(tallies.holdings):
        sums[charge.key] += charge.amount
    yen = sum(TAKES_OFF.get(one.offer_id or "", 0) for _, one in promised)
    by_hand = {"proof_volume_all|total": sum(one.pushed for _, one in promised), "proof_expected|total": yen * RATE}
    wrong = {key for key in kept.keys() | sums.keys() if kept.get(key) != sums.get(key)}
    return len(wrong | {key for key, amount in by_hand.items() if kept.get(key, 0) != amount})
