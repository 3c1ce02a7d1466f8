"""A document with mistakes is answered with all of them: file, line, field, and what to write instead."""

from pathlib import Path

import pytest

from domain.errors import Unreadable
from domain.language import Language
from policies.book import Book
from policies.document import PLAYBOOK, RULE_TYPES, read_data, read_playbook, read_rules

DOCUMENTS = Path(__file__).parent / "cases" / "document"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_mistake_is_told_at_once(language: Language) -> None:
    text = (DOCUMENTS / "mistakes.yaml").read_text(encoding="utf-8")
    with pytest.raises(Unreadable) as told:
        read_rules(text, "house.yaml", language)
    expected = (DOCUMENTS / f"mistakes.{language}.txt").read_text(encoding="utf-8")
    assert "\n".join(told.value.problems) + "\n" == expected.format(types=", ".join(RULE_TYPES))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rules: *", 'policy.yaml, line 1: * has a meaning of its own in YAML. Put the value in quotes, such as "*".'),
        (
            "rules: *all",
            'policy.yaml, line 1: * has a meaning of its own in YAML. Put the value in quotes, such as "*".',
        ),
        ("rules: @x", 'policy.yaml, line 1: @ has a meaning of its own in YAML. Put the value in quotes, such as "@".'),
        ("rules:\n\t- id: a", "policy.yaml, line 2: a tab cannot indent a line. Use spaces."),
        ("rules: [a", "policy.yaml, line 1: a bracket is not closed, or a comma is missing. Check [ ] and { }."),
        ("- id: a\n  max：2", "policy.yaml, line 2: the colon after 'max' is full-width. Write \"max: \" with a plain"),
        ("- id: a\n  max：2\n  unit: day", "policy.yaml, line 2: the colon after 'max' is full-width."),
        ("- max:2", 'policy.yaml, line 1: there is no plain space after "max:". Write "max: ".'),
        ("- id: a\n  max:2\n  unit: day", 'policy.yaml, line 2: there is no plain space after "max:".'),
        ("- id: a\n  max:\u30002", 'policy.yaml, line 2: there is no plain space after "max:".'),
        ("- id: a\n\u3000\u3000max: 2", "policy.yaml, line 2: the line or value begins with a full-width space."),
        ("- id: \u3000a", "policy.yaml, line 1: the line or value begins with a full-width space."),
        ("- name: Sale: today", "policy.yaml, line 1: there is a colon and a space inside a text"),
        ("- name: 'Sale\n- id: b", "policy.yaml, line 1: the quote that opens here is never closed."),
        ("- id: a\n   type: b", "policy.yaml, line 2: there is a colon and a space inside a text, or the indentation"),
        ("rules:\n  - id: a\n - id: b", "policy.yaml, line 3: the indentation is uneven."),
        ("- a\n---\n- b", "policy.yaml, line 2: what follows --- is not read. Write one document a file."),
        ("[" * 5000, "policy.yaml, line 1: this is nested too deeply."),
        ("&a [*a]", "policy.yaml, line 1: * has a meaning of its own in YAML."),
        ("- id: !secret x", "policy.yaml, line 1: ! has a meaning of its own in YAML."),
        ("- max: " + "9" * 5000, "policy.yaml, line 1: '9999"),
        ("- max: .inf", "policy.yaml, line 1: '.inf' cannot be counted. Write another."),
        ("- max: 1e999", "policy.yaml, line 1: "),
        (
            "- max: 1_000",
            'policy.yaml, line 1: 1_000 without quotes is read as the number 1000. Write "1_000" in quotes',
        ),
        ("- name: first #1", "policy.yaml, line 1: '#1' is taken for a comment and not read."),
        ("a\x00b", "policy.yaml, line 1: there is a character that no text may hold. Retype it."),
        ("rules: 3", 'policy.yaml, line 1: rules are a list, each begins with "- ".'),
        ("", 'policy.yaml, line 1: rules are a list, each begins with "- ".'),
        ("- id: 010", 'policy.yaml, line 1: 010 without quotes is read as the number 8. Write "010" in quotes.'),
        ("- on: 1", 'policy.yaml, line 1: on without quotes means true in YAML. Write "on" in quotes, or true if'),
        ("- {[a]: 1}", "policy.yaml, line 1: "),
    ],
)
def test_traps(text: str, problem: str) -> None:
    with pytest.raises(Unreadable) as told:
        read_rules(text)
    assert told.value.problems[0].startswith(problem)


def test_a_list_alone_is_enough() -> None:
    (rule,) = read_rules("- {id: gap, type: min_gap, name: {en: Gap}, hours: 1, from: 2026-12-01}")
    assert rule.say("en") == "Minimum gap: at least 1 hour between 2 marketing messages."


def test_plain_data_is_read_with_the_same_care() -> None:
    assert read_data("a: [1, 2.5, true, null, 'no']", "x.yaml") == {"a": [1, 2.5, True, None, "no"]}
    with pytest.raises(Unreadable, match=r"x\.yaml, line 1: no without quotes"):
        read_data("a: no", "x.yaml")


def test_a_playbook_tells_the_mistakes_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "house.yaml").write_text("rules: []\n", encoding="utf-8")
    (tmp_path / "scenes" / "a.yaml").write_text("id: a\nnmae: {ja: あ}\ncard: {ja: い}\n", encoding="utf-8")
    (tmp_path / "scenes" / "b.yaml").write_text("", encoding="utf-8")
    with pytest.raises(Unreadable) as told:
        read_playbook(tmp_path)
    assert told.value.problems == (
        "house.yaml, line 1: the sender is missing. Add sender: with name, address and phone.",
        "a.yaml, line 1: name is missing. Add it.",
        "a.yaml, line 2: 'nmae' is not a field of scene. Did you mean 'name'?",
        "b.yaml, line 1: the file is empty. Write a scene, or remove the file.",
    )


def test_the_shipped_playbook_survives_storage() -> None:
    book = Book(3, read_playbook(PLAYBOOK))
    again = Book.from_document(3, book.to_document())
    assert again.to_document() == book.to_document()
    assert again.rules == book.rules and again.scenes == book.scenes and again.sender == book.sender
    assert repr(again) == repr(book)
