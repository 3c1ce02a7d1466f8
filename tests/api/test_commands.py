"""The command line, as people use it: one clear sentence when something is not possible, and no traceback."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.settings import Settings
from agent.stores import Stores, open_stores
from api import VERSION
from api.cli import ENTRIES, app, load
from policies.document import PLAYBOOK
from records import keys
from records.context import open_context
from tests.records.encoders import WordEncoder

HOUSE = """
sender: {name: {en: S}, legal_name: {en: S}, address: {en: A}, phone: "1", hours: {en: H}, site: "https://s.example.com"}
rules:
  - {id: night, name: {en: Night}, type: quiet_hours, strat: "21:00", end: "08:00"}
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A TACT_HOME of the test's own, with an encoder that needs no model."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TACT_HOME", str(folder))
    monkeypatch.setenv("TACT_CLOCK", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("agent.parts.SentenceEncoder", WordEncoder)
    monkeypatch.setattr("api.commands.upkeep.SentenceEncoder", WordEncoder)
    return folder


def tact(*words: str, code: int = 0, **more: Any) -> str:
    """What `./tact …` prints, results and notes together."""
    done = CliRunner().invoke(app, list(words), prog_name="tact", **more)
    assert done.exit_code == code, (done.output, done.exception)
    assert "Traceback" not in done.output
    return done.output


def key(role: str, person: str) -> str:
    """A new key."""
    return tact("keys", "add", "--role", role, "--person", person).splitlines()[-1]


def stores(home: Path) -> Stores:
    """The records behind the commands."""
    return open_stores(Settings(home=home))


def test_the_overview_and_every_command_explain_themselves() -> None:
    overview = tact("--help")
    for name, entry in ENTRIES.items():
        assert f"{name} " in overview
        found = load(entry)
        assert found.help
        tact(name, "--help")
        for inner in getattr(found, "commands", {}):
            assert found.commands[inner].help
            assert "--help" in tact(name, inner, "--help")


def test_version() -> None:
    assert tact("version") == f"tact {VERSION}\n"
    assert f'version = "{VERSION}"' in (Path(__file__).parents[2] / "pyproject.toml").read_text()


def test_a_key_is_printed_alone_on_the_last_line(home: Path) -> None:
    printed = tact("keys", "add", "--role", "channel", "--person", "mailer", "--channels", "email, push")
    token = printed.splitlines()[-1]
    opened = stores(home)
    found = opened.read(lambda c: keys.find(c, token))
    opened.close()
    assert found is not None
    assert (found.role, found.person, sorted(found.channels)) == ("channel", "mailer", ["email", "push"])
    listed = tact("keys", "list")
    assert found.id in listed and token not in listed
    assert "revoked" in tact("keys", "revoke", found.id)
    assert "There is no key in force" in tact("keys", "revoke", found.id, code=1)


def test_a_key_needs_a_known_role_and_known_channels() -> None:
    assert "--role 'king'" in tact("keys", "add", "--role", "king", "--person", "x", code=1)
    assert "'fax'" in tact("keys", "add", "--role", "channel", "--person", "x", "--channels", "fax", code=1)
    assert "person" in tact("keys", "add", "--role", "channel", "--person", " ", code=1)


def test_a_question_after_an_import(home: Path) -> None:
    imported = tact("import", "sample")
    assert "customers" in imported and "made up" in imported
    again = tact("import", "sample")
    assert "customers" in again
    printed = tact("ask", "s-001", "--language", "en", "--channels", "web,email")
    assert " ms" in printed and "d-" in printed
    told = json.loads(tact("ask", "s-001", "--json", "--dry-run", "--channels", "web", "--weather", "rain"))
    assert told["outcome"] in ("message", "hold")
    assert tact("ask", "s-001@example.com", "--dry-run", "--scene", "cart_abandonment", "--place", "store:ginza")
    assert tact("ask", "loyalty_id=SAMPLE-0001", "--at", "2026-11-24T23:00", "--channels", "email", "--language", "ja")
    decision = re.search(r"\bd-[0-9a-f]{11}-[0-9a-f]{20}\b", printed)
    assert decision and "hold" in tact("verify", decision.group())
    assert "whole" in tact("index", "rebuild")
    assert "whole" in tact("doctor")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "nobody"), "There is no customer 'nobody'"),
        (("ask", "nobody@example.com"), "There is no customer"),
        (("ask", "x", "--channels", "fax"), "channels[0] 'fax' cannot be used"),
        (("ask", "x", "--at", "tomorrow"), "--at 'tomorrow' cannot be used"),
        (("ask", "x", "--language", "fr"), "language 'fr' cannot be used"),
        (("verify", "none"), "There is no decision 'none'"),
        (("lift", "none"), "give the key of an approver"),
        (("restore", "nowhere"), "this is no backup"),
        (("policies", "check", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("stop", "x", "--channel", "fax"), "'fax' cannot be used"),
    ],
)
def test_what_is_not_possible_is_one_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in tact(*words, code=1)


