"""Customers, consents, offers, scenes and policies over HTTP: what goes in comes out."""

from datetime import timedelta
from typing import Any

from api.routes.consents import Topic
from domain.channel import Channel
from tests.api.house import ASK, House

MIKI: dict[str, Any] = {
    "id": "miki",
    "identifiers": {"email": "Miki@Example.com"},
    "language": "ja",
    "timezone": "Asia/Tokyo",
    "country": "JP",
    "tier": "gold",
    "attributes": {"points": 120},
    "tags": ["tea"],
}
TEA = {"id": "tea", "kind": "product", "name": {"ja": "煎茶", "en": "Sencha"}, "price": 1980.5, "currency": "JPY"}


def test_one_id_twice_in_a_list_is_one_customer_as_told_last(house: House) -> None:
    twice = [{"id": "twice", "display_name": "A"}, {"id": "twice", "display_name": "B"}]
    assert house.post("/v1/customers", "ingest", twice).json()["written"] == 1
    assert house.get("/v1/customers/twice", "marketer").json()["customer"]["display_name"] == "B"


def test_a_customer_comes_out_as_it_went_in(house: House) -> None:
    assert house.post("/v1/customers", "ingest", MIKI).json() == {"written": 1, "skipped": 0}
    profile = house.get("/v1/customers/miki", "marketer").json()
    assert {name: profile["customer"][name] for name in MIKI} == MIKI
    assert profile["memories"] == []


def test_many_customers_are_written_at_once_or_not_at_all(house: House) -> None:
    assert house.post("/v1/customers", "admin", [MIKI, {"id": "ren"}]).json() == {"written": 2, "skipped": 0}
    taken = [{"id": "sora"}, {"id": "yuki", "identifiers": {"email": "miki@example.com"}}]
    assert house.post("/v1/customers", "admin", taken).status_code == 422
    assert house.get("/v1/customers/sora", "marketer").status_code == 404


def test_a_profile_shows_memories_with_their_sources(house: House) -> None:
    profile = house.get("/v1/customers/anna", "analyst").json()
    assert profile["features"]["orders"] == 12
    assert profile["memories"][0]["source"] == "purchase"
    assert "vector" not in profile["memories"][0]


def test_consent_is_a_ledger(house: House) -> None:
    for granted in (True, False):
        line = {"customer": "silent", "channel": "email", "granted": granted, "evidence": {"method": "form"}}
        written = house.post("/v1/consents", "ingest", line)
        assert written.status_code == 201
        assert written.json() == {
            **line,
            "purpose": "*",
            "evidence": {"method": "form", "at": None, "text_version": None, "source": None},
            "at": "2026-11-24T01:00:00Z",
        }
    first = house.get("/v1/customers/silent/consents", "privacy", params={"limit": 1}).json()
    rest = house.get("/v1/customers/silent/consents", "marketer", params={"cursor": first["next"]}).json()
    assert [line["granted"] for line in first["items"] + rest["items"]] == [True, False]
    assert rest["next"] is None


def test_evidence_from_the_future_is_none(house: House) -> None:
    """Nothing that the customer says until then would be newer."""
    line: dict[str, Any] = {"customer": "silent", "channel": "email", "granted": True}
    for minutes, status in ((6, 422), (4, 201)):
        at = (house.clock.now() + timedelta(minutes=minutes)).isoformat()
        written = house.post("/v1/consents", "ingest", {**line, "evidence": {"method": "form", "at": at}})
        assert written.status_code == status
        assert status == 201 or "evidence.at" in written.json()["detail"]


def test_a_consent_opens_the_channel(house: House) -> None:
    ask = {**ASK, "customer": {"id": "silent"}}
    assert house.post("/v1/next-message", "channel", ask).json()["outcome"] == "hold"
    line = {"customer": "silent", "channel": "email", "granted": True, "evidence": {"method": "form"}}
    house.post("/v1/consents", "privacy", line)
    assert house.post("/v1/next-message", "channel", ask).json()["outcome"] == "message"


def test_every_channel_can_be_consented_to() -> None:
    assert {str(channel) for channel in Channel} < {str(topic) for topic in Topic}


def test_an_offer_comes_and_goes(house: House) -> None:
    assert house.post("/v1/offers", "admin", TEA).json() == {"written": 1}
    offers = {offer["id"]: offer for offer in house.get("/v1/offers", "store").json()["items"]}
    assert offers["tea"]["price"] == 1980.5
    assert house.request("DELETE", "/v1/offers/tea", "marketer").status_code == 204
    assert house.request("DELETE", "/v1/offers/tea", "marketer").status_code == 404


def test_scenes_have_cards_in_both_languages(shared: House) -> None:
    scene = shared.get("/v1/scenes/cart_abandonment", "channel").json()
    assert scene["card"]["ja"] and scene["card"]["en"]


def test_the_book_speaks_the_readers_language(shared: House) -> None:
    english = shared.get("/v1/policies", "analyst", headers={"Accept-Language": "en"}).json()
    japanese = shared.get("/v1/policies", "analyst", headers={"Accept-Language": "ja"}).json()
    assert english["version"] == japanese["version"] == 1
    assert [rule["id"] for rule in english["rules"]] == [rule["id"] for rule in japanese["rules"]]
    assert all(rule["says"].isascii() or "…" in rule["says"] for rule in english["rules"] if rule["type"] == "consent")
    assert not any(rule["says"].isascii() for rule in japanese["rules"] if rule["type"] == "consent")


def test_versions_say_who_wrote_and_who_approved(shared: House) -> None:
    versions = shared.get("/v1/policies/versions", "marketer").json()
    assert versions["items"][0]["version"] == 1
    assert set(versions["items"][0]) == {"version", "author", "approver", "note", "created_at"}
