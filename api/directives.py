"""Directives as the contract shows them, in the reader's language."""

import json
from typing import Any, Literal

from pydantic import AwareDatetime

from agent.given import Given, name_of, read_back
from domain.frozen import Frozen
from domain.language import Language
from policies.analysis.flaw import Flaw
from policies.book import canonical
from records.directives import Directive


class ClauseView(Frozen):
    """A stretch of the text and what it was read as."""

    text: str
    start: int
    end: int
    status: Literal["understood", "ask", "refuse"]
    rules: tuple[dict[str, Any], ...]
    question: str | None
    assumptions: tuple[str, ...]


class ConflictView(Frozen):
    """Something that its author probably did not mean; `example` is a customer whom it touches."""

    kind: str
    rules: tuple[str, ...]
    says: str
    example: dict[str, Any] | None


class ExampleView(Frozen):
    """A message right at a bound of a rule, and what the rule says of it."""

    text: str
    verdict: Literal["allow", "deny"]
    rule: str


class DirectiveLine(Frozen):
    """A directive, and what became of it."""

    id: str
    status: Literal["draft", "approved", "rejected", "retired"]
    text: str
    language: str
    author: str
    created_at: AwareDatetime
    simulated_at: AwareDatetime | None
    decided_by: str | None
    decided_at: AwareDatetime | None
    reason: str | None
    policy_version: int | None


class DirectiveView(DirectiveLine):
    """A directive with its reading; only one that is understood whole can be approved."""

    understood: bool
    clauses: tuple[ClauseView, ...]
    rules: tuple[dict[str, Any], ...]
    explanation: str
    boundary_examples: tuple[ExampleView, ...]
    conflicts: tuple[ConflictView, ...]


def view(given: Given, wished: Language | None) -> DirectiveView:
    """A directive with its reading, in the language that the reader asks for, else its author's."""
    reading, language = given.reading, wished or given.spoken
    return DirectiveView(
        **fields_of(given.directive),
        understood=reading.open_question is None,
        clauses=tuple(
            ClauseView(
                text=clause.text,
                start=clause.start,
                end=clause.end,
                status=clause.status,
                rules=tuple(json.loads(canonical(rule)) for rule in clause.rules),
                question=clause.question,
                assumptions=clause.assumptions,
            )
            for clause in reading.clauses
        ),
        rules=tuple(json.loads(canonical(rule)) for rule in reading.rules),
        explanation=read_back(reading, language),
        boundary_examples=tuple(
            ExampleView(text=one.text.either(language), verdict=one.verdict, rule=one.rule) for one in given.examples
        ),
        conflicts=tuple(conflict(flaw, language) for flaw in given.conflicts),
    )


def conflict(flaw: Flaw, language: Language) -> ConflictView:
    """A flaw in the reader's language."""
    example = None if flaw.witness is None else dict(flaw.witness)
    return ConflictView(kind=flaw.kind, rules=flaw.rules, says=flaw.text.either(language), example=example)


def line(directive: Directive) -> DirectiveLine:
    """A directive in a list."""
    return DirectiveLine(**fields_of(directive))


def fields_of(directive: Directive) -> dict[str, Any]:
    """The fields of a directive that a list shows."""
    return {
        "id": name_of(directive.number),
        "status": directive.status,
        "text": directive.text,
        "language": directive.language,
        "author": directive.author,
        "created_at": directive.created_at,
        "simulated_at": directive.simulated_at,
        "decided_by": directive.decided_by,
        "decided_at": directive.decided_at,
        "reason": directive.reason,
        "policy_version": directive.version,
    }
