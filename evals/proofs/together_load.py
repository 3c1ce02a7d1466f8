"""Everything at once: asks and events while files are loaded, an import tries and copy is composed by other processes.

Afterwards nothing is lost: every acknowledged event and loaded row is there, and the context store says of every
customer and offer what SQL says. A command that cannot run while the service holds the store names its owner.
"""

import asyncio
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from agent.parts import build_parts
from agent.rulebook import ensure_book
from agent.stores import Stores
from evals.bench.load import exchange
from evals.proofs.kills import questions
from evals.proofs.stage import environment_of, opened, people, settings_for
from evals.proofs.troubles import well
from evals.service import ROOT, Service
from evals.stub_model import StubModel
from records import following, intake, keys, profiles
from records.rebuild import missing, rebuild

PATIENCE = 90.0
"""Seconds in which the follower has to have caught up: it looks for what others wrote twice a minute."""
SHARED = {"TACT_LLM_MODEL": "stub", "TACT_LANGUAGE": "en"}
MAPPING = "as: customers\ncolumns: {id: id, name: display_name, language: language, likes: attributes.likes}\n"
COMPOSE = (
    "--scene",
    "newsletter",
    "--n",
    "1",
    "--placement",
    "whole",
    "--channel",
    "email",
    "--language",
    "en",
    "--offer",
    "proof-0",
)


class Ran(NamedTuple):
    """A command that ran beside the service, and what it said."""

    name: str
    code: int
    said: str


@dataclass
class Load:
    """Asks and events from several connections, until it is told to end."""

    port: int
    asks: str
    sends: str
    ids: Sequence[str]
    ending: threading.Event = field(default_factory=threading.Event)
    asked: int = 0
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Runs in a thread of its own."""
        asyncio.run(self._all())

    async def _all(self) -> None:
        await asyncio.gather(*(self._ask(seed) for seed in range(4)), *(self._send(one) for one in range(4)))

    async def _ask(self, seed: int) -> None:
        try:
            async for _ in exchange(self.port, "/v1/next-message", self.asks, questions(self.ids, seed)):
                self.asked += 1
                if self.ending.is_set():
                    return
        except (OSError, EOFError, RuntimeError) as error:
            self.errors.append(f"ask: {error!r}")

    async def _send(self, line: int) -> None:
        numbers = count()
        try:
            async for _ in exchange(self.port, "/v1/track", self.sends, events(self.ids, line)):
                self.acknowledged.append(f"together-{line}-{next(numbers)}")
                if self.ending.is_set():
                    return
        except (OSError, EOFError, RuntimeError) as error:
            self.errors.append(f"event: {error!r}")


def events(ids: Sequence[str], line: int) -> Iterator[bytes]:
    """Events without end, each under an id of its own."""
    for number in count():
        who, product = ids[(number * 7 + line) % len(ids)], f"proof-{number % 4}"
        name = ("Product Viewed", "Product Saved", "Product Added", "Order Completed")[number % 4]
        said = f'"properties":{{"product_id":"{product}","products":[{{"product_id":"{product}","price":900}}]}}'
        yield f'{{"userId":"{who}","event":"{name}","messageId":"together-{line}-{number}",{said}}}'.encode()


@dataclass
class Found:
    """What ran, and what is there afterwards."""

    counts: dict[str, int]
    told: list[str]


def together(home: Path, *, customers: int, rows: int, seconds: float, database_url: str | None = None) -> Found:
    """Runs everything at once for at least so many seconds, and looks at what is there afterwards."""
    with opened(home, database_url) as stores:
        ensure_book(stores)
        ids, now = people(stores, customers), stores.clock.now()
        asks = stores.write(lambda c: keys.add(c, "channel", "proof", (), now))
        sends = stores.write(lambda c: keys.add(c, "ingest", "proof", (), now))
    with StubModel(well) as stub:
        shared = {**environment_of(home), **SHARED, "TACT_LLM_BASE_URL": stub.base_url}
        environment = {**shared, **({"TACT_DATABASE_URL": database_url} if database_url else {})}
        service = Service("serve", environment)
        load = Load(service.port, asks, sends, ids)
        thread = threading.Thread(target=load.run)
        thread.start()
        try:
            begun = monotonic()
            ran = beside(home, environment, rows)
            sleep(max(0.0, seconds - (monotonic() - begun)))
            load.ending.set()
            thread.join()
            waited = caught_up(home, database_url)
        finally:
            load.ending.set()
            thread.join()
            service.stop()
        if rows:
            ran.append(run(environment, "import", "sample", name="import afterwards"))
    return looked_at(home, database_url, load, ran, waited, customers + rows)


def beside(home: Path, environment: Mapping[str, str], rows: int) -> list[Ran]:
    """An import that needs the store, a file that is loaded, and copy that is composed: at the same time.

    Without rows it is the import alone.
    """
    table, mapping = home.parent / "people.csv", home.parent / "people.yaml"
    lines = [f"load-{number},Sample {number},en,coffee" for number in range(rows)]
    table.write_text("\n".join(["id,name,language,likes", *lines]) + "\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    loading = ("load", str(table), "--as", "customers", "--mapping", str(mapping))
    commands = [("import", "sample"), *([loading, ("compose", *COMPOSE)] if rows else [])]
    found: list[Ran] = []
    threads = [threading.Thread(target=lambda one=one: found.append(run(environment, *one))) for one in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def run(environment: Mapping[str, str], *command: str, name: str = "") -> Ran:
    """One command in a process of its own."""
    ended = subprocess.run(
        [str(ROOT / "tact"), *command],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(name or command[0], ended.returncode, f"{ended.stdout}\n{ended.stderr}")


def caught_up(home: Path, database_url: str | None) -> bool:
    """Whether the follower inside the service has followed everybody, given some time."""
    with opened(home, database_url) as stores:
        end = monotonic() + PATIENCE
        while waiting(stores) and monotonic() < end:
            sleep(0.5)
        return not waiting(stores)


def waiting(stores: Stores) -> bool:
    """Whether anybody still waits to be followed."""
    return bool(stores.read(lambda c: following.waiting(c, 1)))


def looked_at(
    home: Path,
    database_url: str | None,
    load: Load,
    ran: Sequence[Ran],
    followed: bool,
    expected: int,
) -> Found:
    """Counts what is there, against what was acknowledged."""
    parts = build_parts(settings_for(home, database_url))
    try:
        known = parts.stores.read(intake.message_ids)
        there = {one for one in parts.stores.read(profiles.ids) if one.startswith(("proof-", "load-"))}
        lacking = missing(parts.context, parts.stores.database)
        untrue = rebuild(parts.context, parts.stores.database, parts.instruments.encoder, lambda done, total: None)
    finally:
        parts.close()
    refused = [one for one in ran if one.name == "import"]
    unclear = [one for one in refused if one.code == 0 or "is in use by process" not in " ".join(one.said.split())]
    failed = [one for one in ran if one.code != 0 and one not in refused]
    counts = {
        "asks answered": load.asked,
        "events acknowledged": len(load.acknowledged),
        "asks or events that failed": len(load.errors),
        "acknowledged events lost": len(set(load.acknowledged) - known),
        "customers missing": expected - len(there),
        "commands that failed without naming the owner": len(unclear) + len(failed),
        "not followed in time": int(not followed),
        "context records missing or left over": len(lacking.customers + lacking.offers + lacking.strangers),
        "context records that say something else": untrue,
    }
    told = [*load.errors, *(f"{one.name} ({one.code}): {one.said[-1500:]}" for one in (*unclear, *failed))]
    return Found(counts, told)
