"""docs/policies.md and docs/ja/policies.md: every example on them does what the page says."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agent.trial import TrialRequest, trial
from api.commands.policies import app
from domain.language import Language
from policies.document import RULE_TYPES, read_data, read_policy
from policies.facts import Home

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[Language, Path] = {"en": DOCS / "policies.md", "ja": DOCS / "ja" / "policies.md"}
SECTION = re.compile(r"^###? (?P<title>.+?)$(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


class Example(NamedTuple):
    """A box of rules and a box of situations."""

    language: Language
    title: str
    rules: str
    situations: str


def examples() -> list[Example]:
    """Every pair of boxes on both pages."""
    found = []
    for language, page in PAGES.items():
        for section in SECTION.finditer(page.read_text(encoding="utf-8")):
            boxes = FENCE.findall(section["body"])
            pairs = zip(boxes[::2], boxes[1::2], strict=True)
            found += [Example(language, section["title"], *pair) for pair in pairs]
    return found


def situations() -> list[Any]:
    """Every line of every box of situations, with its rules."""
    return [
        pytest.param(example, line, id=f"{example.language} {example.title} {number}")
        for example in examples()
        for number, line in enumerate(lines(example), 1)
    ]


def lines(example: Example) -> list[dict[str, Any]]:
    """The situations of an example."""
    data: Any = read_data(example.situations, example.title)
    return list(data)


@pytest.mark.parametrize(("example", "line"), situations())
def test_an_example_does_what_the_page_says(example: Example, line: dict[str, Any]) -> None:
    asked = {name: value for name, value in line.items() if name != "verdict"}
    request = TrialRequest.model_validate({"policy": example.rules, "language": example.language, **asked})
    told = trial(request, Home(), NOW, example.language)
    assert told.verdict == line["verdict"], told.violations


@pytest.mark.parametrize("language", list(PAGES))
def test_the_request_on_the_page_is_denied_for_its_price(language: Language) -> None:
    (box,) = re.findall(r"```json\n(.*?)```", PAGES[language].read_text(encoding="utf-8"), re.DOTALL)
    told = trial(TrialRequest.model_validate_json(box), Home(), NOW, language)
    assert told.verdict == "deny" and {one.type for one in told.violations} == {"grounding"}


@pytest.mark.parametrize("language", list(PAGES))
def test_commands_on_the_page_exist(language: Language) -> None:
    named = re.findall(r"\./tact policies ([a-z]+)", PAGES[language].read_text(encoding="utf-8"))
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert len(named) > 8 and set(named) <= commands


@pytest.mark.parametrize("language", list(PAGES))
def test_every_type_has_its_example(language: Language) -> None:
    shown = [rule.kind for one in examples() if one.language == language for rule in read_policy(one.rules).rules]
    assert set(shown) == set(RULE_TYPES)
    titles = re.findall(r"^### `(\w+)`", PAGES[language].read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(titles) == sorted(RULE_TYPES)


def test_both_pages_show_the_same_examples() -> None:
    english, japanese = ([one[2:] for one in examples() if one.language == language] for language in ("en", "ja"))
    plain = [[(rules, read_data(cases, "x")) for rules, cases in page] for page in (english, japanese)]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("language", list(PAGES))
def test_the_names_follow_the_glossary(language: Language) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    words = {
        "ja": ("見送り", "配信上限", "配信禁止時間", "配信間隔", "配信除外"),
        "en": ("Frequency cap", "Quiet hours"),
    }
    assert all(word in text for word in words[language])
    assert "propensity" not in text and "ホールド" not in text
