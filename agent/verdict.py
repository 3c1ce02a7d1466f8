"""Verdict: what a model answers at the end of a deliberation, read strictly."""

import re

from pydantic import Field

from agent.calls import schema_of
from agent.sight import Sight
from domain.frozen import Frozen
from domain.message import ILLEGIBLE
from domain.variant import Angle
from tools.model import Shape

LONGEST_REASON, MOST_REASONS = 240, 3
FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)


class Verdict(Frozen):
    """The answer of a deliberation: a candidate, an angle for the words, and why."""

    candidate: str = Field(max_length=40)
    angle: Angle
    reasons: tuple[str, ...] = Field(min_length=1, max_length=MOST_REASONS)


SHAPE = Shape("choice", schema_of(Verdict))


def bare(text: str) -> str:
    """JSON without the fence that models like to put around it."""
    fenced = FENCE.fullmatch(text)
    return fenced[1] if fenced else text


def in_plain_words(reason: str, sight: Sight) -> str:
    """A reason as one short line, with names in the place of ids."""
    line = " ".join(ILLEGIBLE.sub("", sight.named(reason)).split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"
