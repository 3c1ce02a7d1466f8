"""docs/bulk.md and docs/ja/bulk.md: every command on them runs, one after the other, in a house of its own."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent import vocabulary
from agent.exchange.mappings import read_mapping
from agent.settings import Settings
from agent.stores import open_stores
from api.cli import app
from domain.channel import Purpose
from domain.consent import Consent, Evidence
from records import consents, keys, profiles
from tools.exchange.mistakes import mistakes

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "bulk.md", "ja": ROOT / "docs" / "ja" / "bulk.md"}
HEADER = "会員番号,メールアドレス,会員ランク,生年月日,入会日,興味,担当,来店回数,店番,メルマガ許諾,同意日,姓,名,備考"


def run(*words: str) -> Result:
    """One command."""
    return CliRunner().invoke(app, list(words))


def boxes(page: Path, kind: str) -> list[str]:
    """The boxes of a page."""
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a marketer in an empty house, with the samples beside it."""
    shutil.copytree(ROOT / "samples" / "bulk", tmp_path / "samples" / "bulk")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TACT_HOME", str(tmp_path / "home"))
    stores = open_stores(Settings(home=tmp_path / "home"))
    made = stores.write(lambda c: keys.add(c, "marketer", "Mai", (), stores.clock.now()))
    found = vocabulary.define(stores, "お得意様", "ゴールド会員", None, "Mai", stores.clock.now())
    vocabulary.approve(stores, found.id, "Ken", stores.clock.now())
    stores.close()
    monkeypatch.setenv("TACT_KEY", made)
    return made


@pytest.mark.parametrize("language", list(PAGES))
def test_every_command_on_the_page_runs(
    language: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TACT_LANGUAGE", language)
    ran = []
    for line in "".join(boxes(PAGES[language], "sh")).splitlines():
        words = shlex.split(line, comments=True)
        assert words[0] == "./tact"
        told = words[1 : words.index(">")] if ">" in words else words[1:]
        done = run(*told)
        assert done.exit_code == 0, (line, done.output)
        ran.append(done)
    assert len(ran) == 9
    assert "identify: loyalty_id" in ran[0].output
    assert ("nothing was written" if language == "en" else "何も書き込んでいません") in ran[1].output
    assert (tmp_path / "newsletter.csv").exists() and (tmp_path / "gold.xlsx").exists()
    assert (tmp_path / "errors.csv").read_text(encoding="utf-8-sig").count("\n") == 3
    stores = open_stores(Settings(home=tmp_path / "home"))
    assert stores.read(profiles.count) == 12
    stores.close()


@pytest.mark.parametrize("language", list(PAGES))
def test_the_mapping_on_the_page_can_be_read(language: str) -> None:
    (text,) = boxes(PAGES[language], "yaml")
    mapping, _ = read_mapping(text, "m.yaml", "en")
    assert not list(mistakes(mapping, "customers", HEADER.split(",")))


def test_what_is_proposed_can_be_loaded_once_evidence_is_filled_in(key: str, tmp_path: Path) -> None:
    file = "samples/bulk/members_sjis.csv"
    proposed = run("load", file, "--as", "customers", "--propose").output
    assert "joined:\n  display_name: {columns: [姓, 名]" in proposed
    path = tmp_path / "members.yaml"
    path.write_text(proposed, encoding="utf-8")
    refused = run("load", file, "--as", "customers", "--mapping", str(path))
    assert refused.exit_code == 1 and "evidence.method" in refused.output
    filled = re.sub(r"(evidence\.\w+): #.*", r"\1: 店頭", proposed)
    path.write_text(filled, encoding="utf-8")
    done = run("load", file, "--as", "customers", "--mapping", str(path), "--check")
    assert done.exit_code == 0, done.output


def test_the_inventory_as_json(key: str) -> None:
    told = json.loads(run("inventory", "--json").output)
    assert {"at", "customers", "scenes", "identifiers", "events", "offers", "seconds", "by_channel"} >= set(told)
    assert all(one["verdict"] for one in told["scenes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("load", "samples/bulk/offers.csv", "--as", "goods"), "customers, events, consents, offers, purchases"),
        (("load", "samples/bulk/offers.csv", "--as", "offers"), "--propose > map.yaml"),
        (("load", "none.csv", "--as", "offers", "--propose"), "there is no such file"),
        (("audience", "export", "--out", "a.csv"), "exactly one of --scene, --segment and --where"),
        (("audience", "export", "--out", "a.csv", "--where", "x", "--channel", "pigeon"), "email"),
        (
            ("audience", "export", "--out", "a.csv", "--scene", "newsletter", "--key", "wrong"),
            "may not export audiences",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(key: str, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 1 and said in done.output and "Traceback" not in done.output


def test_characters_that_shift_jis_lacks_are_listed(key: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,name,tel,tier\n1,𠮷田,090-1234-5678,gold\n", encoding="utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns: {id: id, name: display_name, tel: phone, tier: tier}\n", encoding="utf-8")
    assert run("load", str(table), "--as", "customers", "--mapping", str(mapping)).exit_code == 0
    stores = open_stores(Settings(home=tmp_path / "home"))
    now = stores.clock.now()
    yes = Consent(
        customer_id="1", topic="call", purpose=Purpose.MARKETING, granted=True, evidence=Evidence(method="form"), at=now
    )
    stores.write(lambda c: consents.append(c, [yes]))
    stores.close()
    words = ("--where", "gold members", "--channel", "call", "--columns", "id,display_name")
    done = run("audience", "export", "--out", str(tmp_path / "o.csv"), "--encoding", "cp932", *words)
    assert done.exit_code == 0 and "〓" in done.output and "display_name: 𠮷" in done.output


def test_a_load_stopped_by_hand_says_how_to_go_on(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.commands.load.loaded", stop)
    words = ("load", "samples/bulk/offers.csv", "--as", "offers", "--mapping", "samples/bulk/offers.yaml")
    done = run(*words)
    assert done.exit_code == 130 and "同じコマンドで続きから" in done.output
