"""The pages for marketers: every sentence in their tables is heard as its row says."""

import re
from pathlib import Path

import pytest

from agent.talk.errand import Hand
from agent.talk.hearing import heard
from agent.talk.talk import Talk

DOCS = Path(__file__).parents[3] / "docs"
TALK = Talk(directives=("dir-1", "dir-4"), customer="anna", last="explain")
ROWS = (
    {"give", "unheard"},
    {"refine"},
    {"simulate"},
    {"compare"},
    {"explain", "directives"},
    {"why"},
    {"audience"},
    {"rules", "findings", "changed", "stops"},
    {"help"},
)
"""What each row of the table is about; an instruction without a word before it is known as one when it is read."""


@pytest.mark.parametrize("page", ["desk.md", "ja/desk.md"])
def test_every_example_of_the_page_is_heard_as_it_says(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == len(ROWS)
    for row, kinds in zip(rows, ROWS, strict=True):
        examples = re.findall(r"`([^`]+)`", row)
        assert examples
        for example in examples:
            assert {one.kind for one in heard(example, TALK)} <= kinds, example


@pytest.mark.parametrize("words", ["approve it", "stop everything", "承認して", "全部止めて"])
def test_what_people_do_is_handed_to_people(words: str) -> None:
    assert any(words in (DOCS / page).read_text(encoding="utf-8") for page in ("desk.md", "ja/desk.md"))
    assert isinstance(heard(words, TALK)[0], Hand)
