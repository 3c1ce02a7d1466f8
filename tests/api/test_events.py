"""Events through the front door: what is kept, what is refused, and what follows from it."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from domain.consent import granted
from domain.happening import NAMES
from records import consents, identity, profiles, schema, tombstones
from records.statement import prepare
from tests.api.house import ASK, House

ODD: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "odd_events.yaml").read_text("utf-8"))
EVENTS = prepare(select(schema.events).order_by(schema.events.c.message_id))
RESPONSES = prepare(select(schema.responses).order_by(schema.responses.c.kind))
FIELDS = tuple(column.name for column in schema.events.c)
USUAL: dict[str, Any] = {"integrations": {"All": True}, "channel": "server", "anonymousId": None, "category": None}
"""What SDKs write into every event."""
JSON = {"Content-Type": "application/json"}


def kept(house: House) -> list[dict[str, Any]]:
    """Every event that is kept."""
    return [dict(zip(FIELDS, row, strict=True)) for row in house.parts.stores.read(lambda c: c.all(EVENTS))]


def answers(house: House) -> list[dict[str, Any]]:
    """Every answer to a message."""
    names = [column.name for column in schema.responses.c]
    return [dict(zip(names, row, strict=True)) for row in house.parts.stores.read(lambda c: c.all(RESPONSES))]


def letters(house: House, **more: Any) -> list[dict[str, Any]]:
    """The dead letters."""
    found: list[dict[str, Any]] = house.get("/v1/dead-letters", "admin", params=more).json()["items"]
    return found


def track(event: str, message_id: str, user: str = "anna", **more: Any) -> dict[str, Any]:
    """One event of a customer."""
    return {"type": "track", "event": event, "messageId": message_id, "userId": user, **more}


def send(house: House, *events: dict[str, Any], **more: Any) -> None:
    """A batch that is taken."""
    answered = house.post("/v1/batch", "ingest", {"batch": list(events), **more})
    assert (answered.status_code, answered.json()) == (200, {"success": True}), answered.text


def decided(house: House, channel: str = "email", customer: str = "anna") -> str:
    """The id of a message that somebody got."""
    answered = house.post("/v1/next-message", "channel", {**ASK, "channels": [channel], "customer": {"id": customer}})
    assert answered.json()["outcome"] == "message", answered.text
    return str(answered.json()["decision_id"])


@pytest.mark.parametrize("path", ["track", "t"])
def test_a_call_is_kept_and_counts_once(house: House, path: str) -> None:
    for _ in range(2):
        answered = house.post(f"/v1/{path}", "ingest", {"userId": "anna", "event": "Product Added", "messageId": "m1"})
        assert (answered.status_code, answered.json()) == (200, {"success": True})
    assert [(one["message_id"], one["customer_id"], one["name"]) for one in kept(house)] == [
        ("m1", "anna", "Product Added")
    ]


def test_every_call_of_the_specification_is_taken(house: House) -> None:
    who = {"userId": "anna"}
    calls: dict[str, dict[str, Any]] = {
        "identify": {**who, "traits": {"plan": "pro"}},
        "page": {"anonymousId": "b1", "name": "Top", "category": "Home"},
        "screen": {**who, "name": "Start"},
        "group": {**who, "groupId": "acme", "traits": {"industry": "food"}},
        "alias": {**who, "previousId": "b1"},
        "track": {**who, "event": "Signed Up"},
    }
    for call, body in calls.items():
        assert house.post(f"/v1/{call}", "ingest", {**body, "messageId": call}).status_code == 200
        assert house.post(f"/v1/{call[0]}", "ingest", {**body, "messageId": f"{call}-short"}).status_code == 200
    batch = [{**body, "type": call, "messageId": f"{call}-batch"} for call, body in calls.items()]
    for path in ("batch", "b", "import"):
        assert house.post(f"/v1/{path}", "ingest", {"batch": batch}).status_code == 200
    assert len(kept(house)) == 18
    assert letters(house) == []


def test_what_sdks_wrap_around_is_no_hindrance(house: House) -> None:
    body = json.dumps(
        {"batch": [track("Viewed", "m1")], "writeKey": "k", "sentAt": "2026-11-24T01:00:00.000Z"}
    ).encode()
    for content, headers in (
        (gzip.compress(body), {**JSON, "Content-Encoding": "gzip"}),
        (body, {"Content-Type": "text/plain"}),
        (body, {"Content-Type": "application/json; charset=utf-8"}),
    ):
        assert house.post("/v1/batch", "ingest", content=content, headers=headers).status_code == 200
    assert len(kept(house)) == 1
    assert house.post("/v1/batch", content=body, headers={"Content-Type": "text/plain"}).status_code == 401
    refused = house.post("/v1/batch", "ingest", content=body, headers={"Content-Type": "text/html"})
    assert refused.status_code == 415


@pytest.mark.parametrize("case", ODD, ids=lambda case: case["wrong"])
def test_an_odd_event_costs_none_of_the_others(house: House, case: dict[str, Any]) -> None:
    odd = case.get("raw") or json.dumps(case["event"])
    body = '{"batch": [' + ", ".join(
        [json.dumps(track("Viewed", "before", **USUAL)), odd, json.dumps(track("Viewed", "behind"))]
    )
    for _ in range(2):
        answered = house.post("/v1/batch", "ingest", content=body + "]}", headers=JSON)
        assert (answered.status_code, answered.json()) == (200, {"success": True}), answered.text
    assert [one["message_id"] for one in kept(house)] == ["before", "behind"]
    assert [one["field"] for one in letters(house)] == [case["field"]]


@pytest.mark.parametrize("case", ODD, ids=lambda case: case["wrong"])
def test_strict_mode_keeps_nothing_and_names_the_field(shared: House, case: dict[str, Any]) -> None:
    if "nobody made" in case["wrong"]:
        return  # Whether there is a decision is no question of form.
    odd = case.get("raw") or json.dumps(case["event"])
    content = '{"batch": [' + json.dumps(track("Viewed", "strict")) + ", " + odd + "]}"
    answered = shared.post("/v1/batch", "ingest", content=content, headers={**JSON, "X-Strict-Mode": "1"})
    assert answered.status_code == 400, answered.text
    fields = [one["field"] for one in answered.json()["errors"]]
    assert fields == [f"batch[1].{case['field']}"] or fields == ["body"]
    assert "strict" not in [one["message_id"] for one in kept(shared)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"\xff", 422),
        (b"[" * 100_000, 422),
        (b'{"batch": [' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b"]}", 422),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"batch": {}}', 400),
        (b'{"batch": []}', 200),
        (
            b'{"batch": [{"userId": "anna", "type": "track", "event": "x", "properties": {"a": "'
            + b"a" * 33_000
            + b'"}}]}',
            413,
        ),
        (b'{"batch": ["' + b"a" * 520_000 + b'"]}', 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_requests_without_an_event(shared: House, body: bytes, status: int) -> None:
    answered = shared.post("/v1/batch", "ingest", content=body, headers=JSON)
    assert answered.status_code == status, answered.text


def test_a_deep_event_is_a_dead_letter(house: House) -> None:
    deep = '{"type": "track", "event": "x", "userId": "anna", "properties": ' + '{"a":' * 40 + "1" + "}" * 41
    content = '{"batch": [' + deep + ", " + json.dumps(track("Viewed", "good")) + "]}"
    assert house.post("/v1/batch", "ingest", content=content, headers=JSON).status_code == 200
    assert [one["message_id"] for one in kept(house)] == ["good"]
    assert "levels deep" in letters(house)[0]["reason"]


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ('{"text": "\\ud800"}', "properties.text"),
        ('{"n": ' + "9" * 5000 + "}", "properties.n"),
        ('{"n": ' + "9" * 400 + "}", "properties.n"),
        ('{"a":' * 400 + "1" + "}" * 400, "properties.a.a"),
    ],
    ids=lambda value: value[:20],
)
def test_an_odd_event_costs_a_large_batch_nothing(house: House, odd: str, field: str) -> None:
    event = '{"type": "track", "userId": "anna", "event": "Viewed", "properties": ' + odd + "}"
    good = [json.dumps(track("Viewed", f"m{place}", properties={"text": "é" * 15_000})) for place in range(3)]
    content = '{"batch": [' + ", ".join([*good, event]) + "]}"
    assert house.post("/v1/batch", "ingest", content=content.encode(), headers=JSON).status_code == 200
    assert [one["message_id"] for one in kept(house)] == ["m0", "m1", "m2"]
    assert [one["field"] for one in letters(house)] == [field]


def test_a_name_that_stands_twice_is_doubtful_in_strict_mode_alone(house: House) -> None:
    content = '{"userId": "hana", "userId": "anna", "event": "Viewed", "messageId": "twice"}'
    refused = house.post("/v1/track", "ingest", content=content, headers={**JSON, "X-Strict-Mode": "1"})
    assert (refused.status_code, kept(house)) == (400, [])
    assert house.post("/v1/track", "ingest", content=content, headers=JSON).status_code == 200
    assert kept(house)[0]["customer_id"] == "anna"


def test_the_senders_clock_is_put_right(house: House) -> None:
    now = house.clock.now()
    wrong = now - timedelta(days=400)
    send(house, track("Viewed", "m1", timestamp=(wrong - timedelta(minutes=5)).isoformat()), sentAt=wrong.isoformat())
    send(house, track("Viewed", "m2", timestamp=(now - timedelta(days=9)).isoformat()))
    send(house, track("Viewed", "m3", timestamp=(now + timedelta(hours=2)).isoformat()))
    send(
        house,
        track("Viewed", "m4", originalTimestamp=(wrong - timedelta(hours=1)).isoformat(), sentAt=wrong.isoformat()),
    )
    send(house, track("Viewed", "m5"))
    late = {one["message_id"]: (to_seconds(house) - one["at"]) / 60_000_000 for one in kept(house)}
    assert late == {"m1": 5.0, "m2": 9 * 24 * 60.0, "m3": 0.0, "m4": 60.0, "m5": 0.0}


def test_an_event_that_is_passed_on_happened_when_it_first_came_in(house: House) -> None:
    now, wrong = house.clock.now(), house.clock.now() - timedelta(days=400)
    came = now - timedelta(days=3)
    first = {"receivedAt": came.isoformat(), "timestamp": (came - timedelta(minutes=5)).isoformat()}
    clock = {"sentAt": wrong.isoformat(), "originalTimestamp": (wrong - timedelta(minutes=5)).isoformat()}
    ahead = {"receivedAt": (now + timedelta(days=2)).isoformat(), "sentAt": wrong.isoformat()}
    send(
        house,
        track("Viewed", "m1", **first),
        track("Viewed", "m2", **first, **clock),
        track("Viewed", "m3", **first, sentAt=wrong.isoformat()),
        track("Viewed", "m4", receivedAt=came.isoformat()),
        track("Viewed", "m5", **ahead, timestamp=(wrong - timedelta(minutes=5)).isoformat()),
    )
    send(house, track("Viewed", "m6", **first, **clock), sentAt=now.isoformat())
    late = {one["message_id"]: (to_seconds(house) - one["at"]) / 60_000_000 for one in kept(house)}
    days = 3 * 24 * 60.0
    assert late == {"m1": days + 5, "m2": days + 5, "m3": days + 5, "m4": days, "m5": 5.0, "m6": days + 5}


def to_seconds(house: House) -> int:
    """Now, as it is stored."""
    return int(house.clock.now().timestamp() * 1_000_000)


def test_an_event_without_an_id_counts_once_where_that_can_be_told(house: House) -> None:
    told = {"userId": "anna", "event": "Viewed", "timestamp": "2026-11-24T00:00:00Z"}
    for _ in range(2):
        house.post("/v1/track", "ingest", told)
    house.post("/v1/track", "ingest", {**told, "timestamp": "2026-11-24T00:00:01Z"})
    assert len(kept(house)) == 2
    same = {"type": "track", "userId": "anna", "event": "Tapped"}
    for _ in range(2):
        send(house, same, same)
    assert len(kept(house)) == 4


@pytest.mark.parametrize("id", ["undefined", "null", " "])
def test_a_message_id_of_everybody_is_none(house: House, id: str) -> None:
    seen = [track("Product Viewed", id, properties={"product_id": f"p{place}"}) for place in range(3)]
    nameless = [track("", id, properties={"product_id": f"p{place}"}) for place in range(3)]
    for _ in range(2):
        send(house, *seen, *nameless)
    assert (len(kept(house)), len(letters(house))) == (3, 3)


SPELLINGS: list[dict[str, Any]] = [
    {"email": "gone@example.com"},
    {"Email": "Gone@example.com"},
    {"EMAIL": "gone@example.com"},
    {"mail": "gone@example.com"},
    {"emailAddress": "gone@example.com"},
    {"email": "gone@example.com", "Email": "no address"},
    {"Email": "other@example.com", "email": "gone@example.com"},
    {"mobile": "090-1234-5999"},
    {"PHONE": 819012345999},
    {"phone_number": "+81 90-1234-5999"},
]


@pytest.mark.parametrize("traits", SPELLINGS, ids=str)
def test_nobody_who_was_erased_comes_back_under_another_spelling(house: House, traits: dict[str, Any]) -> None:
    stores = house.parts.stores
    gone = identity.Claim(None, None, {"email": "gone@example.com", "phone": "+819012345999"})
    hashes = tombstones.hashes_of(stores.suppression, gone)
    stores.write(lambda c: tombstones.put(c, hashes, house.clock.now()))
    identify = {"type": "identify", "userId": "somebody", "messageId": "m1"}
    send(house, {**identify, "traits": traits})
    send(house, {**identify, "messageId": "m2", "context": {"traits": traits}})
    other = {"externalIds": [{"type": "email", "id": "other@example.com"}], "traits": {"phone": "+819000000000"}}
    send(house, {**identify, "messageId": "m3", "context": other, "traits": traits})
    send(house, {**identify, "messageId": "m4", "traits": traits, "timestamp": "soon"})
    assert (kept(house), letters(house)) == ([], [])
    assert stores.read(lambda c: profiles.customer(c, "somebody")) is None


def test_an_address_is_found_however_its_trait_was_spelled(house: House) -> None:
    said = {"EMAIL": "new@example.com", "Mobile": "090-1234-5678"}
    send(house, {"type": "identify", "userId": "new", "messageId": "m1", "traits": said})
    for named in ({"email": "new@example.com"}, {"phone": "+819012345678"}):
        ask = {**ASK, "customer": named, "dry_run": True}
        assert house.post("/v1/next-message", "channel", ask).status_code == 200
    found = house.parts.stores.read(lambda c: profiles.customer(c, "new"))
    assert found is not None
    assert found.identifiers == {"email": "new@example.com", "phone": "+819012345678"}
    assert not {"p_h_o_n_e", "mobile", "e_m_a_i_l"} & found.attributes.keys()


def test_a_log_shows_nothing_that_a_sender_wrote_in_the_place_of_a_name(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "tact.intake")
    traits = {"anna@example.com": "x" * 999, "gender": "?"}
    about = [{"decision_id": "anna@example.com"}, {"decision_id": "d-00000000000-00000000000000000000"}]
    opened = [track("Message Opened", f"o{place}", properties=one) for place, one in enumerate(about)]
    send(house, {"type": "identify", "userId": "anna", "messageId": "m1", "traits": traits}, *opened)
    assert "2 traits could not be used: gender" in caplog.text
    assert "2 answers name decisions that nobody made: d-00000000000-00000000000000000000" in caplog.text
    assert "example.com" not in caplog.text


def test_anonymous_events_become_those_of_the_person(house: House) -> None:
    send(
        house,
        {"type": "page", "anonymousId": "b1", "messageId": "m1", "name": "Top"},
        {"type": "identify", "anonymousId": "b1", "userId": "anna", "messageId": "m2", "traits": {"plan": "pro"}},
        {"type": "track", "anonymousId": "b1", "event": "Product Added", "messageId": "m3"},
    )
    assert {one["message_id"]: one["customer_id"] for one in kept(house)}["m3"] == "anna"
    asked = house.post("/v1/next-message", "channel", {**ASK, "customer": {"anonymous_id": "b1"}, "dry_run": True})
    assert asked.status_code == 200


def test_no_network_address_is_kept(house: House) -> None:
    context = {
        "ip": "203.0.113.9",
        "userAgent": "Browser/1",
        "page": {"url": "https://shop.example.com/a?token=secret#x", "title": "Coats"},
        "device": {"type": "ios", "advertisingId": "ad-1"},
        "locale": "ja-JP",
    }
    send(house, track("Viewed", "m1", context=context))
    assert json.loads(kept(house)[0]["context"]) == {
        "page": {"url": "https://shop.example.com/a", "title": "Coats"},
        "device": {"type": "ios"},
        "locale": "ja-JP",
    }


def test_answers_are_joined_to_their_decision_once(house: House) -> None:
    decision = decided(house)
    about = {"decision_id": decision}
    send(
        house,
        track("Message Delivered", "m1", properties=about),
        track("Message Opened", "m2", properties=about),
        track("Message Opened", "m3", properties=about),
        track("Order Completed", "m4", properties={**about, "revenue": "2400"}),
        track("Survey Answered", "m5", context=about, properties={"score": 4}),
        track("Message Opened", "m6", properties={"decision_id": "d-nobody"}),
        track("Message Clicked", "m7", user="hana", properties=about),
        {"type": "track", "event": "Message Clicked", "messageId": "m8", "properties": about},
    )
    found = {one["kind"]: (one["decision_id"], one["customer_id"], one["value"]) for one in answers(house)}
    assert found == {
        "delivered": (decision, "anna", None),
        "opened": (decision, "anna", None),
        "ordered": (decision, "anna", 2400.0),
        "answered_survey": (decision, "anna", 0.8),
        "clicked": (decision, "anna", None),
    }
    assert len(kept(house)) == 8
    page = house.get("/metrics").text
    assert 'tact_answers_total{outcome="unknown"} 1.0' in page
    assert 'tact_answers_total{outcome="somebody_else"} 1.0' in page


def test_a_browser_that_nobody_has_named_answers_for_whom_the_message_was(house: House) -> None:
    about = {"decision_id": decided(house)}
    nobody = {"type": "track", "anonymousId": "b9", "properties": about}
    send(
        house,
        {**nobody, "event": "Message Clicked", "messageId": "m1"},
        {**nobody, "event": "Unsubscribed", "messageId": "m2"},
    )
    assert {(one["kind"], one["customer_id"]) for one in answers(house)} == {
        ("clicked", "anna"),
        ("unsubscribed", "anna"),
    }
    state = house.parts.stores.read(lambda c: consents.state(c, "anna"))
    assert granted(state, "email", "marketing") is False


def test_a_click_speaks_for_the_text_that_was_shown(house: House) -> None:
    decision = decided(house)
    public = json.loads(house.parts.stores.read(lambda c: house.parts.stores.decisions.get(c, decision)).public)
    for message_id in ("m1", "m2"):
        send(house, track("Message Clicked", message_id, properties={"decision_id": decision}))
    send(house, track("Order Completed", "m3", properties={"decision_id": decision}))
    assert dict(house.parts.shelf.showings._answered) == {public["variant"]: 1}


@pytest.mark.parametrize(
    ("event", "properties", "stands"),
    [
        ("Unsubscribed", {}, {("email", "marketing"): "unsubscribed"}),
        ("Unsubscribed", {"channel": "sms"}, {("sms", "marketing"): "unsubscribed"}),
        ("Complained", {}, {("email", "marketing"): "reported_as_spam"}),
        ("Message Bounced", {"bounce_type": "hard"}, {("email", "service"): "hard_bounce", ("email", "marketing"): ""}),
        ("Channel Blocked", {"channel": "line"}, {("line", "service"): "channel_blocked"}),
    ],
)
def test_a_word_against_a_channel_holds_at_once(
    house: House, event: str, properties: dict[str, Any], stands: dict[tuple[str, str], str]
) -> None:
    decision = decided(house)
    send(house, track(event, "m1", properties={**properties, "decision_id": decision}))
    send(house, track(event, "m1", properties={**properties, "decision_id": decision}))
    ledger = house.parts.stores.read(lambda c: consents.ledger(c, "anna"))
    state = house.parts.stores.read(lambda c: consents.state(c, "anna"))
    for (channel, purpose), method in stands.items():
        assert granted(state, channel, purpose) is False
        assert not method or [line.evidence.method for line in ledger].count(method) == 1
    channel = next(iter(stands))[0]
    answered = house.post("/v1/next-message", "channel", {**ASK, "channels": [channel]})
    assert answered.json()["outcome"] == "hold"


def test_a_soft_bounce_is_no_word_of_the_customer(house: House) -> None:
    before = house.parts.stores.read(lambda c: consents.ledger(c, "anna"))
    send(house, track("Message Bounced", "m1", properties={"bounce_type": "soft", "decision_id": decided(house)}))
    assert house.parts.stores.read(lambda c: consents.ledger(c, "anna")) == before


def test_a_late_word_does_not_undo_a_later_one(house: House) -> None:
    followed, blocked = house.clock.now() - timedelta(days=3), house.clock.move(timedelta(hours=1))
    now = house.clock.move(timedelta(hours=1))
    line = {"channel": "line"}
    send(house, track("Channel Blocked", "m1", properties=line, timestamp=blocked.isoformat()))
    send(house, track("Channel Followed", "m2", properties=line, timestamp=followed.isoformat()))
    assert granted(house.parts.stores.read(lambda c: consents.state(c, "anna")), "line", "marketing") is False
    send(house, track("Channel Followed", "m3", properties=line, timestamp=now.isoformat()))
    assert granted(house.parts.stores.read(lambda c: consents.state(c, "anna")), "line", "marketing") is True


def test_an_open_ticket_stops_promotion_until_it_is_resolved(house: House) -> None:
    send(house, track("Ticket Opened", "m1", properties={"ticket_id": "t1"}))
    found = house.parts.stores.read(lambda c: profiles.customer(c, "anna"))
    assert found is not None and "open_ticket" in found.tags
    held = house.post("/v1/next-message", "channel", ASK).json()
    assert [one["rule"] for one in held["hold"]["reasons"]] == ["suppress_open_ticket"]
    house.clock.move(timedelta(minutes=5))
    send(house, track("Ticket Resolved", "m2", properties={"ticket_id": "t1"}))
    assert house.post("/v1/next-message", "channel", ASK).json()["outcome"] == "message"


def test_intake_that_is_full_says_when_to_come_back(house: House) -> None:
    admission = house.app.state.intake_admission
    admission.inside = admission.limit
    refused = house.post("/v1/batch", "ingest", {"batch": []})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    admission.inside = 0


def test_dead_letters_are_replayed_put_right_or_dropped(house: House) -> None:
    send(house, track("", "m1"), track("Viewed", "m2", timestamp="soon"), {"type": "track", "userId": "anna"})
    assert [(one["id"], one["field"], one["event"]["messageId"]) for one in letters(house, limit=2)] == [
        ("1", "event", "m1"),
        ("2", "timestamp", "m2"),
    ]
    again = house.post("/v1/dead-letters/1/replay", "admin", {}).json()
    assert (again["status"], again["field"]) == ("waiting", "event")
    right = {"event": track("Viewed", "m1")}
    assert house.post("/v1/dead-letters/1/replay", "admin", right).json()["status"] == "replayed"
    assert house.post("/v1/dead-letters/1/replay", "admin", right).status_code == 403
    assert house.post("/v1/dead-letters/2/drop", "admin").json()["status"] == "dropped"
    assert house.post("/v1/dead-letters/99/drop", "admin").status_code == 404
    assert house.post("/v1/dead-letters/x/drop", "admin").status_code == 404
    many = house.post("/v1/dead-letters/replay", "admin", {}).json()
    assert (many["replayed"], many["waiting"]) == (0, 1)
    assert [one["message_id"] for one in kept(house)] == ["m1"]
    assert {one["status"] for one in letters(house, status="all")} == {"waiting", "replayed", "dropped"}


def test_a_dead_letter_of_a_batch_keeps_the_context_of_the_batch(house: House) -> None:
    context = {"page": {"title": "Coats"}, "traits": {"email": "new@example.com"}}
    nobody = {"type": "track", "event": "Viewed", "messageId": "m1", "context": {"locale": "ja-JP"}}
    send(house, {**nobody, "timestamp": "soon"}, context=context)
    (letter,) = letters(house)
    assert letter["event"]["context"] == {**context, "locale": "ja-JP"}
    right = {"event": {**letter["event"], "timestamp": house.clock.now().isoformat()}}
    assert house.post(f"/v1/dead-letters/{letter['id']}/replay", "admin", right).json()["status"] == "replayed"
    (event,) = kept(house)
    assert json.loads(event["context"]) == {"page": {"title": "Coats"}, "locale": "ja-JP"}


def test_dead_letters_come_in_pages(house: House) -> None:
    send(house, *({"type": "track", "userId": f"u{number}"} for number in range(5)))
    first = house.get("/v1/dead-letters", "admin", params={"limit": 3}).json()
    second = house.get("/v1/dead-letters", "admin", params={"limit": 3, "cursor": first["next"]}).json()
    assert [one["id"] for one in first["items"] + second["items"]] == ["1", "2", "3", "4", "5"]
    assert second["next"] is None


@pytest.mark.parametrize("page", ["docs/events.md", "docs/ja/events.md"])
def test_the_guides_list_every_name_that_means_something(page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text("utf-8").lower()
    assert [name for name in NAMES if name not in text] == []
