"""./tact policies: the same doors from the command line."""

import json
from pathlib import Path

import pytest

from policies.document import PLAYBOOK
from policies.schema import FILES, text_of
from tests.api.test_commands import home, key, tact  # noqa: F401  # the fixture gives every test a home of its own

SHIPPED = (PLAYBOOK / "house.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A playbook of the test's own, without scenes."""
    made = tmp_path / "playbook"
    made.mkdir()
    (made / "house.yaml").write_text(SHIPPED, encoding="utf-8")
    return made


def change(folder: Path, old: str, new: str) -> None:
    """Writes something else in house.yaml."""
    text = (folder / "house.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "house.yaml").write_text(text.replace(old, new), encoding="utf-8")


def load(folder: Path, *words: str, code: int = 0) -> str:
    """`./tact policies load`."""
    return tact("policies", "load", str(folder), *words, code=code)


def test_yaml_on_disk_is_a_proposal_until_somebody_approves_it(folder: Path) -> None:
    author, other = key("approver", "Mihon"), key("approver", "Sample")
    assert "Proposal 1" in load(folder, "--author-key", author)
    assert "another person has to approve" in tact("policies", "approve", "1", "--key", author, code=1)
    assert "Version 1 is in force" in tact("policies", "approve", "1", "--key", other)
    change(folder, "hours: 12", "hours: 24")
    said = load(folder, "--author-key", author)
    assert "gap_any" in said and "any approver" in said
    assert "Version 2 is in force" in tact("policies", "approve", "2", "--key", author)
    change(folder, "hours: 24", "hours: 2")
    said = load(folder, "--author-key", author)
    assert "! rule gap_any" in said and "another person" in said
    assert "is rejected" in tact("policies", "reject", "3", "--key", author, "--reason", "no")
    assert "rejected already" in tact("policies", "approve", "3", "--key", other, code=1)


def test_versions_are_listed_shown_compared_and_rolled_back(folder: Path) -> None:
    author, other = key("approver", "Mihon"), key("approver", "Sample")
    both = ("--author-key", author, "--approver-key", other)
    load(folder, *both, "--note", "the first")
    change(folder, "packs: []", "packs: [jp, us]")
    load(folder, *both, "--note", "the second")
    listed = tact("policies", "list")
    assert "the first" in listed and "the second" in listed and "approved" in listed
    assert "packs: jp, us" in tact("policies", "show") and "us.phone_hours" not in tact("policies", "show", "1")
    assert "pack us" in tact("policies", "diff", "1")
    assert "! pack us" in tact("policies", "diff", "2", "1")
    assert "another person" in tact("policies", "rollback", "1", "--key", author, code=1)
    assert "Version 3 is in force" in tact("policies", "rollback", "1", "--key", other)
    assert "Version 4 is in force" in tact("policies", "rollback", "2", "--key", author)
    assert "There is no policy version" in tact("policies", "show", "9", code=1)


def test_a_rule_is_retired_by_proposal(folder: Path) -> None:
    author, other = key("marketer", "Mihon"), key("approver", "Sample")
    change(folder, "packs: []", "packs: [jp]")
    load(folder, "--author-key", author, "--approver-key", other)
    assert "! rule gap_any" in tact("policies", "retire", "gap_any", "--key", author)
    assert "is a rule of law" in tact("policies", "retire", "jp.alcohol", "--key", author, code=1)
    assert "There is no rule" in tact("policies", "retire", "none", "--key", author, code=1)


def test_findings_name_what_was_probably_not_meant(folder: Path) -> None:
    author, other = key("marketer", "Mihon"), key("approver", "Sample")
    load(folder, "--author-key", author, "--approver-key", other)
    assert "0 findings" in tact("policies", "findings")
    never = (
        "\n  - {id: never, type: min_gap, name: {en: N}, hours: 1, scope: {audience: {age: {above: 9, below: 9}}}}\n"
    )
    change(folder, "\nrules:", f"\nrules:{never}")
    assert "never" in tact("policies", "findings", str(folder))


def test_packs_and_scenes_are_checked_as_what_they_are() -> None:
    files = (PLAYBOOK / "packs" / "jp.yaml", PLAYBOOK / "scenes" / "welcome.yaml", PLAYBOOK)
    assert "24 files read, no mistakes" in tact("policies", "check", *map(str, files))


def test_the_schemas_beside_the_playbook_are_the_newest() -> None:
    for name, path in FILES.items():
        assert path.read_text(encoding="utf-8") == text_of(name), "run ./tact policies schema --write"
        assert tact("policies", "schema", name) == text_of(name)
    assert "give one of house" in tact("policies", "schema", "dream", code=1)


def test_rules_are_tried_from_a_file_or_standard_input(tmp_path: Path) -> None:
    asked = {"directives": ['Never use the phrase "act now".'], "copy": {"channel": "email", "body": "Act now!"}}
    (tmp_path / "ask.json").write_text(json.dumps({"language": "en", **asked}), encoding="utf-8")
    told = json.loads(tact("policies", "try", str(tmp_path / "ask.json")))
    assert (told["verdict"], told["violations"][0]["words"]) == ("deny", "act now")
    assert json.loads(tact("policies", "try", "-", input='{"directives": []}'))["verdict"] is None
    assert "it is not JSON" in tact("policies", "try", "-", input="{", code=1)
    assert "copy.channel" in tact("policies", "try", "-", input='{"copy": {"channel": "fax"}}', code=1)
    assert "there is no file" in tact("policies", "try", "nowhere.json", code=1)
