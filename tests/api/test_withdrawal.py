"""A customer's no holds from the next decision on: on every member's link, in the outbox, and for words made ahead."""

from datetime import timedelta

import pytest

from agent.links import preferences_url, unsubscribe_url
from domain.channel import Channel, Purpose
from domain.contact import Contact
from records import contacts, merging, outbox
from records.connection import Connection
from records.outbox import Entry
from tests.api.house import ASK, House

NO = {"channel": "email", "granted": False, "evidence": {"method": "call", "source": "call centre"}}


def link(house: House, customer: str, channel: Channel = Channel.EMAIL) -> str:
    """The path of an unsubscribe link."""
    return unsubscribe_url("", house.parts.stores.links, customer, channel)


def outcome(house: House, customer: str = "anna", channel: str = "email") -> str:
    """What an ask is answered with."""
    ask = {**ASK, "customer": {"id": customer}, "channels": [channel]}
    return str(house.post("/v1/next-message", "channel", ask).json()["outcome"])


def merge(house: House) -> None:
    """Anna and Hana turn out to be one person."""
    now = house.clock.now()
    house.scenery.write(lambda c: merging.merge(c, "anna", "hana", kind="person", by="pat", now=now))


@pytest.mark.parametrize("by", ["anna", "hana"])
def test_the_link_of_any_member_stops_the_person(house: House, by: str) -> None:
    merge(house)
    assert house.post(link(house, by)).status_code == 200
    assert outcome(house, "anna") == outcome(house, "hana") == "hold"
    assert outcome(house, "anna", "push") == "message"


def test_a_no_from_before_a_merge_stands_over_a_yes(house: House) -> None:
    house.post(link(house, "hana"))
    assert outcome(house, "anna") == "message"
    house.clock.move(timedelta(days=2))
    merge(house)
    assert outcome(house, "anna") == "hold"


@pytest.mark.parametrize("door", ["link", "ledger", "page"])
def test_a_no_takes_back_what_lies_in_the_outbox(house: House, door: str) -> None:
    decided = house.post("/v1/next-message", "channel", ASK).json()["decision_id"]
    now = house.clock.now()

    def entry(id: str, channel: Channel, decision: str | None) -> Entry:
        until = now + timedelta(days=1)
        return Entry(id, decision, "anna", channel, "winback", None, "ready", now, until, 0, None, now, now)

    house.scenery.write(lambda c: outbox.put(c, entry("o-1", Channel.EMAIL, decided)))
    house.scenery.write(lambda c: outbox.put(c, entry("o-2", Channel.PUSH, None)))
    match door:
        case "link":
            house.post(link(house, "anna"))
        case "ledger":
            house.post("/v1/consents", "ingest", {"customer": "anna", **NO})
        case _:
            house.post(preferences(house), content=b"save=1&shown=email")
    mine, other = house.parts.stores.read(lambda c: (outbox.find(c, "o-1"), outbox.find(c, "o-2")))
    assert mine is not None and (mine.state, mine.reason) == ("cancelled", "consent_withdrawn")
    assert other is not None and other.state == "ready"
    counted = house.get(f"/v1/decisions/{decided}", "analyst").json()["contact"]
    assert counted["state"] == "released"


@pytest.mark.parametrize("purpose", ["marketing", "*"])
def test_a_no_to_marketing_leaves_messages_about_orders_in_the_outbox(house: House, purpose: str) -> None:
    now = house.clock.now()

    def work(c: Connection) -> None:
        for id, meant in (("o-1", Purpose.MARKETING), ("o-2", Purpose.SERVICE), ("o-3", Purpose.TRANSACTIONAL)):
            contacts.put(c, id, "anna", Contact(channel=Channel.EMAIL, purpose=meant, at=now, decision_id=id))
            until = now + timedelta(days=1)
            entry = Entry(id, id, "anna", Channel.EMAIL, "winback", None, "ready", now, until, 0, None, now, now)
            outbox.put(c, entry)

    house.scenery.write(work)
    house.post("/v1/consents", "ingest", {"customer": "anna", **NO, "purpose": purpose})
    found = house.parts.stores.read(lambda c: [outbox.find(c, id) for id in ("o-1", "o-2", "o-3")])
    left = "ready" if purpose == "marketing" else "cancelled"
    assert [one and one.state for one in found] == ["cancelled", left, left]


def preferences(house: House) -> str:
    """The path of Anna's page."""
    return preferences_url("", house.parts.stores.links, "anna", house.clock.now())


def test_a_yes_after_a_no_needs_the_customers_own_word(house: House) -> None:
    house.post(link(house, "anna"))
    assert outcome(house) == "hold"
    at = house.clock.now().isoformat()
    evidence = {"method": "double-opt-in", "source": "web form", "text_version": "2026-10", "at": at}
    line = {"customer": "anna", "channel": "email", "purpose": "marketing", "granted": True, "evidence": evidence}
    assert house.post("/v1/consents", "ingest", line).status_code == 201
    kept = house.get("/v1/customers/anna/consents", "privacy", params={"limit": 200}).json()["items"][-1]["evidence"]
    assert (kept["method"], kept["text_version"], kept["source"]) == ("double-opt-in", "2026-10", "web form")
    assert outcome(house) == "message"


def test_nobody_said_yes_in_the_future(house: House) -> None:
    line = {"customer": "anna", "channel": "email", "purpose": "marketing", "granted": True}

    def write(ahead: timedelta) -> int:
        evidence = {"method": "form", "at": (house.clock.now() + ahead).isoformat()}
        answered = house.post("/v1/consents", "ingest", {**line, "evidence": evidence})
        assert answered.status_code == 201 or answered.json()["errors"][0]["field"] == "evidence.at"
        return answered.status_code

    assert (write(timedelta(minutes=4)), write(timedelta(minutes=6)), write(timedelta(days=2000))) == (201, 422, 422)
    gone = {"type": "track", "event": "Unsubscribed", "messageId": "m1", "userId": "anna"}
    assert house.post("/v1/batch", "ingest", {"batch": [gone]}).status_code == 200
    assert outcome(house) == "hold"
