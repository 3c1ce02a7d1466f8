"""What-if over HTTP and on the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.house import House

MUTE = "- {id: no_mail, type: channel_permit, name: {en: no mail}, deny: [email]}"
LATER = "- {id: quiet_hours_night, type: quiet_hours, name: {en: night}, start: '09:00', end: '08:00'}"


def test_a_change_is_shown_before_anybody_approves_it(shared: House) -> None:
    found = shared.post("/v1/policies/simulate", "marketer", {"policy": MUTE}).json()
    assert found["customers"] == found["before"]["reached"] + found["before"]["silent"]
    assert found["by_channel"]["email"]["after"] == 0 and found["by_channel"]["email"]["lost"] > 0
    assert found["by_scene"]["newsletter"]["before"] > 0
    assert found["examples"][0]["rules"] == ["no_mail"] and found["examples"][0]["customer"].startswith("p-")
    same = shared.post("/v1/policies/simulate", "marketer", {}).json()
    assert same["gained"] == same["lost"] == 0 and same["examples"] == []


def test_a_rule_of_a_known_id_takes_its_place(shared: House) -> None:
    found = shared.post("/v1/policies/simulate", "marketer", {"policy": LATER}).json()
    assert found["by_channel"]["email"]["lost"] > 0
    night = {"policy": LATER, "at": "2026-11-24T08:30:00+09:00"}
    assert shared.post("/v1/policies/simulate", "marketer", night).json()["by_channel"]["email"]["lost"] == 0


def test_a_proposal_is_simulated_as_it_stands(house: House) -> None:
    text = (Path(__file__).parents[2] / "policies" / "playbook" / "house.yaml").read_text("utf-8")
    house_yaml = text + "\n  - {id: no_mail, type: channel_permit, name: {ja: なし, en: no mail}, deny: [email]}\n"
    made = house.post("/v1/policies/proposals", "marketer", {"house": house_yaml})
    assert made.status_code == 201, made.text
    found = house.post("/v1/policies/simulate", "marketer", {"proposal": made.json()["id"]}).json()
    assert found["by_channel"]["email"]["after"] == 0
    assert house.post("/v1/policies/simulate", "marketer", {"proposal": 99}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"policy": "- {id: x, type: nothing}"}, "policy"),
        ({"policy": MUTE, "proposal": 1}, "proposal"),
        ({"packs": ["atlantis"]}, "packs"),
        ({"at": "2026-11-24T10:00:00"}, "at"),
    ],
)
def test_what_cannot_be_simulated_is_named(shared: House, asked: dict[str, object], field: str) -> None:
    refused = shared.post("/v1/policies/simulate", "marketer", asked)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"].startswith(field), refused.text


def test_simulate_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TACT_CLOCK", "2026-11-24T01:00:00+00:00")
    rules = tmp_path / "rules.yaml"
    rules.write_text(MUTE, encoding="utf-8")
    told = CliRunner().invoke(app, ["simulate", "--policy", str(rules)])
    assert (told.exit_code == 0 and "0 customers" in told.output) or "お客様0人" in told.output
    assert CliRunner().invoke(app, ["simulate"]).exit_code == 1
