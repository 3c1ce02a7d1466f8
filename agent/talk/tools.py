"""Tools: the errands as a model may call them, how strictly its calls are read, and what it is shown of what came."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from pydantic import JsonValue, ValidationError

from agent.talk.amending import quantities
from agent.talk.errand import ERRANDS, TOOLS, AnyErrand, Errand, Give, Refine
from agent.talk.found import Fact, Found, Free, Person
from agent.talk.masks import Masks
from domain.errors import ModelBroken, shortened
from domain.language import Language, phrase
from records.connection import Connection
from tools.model import Tool, ToolCall

LONGEST_FACTS = 6000
"""Characters of one answer to a model."""
SAYS_JA = {
    "give": "指示を下書きとして残し、読み取りを返します。別の人が承認するまで何も変わりません。",
    "refine": "下書きの文言を変えた、新しい下書きを残します（「15%にして」など）。もとの下書きはそのままです。",
    "simulate": (
        "下書き、有効なルール、またはまだ出していない指示で、誰に届くようになり、誰に届かなくなるかを調べます。"
    ),
    "compare": "二つの指示、またはルールの二つの版を並べて比べます。",
    "explain": "指示やルールを読み返し、境目の例と、その後どうなったかを返します。",
    "directives": "指示の一覧と、それぞれの状態を返します。",
    "rules": "有効なルール、またはあるチャネルやことがらについてのルールを返します。",
    "findings": "有効なルールの中で、おそらく意図と違うところ（矛盾、効果のないルール）を返します。",
    "stops": "緊急停止でいま止まっているものを返します。",
    "why": "あるお客様に最近何が送られ、何が見送られたかと、そのもとになったルールを返します。",
    "changed": "ある期間に変わったこと（ルール、指示、停止、送った数と見送った数）を返します。",
    "audience": "ある話題に近いお客様と、その共通点を返します。",
}


def tools(language: Language) -> tuple[Tool, ...]:
    """Everything that there is to call; none of it puts anything in force."""
    return tuple(_tool(kind, language) for kind in TOOLS)


def _tool(kind: type[Errand], language: Language) -> Tool:
    name = str(kind.model_fields["kind"].default)
    says = " ".join((kind.__doc__ or "").split())
    return Tool(name, phrase(language, ja=SAYS_JA[name], en=says), _schema(kind))


def _schema(kind: type[Errand]) -> Mapping[str, JsonValue]:
    """The JSON schema of the arguments: those of the errand without its kind."""
    schema: dict[str, JsonValue] = kind.model_json_schema()
    properties = cast(dict[str, JsonValue], schema.get("properties", {}))
    own = {name: value for name, value in properties.items() if name != "kind"}
    kept = {key: value for key, value in schema.items() if key not in ("title", "description", "properties")}
    return {**kept, "properties": own}


def read(asked: ToolCall, masks: Masks) -> AnyErrand:
    """The errand that a call means, with the words in the place of names; raises ModelBroken for what is none."""
    names = {str(kind.model_fields["kind"].default) for kind in TOOLS}
    if asked.name not in names:
        raise ModelBroken(f"it called a tool {shortened(asked.name)} that does not exist")
    try:
        told = json.loads(asked.arguments or "{}")
        if not isinstance(told, dict):
            raise ModelBroken(f"it called {asked.name!r} with something that is no object")
        spoken = {key: masks.uncover(value) if isinstance(value, str) else value for key, value in told.items()}
        return ERRANDS.validate_python({**spoken, "kind": asked.name})
    except (ValidationError, ValueError, RecursionError) as error:
        raise ModelBroken(f"it called {asked.name!r} with arguments that it does not take") from error


def strange(errand: AnyErrand, own_words: Sequence[str], found: Sequence[Found]) -> str | None:
    """Why a model may not keep this draft; None where it may.

    A draft carries the marketer's name: its figures and quotes have to come out of the marketer's own words, one a
    turn is enough, and none is written after texts from elsewhere were read.
    """
    if not isinstance(errand, Give | Refine):
        return None
    if any(one.foreign for one in found):
        return (
            "a draft cannot be kept after texts from elsewhere were read in the same turn; ask the marketer to say it"
        )
    if any(one.kept for one in found):
        return "one draft a turn is kept; ask the marketer how to go on"
    written = errand.text if isinstance(errand, Give) else errand.change
    said = {value for words in own_words for one in quantities(words) if (value := one.value) is not None}
    strangers = [one.number for one in quantities(written) if one.value is not None and one.value not in said]
    if strangers:
        return f"the marketer never said {', '.join(strangers)}; ask them"
    if any(quoted not in " ".join(own_words) for quoted in _quoted(written)):
        return "it quotes what the marketer never said; ask them"
    return None


def _quoted(text: str) -> list[str]:
    pairs = {"「": "」", "『": "』", "“": "”"}
    return [text.split(start, 1)[1].split(end, 1)[0] for start, end in pairs.items() if start in text]


def shown(found: Found, masks: Masks, c: Connection) -> str:
    """What a model is told of an errand, as JSON with people and free words masked."""
    text = json.dumps(_masked(found.facts, masks, c), ensure_ascii=False)
    return text if len(text) <= LONGEST_FACTS else text[:LONGEST_FACTS] + " …"


def _masked(fact: Fact, masks: Masks, c: Connection) -> JsonValue:
    if isinstance(fact, Person):
        return masks.person(str(fact))
    if isinstance(fact, Free):
        return masks.cover(str(fact), c)
    if isinstance(fact, str):
        return masks.covered_known(fact)
    if isinstance(fact, dict):
        return {key: _masked(value, masks, c) for key, value in fact.items()}
    if isinstance(fact, list):
        return [_masked(one, masks, c) for one in fact]
    return fact
