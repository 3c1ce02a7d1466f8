"""Erasure: every table is spoken for, nobody comes back, and nobody else is touched."""

import base64
import threading
import time
from datetime import timedelta
from typing import NamedTuple

import pytest
from pydantic_core import from_json, to_json
from sqlalchemy import bindparam, func, insert, select

from agent.planning import PASS, Place
from domain.consent import Consent, Evidence
from domain.customer import Customer, IdentifierKind
from domain.errors import NotFound
from domain.memory import Distance, Memory
from records import (
    accesses,
    consents,
    erasure,
    memories,
    merging,
    passes,
    profiles,
    schema,
    tombstones,
    traces,
    unfinished,
)
from records.connection import Connection
from records.database import Database
from records.decisions import Decisions
from records.mentions import Mentions
from records.statement import prepare
from records.vault import Vault
from tests.clock import START
from tests.patience import PATIENCE
from tests.records.people import always, same_again, signed

KEY = b"k" * 32
VAULT = Vault(b"v" * 32)
MIRA = Customer(
    id="mira-4711",
    display_name="Mira Planted",
    identifiers={"email": "Mira.Planted@Example.com", "phone": "090-1234-5678", "device_id": "tablet-9"},
)
LETTER = prepare(
    insert(schema.dead_letters).values(
        received_at=bindparam("at"),
        source="web",
        field="f",
        reason="r",
        document=bindparam("document"),
        digest=bindparam("digest"),
        status="open",
    )
)
KEYS = prepare(select(func.count()).select_from(schema.vault))
ACCOUNT = prepare(insert(schema.accounts).values(id="acme", document=bindparam("document"), updated_at=bindparam("at")))
JON = Customer(id="jon", identifiers={"email": "jon@example.com"})


class Claim(NamedTuple):
    """What an event or an import says of somebody."""

    user_id: str | None = None
    anonymous_id: str | None = None
    identifiers: dict[IdentifierKind, str] = {}  # noqa: RUF012  # never changed


def arrive(database: Database) -> None:
    """Two customers with a little of everything."""

    def work(c: Connection) -> None:
        profiles.upsert(c, [MIRA, JON], START)
        evidence = Evidence(method="form")
        consents.append(
            c,
            [
                Consent(customer_id=one.id, topic="email", granted=True, evidence=evidence, at=START)
                for one in (MIRA, JON)
            ],
        )
        memories.put(
            c,
            [
                Memory(
                    id=f"{one.id}/1",
                    customer_id=one.id,
                    text="likes tea",
                    distance=Distance.TOLD_US,
                    source="survey",
                    at=START,
                )
                for one in (MIRA, JON)
            ],
        )
        for one in (MIRA, JON):
            VAULT.key_for(c, one.id)
            accesses.note(c, person="mika", role="marketer", customer_id=one.id, what="profile", now=START)

    database.write(work)


def erase(database: Database, id: str = MIRA.id) -> erasure.Erased | None:
    """One erasure."""
    return database.write(lambda c: erasure.erase(c, VAULT, KEY, id, START, by="pat", role="privacy"))


def forbidden(database: Database, claim: Claim) -> bool:
    """Whether somebody is kept out."""
    return database.write(lambda c: tombstones.forbidden(c, KEY, claim))


def test_every_table_is_spoken_for() -> None:
    assert set(erasure.FATES) == set(schema.metadata.tables), "say in records/erasure.py what an erasure does with it"
    personal = {name for name, table in schema.metadata.tables.items() if "customer_id" in table.columns}
    assert not [name for name in personal if erasure.FATES[name] in ("nobody", "searched")]
    assert {name for name, fate in erasure.FATES.items() if fate == "deleted"} <= {
        *erasure.DELETE,
        *("vault", "idempotency", "shared_identifiers"),
    }


def test_an_erased_person_is_nowhere_and_the_others_are_untouched(database: Database) -> None:
    arrive(database)
    erased = erase(database)
    assert erased is not None and erased.members == (MIRA.id,)
    assert erased.rows["consents"] == 1 and erased.rows["memories"] == 1 and erased.rows["vault"] == 1
    assert database.read(lambda c: profiles.customer(c, MIRA.id)) is None
    assert database.read(lambda c: profiles.customer(c, JON.id)) is not None
    assert len(database.read(lambda c: consents.ledger(c, JON.id))) == 1
    looks = database.read(lambda c: accesses.of_customer(c, MIRA.id, tombstones.hash_of(KEY, "id", MIRA.id), 10).items)
    assert [(one.person, one.what) for one in looks] == [("pat", "erase"), ("mika", "profile")]
    assert erase(database) is None and erase(database, "nobody") is None


