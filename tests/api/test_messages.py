"""The main question over HTTP: answers, keys, idempotency, languages and the full house."""

import json
from datetime import timedelta
from typing import Any

import pytest

from domain.channel import Channel
from tests.api.house import ASK, House


def ask(house: House, **more: Any) -> Any:
    """The answer to an ask about Anna."""
    answered = house.post("/v1/next-message", "channel", {**ASK, **more})
    assert answered.status_code == 200, answered.text
    return answered.json()


def test_a_placement_that_nothing_is_written_for_is_said(shared: House) -> None:
    for id, said in (("nope", True), ("newsletter.block:1", False)):
        placed = {**ASK, "channels": ["email"], "placement": {"id": id}, "dry_run": True, "scene": "newsletter"}
        told = shared.post("/v1/next-message", "channel", placed, headers={"Accept-Language": "en"}).json()
        assert told["outcome"] == "message", told
        assert any(f"“{id}”" in one for one in told["explanation"]["because"]) is said


def test_a_message_has_the_shape_of_the_contract(house: House) -> None:
    answer = ask(house)
    assert answer["outcome"] == "message"
    assert answer["hold"] is None
    assert set(answer) == {
        "decision_id", "outcome", "message", "hold", "explanation", "copy", "propensity", "policy_version",
        "send_at", "valid_until",
    }  # fmt: skip
    assert answer["message"]["channel"] == "email"
    assert answer["message"]["headers"]["List-Unsubscribe"].startswith("<http")
    assert answer["message"]["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert set(answer["explanation"]) == {"summary", "because", "why_not", "would_change_if"}


def test_what_the_words_lean_on_stays_in_the_record(house: House) -> None:
    answer = ask(house)
    assert "cites" not in answer["message"]
    record = house.get(f"/v1/decisions/{answer['decision_id']}", "marketer").json()
    assert "cites" in record["personal"]["decision"]["message"]


def test_a_hold_names_rule_and_reason(house: House) -> None:
    answer = ask(house, customer={"id": "silent"})
    assert answer["outcome"] == "hold"
    assert answer["message"] is None
    assert "consent" in {reason["type"] for reason in answer["hold"]["reasons"]}


def test_an_identifier_finds_the_customer(house: House) -> None:
    assert ask(house, customer={"line_id": "U1"}, channels=["line"])["message"]["language"] == "ja"


def test_an_unknown_anonymous_id_is_a_prospect(house: House) -> None:
    assert ask(house, customer={"anonymous_id": "somebody"}, channels=["web"])["outcome"] in ("message", "hold")


def test_the_reader_chooses_the_language_of_the_explanation(house: House) -> None:
    for wish, language in (("en-GB,ja;q=0.4", "en"), ("ja", "ja"), ("fr, de;q=0.2", "ja"), ("en;q=0", "ja")):
        wished = {"Accept-Language": wish}
        answered = house.post("/v1/next-message", "channel", {**ASK, "dry_run": True}, headers=wished)
        assert answered.headers["Content-Language"] == language, wish


def test_the_same_key_gets_the_same_decision(house: House) -> None:
    first = house.post("/v1/next-message", "channel", ASK, headers={"Idempotency-Key": "k"})
    again = house.post(
        "/v1/next-message",
        "channel",
        content=json.dumps(dict(reversed(ASK.items())), indent=3),
        headers={"Idempotency-Key": "k", "Content-Type": "application/json"},
    )
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.json()["decision_id"] == first.json()["decision_id"]


def test_the_same_key_with_another_body_is_refused(house: House) -> None:
    house.post("/v1/next-message", "channel", ASK, headers={"Idempotency-Key": "k"})
    other = house.post("/v1/next-message", "channel", {**ASK, "channels": ["web"]}, headers={"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["type"]) == (422, "urn:tact:problem:idempotency-key-reused")


def test_idempotency_belongs_to_the_api_key(house: House) -> None:
    other, same = house.key("channel", "another system"), {"Idempotency-Key": "k"}
    first = house.post("/v1/next-message", "channel", ASK, headers=same).json()
    second = house.post("/v1/next-message", key=other, json={**ASK, "channels": ["web"]}, headers=same)
    assert second.status_code == 200
    assert second.json()["decision_id"] != first["decision_id"]


def test_at_once_under_one_key_there_is_one_decision(house: House) -> None:
    answers = house.together(8, "POST", "/v1/next-message", "channel", json=ASK, headers={"Idempotency-Key": "k"})
    running = [one for one in answers if one.status_code == 409]
    decided = {one.json()["decision_id"] for one in answers if one.status_code == 200}
    assert len(decided) == 1
    assert all(one.headers["Retry-After"] for one in running)
    assert {one.json()["type"] for one in running} <= {"urn:tact:problem:still-running"}


def test_a_key_limited_to_channels_asks_for_those_alone(house: House) -> None:
    mailer = house.key("channel", "mailer", Channel.EMAIL)
    assert house.post("/v1/next-message", key=mailer, json=ASK).status_code == 200
    refused = house.post("/v1/next-message", key=mailer, json={**ASK, "channels": ["email", "push"]})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:not-permitted")


def test_a_full_house_asks_to_come_back(house: House) -> None:
    house.app.state.admission.limit = 0
    refused = house.post("/v1/next-message", "channel", ASK)
    assert (refused.status_code, refused.json()["type"]) == (429, "urn:tact:problem:busy")
    assert int(refused.headers["Retry-After"]) >= 1
    house.app.state.admission.limit = 1
    assert house.post("/v1/next-message", "channel", ASK).status_code == 200


def test_only_as_many_asks_as_fit_are_under_way(house: House) -> None:
    house.app.state.admission.limit = 2
    answers = house.together(12, "POST", "/v1/next-message", "channel", json={**ASK, "dry_run": True})
    assert {one.status_code for one in answers} == {200, 429}
    assert house.app.state.admission.inside == 0


def test_another_time_is_for_dry_runs(house: House) -> None:
    near = (house.clock.now() + timedelta(seconds=60)).isoformat()
    far = (house.clock.now() + timedelta(days=1)).isoformat()
    assert house.post("/v1/next-message", "channel", {**ASK, "moment": {"at": near}}).status_code == 200
    refused = house.post("/v1/next-message", "channel", {**ASK, "moment": {"at": far}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "moment.at")
    tried = house.post("/v1/next-message", "channel", {**ASK, "moment": {"at": far}, "dry_run": True})
    assert tried.status_code == 200


def test_a_dry_run_leaves_no_decision(house: House) -> None:
    answer = ask(house, dry_run=True)
    assert house.get(f"/v1/decisions/{answer['decision_id']}", "marketer").status_code == 404


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_times_beyond_every_calendar_are_refused(shared: House, time: str) -> None:
    for moment in ({"at": time}, {"cart": {"left_at": time}}):
        refused = shared.post("/v1/next-message", "channel", {**ASK, "dry_run": True, "moment": moment})
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:tact:problem:malformed")
