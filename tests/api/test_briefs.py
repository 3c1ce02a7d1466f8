"""Briefs: from the events of any source to what people read before they speak, through the service's own doors."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.handover.brief import Brief
from domain.channel import Channel
from domain.consent import Consent, Evidence
from domain.contact import Contact
from domain.offer import Offer
from records import accesses, catalogue, consents, contacts
from tests.api.house import House, open_house
from tests.attacks import attacks
from tests.clock import START, FrozenClock

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "briefs" / "stories.yaml").read_text("utf-8"))
CATALOGUE = Path(__file__).parents[2] / "samples" / "department_store" / "offers.yaml"
CONTACT = {"purpose": "marketing", "scene": "lead_nurture", "offer_category": "b2b", "state": "delivered"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service over the catalogue of the sample, with everything that the cases say of their customers."""
    opened = open_house(tmp_path_factory.mktemp("home"), FrozenClock())
    offers = [Offer.model_validate(one) for one in yaml.safe_load(CATALOGUE.read_text("utf-8"))]
    opened.scenery.write(lambda c: catalogue.upsert(c, offers, START))
    for case in CASES:
        happen(opened, case)
    yield opened
    opened.close()


def happen(house: House, case: dict[str, Any]) -> None:
    """Everything that a case says comes in through the door of its source."""
    id, now = case["customer"]["id"], datetime.fromisoformat(case["at"])
    house.clock.set(now)
    assert house.post("/v1/customers", "ingest", case["customer"]).status_code == 200
    for topic, at in case.get("consents", {}).items():
        line = Consent(
            customer_id=id, topic=topic, granted=True, evidence=Evidence(method="form"), at=datetime.fromisoformat(at)
        )
        house.scenery.write(lambda c, line=line: consents.append(c, [line]))  # type: ignore[misc]  # the default binds the loop's own value
    for number, given in enumerate(case.get("contacts", ())):
        sent = Contact.model_validate({**CONTACT, **given})
        house.scenery.write(lambda c, sent=sent, number=number: contacts.put(c, f"d-{id}-{number}", id, sent))  # type: ignore[misc]  # as above
    batch = [event(id, number, given) for number, given in enumerate(case["events"])]
    if batch:
        answered = house.post("/v1/batch", "ingest", {"batch": batch, "sentAt": case["at"]})
        assert answered.status_code == 200, answered.text
    house.runner.run(house.parts.follower.catch_up())


def event(customer: str, number: int, given: dict[str, Any]) -> dict[str, Any]:
    """An event as a Segment SDK sends it."""
    properties = {name: value for name, value in given.items() if name not in ("at", "name")}
    return {
        "type": "track",
        "event": given["name"],
        "messageId": f"{customer}-{number}",
        "userId": customer,
        "timestamp": given["at"],
        "properties": properties,
    }


READINGS = [(case, want) for case in CASES for want in case["briefs"]]


@pytest.mark.parametrize(("case", "want"), READINGS, ids=lambda one: one.get("case") or one["reader"] + one["language"])
def test_people_read_this(house: House, case: dict[str, Any], want: dict[str, Any]) -> None:
    house.clock.set(datetime.fromisoformat(case["at"]))
    role = {"store": "store", "call": "channel"}.get(want["reader"], "marketer")
    answered = house.get(
        f"/v1/customers/{case['customer']['id']}/brief", role, headers={"Accept-Language": want["language"]}
    )
    assert answered.status_code == 200, answered.text
    brief = Brief.model_validate_json(answered.text)
    assert (brief.reader, brief.language) == (want["reader"], want["language"])
    if "text" in want:
        assert brief.text == want["text"].rstrip("\n")
    for words in want.get("says", ()):
        assert words in brief.text
    for words in want.get("never", ()):
        assert words not in answered.text.replace("\\n", "\n")


def test_every_read_is_written_down(house: House) -> None:
    house.get("/v1/customers/b-004/brief", "channel")
    house.parts.stores.write(lambda c: None)
    looks = house.runner.run(house.parts.read(lambda c: accesses.of_customer(c, "b-004", "-", 50)))
    assert ("channel", "brief:call") in [(one.role, one.what) for one in looks.items]


def test_a_key_reads_the_briefs_of_its_role_alone(house: House) -> None:
    path = "/v1/customers/b-004/brief"
    assert house.get(path, "store", params={"reader": "sales"}).status_code == 403
    assert house.get(path, "channel", params={"reader": "sales"}).status_code == 403
    assert house.get(path, "marketer", params={"reader": "call"}).json()["reader"] == "call"
    mail = house.key("channel", "mailer", Channel.EMAIL)
    assert house.get(path, key=mail).status_code == 403
    phone = house.key("channel", "switchboard", Channel.CALL)
    assert house.get(path, key=phone).status_code == 200
    assert house.get(path, "analyst").status_code == 403
    assert house.get("/v1/customers/nobody/brief", "marketer").status_code == 404
    assert house.get(path, "marketer", params={"reader": "anybody"}).status_code == 422


def test_reading_changes_nothing(house: House) -> None:
    before = house.get("/v1/decisions", "marketer", params={"customer": "b-006"}).json()
    assert house.get("/v1/customers/b-006/brief", "marketer").status_code == 200
    assert house.get("/v1/decisions", "marketer", params={"customer": "b-006"}).json() == before


def test_attacks_in_notes_reviews_and_answers_stay_quotations(house: House) -> None:
    """Whatever they say, the next step, the rules and what may be said to the customer are as without them."""
    house.clock.set(START)
    rules = house.get("/v1/policies", "marketer").json()
    plain: dict[str, Any] = {"display_name": "見本", "language": "ja", "timezone": "Asia/Tokyo", "country": "JP"}
    for id in ("calm", "attacked"):
        assert house.post("/v1/customers", "ingest", {"id": id, **plain}).status_code == 200
    batch: list[dict[str, Any]] = []
    for number, attack in enumerate(attacks()):
        for name, field in (("Conversation Noted", "said"), ("Call Received", "note"), ("Survey Answered", "answer")):
            given = {"at": START.isoformat(), "name": name, field: attack[:2000]}
            batch.append(event("attacked", len(batch), given))
        given = {"at": START.isoformat(), "name": "Page Viewed", "title": attack[:2000], "path": f"/{number}"}
        batch.append(event("attacked", len(batch), given))
    for start in range(0, len(batch), 50):
        answered = house.post("/v1/batch", "ingest", {"batch": batch[start : start + 50]})
        assert answered.status_code == 200, answered.text
    house.runner.run(house.parts.follower.catch_up())
    for role in ("marketer", "store", "channel"):
        calm, attacked = (house.get(f"/v1/customers/{id}/brief", role).json() for id in ("calm", "attacked"))
        assert attacked["said"] or role == "store"
        assert {**attacked["contact"]} == {**calm["contact"]} and attacked["account"] == calm["account"]
        assert attacked["next_step"] == calm["next_step"]
        assert len(attacked["text"].splitlines()) < 80
    assert house.get("/v1/policies", "marketer").json() == rules
    kept = house.get("/v1/customers/attacked", "marketer").json()["memories"]
    assert kept and all(one["word"] is None for one in kept)
