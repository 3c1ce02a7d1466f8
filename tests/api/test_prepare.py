"""Preparing over HTTP: 202 at once, words a moment later, and where they come from in the record of the ask."""

import asyncio
from collections.abc import Iterator

import pytest

from api.app import create_app
from evals.stub_scripts import Answer, plays, writes
from records.keys import ROLES
from tests.agent.living import MAIL, SCENE, Living, living
from tests.api.house import House
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A stage with a model."""
    with living(tmp_path_factory.mktemp("home")) as lived:
        yield lived


@pytest.fixture(scope="module")
def served(play: Living) -> Iterator[House]:
    """The service on that stage."""
    house = House(play.scenery, create_app(play.scenery.parts))
    house.keys = {role: house.key(role, role) for role in ROLES}
    yield house
    if play.scenery.parts.instruments.model:
        house.runner.run(play.scenery.parts.instruments.model.close())
    house.runner.close()


def body(guest: str) -> dict[str, object]:
    return {"customer": {"id": guest}, "channels": ["email"], "scene": SCENE}


def test_the_ask_finds_words_and_its_record_says_where_from(play: Living, served: House) -> None:
    guest = play.guest()
    play.play(writes(MAIL))
    begun = served.post("/v1/prepare", "ingest", body(guest))
    assert (begun.status_code, begun.json()) == (202, {"accepted": True})
    served.runner.run(play.scenery.parts.conductor.rest())
    assert len(play.requests) == 1
    decided = served.post("/v1/next-message", "channel", {**body(guest), "deadline_ms": 10_000}).json()
    assert decided["copy"]["origin"] == "model" and decided["copy"]["model"] == "stub"
    assert len(play.requests) == 1
    penned = served.get(f"/v1/decisions/{decided['decision_id']}", "marketer").json()["evidence"]["penned"]
    assert penned["prepared"].startswith("p-") and penned["prompt"].startswith("en/draft@")
    assert penned["prompt_tokens"] > 0 and penned["calls"] == 1 and penned["revisions"] == 0


def test_a_service_that_ends_does_not_wait_for_a_silent_model(play: Living, served: House) -> None:
    play.play(plays(Answer(hang=True)))
    assert served.post("/v1/prepare", "ingest", body(play.guest())).json() == {"accepted": True}
    served.runner.run(asyncio.wait_for(play.scenery.parts.conductor.leave(), PATIENCE))


def test_an_unknown_customer_or_scene_is_not_found(served: House) -> None:
    for wrong in ({"customer": {"id": "nobody"}}, {"scene": "nothing"}):
        assert served.post("/v1/prepare", "ingest", {**body("anna"), **wrong}).status_code == 404


def test_what_rules_forbid_now_is_not_begun(play: Living, served: House) -> None:
    play.play(writes(MAIL))
    begun = served.post("/v1/prepare", "ingest", body("silent"))
    assert (begun.status_code, begun.json()) == (202, {"accepted": False}) and not play.requests


def test_without_a_model_nothing_is_begun(shared: House) -> None:
    begun = shared.post("/v1/prepare", "channel", body("anna"))
    assert (begun.status_code, begun.json()) == (202, {"accepted": False})


def test_a_key_prepares_for_its_own_channels(shared: House) -> None:
    key = shared.key("channel", "Web shop", "web")  # type: ignore[arg-type]  # a channel is its word
    assert shared.post("/v1/prepare", None, body("anna"), key=key).status_code == 403
