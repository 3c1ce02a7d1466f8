"""The library of prompts: one file a prompt and language, known in every record by the hash of its content."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.language import LANGUAGES, Language
from prompts.render import Template, compile_text

FOLDER = Path(__file__).parent
DIGITS = 12
"""Hex digits of a hash: enough to tell any two editions apart."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One file, ready to be filled in."""

    language: Language
    name: str
    template: Template
    digest: str

    def render(self, **facts: object) -> str:
        """The words for the model; a fact that is missing is a MissingFact."""
        return self.template.render(**facts).strip()


@cache
def prompt(language: Language, name: str) -> Prompt:
    """The prompt `name` in `language`."""
    path = FOLDER / language / f"{name}.j2"
    source = path.read_text(encoding="utf-8")
    return Prompt(language, name, compile_text(source, f"{language}/{path.name}"), _digest(source))


@cache
def edition(language: Language, *names: str) -> str:
    """How records call prompts that are used together: language, first name and one hash over all."""
    together = _digest("".join(prompt(language, name).digest for name in names))
    return f"{language}/{names[0]}@{together}"


def names(language: Language) -> tuple[str, ...]:
    """Every prompt that is written in `language`."""
    return tuple(sorted(path.stem for path in (FOLDER / language).glob("*.j2")))


def all_prompts() -> tuple[Prompt, ...]:
    """Every prompt of every language."""
    return tuple(prompt(language, name) for language in LANGUAGES for name in names(language))


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:DIGITS]
