"""Identity over HTTP and at the command line: joining, parting, deciding; and what a merged customer looks like."""

import pytest

from records import identity, matching
from records.connection import Connection
from records.identity import Claim
from tests.api.house import ASK, House
from tests.api.test_commands import tact
from tests.clock import START

ANNIKA = {"id": "annika", "identifiers": {"email": "annika@example.com"}, "tags": ["tea"]}


def test_a_merged_customer_is_one_person_everywhere(house: House) -> None:
    house.post("/v1/customers", "ingest", ANNIKA)
    joined = house.post("/v1/identity/merge", "privacy", {"survivor": "anna", "absorbed": "annika", "reason": "same"})
    assert joined.json() == {"id": "anna", "absorbed": ["annika"]}
    one, other = (house.get(f"/v1/customers/{id}", "marketer").json() for id in ("anna", "annika"))
    assert one == other and one["absorbed"] == ["annika"] and "tea" in one["customer"]["tags"]
    listed = [customer["id"] for customer in house.get("/v1/customers", "marketer").json()["items"]]
    assert "anna" in listed and "annika" not in listed
    first = house.post("/v1/next-message", "channel", {**ASK, "customer": {"email": "annika@example.com"}}).json()
    assert house.get("/v1/decisions", "marketer", params={"customer": "annika"}).json()["items"]
    verified = house.get(f"/v1/decisions/{first['decision_id']}/verify", "analyst").json()
    assert verified["ok"] is True
    line = {"customer": "annika", "channel": "email", "granted": False, "evidence": {"method": "form"}}
    assert house.post("/v1/consents", "ingest", line).status_code == 201
    held = house.post("/v1/next-message", "channel", ASK).json()
    assert held["outcome"] == "hold"
    ledger = house.get("/v1/customers/anna/consents", "privacy").json()["items"]
    assert ledger[-1]["granted"] is False
    parted = house.post("/v1/identity/split", "privacy", {"customer": "annika"})
    assert parted.json() == {"id": "annika", "absorbed": []}
    assert house.get("/v1/customers/anna", "marketer").json()["absorbed"] == []
    assert house.post("/v1/identity/split", "privacy", {"customer": "annika"}).status_code == 422


def test_nobody_is_joined_with_themselves_or_with_nobody(house: House) -> None:
    itself = house.post("/v1/identity/merge", "admin", {"survivor": "anna", "absorbed": "anna"})
    assert (itself.status_code, itself.json()["errors"][0]["field"]) == (422, "absorbed")
    assert house.post("/v1/identity/merge", "admin", {"survivor": "anna", "absorbed": "none"}).status_code == 404


@pytest.mark.parametrize(("verdict", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_pair_waits_until_a_person_decides_once(house: House, verdict: str, status: str) -> None:
    house.parts.stores.write(two_with_one_address)
    (waits,) = house.get("/v1/identity/matches", "marketer", headers={"Accept-Language": "en"}).json()["items"]
    assert waits["customers"] == ["annika", "anniko"] and waits["status"] == "open"
    assert waits["reasons"] == ["e-mail address: both use the same one"]
    path = f"/v1/identity/matches/{waits['id']}"
    decided = house.post(path, "privacy", {"verdict": verdict}).json()
    assert (decided["status"], decided["decided_by"]) == (status, "privacy")
    assert house.post(path, "marketer", {"verdict": verdict}).status_code == 409
    absorbed = house.get("/v1/customers/annika", "marketer").json()["absorbed"]
    assert absorbed == (["anniko"] if verdict == "accept" else [])
    assert house.get("/v1/identity/matches", "marketer").json()["items"] == []
    (kept,) = house.get("/v1/identity/matches", "marketer", params={"status": status}).json()["items"]
    assert kept["id"] == waits["id"]


def test_pairs_come_in_pages_the_likeliest_first(house: House) -> None:
    def some(c: Connection) -> None:
        for number in range(5):
            matching.suggest(c, f"a-{number}", f"b-{number}", number / 10, "", START)

    house.parts.stores.write(some)
    first = house.get("/v1/identity/matches", "marketer", params={"limit": 3}).json()
    rest = house.get("/v1/identity/matches", "marketer", params={"cursor": first["next"]}).json()
    assert [one["score"] for one in first["items"] + rest["items"]] == [0.4, 0.3, 0.2, 0.1, 0.0]
    assert rest["next"] is None
    assert house.get("/v1/identity/matches", "marketer", params={"cursor": "3.a"}).status_code == 422


def test_the_commands_do_the_same_beside_the_service(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_HOME", str(house.parts.settings.home))
    monkeypatch.setenv("TACT_LANGUAGE", "en")
    house.parts.stores.write(two_with_one_address)
    assert "both use the same one" in tact("identity", "matches")
    id = house.get("/v1/identity/matches", "marketer").json()["items"][0]["id"]
    assert "rejected (mika)" in tact("identity", "reject", id, "--by", "mika")
    assert "was rejected by 'mika'" in tact("identity", "accept", id, code=1)
    assert "There is none." in tact("identity", "matches")
    assert "anna = annika" in tact("identity", "merge", "anna", "annika")
    assert "annika is parted from anna" in tact("identity", "split", "annika")
    assert "it is not merged into anybody" in tact("identity", "split", "annika", code=1)
    assert "is shared" in tact("identity", "share", "email", "home@example.com")
    assert "is not shared" in tact("identity", "share", "email", "home@example.com", "--undo")
    assert "give one of" in tact("identity", "share", "fax", "1", code=1)
    assert "Nothing was written." in tact("identity", "resolve", "--check")
    assert "customers compared" in tact("identity", "resolve")
    assert "give one of open" in tact("identity", "matches", "--status", "old", code=1)


def two_with_one_address(c: Connection) -> None:
    """Two customers with ids of their own claim one address."""
    for user_id in ("annika", "anniko"):
        identity.resolve(c, Claim(user_id, None, {"email": "both@example.com"}), START)
