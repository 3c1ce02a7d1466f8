"""Erasure: identifiers are planted through every door; afterwards no byte of them is left, and nobody comes back."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from agent import erasing, review, verification
from agent.parts import Parts, build_parts
from agent.stores import Stores
from agent.vacuuming import clean
from domain.arrival import Arrival, Document, Refusal
from domain.consent import Consent, Evidence
from domain.customer import Customer, IdentifierKind, Stage
from domain.decision import Ask
from domain.journey import Due, cause_id
from domain.memory import Distance, Memory
from evals.proofs.stage import opened, people, settings_for
from records import (
    accesses,
    consents,
    due,
    idempotency,
    imports,
    memories,
    merging,
    prepared,
    profiles,
    reviews,
    talks,
    tombstones,
)
from records.connection import Connection
from records.embedding import Encoder
from records.idempotency import Slot
from records.postgresql import PostgresEngine
from records.prepared import Prepared
from records.rebuild import rebuild
from records.reviews import Review
from records.sqlite_connection import lent
from records.tombstones import Gate
from tools.imports.sample import SOURCE, import_sample

MIRA, TWIN = "mira-4711-planted", "mira-web-8807-planted"
"""One person under two ids."""
SAMPLED = "s-001"
"""Somebody of the sample, who is erased too and must not come back with it."""
IDENTIFIERS: dict[IdentifierKind, str] = {
    "email": "mira.planted@mail.example.org",
    "phone": "+819087654321",
    "line_id": "Uplanted0000000000000000000000042",
    "loyalty_id": "LPLANTED-55012",
    "device_id": "devplanted-7f3a",
    "anonymous_id": "anonplanted-91bc",
}
NAME, JAPANESE = "Miraplanted Tanakaplanted", "見本植込花子"
NOTE, PAGE = "planted note: her knee hurts in winter", "Planted Page Of Shoes"
NEEDLES = (MIRA, TWIN, *IDENTIFIERS.values(), "9087654321", "90-8765-4321", NAME, JAPANESE, NOTE, PAGE)
PERSON = Customer(
    id=MIRA,
    display_name=NAME,
    language="en",
    country="JP",
    timezone="Asia/Tokyo",
    stage=Stage.ACTIVE,
    identifiers=IDENTIFIERS,
    attributes={"nickname": JAPANESE},
)

TABLES = (
    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
    " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
)


def erasure(
    home: Path, database_url: str | None = None, encoder: Encoder | None = None, others: int = 20
) -> dict[str, int]:
    """Plants, erases, cleans, and counts what is found of the person afterwards."""
    settings = settings_for(home, database_url)
    with closing(build_parts(settings, encoder=encoder)) as parts:
        stores, instruments = parts.stores, parts.instruments
        import_sample(stores.database, parts.context, instruments.encoder, parts.clock)
        known = people(stores, others)
        decided = asyncio.run(plant(parts, known[0]))
        rebuild(parts.context, stores.database, instruments.encoder, lambda done, total: None)
        before = found_in_rows(stores) | found_in_files(home)
        gone = erasing.erase(stores, TWIN, by="proof", context=parts.context, encode=instruments.encode)
        erasing.erase(stores, SAMPLED, by="proof", context=parts.context)
        verified = [verification.verify(stores, one) for one in decided]
        asyncio.run(come_back(parts))
        back = returned(parts)
        here = stores.read(profiles.ids)
    with opened(home, database_url) as stores:
        cleaned = clean(stores, encoder)
        left = found_in_rows(stores)
    files = found_in_files(home)
    return {
        "kinds of planted words": len(NEEDLES),
        "of them found before": len(before),
        "ids erased": gone.members,
        "not reached": len(gone.left) + (cleaned.held is not None),
        "decisions": len(decided),
        "decisions that verify as erased": sum(one.ok and one.erased for one in verified),
        "found in rows afterwards": len(left),
        "found in files afterwards": len(files),
        "came back": back,
        "others who are gone": len(set(known) - set(here)),
    }


async def plant(parts: Parts, other: str) -> list[str]:
    """Brings the person in through every door, and answers with the ids of the decisions about them."""
    stores, now = parts.stores, parts.clock.now()
    stores.write(lambda c: known_about(c, parts, other))
    await parts.intake.take(happened(parts), [refused()])
    asked = [
        {
            "customer": {"id": MIRA},
            "channels": ["email"],
            "moment": {"page": {"title": PAGE, "url": "https://a.example"}},
        },
        {"customer": {"email": IDENTIFIERS["email"]}, "channels": ["push"]},
    ]
    decided = [
        (await parts.conductor.next_message(Ask.model_validate({**one, "deadline_ms": 10_000}), language="en")).decision
        for one in asked
    ]
    stores.write(lambda c: waiting(c, parts, decided[0].decision_id))
    review.begin(stores, reviews.id_of(decided[0].decision_id))
    stores.write(lambda c: idempotency.begin(c, Slot("key", f"order-{MIRA}", "0" * 64), now, now + timedelta(hours=1)))
    return [one.decision_id for one in decided]


def known_about(c: Connection, parts: Parts, other: str) -> None:
    """Profile, a second id, consents, a note, a look, a talk, and something that is due."""
    now = parts.clock.now()
    profiles.upsert(c, [PERSON, Customer(id=TWIN, display_name=JAPANESE, language="ja")], now)
    merging.merge(c, MIRA, TWIN, kind="link", by=MIRA, now=now, evidence=IDENTIFIERS["email"])
    evidence = Evidence(method="form", source=f"card of {NAME}")
    topics = ("email", "push", "line")
    consents.append(
        c, [Consent(customer_id=MIRA, topic=topic, granted=True, evidence=evidence, at=now) for topic in topics]
    )
    memories.put(c, [note(now)])
    accesses.note(c, person="agent", role="marketer", customer_id=MIRA, what="profile", now=now)
    talks.put(c, "marketer", "t-1", json.dumps({"said": [f"what of {IDENTIFIERS['email'].upper()}?"]}), now)
    due.start(c, [winback(now)])


def note(now: datetime) -> Memory:
    """What somebody wrote down of a talk."""
    return Memory(
        id=f"{MIRA}/note",
        customer_id=MIRA,
        text=NOTE,
        distance=Distance.TOLD_US,
        source="conversation",
        at=now,
        word=NOTE,
    )


def winback(now: datetime) -> Due:
    """A scene that is due in some hours."""
    later = now + timedelta(hours=3)
    return Due(
        id=cause_id("winback", MIRA, "cart_id:c-1"),
        customer_id=MIRA,
        scene="winback",
        cause=f"cart of {MIRA}",
        at=later,
        until=later + timedelta(days=1),
        since=now,
        created_at=now,
    )


def happened(parts: Parts) -> list[Arrival]:
    """What the person did, as events."""
    now = parts.clock.now()
    context: Document = {"page": {"title": PAGE, "url": "https://shop.example.com/p"}, "ip": "192.0.2.1"}
    seen = partial(Arrival, source="web", user_id=MIRA, context=context)
    return [
        seen("planted-1", "page", now, name="Viewed", properties={"title": PAGE}),
        seen("planted-2", "track", now, name="Conversation Noted", properties={"text": NOTE}),
        seen("planted-3", "identify", now, traits={"name": NAME, "email": IDENTIFIERS["email"]}),
        Arrival("planted-4", "page", now, "web", anonymous_id=IDENTIFIERS["anonymous_id"], context=context),
        Arrival(
            "planted-5", "track", now, "line", name="Message Opened", identifiers={"line_id": IDENTIFIERS["line_id"]}
        ),
    ]


def refused() -> Refusal:
    """An event of theirs that cannot be used."""
    document = json.dumps(
        {"type": "tarck", "userId": MIRA, "traits": {"email": IDENTIFIERS["email"], "name": JAPANESE}}
    )
    return Refusal("type", f"'tarck' of {MIRA} is no type", document, "web", message_id="planted-6")


def waiting(c: Connection, parts: Parts, decision_id: str) -> None:
    """Words that were made ahead, and words that wait for a person."""
    vault, now = parts.stores.vault, parts.clock.now()
    words = Prepared("p-planted", NOTE.encode(), now, now + timedelta(hours=20))
    prepared.put(c, vault, MIRA, "winback", [words], now)
    id = reviews.id_of(decision_id)
    document = vault.encrypt(c, MIRA, NOTE.encode(), id)
    reviews.add(c, Review(id, "message", decision_id, "winback", document, now, customer_id=MIRA))


async def come_back(parts: Parts) -> None:
    """Every door is tried again by somebody whom we were told to forget."""
    stores, now = parts.stores, parts.clock.now()
    again = [
        Customer(id=MIRA, display_name=NAME),
        Customer(id="a new id", identifiers={"email": IDENTIFIERS["email"].upper()}),
        Customer(id="another", identifiers={"phone": "090-8765-4321"}),
    ]
    stores.write(lambda c: profiles.upsert(c, tombstones.allowed(c, stores.suppression, again)[0], now))
    late = [one._replace(message_id=f"{one.message_id}-again") for one in happened(parts)]
    await parts.intake.take(late, [refused()._replace(user_id=MIRA)])
    stores.write(lambda c: c.run(imports.FORGET, source=SOURCE))
    gate = Gate(stores.suppression)
    import_sample(stores.database, parts.context, parts.instruments.encoder, parts.clock, gate=gate)


def returned(parts: Parts) -> int:
    """How many of the erased are known again, to the database or to the vector store."""
    here = set(parts.stores.read(profiles.ids)) | set(parts.context.ids()[0])
    return len(here & {MIRA, TWIN, SAMPLED, "a new id", "another"})


def found_in_files(home: Path) -> set[str]:
    """The planted words that stand in any file, as they are or as JSON writes them."""
    found = set[str]()
    for path in (path for path in home.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found.update(needle for needle in NEEDLES if any(form in content for form in forms(needle)))
    return found


def found_in_rows(stores: Stores) -> set[str]:
    """The planted words that stand in any row of any table."""
    found = set[str]()
    for row in every_row(stores):
        found.update(needle for needle in NEEDLES if any(form in row for form in forms(needle)))
    return found


def forms(needle: str) -> tuple[bytes, ...]:
    """A word in bytes: as UTF-8, escaped as in JSON, and in UTF-16."""
    return needle.encode(), json.dumps(needle)[1:-1].encode(), needle.encode("utf-16-le")


def every_row(stores: Stores) -> Iterator[bytes]:
    """Every row of every table, ours and those of libraries, as bytes."""
    engine = stores.database.engine
    if isinstance(engine, PostgresEngine):
        with engine.lent() as raw:
            for (table,) in raw.execute(TABLES).fetchall():
                yield from (in_bytes(row) for row in raw.execute(f"SELECT * FROM {table}".encode()).fetchall())
        return
    with lent(engine.path) as lite:
        tables = [row[0] for row in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            yield from (in_bytes(row) for row in lite.execute(f'SELECT * FROM "{table}"').fetchall())


def in_bytes(row: tuple[object, ...]) -> bytes:
    """A row with all that stands in it."""
    return b"\0".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
