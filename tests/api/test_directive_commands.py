"""./tact directive: what is read back at the command line, and the sheet on paper."""

import re
import shlex
from pathlib import Path

import pytest
from pydantic import JsonValue

from evals.stub_model import StubModel
from evals.stub_scripts import Answer, plays
from tests.api.test_commands import home, key, tact  # noqa: F401  # the fixture gives every test a home of its own


def test_examples_are_told_with_the_reading() -> None:
    said = tact("directive", "give", "割引は10%まで。", "--key", key("marketer", "Mihon"))
    assert "dir-1 (draft, Mihon)" in said
    for told in (said, tact("directive", "show", "dir-1")):
        assert "○ 10%割引のオファーのメール：送れます" in told
        assert "× 10.5%割引のオファーのメール：送りません" in told


def test_the_sheet_is_a_whole_page() -> None:
    tact("directive", "give", "割引は10%まで。", "--key", key("marketer", "Mihon"))
    printed = tact("directive", "sheet", "dir-1")
    assert printed.startswith("<!doctype html>")
    assert printed.rstrip().endswith("</html>")
    assert "10.5%割引のオファーのメール：送りません" in printed


def test_one_takes_the_place_of_another_and_a_version_gone_back_to_leaves_it_behind() -> None:
    author, approver = key("marketer", "Mihon"), key("approver", "Tanaka")
    tact("directive", "give", "割引は10%まで。", "--key", author)
    tact("directive", "approve", "dir-1", "--key", approver)
    said = tact("directive", "give", "割引は15%まで。", "--replaces", "dir-1", "--key", author)
    assert "dir-1 に代わります" in said
    assert "policy version 3" in tact("directive", "approve", "dir-2", "--key", approver)
    listed = tact("directive", "list").splitlines()
    assert listed[0].startswith("dir-2") and "approved " in listed[0] and "retired " in listed[1]
    tact("policies", "rollback", "1", "--key", approver)
    assert "approved*" in tact("directive", "list").splitlines()[0]
    assert "戻したため" in tact("directive", "sheet", "dir-2")


def test_a_word_is_defined_counted_and_used(tmp_path: Path) -> None:
    author, approver = key("marketer", "Mihon"), key("approver", "Tanaka")
    assert "seg-1" in tact("segment", "define", "上得意", "ゴールド以上の会員", "--key", author)
    tact("segment", "approve", "seg-1", "--key", approver)
    (line,) = tact("segment", "list").splitlines()
    assert "approved" in line and "上得意" in line and "(0)" in line
    assert "✓ 上得意には電話しない。" in tact("directive", "give", "上得意には電話しない。", "--key", author)
    asked = tmp_path / "try.json"
    asked.write_text('{"directives": ["上得意には電話しない。"], "language": "ja"}', encoding="utf-8")
    assert '"understood": true' in tact("policies", "try", str(asked))
    tact("segment", "retire", "seg-1", "--key", approver, "--reason", "nobody uses it")
    tact("segment", "define", "お得意", "VIPの方", "--key", author)
    tact("segment", "reject", "seg-2", "--key", approver)
    assert [line.split()[1] for line in tact("segment", "list").splitlines()] == ["rejected", "retired"]


def test_a_mandate_keeps_a_store_to_its_own_customers() -> None:
    author = key("store", "Sato")
    assert "登録されていません" in tact("directive", "give", "メールは週1通まで。", "--key", author)
    tact("mandates", "set", "Sato", "--office", "store", "--name", "銀座店", "--shop", "ginza")
    said = tact("directive", "give", "メールは週1通まで。", "--key", author)
    assert "✓ メールは週1通まで。" in said and "銀座店" in said and "shop:ginza" in said
    (line,) = tact("mandates", "list").splitlines()
    assert line.startswith("sato: store, 銀座店")
    tact("mandates", "end", "Sato")
    assert tact("mandates", "list") == ""
    for wrong in (
        ["--office", "moon"],
        ["--office", "store"],
        ["--office", "agency", "--may", "{"],
        ["--office", "agency", "--may", '{"channels": ["fax"]}'],
        ["--office", "store", "--shop", "a", "--may", "{}"],
    ):
        tact("mandates", "set", "Sato", *wrong, code=1)
    tact("mandates", "end", "Nobody", code=1)


def test_a_model_reads_at_the_command_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    author = key("marketer", "Mihon")
    ban: dict[str, JsonValue] = {"type": "channel_permit", "deny": ["sms"]}
    with StubModel(plays(Answer(json={"sentences": [{"sentence": 0, "understood": True, "rules": [ban]}]}))) as stub:
        monkeypatch.setenv("TACT_LLM_BASE_URL", stub.base_url)
        monkeypatch.setenv("TACT_LLM_MODEL", "stub")
        said = tact("directive", "give", "SMSは使わない方向でいきましょう。", "--key", author)
    assert "✓ SMSは使わない方向でいきましょう。" in said and "モデル" in said
    assert len(stub.requests) == 1


@pytest.mark.parametrize("page", ["directives.md", "ja/directives.md"])
def test_what_the_guide_shows_works(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    author = key("approver", "Mihon")
    for said in re.findall(r'directive give "([^"]+)"', text):
        assert "?" not in [line[:1] for line in tact("directive", "give", said, "--key", author).splitlines()], said
    ((term, meaning),) = re.findall(r'segment define "([^"]+)" "([^"]+)"', text)
    assert "draft" in tact("segment", "define", term, meaning, "--key", author)
    for line in re.findall(r"^\./tact (mandates set .+)$", text, re.MULTILINE):
        tact(*shlex.split(line))
