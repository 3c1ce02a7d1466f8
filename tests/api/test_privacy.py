"""Privacy through the front door: export, erasure, who looked, and nobody comes back."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from agent import erasing
from agent.links import unsubscribe_url
from domain.channel import Channel
from domain.errors import Busy
from records import accesses, profiles, tombstones
from records.accesses import Access
from records.connection import Connection
from records.schema import consents, metadata
from records.statement import prepare
from tests.api.house import ASK, House
from tests.clock import START

MIRA = {"id": "mira-4711", "display_name": "Mira Planted", "identifiers": {"email": "mira.planted@example.com"}}
EVERYTHING = prepare(select(consents.c.customer_id))


def token(house: House, customer: str) -> str:
    """The token of an unsubscribe link."""
    return unsubscribe_url("", house.parts.stores.links, customer, Channel.EMAIL).removeprefix("/u/")


def looks(house: House, id: str = "anna") -> list[tuple[str | None, str]]:
    """Who looked at somebody, and at what, newest first."""
    house.parts.stores.write(lambda c: None)  # Everything queued before it is written now.
    answered = house.get(f"/v1/customers/{id}/accesses", "privacy").json()
    return [(item["person"], item["what"]) for item in answered["items"]]


def test_an_erasure_reaches_everything_and_the_log_still_verifies(house: House) -> None:
    decided = house.post("/v1/next-message", "channel", ASK).json()
    assert decided["outcome"] == "message"
    path = f"/v1/decisions/{decided['decision_id']}"
    gone = house.request("DELETE", "/v1/customers/anna", "privacy")
    assert gone.status_code == 200 and not gone.json()["already"] and not gone.json()["left"]
    assert gone.json()["rows"]["decisions"] == 1 and gone.json()["rows"]["vault"] == 1
    for route in ("", "/consents", "/export"):
        assert house.get(f"/v1/customers/anna{route}", "privacy" if route else "marketer").status_code == 404
    verified = house.get(f"{path}/verify", "analyst").json()
    assert (verified["ok"], verified["erased"]) == (True, True)
    record = house.get(path, "analyst").json()
    assert record["erased"] and record["personal"] is None and record["customer_id"].startswith("erased-")
    listed = house.get("/v1/decisions", "analyst", params={"customer": record["customer_id"]}).json()["items"]
    assert [(one["decision_id"], one["erased"]) for one in listed] == [(decided["decision_id"], True)]
    replayed = house.post(f"{path}/replay", "analyst")
    assert replayed.status_code == 410 and "erased" in replayed.json()["detail"]
    assert house.post(f"{path}/deliver", "channel").status_code == 410
    assert house.parts.context.get("anna") is None


def test_twice_is_once_and_a_stranger_is_not_found(house: House) -> None:
    assert not house.request("DELETE", "/v1/customers/anna", "privacy").json()["already"]
    again = house.request("DELETE", "/v1/customers/anna", "privacy")
    assert (again.status_code, again.json()["already"], again.json()["rows"]) == (200, True, {})
    assert house.request("DELETE", "/v1/customers/nobody", "privacy").status_code == 404


def test_who_was_erased_does_not_come_back_by_any_door(house: House) -> None:
    assert house.post("/v1/customers", "ingest", MIRA).json() == {"written": 1, "skipped": 0}
    house.request("DELETE", "/v1/customers/mira-4711", "privacy")
    again = house.post("/v1/customers", "ingest", [MIRA, {**MIRA, "id": "other"}, {"id": "new"}])
    assert again.json() == {"written": 1, "skipped": 2}
    assert house.parts.stores.read(lambda c: profiles.customer(c, "mira-4711")) is None
    event = {"type": "identify", "userId": "mira-4711", "messageId": "m-1", "traits": {"name": "Mira Planted"}}
    assert house.post("/v1/identify", "ingest", event).status_code == 200
    assert house.get("/v1/customers/mira-4711", "marketer").status_code == 404


def test_a_stray_event_after_the_erasure_makes_nobody(house: House) -> None:
    house.request("DELETE", "/v1/customers/anna", "privacy")
    asked = house.post("/v1/next-message", "channel", ASK)
    assert asked.status_code == 404
    link = "/u/" + token(house, "anna")
    assert house.post(link).status_code == 200
    assert house.parts.stores.read(lambda c: profiles.customer(c, "anna")) is None
    ledger = house.parts.stores.read(lambda c: c.all(EVERYTHING))
    assert not [row for row in ledger if row[0] == "anna"]


def test_who_asks_to_come_back_is_let_in(house: House) -> None:
    house.post("/v1/customers", "ingest", MIRA)
    house.request("DELETE", "/v1/customers/mira-4711", "privacy")
    names = {"id": "mira-4711", "email": "mira.planted@example.com"}
    assert erasing.readmit(house.parts.stores, names, by="pat", role="privacy") == 2
    assert house.post("/v1/customers", "ingest", MIRA).json() == {"written": 1, "skipped": 0}


def test_an_export_is_one_document_with_everything(house: House) -> None:
    house.post("/v1/next-message", "channel", ASK)
    answered = house.get("/v1/customers/anna/export", "privacy")
    assert answered.headers["content-type"].startswith("application/json")
    document = json.loads(answered.text)
    assert document["customer"] == "anna" and document["customers"][0]["profile"]["display_name"] == "Anna"
    assert len(document["consents"]) == 5 and document["memories"][0]["document"]["text"].startswith("buys coffee")
    assert document["decisions"][0]["personal"]["decision"]["message"]["text"]
    assert document["contacts"] and document["decisions"][0]["public"]["offers"]


def test_a_long_past_is_exported_in_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = [Access(START, "mika", "marketer", "anna", f"look {number}") for number in range(1203)]
    house.parts.stores.write(lambda c: accesses.note_many(c, marks))
    document = json.loads(house.get("/v1/customers/anna/export", "privacy").text)
    found = [one["what"] for one in document["accesses"]]
    assert found[:1203] == [f"look {number}" for number in range(1203)]


def test_looking_at_somebody_is_written_down(house: House) -> None:
    house.get("/v1/customers/anna", "marketer")
    house.get("/v1/customers/anna/consents", "privacy")
    house.get("/v1/customers", "analyst", params={"limit": 1})
    assert looks(house) == [("analyst", "list"), ("privacy", "consents"), ("marketer", "profile")]
    assert house.get("/v1/customers/nobody/accesses", "privacy").status_code == 404


def test_looking_does_not_wait_for_a_writer_that_is_busy(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy(1024)

    with monkeypatch.context() as patch:
        patch.setattr(house.parts.stores.database.engine, "submit", busy)
        assert house.get("/v1/customers/anna", "marketer").status_code == 200
    house.get("/v1/customers/anna", "analyst")
    assert looks(house) == [("analyst", "profile"), ("marketer", "profile")]


def test_the_list_of_erasures_erases_again_what_a_backup_brings_back(house: House, tmp_path: Path) -> None:
    house.post("/v1/customers", "ingest", MIRA)
    house.request("DELETE", "/v1/customers/mira-4711", "privacy")
    listed = house.parts.settings.home / erasing.LIST
    assert "mira" not in listed.read_text("utf-8")
    stores = house.parts.stores
    marks = stores.read(lambda c: [one.hash for one in tombstones.page(c, 100)])
    stores.write(lambda c: tombstones.lift(c, marks))  # As a backup from before the erasure has it.
    house.post("/v1/customers", "ingest", MIRA)
    assert erasing.reapply(stores, listed) == (1, 2)
    assert house.get("/v1/customers/mira-4711", "marketer").status_code == 404
    assert house.post("/v1/customers", "ingest", MIRA).json()["skipped"] == 1
    copy = tmp_path / "list.jsonl"
    assert erasing.write_list(stores, copy) == 2 and erasing.read_list(copy) == frozenset(marks)


def test_an_erased_browser_is_answered_and_not_kept(house: House) -> None:
    who = {"anonymous_id": "browser-4711"}
    ask = {**ASK, "customer": who, "channels": ["web"]}
    event = {"type": "identify", "messageId": "b-1", "userId": "mira-4711", "anonymousId": who["anonymous_id"]}
    assert house.post("/v1/batch", "ingest", {"batch": [event]}).status_code == 200
    gone = house.request("DELETE", "/v1/customers/mira-4711", "privacy")
    assert gone.status_code == 200
    for _ in range(2):
        answered = house.post("/v1/next-message", "channel", ask, headers={"Idempotency-Key": "again"})
        assert answered.status_code == 200, answered.text
        found = house.get(f"/v1/decisions/{answered.json()['decision_id']}", "analyst")
        assert found.status_code == 404

    def planted(c: Connection) -> list[str]:
        return [
            table.name
            for table in metadata.sorted_tables
            if any("browser-4711" in str(row) for row in c.all(prepare(select(table))))
        ]

    assert not house.parts.stores.read(planted)
    stranger = {**ask, "customer": {"anonymous_id": "browser-1"}}
    kept = house.post("/v1/next-message", "channel", stranger).json()["decision_id"]
    assert house.get(f"/v1/decisions/{kept}", "analyst").status_code == 200
