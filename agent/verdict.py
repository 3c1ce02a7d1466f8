"""Verdict: what a model answers at the end of a deliberation: found wherever it stands, then read strictly."""

import json

from pydantic import Field, JsonValue, ValidationError

from agent.calls import schema_of
from agent.sight import Sight
from domain.frozen import Frozen
from domain.variant import Angle
from policies.inspection.contacts import contacts_in
from tools.blemishes import HIDDEN, MARKUP
from tools.model import Shape
from tools.shaping import LONGEST, values_in
from tools.telling import HANDLE, LINK, MAIL

LONGEST_REASON, MOST_REASONS = 240, 3
GONE = "…"
"""What stands where a link or an address was."""
ANGLES = str.maketrans("", "", "<>")
ALOUD = frozenset({"analysis", "confidence", "reasoning", "thinking", "thought", "thoughts"})
"""Fields in which models think aloud beside their answer; they change nothing, and nobody reads them."""


class Verdict(Frozen):
    """The answer of a deliberation: a candidate, an angle for the words, and why."""

    candidate: str = Field(max_length=40)
    angle: Angle
    reasons: tuple[str, ...] = Field(min_length=1, max_length=MOST_REASONS)


SHAPE = Shape("choice", schema_of(Verdict))


def verdict_in(text: str) -> Verdict | None:
    """The verdict among a model's words; None where there is none, or more than one."""
    found = {one for one in map(as_verdict, values_in(text)) if one} if len(text) <= LONGEST else set()
    return found.pop() if len(found) == 1 else None


def as_verdict(value: JsonValue) -> Verdict | None:
    """The value as a verdict, None where it is none."""
    if isinstance(value, dict):
        value = {name: said for name, said in value.items() if name not in ALOUD}
    try:
        # Arrays of JSON are what the model calls lists; anything else has to be of the very type.
        return Verdict.model_validate_json(json.dumps(value))
    except ValidationError:
        return None


def in_plain_words(reason: str, sight: Sight) -> str:
    """A reason as one short line, with names in the place of ids.

    It stands in records and answers, before people; so nothing in it leads anywhere, reaches anybody, or is markup.
    """
    line = " ".join(MARKUP.sub("", HIDDEN.sub("", sight.named(reason))).split())
    line = " ".join(_unlinked(word) for word in line.translate(ANGLES).split(" "))
    for shown, _ in contacts_in(line):
        line = line.replace(shown, GONE)
    if not any(map(str.isalnum, line)):
        return ""
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


def _unlinked(word: str) -> str:
    """The word, unless it is an address."""
    return GONE if any(pattern.search(word) for pattern in (LINK, MAIL, HANDLE)) else word
