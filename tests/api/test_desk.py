"""The desk over HTTP and in the terminal."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.settings import Settings
from agent.stores import open_stores
from api.cli import app
from records import keys
from records.context import open_context
from tests.api.house import House
from tests.clock import START
from tests.records.encoders import WordEncoder


def test_a_conversation_over_http(house: House) -> None:
    first = house.post("/v1/desk", "marketer", {"text": "割引は10%まで。"}).json()
    assert (first["did"], first["drafts"], first["by"], first["usage"]) == (["give"], ["dir-1"], "grammar", None)
    assert (first["language"], first["understood"]) == ("ja", True)
    going_on = {"text": "make it 15 % instead", "conversation": first["conversation"]}
    second = house.post("/v1/desk", "marketer", going_on).json()
    assert (second["did"], second["drafts"], second["language"]) == (["refine"], ["dir-2"], "en")
    assert second["conversation"] == first["conversation"]
    given = house.get("/v1/directives/dir-2", "analyst").json()
    assert (given["text"], given["status"], given["author"]) == ("割引は15%まで。", "draft", "marketer")
    approve = house.post("/v1/desk", "approver", {"text": "approve dir-2"}).json()
    assert approve["did"] == ["hand"]
    assert "cannot be done here" in approve["answer"]
    assert house.get("/v1/directives/dir-2", "analyst").json()["status"] == "draft"


def test_a_conversation_belongs_to_one_person(house: House) -> None:
    mine = house.post("/v1/desk", "marketer", {"text": "割引は10%まで。", "conversation": "c"}).json()
    assert mine["conversation"] == "c"
    theirs = house.post("/v1/desk", "approver", {"text": "試算して", "conversation": "c"}).json()
    assert theirs["directives"] == []


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": "x" * 10_001}, {"text": "x\u0000"}, {"text": "x", "conversation": ""}, {"say": "x"}],
)
def test_what_is_no_saying_is_refused(house: House, body: dict[str, str]) -> None:
    assert house.post("/v1/desk", "marketer", body).status_code == 422


@pytest.mark.parametrize("role", ["analyst", "store", "channel", "ingest", "privacy", "admin"])
def test_the_desk_is_for_marketers(shared: House, role: str) -> None:
    assert shared.post("/v1/desk", role, {"text": "help"}).status_code == 403


def test_the_answer_is_in_the_language_that_is_wished(shared: House) -> None:
    asked = {"text": "help", "language": "ja"}
    assert "ここでできること" in shared.post("/v1/desk", "marketer", asked).json()["answer"]
    sign = {"text": "?"}
    headers = {"accept-language": "en"}
    assert "Here you can" in shared.post("/v1/desk", "marketer", sign, headers=headers).json()["answer"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A TACT_HOME of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TACT_HOME", str(folder))
    monkeypatch.setenv("TACT_CLOCK", START.isoformat())
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("agent.parts.SentenceEncoder", WordEncoder)
    return folder


def tact(*words: str, **more: str) -> str:
    """What `./tact desk …` prints."""
    done = CliRunner().invoke(app, ["desk", *words], prog_name="tact", **more)  # type: ignore[arg-type]  # input
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_a_conversation_in_the_terminal(home: Path) -> None:
    stores = open_stores(Settings(home=home))
    key = stores.write(lambda c: keys.add(c, "marketer", "Marta", (), START))
    stores.close()
    said = tact("--key", key, input="割引は10%まで。\nやっぱり15%で\n試算して\n承認して\n\nnever read\n")
    for words in ("dir-1 を下書き", "割引は15%まで", "dir-2 が有効になると", "ここではできません"):
        assert words in said
    assert "never read" not in said
    assert "--conversation talk-" in tact("help")


def test_beside_a_running_service_all_but_likeness_answers(home: Path) -> None:
    context = open_context(home / "context", None, WordEncoder())
    try:
        assert "POST /v1/desk" in tact("who would care about coffee?")
        assert "cap_sms_week" in tact("what are the rules for SMS?")
    finally:
        context.close()


def test_what_is_in_force_is_changed_by_one_that_takes_its_place(house: House) -> None:
    house.post("/v1/desk", "marketer", {"text": "割引は10%まで。", "conversation": "c"})
    house.post("/v1/directives/dir-1/approve", "approver")
    told = house.post("/v1/desk", "marketer", {"text": "やっぱり15%で", "conversation": "c"}).json()
    assert "入れ替わります" in told["answer"]
    given = house.get("/v1/directives/dir-2", "analyst").json()
    assert (given["replaces"], given["status"], given["text"]) == ("dir-1", "draft", "割引は15%まで。")
    assert house.get("/v1/directives/dir-1", "analyst").json()["in_force"] is True
