"""The outbox through the front door: an event comes in, its scene becomes due, and a channel takes the message."""

import pytest

from agent.journeys import Journeys
from domain.channel import Channel
from records import due, outbox
from tests.agent.journeying import carried
from tests.api.house import House


def laid_out(house: House, event: str = "Product Added") -> str:
    """The decision of a cart that was abandoned an hour ago."""
    body = {"userId": "anna", "event": event, "properties": {"cart_id": "c1", "product_id": "coffee"}}
    assert house.post("/v1/track", "ingest", body).status_code == 200
    (run,) = house.parts.stores.read(lambda c: due.page(c, 9, scene="cart_abandonment")).items
    house.clock.set(run.due.at)
    journeys = Journeys(house.parts.instruments, house.parts.conductor)
    assert house.runner.run(carried(journeys, run.due.id)) == "message"
    (entry,) = house.parts.stores.read(lambda c: outbox.page(c, 9)).items
    house.clock.set(max(entry.send_at, run.due.at))
    assert entry.decision_id is not None
    return entry.decision_id


def test_a_channel_lists_what_is_due_and_takes_it_once(house: House) -> None:
    decision = laid_out(house)
    (entry,) = house.get("/v1/outbox", "channel").json()["items"]
    assert (entry["decision_id"], entry["customer_id"], entry["state"]) == (decision, "anna", "ready")
    taken = house.post(f"/v1/decisions/{decision}/deliver", "channel").json()
    assert taken["outcome"] == "message" and taken["message"]["channel"] == entry["channel"]
    assert house.get("/v1/outbox", "channel").json()["items"] == []
    (handed,) = house.get("/v1/outbox", "channel", params={"state": "handed"}).json()["items"]
    assert (handed["id"], handed["attempts"]) == (decision, 1)


def test_a_key_sees_its_own_channels_alone(house: House) -> None:
    decision = laid_out(house)
    stored = house.parts.stores.read(lambda c: house.parts.stores.decisions.get(c, decision))
    assert stored.channel is not None
    other = next(one for one in Channel if one is not stored.channel)
    own, blind = house.key("channel", "own", stored.channel), house.key("channel", "blind", other)
    assert len(house.get("/v1/outbox", key=own).json()["items"]) == 1
    assert house.get("/v1/outbox", key=blind).json()["items"] == []
    assert house.get("/v1/outbox", key=blind, params={"channel": stored.channel.value}).status_code == 403


def test_an_order_empties_it_and_a_delivery_after_it_is_a_hold(house: House) -> None:
    decision = laid_out(house)
    order = {"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}}
    assert house.post("/v1/track", "ingest", order).status_code == 200
    assert house.get("/v1/outbox", "channel").json()["items"] == []
    (gone,) = house.get("/v1/outbox", "channel", params={"state": "cancelled"}).json()["items"]
    assert gone["reason"] == "moot:ordered"
    assert house.post(f"/v1/decisions/{decision}/deliver", "channel").json()["outcome"] == "hold"


def test_a_withdrawal_empties_it_too(house: House) -> None:
    decision = laid_out(house)
    stored = house.parts.stores.read(lambda c: house.parts.stores.decisions.get(c, decision))
    assert stored.channel is not None
    no = {"customer": "anna", "channel": stored.channel.value, "granted": False, "evidence": {"method": "form"}}
    assert house.post("/v1/consents", "privacy", no).status_code == 201
    assert house.get("/v1/outbox", "channel").json()["items"] == []


def test_what_was_definitely_not_sent_is_written_down(house: House) -> None:
    decision = laid_out(house)
    house.post(f"/v1/decisions/{decision}/deliver", "channel")
    assert house.post(f"/v1/decisions/{decision}/release", "channel", {"reason": "bounced at once"}).json()["released"]
    (failed,) = house.get("/v1/outbox", "channel", params={"state": "failed"}).json()["items"]
    assert failed["reason"] == "released:bounced at once"


def test_a_delivery_at_a_forbidden_hour_is_put_off_and_one_that_is_too_late_is_taken_back(house: House) -> None:
    decision = laid_out(house)
    house.clock.set(house.clock.now().replace(hour=13))  # ten at night in Tokyo
    assert house.post(f"/v1/decisions/{decision}/deliver", "channel").json()["outcome"] == "hold"
    found = {
        state: house.get("/v1/outbox", "channel", params={"state": state}).json()["items"]
        for state in ("ready", "cancelled")
    }
    assert len(found["ready"]) + len(found["cancelled"]) == 1
    entry = (found["ready"] or found["cancelled"])[0]
    assert entry["reason"].startswith("held:")


@pytest.mark.parametrize("wrong", ["channel=fax", "state=lost", "cursor=x"])
def test_a_wrong_wish_is_named(house: House, wrong: str) -> None:
    name, _, value = wrong.partition("=")
    refused = house.get("/v1/outbox", "channel", params={name: value})
    assert refused.status_code == 422 and name in refused.text
