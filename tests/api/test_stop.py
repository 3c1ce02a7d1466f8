"""The emergency stop over HTTP: anybody in marketing at once, back only with another person."""

from pathlib import Path

import httpx

from agent.parts import build_parts
from agent.settings import Settings
from api.app import create_app
from tests.agent.stage import people
from tests.api.house import ASK, House
from tests.clock import FrozenClock
from tests.records.encoders import WordEncoder


def outcome(house: House, channel: str = "email") -> str:
    """What an ask about Anna brings."""
    return str(house.post("/v1/next-message", "channel", {**ASK, "channels": [channel]}).json()["outcome"])


def test_a_stop_holds_everything_until_another_person_lifts_it(house: House) -> None:
    stop = house.post("/v1/stop", "marketer", {"reason": "a wrong price"})
    assert stop.status_code == 201
    held = house.post("/v1/next-message", "channel", ASK).json()
    assert held["outcome"] == "hold"
    assert house.get("/v1/stops", "analyst").json()["items"] == [stop.json()]
    lifted = house.post(f"/v1/stop/{stop.json()['id']}/lift", "approver")
    assert lifted.json()["lifted_by"] == "approver"
    assert house.get("/v1/stops", "analyst").json()["items"] == []
    assert outcome(house) == "message"


def test_a_stop_may_be_narrow(house: House) -> None:
    house.post("/v1/stop", "marketer", {"reason": "the gateway is down", "channel": "email"})
    assert outcome(house, "email") == "hold"
    assert outcome(house, "web") == "message"


def test_a_scene_is_stopped_by_its_name(house: House) -> None:
    stopped = house.post("/v1/stop", "approver", {"reason": "x", "scene": "cart_abandonment"})
    assert stopped.json()["scene"] == "cart_abandonment"
    assert outcome(house) == "message"


def test_a_region_is_stopped_by_the_name_that_profiles_use(house: House) -> None:
    house.post("/v1/customers", "ingest", [{"id": "t", "region": "東京都"}, {"id": "o", "region": '50%_"大阪"'}])
    for wrong in ("東京", "東京都内", "50%"):
        refused = house.post("/v1/stop", "marketer", {"reason": "x", "region": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "region")
    assert "東京都" in house.post("/v1/stop", "marketer", {"reason": "x", "region": "東京"}).json()["detail"]
    for right in ("東京都", '50%_"大阪"', "京都府"):
        assert house.post("/v1/stop", "marketer", {"reason": "x", "region": right}).status_code == 201


def test_a_stop_says_why(house: House) -> None:
    for nothing in ("", "   ", "\u3000"):
        refused = house.post("/v1/stop", "marketer", {"reason": nothing})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")
    assert outcome(house) == "message"


def test_nobody_lifts_their_own_stop(house: House) -> None:
    one, again = house.key("approver", "Mihon Taro"), house.key("approver", "ｍｉｈｏｎ  taro ")
    stop = house.post("/v1/stop", key=one, json={"reason": "x"}).json()
    for key in (one, again):
        refused = house.post(f"/v1/stop/{stop['id']}/lift", key=key)
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:second-person")
    assert house.post(f"/v1/stop/{stop['id']}/lift", "approver").status_code == 200


def test_without_keys_anybody_here_stops_and_nobody_approves(tmp_path: Path, clock: FrozenClock) -> None:
    parts = build_parts(Settings(home=tmp_path / "home", auth="off"), clock=clock, encoder=WordEncoder())
    parts.stores.write(people)
    house = House(scenery=None, app=create_app(parts))  # type: ignore[arg-type]  # this one has no stage
    try:
        assert house.post("/v1/next-message", json=ASK).json()["outcome"] == "message"
        stop = house.post("/v1/stop", json={"reason": "x"}).json()
        refused = house.post(f"/v1/stop/{stop['id']}/lift")
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:tact:problem:not-permitted")
        assert house.runner.run(from_elsewhere(house)).status_code == 401
    finally:
        house.runner.close()
        parts.close()


async def from_elsewhere(house: House) -> httpx.Response:
    """A request from another machine."""
    transport = httpx.ASGITransport(house.app, client=("192.0.2.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://tact.test") as client:
        return await client.get("/v1/policies")
