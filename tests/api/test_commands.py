"""The command line, as people use it: one clear sentence when something is not possible, and no traceback."""

import json
import re
import socket
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


def test_an_explanation_names_weather_and_store_as_people_do() -> None:
    tact("import", "sample")
    rain = ("ask", "s-001", "--scene", "rainy_day", "--channels", "push", "--weather", "rain", "--place", "store:ginza")
    told = tact(*rain, "--at", "2026-11-24T17:40", "--language", "ja")
    assert "雨・銀座店の近く" in told and "store:ginza" not in told
    told = tact(*rain, "--at", "2026-11-24T17:40", "--language", "en")
    assert "rain, near Ginza" in told and "store:ginza" not in told


def test_a_directive_says_something() -> None:
    words = ("directive", "give", "  ", "--key", key("marketer", "Mihon"))
    assert "text '  ' cannot be used: it says nothing" in tact(*words, code=1)
    assert tact("directive", "list") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "nobody"), "There is no customer 'nobody'"),
        (("ask", "nobody@example.com"), "There is no customer"),
        (("ask", "x", "--channels", "fax"), "channels[0] 'fax' cannot be used"),
        (("ask", "x", "--at", "tomorrow"), "--at 'tomorrow' cannot be used"),
        (("ask", "x", "--language", "fr"), "language 'fr' cannot be used"),
        (("verify", "none"), "There is no decision 'none'"),
        (("lift", "none"), "The key is missing: give the key of an approver with --key or in TACT_KEY"),
        (("directive", "give", "x"), "The key is missing: give the key of the author with --key or in TACT_KEY"),
        (("policies", "load"), "with --author-key or in TACT_AUTHOR_KEY"),
        (("restore", "nowhere"), "Name the folder that ./tact backup wrote"),
        (("backup", "/proc/x"), "FOLDER '/proc/x' cannot be used"),
        (("backup", __file__), "cannot be written into (File exists)"),
        (("compose", "--scene", ""), "--scene '' cannot be used: it is empty"),
        (("compose", "--scene", "newsletter", "--angle", ""), "--angle '' cannot be used: it names nothing"),
        (("compose", "--scene", "newsletter", "--channel", ","), "--channel ',' cannot be used: it names nothing"),
        (("compose", "--scene", "newsletter", "--placement", "***"), "--placements.0 '***' cannot be used"),
        (("keys", "add", "--role", "channel", "--person", "x", "--channels", ","), "it names nothing"),
        (("review", "edit", "r", "--title", ""), "--title '' cannot be used: it is empty"),
        (("review", "edit", "r", "--body", "\udcff"), "'\\udcff' cannot be used: it is not UTF-8 text"),
        (("stop", " "), "REASON ' ' cannot be used: say why"),
        (("stop", "x", "--region", " "), "--region ' ' cannot be used"),
        (("stop", "x", "--channel", "email,push"), "give one channel at a time"),
        (("stop", "x", "--scene", "nope"), "there is no such scene"),
        (("variants", "list", "--scene", "nope"), "there is no such scene"),
        (("policies", "show", "9" * 30), "it is larger than anything that is stored"),
        (("verify", "none"), "Check the id."),
        (("policies", "check", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("stop", "x", "--channel", "fax"), "'fax' cannot be used"),
    ],
)
def test_what_is_not_possible_is_one_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in tact(*words, code=1)


def test_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_READERS", "many")
    assert "TACT_READERS 'many' cannot be used" in tact("doctor", code=1)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("TACT_HOME", "/etc/passwd", "Name a place that this program may write to"),
        ("TACT_HOME", "/proc/foo", "Name a place that this program may write to"),
        ("TACT_HOME", str(Path(__file__).parents[2]), "this is the program's own folder"),
        ("TACT_SECRET_FILE", "/proc/foo/secret", "Name a place that this program may write to"),
        ("TACT_CLOCK", "9999-12-31T23:59:59Z", "give a time from 1970-01-02 to 2199-12-31"),
        ("TACT_CLOCK", "1900-01-01T00:00:00Z", "give a time from 1970-01-02 to 2199-12-31"),
        ("TACT_HOME_TIMEZONE", "Asia/Tokio", "write it like Asia/Tokyo"),
        ("TACT_CHROMA_URL", "foo", "write it like http://127.0.0.1:8001"),
        ("TACT_CHROMA_URL", "http://[::1", "Invalid IPv6 URL"),
        ("TACT_PUBLIC_URL", "foo", "write it like https://tact.example.com"),
        ("TACT_PUBLIC_URL", "ftp://shop.example.com", "write it like https://tact.example.com"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    printed = tact("keys", "list", code=1)
    assert f"{variable} '{value}" in printed and said in printed


def test_a_key_of_a_model_that_cannot_be_sent_is_refused_and_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_LLM_API_KEY", "hush-hush\n")
    printed = tact("keys", "list", code=1)
    assert "TACT_LLM_API_KEY" in printed and "copy it once more" in printed and "hush" not in printed


def test_an_empty_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("TACT_READERS", "TACT_HOME_TIMEZONE", "TACT_CLOCK", "TACT_LLM_MODEL", "TACT_DATABASE_URL"):
        monkeypatch.setenv(name, "")
    tact("keys", "list")
    assert (home / "tact.db").exists()


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACT_PUBLC_URL", "https://shop.example.com")
    assert "! settings  TACT_PUBLC_URL is no setting; did you mean TACT_PUBLIC_URL?" in tact("doctor", code=1)


def test_a_secret_that_others_may_read_is_told_as_such(home: Path) -> None:
    tact("keys", "list")
    (home / "secret").chmod(0o644)
    printed = tact("doctor", code=1)
    assert f"chmod 600 {home / 'secret'}" in printed and "✗ secret" in printed and "database" not in printed


def test_a_port_that_is_taken_is_told_before_anything_opens(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "Stop who listens there, or choose others" in tact("serve", "--port", port, code=1)
    assert not home.exists()


def test_what_stands_in_brackets_is_part_of_the_help() -> None:
    assert "[card] and [button] stay where they stand" in " ".join(tact("review", "edit", "--help").split())


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
    assert "! keys" in said and "! data" in said and "simulated" in said
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
