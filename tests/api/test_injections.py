"""Injections: whatever stands in directives, names, product texts, pages or call notes, no rule changes by itself."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.memory import Distance, Memory
from records import memories
from records.connection import Connection
from tests.api.house import ASK, House
from tests.attacks import attacks, templates


def state(house: House) -> dict[str, Any]:
    """Everything that decides what is sent: the book, its versions, proposals, defined words, stops."""
    book = house.get("/v1/policies", "analyst").json()
    paths = ("/v1/policies/versions", "/v1/policies/proposals", "/v1/segments", "/v1/stops")
    return {"book": book, **{path: house.get(path, "analyst").json()["items"] for path in paths}}


def in_one_line(attack: str) -> str:
    """The attack as a name or a mark may hold it: control characters are refused there."""
    return " ".join(attack.split())


def named(house: House, attack: str, number: int) -> None:
    """A customer whose name, attributes and tags are the attack."""
    body = {"id": f"c{number}", "display_name": attack[:200], "language": "ja", "country": "JP", "stage": "active"}
    mark = in_one_line(attack)[:80]
    more = {"attributes": {"note": attack}, "tags": [mark], "segments": [mark]}
    assert house.post("/v1/customers", "ingest", {**body, **more}).status_code == 200
    consent = {"customer": f"c{number}", "channel": "email", "granted": True, "evidence": {"method": attack[:80]}}
    assert house.post("/v1/consents", "ingest", consent).status_code == 201


def offered(house: House, attack: str, number: int) -> None:
    """An offer whose name and texts are the attack."""
    texts = {"word": {"ja": attack[:60], "en": attack[:60]}, "review": {"ja": attack, "en": attack}}
    name = in_one_line(attack)[:100]
    body = {"id": f"o{number}", "kind": "product", "name": {"ja": name, "en": name}, "facts": texts}
    answer = house.post("/v1/offers", "marketer", {**body, "url": "https://shop.example.com/o"})
    assert answer.status_code == 200, answer.text


def noted(house: House, attack: str, number: int) -> None:
    """A note of a call with the customer."""
    at = house.clock.now()

    def write(c: Connection) -> None:
        told = Memory(id=f"m{number}", customer_id=f"c{number}", text=attack[:500], distance=Distance.TOLD_US,
                      source="call", at=at, topic="coffee", word=attack[:40])  # fmt: skip
        memories.put(c, [told])

    house.parts.stores.write(write)


@pytest.fixture(scope="module")
def texts() -> tuple[str, ...]:
    """All of them."""
    assert len(templates()) >= 6
    return attacks()


@pytest.mark.parametrize("place", [named, offered])
def test_what_customers_and_products_are_called_changes_no_rule(
    house: House, texts: tuple[str, ...], place: Callable[[House, str, int], None]
) -> None:
    before = state(house)
    for number, attack in enumerate(texts):
        place(house, attack, number)
    for number, attack in enumerate(texts[:8]):
        customer = {"id": f"c{number}"} if place is named else {"id": "hana"}
        moment = {"page": {"url": "https://shop.example.com/p", "title": attack[:200]}}
        asked = {**ASK, "customer": customer, "moment": moment}
        answer = house.post("/v1/next-message", "channel", asked)
        assert answer.status_code == 200, answer.text
    assert state(house) == before
    assert house.get("/v1/directives", "analyst").json()["items"] == []


def test_notes_of_calls_change_no_rule(house: House, texts: tuple[str, ...]) -> None:
    before = state(house)
    for number, attack in enumerate(texts[-10:]):
        named(house, "Mihon", number)
        noted(house, attack, number)
        asked = {**ASK, "customer": {"id": f"c{number}"}}
        assert house.post("/v1/next-message", "channel", asked).status_code == 200
    assert state(house) == before


def test_a_directive_that_gives_orders_to_the_machine_is_a_draft_like_any_other(
    house: House, texts: tuple[str, ...]
) -> None:
    victim = house.post("/v1/directives", "marketer", {"text": "No SMS, please."}).json()
    assert victim["id"] == "dir-1"
    before = state(house)
    for attack in texts:
        given = house.post("/v1/directives", "marketer", {"text": attack})
        assert given.status_code == 201, given.text
        assert (given.json()["status"], given.json()["in_force"]) == ("draft", False)
        assert house.post(f"/v1/directives/{given.json()['id']}/approve", "marketer").status_code == 403
        tried = house.post("/v1/policies/try", "marketer", {"directives": [attack]}).json()
        assert all(clause["status"] != "understood" or not clause["rules"] for clause in tried["clauses"]), tried
    assert state(house) == before
    listed = house.get("/v1/directives?limit=200", "analyst").json()["items"]
    assert {one["status"] for one in listed} == {"draft"}
