"""Copy versions over HTTP: ordered, followed, listed, looked at and retired."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from agent.settings import Settings
from api.app import create_app
from evals.stub_model import StubModel
from evals.stub_scripts import Answer, Body, properties_of
from records import variants
from records.keys import ROLES
from tests.agent.pen import plain
from tests.agent.stage import set_up
from tests.agent.test_composing import with_review
from tests.api.house import House
from tests.clock import START, FrozenClock

ORDER = {
    "scene": "newsletter",
    "n": 2,
    "offers": ["coffee"],
    "channels": ["email"],
    "languages": ["en"],
    "placements": [""],
}


def writer(body: Body, number: int) -> Answer:
    """Texts that have nothing in common, with the parts that are asked for."""
    wanted = properties_of(body) or frozenset()
    return Answer(json={part: said for part, said in plain(number).items() if part in wanted})


@pytest.fixture
def written(tmp_path: Path, clock: FrozenClock) -> Iterator[tuple[House, StubModel]]:
    """A service with a model behind it that writes well."""
    with StubModel(writer) as stub:
        house = opened(tmp_path / "home", clock, stub)
        yield house, stub
        house.close()


def opened(home: Path, clock: FrozenClock, stub: StubModel) -> House:
    """A service that asks the stub."""
    settings = Settings(home=home, llm_base_url=stub.base_url, llm_model="stub", llm_retries=0)
    scenery = set_up(home, clock, settings=settings)
    house = House(scenery, create_app(scenery.parts))
    house.keys = {role: house.key(role, role) for role in ROLES}
    return house


def finished(house: House, id: str) -> httpx.Response:
    """The composition once it has ended."""
    while True:
        found = house.get(f"/v1/compositions/{id}", "marketer")
        if found.json()["status"] != "running":
            return found


def test_a_marketer_orders_follows_looks_and_retires(written: tuple[House, StubModel]) -> None:
    house, stub = written
    taken = house.post("/v1/variants/compose", "marketer", ORDER)
    assert (taken.status_code, taken.json()["status"]) == (202, "running")
    done = finished(house, taken.json()["id"]).json()
    assert (done["status"], done["author"], done["progress"]["approved"]) == ("done", "marketer", 2)
    assert done["progress"]["finished"] == done["progress"]["wanted"] == 2 == len(stub.requests)
    listed = house.get("/v1/variants", "analyst", params={"scene": "newsletter", "status": "approved"}).json()
    assert [one["id"] for one in listed["items"]] == sorted(done["progress"]["variants"], reverse=True)
    one = listed["items"][0]
    assert one["provenance"]["model"] == "stub" and one["provenance"]["composition"] == done["id"]
    seen = house.get(f"/v1/variants/{one['id']}", "marketer").json()
    assert seen["samples"][0]["parts"]["subject"] and "coffee" in seen["samples"][0]["parts"]["text"]
    retired = house.post(f"/v1/variants/{one['id']}/retire", "marketer", {"reason": "enough"}).json()
    assert (retired["status"], retired["decided_by"], retired["reason"]) == ("retired", "marketer", "enough")
    again = house.post(f"/v1/variants/{one['id']}/retire", "marketer", {})
    assert again.status_code == 403 and "retired already" in again.json()["detail"]
    assert house.get("/v1/variants", "marketer", params={"scene": "winback"}).json() == {"items": [], "next": None}


def test_where_the_scene_wants_a_person_copy_waits_for_one(written: tuple[House, StubModel]) -> None:
    house, _ = written
    with_review(house.scenery, "newsletter")
    id = house.post("/v1/variants/compose", "marketer", ORDER).json()["id"]
    assert finished(house, id).json()["progress"]["waiting"] == 2
    first, second = house.get("/v1/reviews", "marketer").json()["items"]
    assert (first["kind"], first["scene"]) == ("variant", "newsletter")
    approved = house.post(f"/v1/reviews/{first['id']}", "marketer", {"verdict": "approve"})
    assert approved.status_code == 200, approved.text
    broken = house.post(
        f"/v1/reviews/{second['id']}", "marketer", {"verdict": "edit", "copy": {"subject": "Only today: 90% off"}}
    )
    assert broken.status_code == 422 and "facts_only" in broken.text, broken.text
    edited = house.post(
        f"/v1/reviews/{second['id']}", "marketer", {"verdict": "edit", "copy": {"subject": "A cup of [[offer.word]]"}}
    )
    assert edited.status_code == 200, edited.text
    subjects = {one["copy"]["subject"] for one in house.get("/v1/variants", "marketer").json()["items"]}
    assert "A cup of {{ offer.word }}" in subjects
    assert {one["status"] for one in house.get("/v1/variants", "marketer").json()["items"]} == {"approved"}


def test_what_cannot_be_ordered_is_refused_at_the_door(shared: House, written: tuple[House, StubModel]) -> None:
    house, _ = written
    none = shared.post("/v1/variants/compose", "marketer", ORDER)
    assert none.status_code == 403 and "TACT_LLM_BASE_URL" in none.json()["detail"]
    for body, status, said in (
        ({"scene": "nothing"}, 404, "scene"),
        ({**ORDER, "offers": ["tea"]}, 404, "offer"),
        ({**ORDER, "n": 0}, 422, "n"),
        ({**ORDER, "tones": ["shouting"]}, 422, "tones"),
        ({**ORDER, "channels": ["call"], "scene": "winback"}, 422, "channels"),
    ):
        refused = house.post("/v1/variants/compose", "marketer", body)
        assert refused.status_code == status and said in refused.text, refused.text
    assert shared.get("/v1/variants", "marketer", params={"status": "odd"}).status_code == 422
    assert shared.get("/v1/compositions/none", "marketer").status_code == 404


def test_a_service_that_ends_leaves_what_was_written(tmp_path: Path, clock: FrozenClock) -> None:
    def then_nothing(body: Body, number: int) -> Answer:
        return Answer(hang=True) if number else writer(body, number)

    with StubModel(then_nothing) as stub:
        house = opened(tmp_path / "home", clock, stub)
        id = house.post("/v1/variants/compose", "marketer", ORDER).json()["id"]
        while len(stub.requests) < 2:
            house.get("/healthz")
        house.runner.run(house.app.state.background.leave())
        left = house.get(f"/v1/compositions/{id}", "marketer").json()
        assert (left["status"], left["progress"]["approved"]) == ("stopped", 1)
        assert len(house.parts.stores.read(variants.approved)) == 1
        house.close()


def test_versions_come_in_pages(shared: House) -> None:
    page = shared.get("/v1/variants", "marketer", params={"limit": 1, "cursor": f"{int(START.timestamp())}:x"})
    assert page.json() == {"items": [], "next": None}
