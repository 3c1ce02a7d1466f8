"""Reading: a model reads sentences of a directive that the grammar could not, into rules whose form it is given.

The sentences are data: they stand in JSON, and nothing that they say is an instruction to the model. What comes back
is a list of rules in JSON, which others believe only as far as they can verify it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from domain.errors import ModelBroken
from domain.language import Language
from prompts.library import edition, prompt
from tools.model import Model, Request, Said, Shape
from tools.telling import safe

PROMPTS = ("reading", "reading_case")
MOST_PASSAGES, MOST_RULES = 40, 12
TOKENS_A_PASSAGE, TOKENS = 250, 400
PERSON = re.compile(
    r"(?<!お客)[一-龠々ヶァ-ヴー]{1,6}(?:様|さま|さん|氏|くん|ちゃん)|\b(?:mr|mrs|ms|dr)\.?\s+[a-z]", re.IGNORECASE
)
NOBODY = re.compile(
    r"(?:お客|顧客|会員|皆|みな|お得意|上得意|奥|子供|お子|取引先|担当者|利用者|購入者)(?:様|さま|さん)"
)
"""Forms of address that name nobody in particular."""


class Answered(BaseModel):
    """What a model says of one sentence."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sentence: int
    understood: bool
    rules: tuple[dict[str, JsonValue], ...] = Field((), max_length=MOST_RULES)


class Answer(BaseModel):
    """What a model says of all of them."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sentences: Annotated[tuple[Answered, ...], Field(max_length=MOST_PASSAGES)]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence under its number; `ask` where it is to be read, else it only stands beside the others."""

    number: int
    text: str


def speakable(text: str) -> bool:
    """Whether a sentence may be shown to a model: it is short and names no person, address, number or link."""
    return safe(text) and PERSON.search(NOBODY.sub("", text)) is None


async def read(
    model: Model, passages: Sequence[Passage], language: Language, rule: Mapping[str, JsonValue], within: float
) -> Mapping[int, tuple[Mapping[str, JsonValue], ...]]:
    """The rules in JSON that the model reads in each sentence; those it does not understand are left out.

    `rule` is the JSON schema of one rule. Raises ModelFailed.
    """
    shown = passages[:MOST_PASSAGES]
    reply = await model.ask(request_for(shown, language, rule), within)
    try:
        answer = Answer.model_validate_json(reply.text)
    except ValidationError as error:
        raise ModelBroken(f"its reading has {error.error_count()} mistakes") from error
    asked = {passage.number for passage in shown}
    return {
        one.sentence: one.rules for one in answer.sentences if one.understood and one.rules and one.sentence in asked
    }


def request_for(passages: Sequence[Passage], language: Language, rule: Mapping[str, JsonValue]) -> Request:
    """The question to the model: what it is to do, and the sentences as data."""
    told = json.dumps([{"sentence": one.number, "text": one.text} for one in passages], ensure_ascii=False, indent=1)
    task, case = (prompt(language, name) for name in PROMPTS)
    return Request(
        task="reading",
        messages=(Said("system", task.render()), Said("user", case.render(sentences=told))),
        shape=shape_of(rule),
        max_tokens=TOKENS + TOKENS_A_PASSAGE * len(passages),
        temperature=0.0,
        seed=0,
    )


def shape_of(rule: Mapping[str, JsonValue]) -> Shape:
    """The schema of an answer, around that of a rule."""
    defined = rule.get("$defs", {})
    one = {name: value for name, value in rule.items() if name != "$defs"}
    sentence: dict[str, JsonValue] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentence", "understood", "rules"],
        "properties": {
            "sentence": {"type": "integer", "minimum": 0, "maximum": 10_000},
            "understood": {"type": "boolean"},
            "rules": {"type": "array", "maxItems": MOST_RULES, "items": one},
        },
    }
    schema: dict[str, JsonValue] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentences"],
        "properties": {"sentences": {"type": "array", "maxItems": MOST_PASSAGES, "items": sentence}},
        "$defs": defined,
    }
    return Shape("reading", schema)


def edition_of(language: Language) -> str:
    """Which edition of the prompts reads in this language."""
    return edition(language, *PROMPTS)
