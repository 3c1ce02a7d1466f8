"""Intake: events a second through /v1/batch over HTTP, against a floor in the same server and the same run.

The floor reads the same batches with a pydantic model and writes one row an event with the same writer and the same
fsync. Tact besides puts clocks right, finds out whose events they are, keeps each once, adds them to what is known of
the customer, and starts and ends scenes.
"""

import asyncio
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, JsonValue
from rich.table import Table as Shown
from sqlalchemy import Column, MetaData, String, Table, bindparam, func, insert, select, text

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.consent import Consent, Evidence
from domain.customer import Customer
from evals.bench.load import Load, press
from evals.service import Service
from records import consents, keys, profiles, schema
from records.connection import Connection
from records.statement import counting, prepare

CUSTOMERS = 2_000
BATCH = 100
AT_ONCE = 4
ROUNDS = 8
MUST_TAKE = 2_000
"""Events a second, in one process on SQLite."""
PATHS = {"floor": "/rehearse/events/floor", "intake": "/v1/batch"}

rows = Table("bench_events", MetaData(), Column("id", String, primary_key=True), Column("body", String))
CREATE = prepare(text("CREATE TABLE IF NOT EXISTS bench_events (id TEXT PRIMARY KEY, body TEXT)"))
ADD = prepare(insert(rows).values(id=bindparam("id"), body=bindparam("body")))
EVENTS = counting(schema.events)
DUE = counting(schema.due)
FOLDED = prepare(select(func.count()).select_from(schema.behaviours))


class FloorEvent(BaseModel):
    """An event as the floor reads it."""

    messageId: str  # as it is written in the batch
    type: str
    userId: str | None = None  # as above
    anonymousId: str | None = None  # as above
    event: str | None = None
    timestamp: datetime
    properties: dict[str, JsonValue] = {}
    context: dict[str, JsonValue] = {}


class FloorBatch(BaseModel):
    """A batch as the floor reads it."""

    batch: list[FloorEvent]


