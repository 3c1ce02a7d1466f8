"""Pieces: a template as words, facts and questions about facts, which is what nearly all copy is made of.

Filled in, they say what the engine would say of the same template, and look only at the facts that it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.errors import MissingFact, Unreadable

MISSING = object()
Given = Mapping[str, object]
"""Facts by name, and groups of facts; what is None is not known."""
How = Literal["known", "true", "eq", "ne"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a template by its name: `group.name`, or `group` alone."""

    template: str
    group: str
    name: str = ""

    def stated(self, given: Given) -> object:
        """The value; one that is missing is an error."""
        value = self._found(given)
        if value is MISSING:
            raise MissingFact(self._called(given), self.template)
        if self.name and callable(value):
            raise Unreadable(
                [f"{self.template}: access to attribute {self.name!r} is unsafe. A template may only read facts."]
            )
        return value

    def is_known(self, given: Given) -> bool:
        """Whether there is a value that can be stated."""
        value = self._found(given)
        return value is not MISSING and value is not None and not (self.name and callable(value))

    def _found(self, given: Given) -> object:
        owner = given.get(self.group)
        if owner is None:
            if self.name:
                raise MissingFact(self.group, self.template)
            return MISSING
        if not self.name:
            return owner
        value = getattr(owner, self.name, MISSING)
        if value is MISSING and isinstance(owner, Mapping):
            return owner.get(self.name, MISSING)
        return value

    def _called(self, given: Given) -> str:
        kind = getattr(given.get(self.group), "fact", None) if self.name else None
        return f"{kind}.{self.name}" if isinstance(kind, str) else self.name or self.group


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a fact is known, or true, or is this value or another."""

    fact: Fact
    how: How
    value: object = None

    def holds(self, given: Given) -> bool:
        """Whether the answer is yes."""
        match self.how:
            case "known":
                return self.fact.is_known(given)
            case "true":
                return bool(self.fact.stated(given))
            case "eq":
                return bool(self.fact.stated(given) == self.value)
            case "ne":
                return bool(self.fact.stated(given) != self.value)


@dataclass(frozen=True, slots=True)
class Choice:
    """Ways to go on, of which the first is taken whose questions are all answered with yes."""

    ways: "tuple[tuple[tuple[Question, ...], Pieces], ...]"

    def said(self, given: Given) -> str:
        """The words of that way, none where there is no such way."""
        for questions, pieces in self.ways:
            for question in questions:
                if not question.holds(given):
                    break
            else:
                return filled(pieces, given)
        return ""


Pieces = tuple[str | Fact | Choice, ...]


def filled(pieces: Pieces, given: Given) -> str:
    """The words, with every fact in its place."""
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        else:
            words.append(str(piece.stated(given)) if isinstance(piece, Fact) else piece.said(given))
    return "".join(words)