def test_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_READERS", "many")
    assert "TACT_READERS 'many' cannot be used" in tact("doctor", code=1)


def test_keys_off_are_for_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_AUTH", "off")
    for host in ("0.0.0.0", "192.0.2.7", "shop.example.com"):
        assert "TACT_AUTH=off would open" in tact("serve", "--host", host, code=1)


def test_stop_and_lift_take_two_persons() -> None:
    marketer, same, other = key("marketer", "Mihon"), key("approver", "ＭＩＨＯＮ"), key("approver", "Sample")
    stopped = tact("stop", "a wrong price", "--channel", "email", "--key", marketer)
    stop = stopped.split()[-1]
    assert "another person has to approve" in tact("lift", stop, "--key", same, code=1)
    assert "may not lift a stop" in tact("lift", stop, "--key", marketer, code=1)
    assert "lifted the stop" in tact("lift", stop, env={"TACT_KEY": other})
    assert "There is no stop" in tact("lift", stop, "--key", other, code=1)


def test_anybody_on_the_machine_stops_without_a_key() -> None:
    assert "Stopped." in tact("stop", "now", "--region", "東京都")
    assert "may not stop sending" in tact("stop", "now", "--key", "nobody", code=1)


def test_a_stop_of_a_misspelt_scene_is_refused() -> None:
    tact("import", "sample")
    assert "there is no such scene" in tact("stop", "x", "--scene", "wellcome", code=1)
    assert "Stopped." in tact("stop", "x", "--scene", "welcome")


def test_rule_files_are_checked_with_line_and_suggestion(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    said = tact("policies", "check", str(tmp_path / "house.yaml"), code=1)
    assert "house.yaml, line 4" in said and "start" in said
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "x.yaml").write_text("id: x\n", encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"- \xff\n")
    files = (tmp_path, tmp_path / "scenes" / "x.yaml", tmp_path / "latin.yaml")
    said = tact("policies", "check", *map(str, files), code=1)
    assert "x.yaml" in said and "latin.yaml: this is not UTF-8" in said
    assert "no mistakes" in tact("policies", "check", str(PLAYBOOK))


def test_a_playbook_is_loaded_by_two_persons() -> None:
    author, same, other = key("marketer", "Mihon"), key("approver", "mihon"), key("approver", "Sample")
    load_as = ("policies", "load", "--note", "as shipped", "--author-key", author, "--approver-key")
    assert "another person has to approve" in tact(*load_as, same, code=1)
    assert "may not approve policies" in tact(*load_as, author, code=1)
    assert "is in force" in tact(*load_as, other)


def test_a_backup_comes_back(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tact("import", "sample")
    assert "rows" in tact("backup", str(tmp_path / "copy"))
    assert "is not empty" in tact("backup", str(tmp_path / "copy"), code=1)
    monkeypatch.setenv("TACT_HOME", str(tmp_path / "second"))
    assert "are back" in tact("restore", str(tmp_path / "copy"))
    assert "records written" in tact("index", "rebuild")
    assert "message" in tact("ask", "s-001", "--json", "--channels", "web")


def test_the_doctor_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tact("doctor", code=1)
    assert "✗ policies" in said and "./tact policies load" in said
    assert "✗ keys" in said and "✗ data" in said and "simulated" in said
    tact("import", "sample")
    key("channel", "mailer")
    key("approver", "Mihon")
    assert "no key with the role marketer" in tact("doctor")
    key("marketer", "Mihon")
    assert "only one person" in tact("doctor")
    key("marketer", "Sample")
    assert "✓ keys" in tact("doctor")
    tact("stop", "a trial")
    assert "a trial" in tact("doctor")
    (home / "secret").chmod(0o644)
    assert "chmod 600" in tact("doctor", code=1)


def test_a_store_in_use_is_no_fault(home: Path) -> None:
    tact("import", "sample")
    with closing(open_context(home / "context", None, WordEncoder())):
        assert "in use" in tact("doctor")
        assert "it is in use by" in tact("ask", "s-001", code=1)