class EventFloor:
    """The least that a service does with events: reads them and writes them down."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        stores.write(lambda c: c.run(CREATE))

    async def take(self, body: bytes) -> None:
        """Writes a row an event, durably when it returns."""
        found = [
            {"id": one.messageId, "body": one.model_dump_json()} for one in FloorBatch.model_validate_json(body).batch
        ]
        await asyncio.wrap_future(self._stores.database.submit(lambda c: c.many(ADD, found)))


@dataclass(frozen=True, slots=True)
class Side:
    """One way of taking events in."""

    name: str
    load: Load

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.load.rate * BATCH


def measure(batches: int = 12) -> tuple[list[Side], dict[str, int]]:
    """Sends batches to both in turns; answers with the figures and with what is kept."""
    with tempfile.TemporaryDirectory(prefix="tact-bench-intake-") as folder:
        home = Path(folder)
        token = populate(home)
        loads: dict[str, list[Load]] = {name: [] for name in PATHS}
        sources = {name: bodies(seed) for seed, name in enumerate(PATHS)}
        service = Service("rehearse", {"TACT_HOME": str(home)})
        try:
            for name in PATHS:
                turn(service.port, token, name, sources[name], 4)
            for _ in range(ROUNDS):
                for name in PATHS:
                    loads[name].append(turn(service.port, token, name, sources[name], batches))
        finally:
            service.stop()
        return [Side(name, Load.of(found)) for name, found in loads.items()], kept(home)


def populate(home: Path) -> str:
    """Customers who agreed to mail; answers with a key that may send events."""
    stores = open_stores(Settings(home=home))
    now = stores.clock.now()

    def write(c: Connection) -> str:
        people = [
            Customer(id=f"u{number}", language="ja", country="JP", timezone="Asia/Tokyo") for number in range(CUSTOMERS)
        ]
        profiles.upsert(c, people, now)
        word = Evidence(method="benchmark")
        consents.append(
            c, [Consent(customer_id=one.id, topic="email", granted=True, evidence=word, at=now) for one in people]
        )
        return keys.add(c, "ingest", "benchmark", (), now)

    try:
        return stores.write(write)
    finally:
        stores.close()


def turn(port: int, token: str, name: str, source: Iterator[bytes], count: int) -> Load:
    """One round for one side."""
    return asyncio.run(press(port, PATHS[name], token, list(islice(source, count)), AT_ONCE, is_success))


def bodies(seed: int) -> Iterator[bytes]:
    """Batches without end as a shop would send them: many customers, each event once."""
    chance = random.Random(20261122 + seed)
    now = datetime.now(UTC)
    while True:
        sent = [event(chance, now) for _ in range(BATCH)]
        yield json.dumps({"batch": sent, "sentAt": now.isoformat()}).encode()


def event(chance: random.Random, now: datetime) -> dict[str, JsonValue]:
    """One event as an SDK writes it."""
    kind = chance.choice(("page", "Product Viewed", "Product Viewed", "Product Added", "Order Completed", "Search"))
    number = chance.randrange(CUSTOMERS)
    known: dict[str, JsonValue] = {
        "messageId": str(UUID(int=chance.getrandbits(128))),
        "userId": f"u{number}",
        "anonymousId": f"b{number}",
        "timestamp": (now - timedelta(seconds=chance.random() * 3600)).isoformat(),
        "context": {
            "library": {"name": "analytics-python", "version": "2.4.0"},
            "page": {"url": "https://shop.example.com/coats?page=2", "title": "コート"},
            "locale": "ja-JP",
        },
        "integrations": {},
    }
    product: dict[str, JsonValue] = {
        "product_id": f"p{chance.randrange(500)}",
        "category": chance.choice(("food", "fashion", "tea")),
        "price": 1200,
    }
    if kind == "page":
        return {**known, "type": "page", "name": "Top", "properties": {"path": "/"}}
    if kind == "Order Completed":
        order: dict[str, JsonValue] = {"order_id": f"o{chance.getrandbits(40)}", "revenue": 2400, "currency": "JPY"}
        return {**known, "type": "track", "event": kind, "properties": {**order, "products": [product, product]}}
    return {**known, "type": "track", "event": kind, "properties": {**product, "cart_id": f"c{number}"}}


def kept(home: Path) -> dict[str, int]:
    """What is there afterwards."""
    stores = open_stores(Settings(home=home))
    try:
        counted = {"events": EVENTS, "customers folded": FOLDED, "scenes that wait or waited": DUE}
        found = stores.read(lambda c: {name: c.one(what) for name, what in counted.items()})
        return {name: int(row[0]) if row else 0 for name, row in found.items()}
    finally:
        stores.close()


def is_success(body: bytes) -> bool:
    """Whether a batch was taken."""
    return bool(json.loads(body) == {"success": True})


def table(sides: Sequence[Side], counts: dict[str, int]) -> Shown:
    """All figures of one run."""
    floor = next(side for side in sides if side.name == "floor")
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    shown = Shown(
        title=f"Events through /v1/batch, {BATCH} a batch, {AT_ONCE} at once, SQLite, one process", caption=told
    )
    for heading in ("side", "events/s", "× floor's time", "p50 ms a batch", "p95 ms a batch"):
        shown.add_column(heading, justify="left" if heading == "side" else "right")
    for side in sides:
        shown.add_row(
            side.name,
            f"{side.rate:,.0f}",
            f"{floor.rate / side.rate:.1f}",
            f"{side.load.quantile(0.5) * 1e3:.1f}",
            f"{side.load.quantile(0.95) * 1e3:.1f}",
        )
    return shown


def shortfalls(sides: Sequence[Side], counts: dict[str, int]) -> list[str]:
    """Bounds that were missed, each in one sentence."""
    intake = next(side for side in sides if side.name == "intake")
    sent = (len(intake.load.seconds) + 4) * BATCH
    missed = []
    if intake.rate < MUST_TAKE:
        missed.append(f"only {intake.rate:,.0f} events a second were taken, {MUST_TAKE:,} are required")
    if counts["events"] != sent:
        missed.append(f"{sent:,} events were sent, and {counts['events']:,} are kept")
    if not counts["scenes that wait or waited"]:
        missed.append("no event started a scene")
    return missed
