"""Decisions over HTTP: handed over, released, looked up, replayed and verified."""

from datetime import timedelta

from domain.channel import Channel
from tests.api.house import ASK, House


def decided(house: House, channel: str = "email") -> str:
    """The id of a fresh message decision about Anna."""
    answer = house.post("/v1/next-message", "channel", {**ASK, "channels": [channel]}).json()
    assert answer["outcome"] == "message", answer
    return str(answer["decision_id"])


def test_the_record_tells_everything(house: House) -> None:
    decision = decided(house)
    record = house.get(f"/v1/decisions/{decision}", "analyst").json()
    assert record["customer_id"] == "anna"
    assert record["contact"]["channel"] == "email"
    assert record["evidence"]["candidates"]
    assert record["personal"]["decision"]["decision_id"] == decision
    assert record["erased"] is False


def test_decisions_of_a_customer_come_newest_first(house: House) -> None:
    decisions = []
    for _ in range(3):
        decisions.append(house.post("/v1/next-message", "channel", {**ASK, "channels": ["web"]}).json()["decision_id"])
        house.clock.move(timedelta(minutes=1))
    first = house.get("/v1/decisions", "marketer", params={"customer": "anna", "limit": 2}).json()
    rest = house.get("/v1/decisions", "marketer", params={"customer": "anna", "cursor": first["next"]}).json()
    assert [one["decision_id"] for one in first["items"] + rest["items"]] == decisions[::-1]
    assert rest["next"] is None


def test_delivery_hands_the_message_over(house: House) -> None:
    decision = decided(house)
    delivered = house.post(f"/v1/decisions/{decision}/deliver", "channel")
    assert delivered.status_code == 200, delivered.text
    assert delivered.json()["message"]["channel"] == "email"
    assert "cites" not in delivered.json()["message"]


def test_a_withdrawn_consent_stops_delivery(house: House) -> None:
    decision = decided(house)
    house.scenery.consent("anna", "email", False)
    delivered = house.post(f"/v1/decisions/{decision}/deliver", "channel").json()
    assert (delivered["decision_id"], delivered["outcome"], delivered["message"]) == (decision, "hold", None)
    assert delivered["hold"]["reasons"][0]["type"] == "consent"


def test_a_key_of_another_channel_neither_delivers_nor_releases(house: House) -> None:
    decision, pusher = decided(house), house.key("channel", "pusher", Channel.PUSH)
    refused = house.post(f"/v1/decisions/{decision}/deliver", key=pusher)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:not-permitted")
    refused = house.post(f"/v1/decisions/{decision}/release", key=pusher, json={"reason": "x"})
    assert refused.status_code == 403


def test_releasing_twice_frees_once(house: House) -> None:
    decision, mailer = decided(house), house.key("channel", "mailer", Channel.EMAIL)
    first = house.post(f"/v1/decisions/{decision}/release", key=mailer, json={"reason": "the gateway was down"})
    second = house.post(f"/v1/decisions/{decision}/release", "channel", json={"reason": "the gateway was down"})
    assert (first.json()["released"], second.json()["released"]) == (True, False)
    record = house.get(f"/v1/decisions/{decision}", "marketer").json()
    assert record["released_because"] == "the gateway was down"


def test_a_replay_comes_out_the_same(house: House) -> None:
    decision = decided(house, "web")
    for body in (None, {}, {"policy_version": 1}):
        more = {} if body is None else {"json": body}
        replayed = house.request("POST", f"/v1/decisions/{decision}/replay", "marketer", **more)
        assert replayed.status_code == 200, replayed.text
        assert replayed.json()["same"] is True
    house.parts.stores.write(lambda c: None)  # behind the looks, which are written one after the other
    looks = house.get("/v1/customers/anna/accesses", "privacy").json()["items"]
    assert [one["what"] for one in looks].count("replay") == 3
    missing = house.post(f"/v1/decisions/{decision}/replay", "marketer", {"policy_version": 99})
    assert missing.status_code == 404


def test_a_decision_verifies_also_after_an_erasure(house: House) -> None:
    decision = decided(house)
    found = house.get(f"/v1/decisions/{decision}/verify", "marketer").json()
    assert (found["ok"], found["erased"], found["findings"]) == (True, False, [])
    house.parts.stores.write(lambda c: house.parts.stores.vault.destroy(c, "anna"))
    found = house.get(f"/v1/decisions/{decision}/verify", "marketer").json()
    assert (found["ok"], found["erased"]) == (True, True)
    record = house.get(f"/v1/decisions/{decision}", "marketer").json()
    assert (record["personal"], record["erased"]) == (None, True)
