"""Directives as the contract shows them, in the reader's language."""

from typing import Any, Literal

from pydantic import AwareDatetime

from agent.given import Given, ReadClause, Unclear, Wished, name_of, read_back, stands
from domain.frozen import Frozen
from domain.language import Language
from policies.analysis.flaw import Flaw
from policies.analysis.standing import Winner
from policies.canonical import Written
from policies.mandate import Office
from policies.rules import AnyRule
from records.directives import Directive


class ClauseView(Frozen):
    """A stretch of the text and what it was read as."""

    text: str
    start: int
    end: int
    status: Literal["understood", "ask", "refuse"]
    rules: tuple[Written[AnyRule], ...]
    question: str | None
    assumptions: tuple[str, ...]
    wishes: tuple[Wished, ...]
    """Drafts of what it asks to be done; nothing of them is in force."""
    doubt: Unclear | None
    """A word that nobody defined, with its readings and how many customers each means."""
    read_by: Literal["grammar", "model"]
    suggestions: tuple[str, ...]
    """Other words for it, which would be understood."""
    against: str | None
    """The directive in force with which it is at odds."""


class OwnerView(Frozen):
    """Whose directive it is, and what they may decide about."""

    person: str
    office: Office
    name: str
    decides_about: str


class PrecedenceView(Frozen):
    """Where a rule meets another that is there already: the stricter one decides."""

    rule: str
    other: str
    whose: str
    wins: Winner
    says: str


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
    in_force: bool
    """Whether its rules hold now: going back to an earlier version may have left them behind."""


class DirectiveView(DirectiveLine):
    """A directive with its reading; only one that is understood whole can be approved."""

    understood: bool
    clauses: tuple[ClauseView, ...]
    rules: tuple[Written[AnyRule], ...]
    explanation: str
    boundary_examples: tuple[ExampleView, ...]
    conflicts: tuple[ConflictView, ...]
    owner: OwnerView
    replaces: str | None
    proposal: str | None
    """The proposal that its drafts became."""
    precedence: tuple[PrecedenceView, ...]


def view(given: Given, wished: Language | None) -> DirectiveView:
    """A directive with its reading, in the language that the reader asks for, else its author's."""
    reading, language = given.reading, wished or given.spoken
    return DirectiveView(
        **fields_of(given.directive, given.in_force),
        understood=reading.open_question is None,
        clauses=tuple(_clause(clause) for clause in reading.clauses),
        rules=reading.rules,
        explanation=read_back(reading, language),
        boundary_examples=tuple(
            ExampleView(text=one.text.either(language), verdict=one.verdict, rule=one.rule) for one in given.examples
        ),
        conflicts=tuple(conflict(flaw, language) for flaw in given.conflicts),
        owner=_owner(given, language),
        replaces=None if reading.replaces is None else name_of(reading.replaces),
        proposal=None if reading.proposal is None else str(reading.proposal),
        precedence=tuple(
            PrecedenceView(
                rule=one.rule,
                other=one.other,
                whose=one.whose.either(language),
                wins=one.wins,
                says=one.text.either(language),
            )
            for one in given.precedence
        ),
    )


def _clause(clause: ReadClause) -> ClauseView:
    same = ("text", "start", "end", "status", "rules", "question", "assumptions", "wishes", "doubt", "read_by")
    return ClauseView(
        **{name: getattr(clause, name) for name in (*same, "suggestions")},
        against=None if clause.against is None else name_of(clause.against),
    )


def _owner(given: Given, language: Language) -> OwnerView:
    mandate = given.reading.mandate
    return OwnerView(
        person=given.directive.author,
        office=mandate.office,
        name=mandate.called(language),
        decides_about=mandate.said(language),
    )


def conflict(flaw: Flaw, language: Language) -> ConflictView:
    """A flaw in the reader's language."""
    example = None if flaw.witness is None else dict(flaw.witness)
    return ConflictView(kind=flaw.kind, rules=flaw.rules, says=flaw.text.either(language), example=example)


def line(directive: Directive, rules: frozenset[str]) -> DirectiveLine:
    """A directive in a list, beside the ids of the rules in force."""
    return DirectiveLine(**fields_of(directive, stands(directive, rules)))


def fields_of(directive: Directive, in_force: bool) -> dict[str, Any]:
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
        "in_force": in_force,
    }
