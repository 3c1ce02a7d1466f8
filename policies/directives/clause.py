"""A clause: a stretch of a directive, what it was read as, and what is asked about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.language import Text
from policies.audience import Audience
from policies.directives.wish import Wish
from policies.rules import AnyRule

Status = Literal["understood", "ask", "refuse"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a term may mean: customers who can be counted, under a name that can be chosen."""

    name: Text
    audience: Audience


@dataclass(frozen=True, slots=True)
class Doubt:
    """A term that nobody defined, with what it may mean."""

    term: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a directive: understood, asked about or refused; `start` and `end` count its characters.

    `wishes` are drafts of what it asks to be done. `unread` clauses are asked about because the grammar did not
    follow them at all; a `doubt` is one about a term.
    """

    directive: int
    text: str
    start: int
    end: int
    status: Status
    rules: tuple[AnyRule, ...] = ()
    question: str | None = None
    assumptions: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    doubt: Doubt | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words that this company defined once: a term and the customers it stands for."""

    segments: Mapping[str, Audience] = field(default_factory=dict)
