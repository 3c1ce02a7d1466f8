"""Calls: what a deliberating model may call, and how strictly its calls are read."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import Field, JsonValue, ValidationError

from domain.errors import ModelBroken
from domain.frozen import Frozen
from domain.language import phrase
from tools.model import Tool, ToolCall

MOST_NAMED = 20
"""Candidates that one call may name: more than there ever are."""

Stray = Literal["tool", "arguments", "candidate", "answer"]
A = TypeVar("A", bound=Frozen)


class NoCandidate(Frozen):
    """The arguments of a tool that takes none."""


class OneCandidate(Frozen):
    """One candidate, by the id that it has in this walk."""

    candidate: str = Field(max_length=40)


class SomeCandidates(Frozen):
    """Several candidates, by their ids in this walk."""

    candidates: tuple[str, ...] = Field(min_length=1, max_length=MOST_NAMED)


WAYS: tuple[tuple[str, str, str, type[Frozen]], ...] = (
    (
        "recall",
        "お客様について、見てよい大まかなことがら。",
        "The coarse facts about the customer that you may see.",
        NoCandidate,
    ),
    (
        "score",
        "候補ごとの反応の見込みと、その理由。",
        "How likely a response to each of these candidates is, and why.",
        SomeCandidates,
    ),
    (
        "time",
        "候補をいつ送れるか、その時間帯のよさ。",
        "When a candidate would go out, and how good that hour is.",
        OneCandidate,
    ),
    (
        "channels",
        "候補のあるチャネルと、その向き不向き。",
        "The channels of the candidates, and how well each suits.",
        NoCandidate,
    ),
    (
        "draft",
        "候補に使える承認済みの文面（差し込み前）。",
        "The approved copy for a candidate, before it is filled in.",
        OneCandidate,
    ),
)
"""The tools: what each is for, and the arguments that it takes. None of them changes anything."""


class Astray(ModelBroken):
    """The model did what an honest one does not: `stray` names it for the record."""

    def __init__(self, stray: Stray, why: str) -> None:
        self.stray: Stray = stray
        super().__init__(why)


def tools(language: str) -> tuple[Tool, ...]:
    """All that there is to call, as a model is told of it."""
    return tuple(Tool(name, phrase(language, ja=ja, en=en), schema_of(takes)) for name, ja, en, takes in WAYS)


def schema_of(kind: type[Frozen]) -> Mapping[str, JsonValue]:
    """The JSON schema of a tool's arguments."""
    schema: dict[str, JsonValue] = kind.model_json_schema()
    return {key: value for key, value in schema.items() if key not in {"title", "description"}}


def read(kind: type[A], asked: ToolCall) -> A:
    """The arguments of a call; raises Astray where they are no such arguments."""
    try:
        return kind.model_validate_json(asked.arguments or "{}")
    except ValidationError as error:
        raise Astray("arguments", f"it called {asked.name!r} with arguments that it does not take") from error