def test_what_was_promised_to_an_erased_person_is_not_handed_over_and_makes_no_new_key(database: Database) -> None:
    arrive(database)
    decisions = Decisions(VAULT)
    database.write(lambda c: decisions.commit(c, MIRA.id, START, always("d-1"), signed))
    erase(database)

    def too_late(c: Connection) -> None:
        with pytest.raises(NotFound):
            decisions.deliver(c, "d-1", START, same_again, signed)
        decisions.release(c, "d-1", "nobody is there", START)

    before = database.read(lambda c: c.one(KEYS))
    database.write(too_late)
    assert database.read(lambda c: c.one(KEYS)) == before == (1,), "Jon's"


@pytest.mark.parametrize(
    "claim",
    [
        Claim("mira-4711"),
        Claim("a new id", identifiers={"email": "MIRA.planted@example.com"}),
        Claim(identifiers={"phone": "+81 90 1234 5678"}),
        Claim(identifiers={"device_id": "tablet-9"}),
        Claim(user_id="jon", identifiers={"email": "mira.planted@example.com"}),
    ],
)
def test_who_was_erased_is_kept_out_by_every_name(database: Database, claim: Claim) -> None:
    arrive(database)
    assert not forbidden(database, claim)
    erase(database)
    assert forbidden(database, claim)


@pytest.mark.parametrize(
    "claim",
    [
        Claim(),
        Claim("jon"),
        Claim(identifiers={"email": "planted@example.com"}),
        Claim("jon", identifiers={"device_id": "tablet-9"}),
    ],
)
def test_others_may_come_in_also_on_the_same_device(database: Database, claim: Claim) -> None:
    arrive(database)
    erase(database)
    assert not forbidden(database, claim)


def test_a_whole_batch_is_asked_about_at_once(database: Database) -> None:
    arrive(database)
    erase(database)
    people = [JON, MIRA.model_copy(update={"id": "again"}), *(Customer(id=f"n{place}") for place in range(20))]
    kept, skipped = database.write(lambda c: tombstones.allowed(c, KEY, people))
    assert (len(kept), skipped) == (21, 1)


def test_hashes_name_nobody_and_differ_by_deployment(database: Database) -> None:
    arrive(database)
    erase(database)
    rows = database.read(lambda c: tombstones.page(c, 100))
    assert rows and all(len(one.hash) == 64 and "mira" not in one.hash for one in rows)
    assert tombstones.hash_of(KEY, "id", "a") != tombstones.hash_of(b"other" * 7, "id", "a")


def test_who_asks_to_come_back_may(database: Database) -> None:
    arrive(database)
    erase(database)
    mark = tombstones.hash_of(KEY, "email", "mira.planted@example.com")
    let_in = database.write(lambda c: tombstones.readmit(c, [mark], person="pat", role="privacy", now=START))
    assert let_in == 1
    assert not forbidden(database, Claim(identifiers={"email": "mira.planted@example.com"}))
    assert forbidden(database, Claim(MIRA.id))


def test_all_ids_of_one_person_go_together(database: Database) -> None:
    arrive(database)
    later = START + timedelta(hours=1)
    database.write(lambda c: merging.merge(c, JON.id, MIRA.id, kind="person", by="pat", now=later))
    erased = erase(database)
    assert erased is not None and set(erased.members) == {MIRA.id, JON.id}
    assert forbidden(database, Claim(identifiers={"email": "jon@example.com"}))
    assert database.read(profiles.count) == 0


def test_traces_are_found_however_they_are_written(database: Database) -> None:
    mentions = Mentions([("id", "mira-4711"), ("email", "mira.planted@example.com"), ("phone", "+819012345678")])
    for document in (
        '{"userId": "MIRA-4711"}',
        '{"traits": {"email": "\\u006dira.planted@example.com"}}',
        '{"a": [{"tel": "０９０−１２３４−５６７８"}]}',
        "not json: mira-4711",
    ):
        assert mentions.stand_in_document(document), document
    for document in ('{"userId": "jon"}', '{"tel": "090-1234-0000"}', '{"at": 1234567890}'):
        assert not mentions.stand_in_document(document), document
    assert traces.cut('{"a":{"contact":"mira-4711","size":3},"b":["x","mira-4711"]}', mentions) == (
        '{"a":{"size":3},"b":["x"]}'
    )
    assert not sum(database.read(lambda c: traces.find(c, mentions)).rows.values())


