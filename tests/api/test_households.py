"""The whole way of a directive over HTTP, on real households: given, simulated, approved by another, and felt."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.parts import build_parts
from agent.settings import Settings
from api.app import create_app
from records.keys import ROLES
from tests.agent.stage import Scenery
from tests.api.house import House
from tests.clock import FrozenClock
from tests.tools.imports.fakes import HashEncoder
from tests.tools.imports.slices import write_slice
from tools.imports.completejourney import import_completejourney

DIRECTIVE = "No emails to loyal customers. 常連の方にも、SMSは週1通までです。"
READABLE = "No emails to loyal customers."
LOYAL, ACTIVE = "hh-1", "hh-1189"


@pytest.fixture
def households(tmp_path: Path) -> Iterator[House]:
    """A service over twenty-four households of the Complete Journey, and something to offer them."""
    clock, encoder = FrozenClock(), HashEncoder()
    parts = build_parts(Settings(home=tmp_path / "home"), clock=clock, encoder=encoder, draw=lambda: 0.0)
    folder = tmp_path / "slice"
    folder.mkdir()
    import_completejourney(parts.stores.database, parts.context, encoder, clock, folder=write_slice(folder, 24))
    house = House(Scenery(parts, clock), create_app(parts))
    house.keys = {role: house.key(role, role) for role in ROLES}
    beans = {"id": "beans", "kind": "product", "name": {"en": "Coffee beans"}, "category": "food"}
    told = {"url": "https://shop.example.com/beans", "facts": {"word": {"en": "coffee beans"}}}
    assert house.post("/v1/offers", "marketer", {**beans, **told}).status_code == 200
    yield house
    house.close()


def outcome(house: House, household: str) -> dict[str, Any]:
    """The answer to the next ask for a household by email; a trial, so that no cap is used up."""
    ask = {"customer": {"id": household}, "channels": ["email"], "deadline_ms": 10_000, "dry_run": True}
    answer = house.post("/v1/next-message", "channel", ask, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_directive_changes_the_next_message_once_another_person_approved_it(households: House) -> None:
    asked = households.post("/v1/directives", "marketer", {"text": DIRECTIVE}).json()
    assert asked["understood"] is False
    before = {name: outcome(households, name) for name in (LOYAL, ACTIVE)}
    assert {one["outcome"] for one in before.values()} == {"message"}
    given = households.post("/v1/directives", "marketer", {"text": READABLE}).json()
    assert (given["status"], given["understood"], given["in_force"]) == ("draft", True, False)
    name = given["id"]

    simulated = households.post(f"/v1/directives/{name}/simulate", "marketer").json()
    assert simulated["customers"] == 24
    assert simulated["by_channel"]["email"]["lost"] > 0 == simulated["by_channel"]["email"]["gained"]
    assert all(one["rules"] == [f"{name}.1"] for one in simulated["examples"] if one["channel"] == "email")
    assert outcome(households, LOYAL)["outcome"] == "message"

    assert households.post(f"/v1/directives/{name}/approve", "marketer").status_code == 403
    own = households.key("approver", "marketer")
    assert households.post(f"/v1/directives/{name}/approve", key=own).status_code == 403
    approved = households.post(f"/v1/directives/{name}/approve", "approver").json()
    assert (approved["status"], approved["in_force"], approved["policy_version"]) == ("approved", True, 2)

    held = outcome(households, LOYAL)
    assert held["outcome"] == "hold"
    assert f"{name}.1" in {reason["rule"] for reason in held["hold"]["reasons"]}
    assert held["policy_version"] == 2
    assert outcome(households, ACTIVE)["message"]["offer"]["id"] == "beans"
