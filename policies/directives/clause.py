"""A clause: a stretch of a directive, what it was read as, and what is asked about it."""

from dataclasses import dataclass, field
from typing import Literal

from policies.rules import AnyRule

Status = Literal["understood", "ask", "refuse"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a directive: understood, asked about or refused; `start` and `end` count its characters."""

    directive: int
    text: str
    start: int
    end: int
    status: Status
    rules: tuple[AnyRule, ...] = ()
    question: str | None = None
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words that this company defined once: a term and the segment it stands for."""

    segments: dict[str, str] = field(default_factory=dict)