@pytest.mark.parametrize(
    ("named", "left"),
    [
        ('{"userId": "c-5"}', '{"userId": "c-56", "order": "c-55", "and": "xc-5", "or": "c-5-1"}'),
        ('{"note": "c-5さんの件。"}', '{"price": 210010, "budget": 1001000, "employees": 1001, "sku": "A1001"}'),
        ('{"userId": 1001}', '{"note": "1001 seats, 11001 more", "at": "2026-10-01"}'),
        ('{"memberNo": {"会員番号": "1001"}}', '{"total": 7, "mail": "a.mira@example.com mira@example.com.au"}'),
        ('{"member_id": 7}', '{"tel": "090-1234-56789", "ms": "1699012345678", "n": 819012345679}'),
        ('{"note": "call +81 (0)90 1234 5678, now"}', '{"note": "290-1234-5678 and 7"}'),
        ('{"a": ["write to mira@example.com."]}', '{"7": {"7": true}}'),
    ],
)
def test_only_whole_identifiers_name_somebody(named: str, left: str) -> None:
    mentions = Mentions(
        [("id", "c-5"), ("loyalty_id", "1001"), ("id", "7"), ("email", "mira@example.com"), ("phone", "+819012345678")]
    )
    assert mentions.stand_in_document(named) and not mentions.stand_in_document(left)
    assert traces.cut(left, mentions) == to_json(from_json(left)).decode()


def test_an_erasure_leaves_the_rows_of_those_with_similar_ids(database: Database) -> None:
    arrive(database)

    def work(c: Connection) -> None:
        for id in ("c-5", "c-56"):
            c.run(LETTER, at=1, document=to_json({"userId": id}).decode(), digest=id)
        c.run(ACCOUNT, document='{"owner":"c-56","seller":"c-5","employees":1001}', at=1)

    database.write(work)
    found = database.read(lambda c: traces.find(c, Mentions([("id", "c-5"), ("loyalty_id", "1001")])))
    assert len(found.letters) == 1 and found.accounts == (("acme", '{"owner":"c-56","employees":1001}'),)
    database.write(lambda c: traces.drop(c, found))
    assert [row[1] for row in database.read(lambda c: c.all(traces.LETTERS, after=0, most=9))] == ['{"userId":"c-56"}']


def test_what_is_unfinished_is_written_down_unreadable(database: Database) -> None:
    arrive(database)
    erased = erase(database)
    assert erased is not None
    ((name, rest),) = database.read(lambda c: unfinished.all_of(c, KEY)).items()
    assert rest.members == erased.members and rest.names == erased.names and rest.hashes == erased.hashes
    ((_, locked),) = database.read(lambda c: c.all(unfinished.ALL))
    assert "mira" not in name + base64.b64decode(locked).decode("latin-1")
    database.write(lambda c: unfinished.done(c, name))
    assert not database.read(lambda c: unfinished.all_of(c, KEY))


def test_a_pass_that_stands_at_somebody_erased_begins_its_day_anew(database: Database) -> None:
    arrive(database)
    place = Place(day=START.date(), version=3, after=MIRA.id)
    database.write(lambda c: passes.put(c, PASS, place.model_dump_json(), START))
    database.write(
        lambda c: passes.put(c, "other", place.model_copy(update={"after": JON.id}).model_dump_json(), START)
    )
    erase(database)
    stands = database.read(lambda c: passes.get(c, PASS))
    assert Place.model_validate_json(stands or "") == place.model_copy(update={"after": ""})
    assert JON.id in (database.read(lambda c: passes.get(c, "other")) or "")


def test_nobody_is_written_about_between_the_question_and_the_erasure(database: Database) -> None:
    """An event that was let in is committed before the erasure looks, and goes with it; a later one is kept out."""
    arrive(database)
    asked, go_on = threading.Event(), threading.Event()

    def event(c: Connection) -> bool:
        out = tombstones.forbidden(c, KEY, Claim(MIRA.id))
        asked.set()
        go_on.wait(PATIENCE)
        tea = Memory(id="late", customer_id=MIRA.id, text="tea", distance=Distance.TRACE, source="page", at=START)
        memories.put(c, [] if out else [tea])
        return out

    let_in = database.submit(event)
    assert asked.wait(PATIENCE)
    erasing = database.submit(lambda c: erasure.erase(c, VAULT, KEY, MIRA.id, START))
    time.sleep(0.1)
    go_on.set()
    assert not let_in.result(PATIENCE) and erasing.result(PATIENCE) is not None
    assert database.write(event) and not database.read(lambda c: memories.of_member(c, MIRA.id))


def test_looks_at_any_member_are_looks_at_the_person(database: Database) -> None:
    arrive(database)
    database.write(lambda c: merging.merge(c, JON.id, MIRA.id, kind="person", by="pat", now=START))
    assert len(database.read(lambda c: accesses.of_customer(c, JON.id, "", 10).items)) == 2
    assert len(database.read(lambda c: accesses.of_customer(c, MIRA.id, "", 10).items)) == 2


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("order-c-5", True),
        ("x_c-5_1", True),
        ("Mail:C-5", True),
        ("c-56", False),
        ("xc-5", False),
        ("order-1001", False),
    ],
)
def test_a_key_that_a_system_put_together_names_somebody_between_its_signs(key: str, names: bool) -> None:
    assert Mentions([("id", "c-5"), ("loyalty_id", "1001")]).stand_in_key(key) is names
