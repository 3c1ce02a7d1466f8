"""The library: every prompt stands in both languages, renders, states only what it is given, and has its hash."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, meta

from domain.channel import Channel
from domain.errors import MissingFact
from domain.language import LANGUAGES
from prompts import library
from prompts.library import Prompt, all_prompts, edition, names, prompt
from tests.tools.copywriting_samples import offers, sender
from tools.brief import brief_for

JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


class Anything:
    """A fact of any kind, for prompts whose own tests give them real ones."""

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> str:
        return "something"

    def __iter__(self) -> "Iterator[Anything]":
        return iter((self,))

    def __str__(self) -> str:
        return "something"


BRIEF = brief_for(
    scene=None,
    offer=offers()["coat-9-navy"],
    channel=Channel.EMAIL,
    language="en",
    sender=sender(),
    today=date(2026, 11, 24),
    zone=ZoneInfo("Asia/Tokyo"),
)
FACTS: dict[str, dict[str, object]] = {
    "draft": {"brief": BRIEF, "parts": ("subject", "opening")},
    "compose": {"parts": ("blocks", "headlines", "question", "doubt")},
}
"""Facts of prompts that look something up by them."""


def facts_of(one: Prompt) -> dict[str, object]:
    """Facts for everything that the prompt asks for."""
    asked = meta.find_undeclared_variables(Environment().parse(one.template.source))
    return {name: Anything() for name in asked} | FACTS.get(one.name, {})


@pytest.mark.parametrize("one", all_prompts(), ids=lambda one: f"{one.language}/{one.name}")
def test_every_prompt_renders_in_its_language(one: Prompt) -> None:
    words = one.render(**facts_of(one))
    assert len(words) > 10 and "{{" not in words and "{%" not in words
    assert bool(JAPANESE.search(words)) is (one.language == "ja")


@pytest.mark.parametrize("one", all_prompts(), ids=lambda one: f"{one.language}/{one.name}")
def test_a_fact_that_is_missing_is_an_error(one: Prompt) -> None:
    if facts_of(one):
        with pytest.raises(MissingFact):
            one.render()


def test_every_prompt_stands_in_both_languages() -> None:
    assert names("ja") == names("en") and len(names("ja")) >= 3


def test_the_hash_is_that_of_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = {(one.language, one.name): one.digest for one in all_prompts()}
    assert len(set(hashes.values())) == len(hashes)
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        source = prompt(language, "revise").template.source
        (tmp_path / language / "revise.j2").write_text(source + ("" if language == "ja" else "\n-"), encoding="utf-8")
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    library.prompt.cache_clear()
    try:
        assert prompt("ja", "revise").digest == hashes["ja", "revise"]
        assert prompt("en", "revise").digest != hashes["en", "revise"]
    finally:
        library.prompt.cache_clear()


def test_an_edition_names_language_prompt_and_every_file() -> None:
    assert re.fullmatch("ja/draft@[0-9a-f]{12}", edition("ja", "draft", "copywriter"))
    assert edition("ja", "draft", "copywriter") != edition("ja", "draft", "revise")
