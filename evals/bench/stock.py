"""Stock: the customer base that the benchmark asks about, real households or many times as many."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.progress import Progress
from sqlalchemy import delete

from agent.parts import Parts, build_parts
from agent.settings import Settings
from agent.stores import open_stores
from domain.clock import SystemClock
from domain.consent import Consent, Evidence
from domain.customer import Customer, Record
from domain.decision import Who
from domain.memory import Memory
from records import consents, likenesses, memories, profiles, schema
from records.connection import Connection
from records.recall import recall
from records.statement import prepare
from tools.imports.completejourney import import_completejourney

FORGET = tuple(prepare(delete(table)) for table in (schema.contacts, schema.decisions, schema.deliveries))
REAL = 2469
BATCH = 500
DONE = "grown-0008"
"""Names the shape of the records that a stock was built in; one of an earlier shape is built anew."""


def stock(folder: Path, customers: int) -> Path:
    """A home with as many customers: built once and kept, since building the large one takes minutes."""
    home = folder / str(customers)
    if (home / DONE).exists():
        return home
    parts = build_parts(Settings(home=home))
    try:
        with Progress() as bars:
            bar = bars.add_task(f"{customers:,} customers", total=customers)
            import_completejourney(parts.stores.database, parts.context, parts.instruments.encoder, SystemClock())
            bars.update(bar, completed=REAL)
            for done in grow(parts, customers):
                bars.update(bar, completed=done)
    finally:
        parts.close()
    (home / DONE).touch()
    return home


def reset(home: Path) -> None:
    """Takes away what earlier runs decided, so that every run meets the same base."""
    stores = open_stores(Settings(home=home))
    try:
        stores.write(lambda c: [c.run(one) for one in FORGET])
    finally:
        stores.close()


def grow(parts: Parts, customers: int) -> Iterator[int]:
    """Copies the real households under new ids until there are enough; yields how many there are."""
    originals = parts.stores.read(profiles.ids)
    count = len(originals)
    for copy in range(1, customers // len(originals) + 1):
        for start in range(0, len(originals), BATCH):
            chosen = originals[start : start + BATCH][: max(customers - count, 0)]
            if chosen:
                _copy(parts, chosen, copy)
                count += len(chosen)
                yield count


def _copy(parts: Parts, originals: list[str], copy: int) -> None:
    now = parts.clock.now()
    contexts = [
        replace(one, customer_id=f"{one.customer_id}-{copy}")
        for one in map(parts.context.get, originals)
        if one is not None
    ]

    def write(c: Connection) -> None:
        found = [recall(c, Who(id=original), now) for original in originals]
        records = [one.record for one in found if one is not None]
        profiles.upsert(c, [renamed(record.customer, copy) for record in records], now)
        profiles.save_features(c, [(renamed(one.customer, copy).id, one.features) for one in records], now)
        consents.append(c, [consent for record in records for consent in _consents(record, copy, now)])
        memories.put(c, [memory for record in records for memory in _memories(record, copy)])
        likenesses.put(c, parts.instruments.encoder.name, {one.customer_id: one.vector for one in contexts})

    parts.stores.write(write)
    parts.context.put(contexts)


def renamed(customer: Customer, copy: int) -> Customer:
    """The customer as somebody else with the same life."""
    return customer.model_copy(update={"id": f"{customer.id}-{copy}", "identifiers": {}})


def _consents(record: Record, copy: int, now: datetime) -> Iterator[Consent]:
    for (topic, purpose), yes in record.consents.items():
        yield Consent.model_validate(
            {
                "customer_id": renamed(record.customer, copy).id,
                "topic": topic,
                "purpose": purpose,
                "granted": yes,
                "evidence": Evidence(method="sample"),
                "at": now,
            }
        )


def _memories(record: Record, copy: int) -> Iterator[Memory]:
    customer_id = renamed(record.customer, copy).id
    for memory in record.memories:
        yield memory.model_copy(update={"id": f"{memory.id}-{copy}", "customer_id": customer_id})
