"""Given: a directive as it was read, with all that somebody who approves it looks at."""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from domain.errors import NotFound
from domain.frozen import Frozen
from domain.language import Language, phrase
from policies.analysis.flaw import Flaw
from policies.boundary.examples import Example
from policies.boundary.reach import said_whole
from policies.rules import AnyRule
from records.directives import Directive

PREFIX = "dir-"


class ReadClause(Frozen):
    """A stretch of a directive and what it was read as; `start` and `end` count its characters."""

    text: str
    start: int
    end: int
    status: Literal["understood", "ask", "refuse"]
    rules: tuple[AnyRule, ...] = ()
    question: str | None = None
    assumptions: tuple[str, ...] = ()


class Reading(Frozen):
    """How a directive was read: its clauses cover it whole."""

    clauses: tuple[ReadClause, ...]

    @property
    def rules(self) -> tuple[AnyRule, ...]:
        """Every rule that it became."""
        return tuple(rule for clause in self.clauses for rule in clause.rules)

    @property
    def open_question(self) -> str | None:
        """What still has to be answered before anybody can approve it."""
        unread = next((clause for clause in self.clauses if clause.status != "understood"), None)
        return None if unread is None else unread.question or unread.text


class Shifted(Frozen):
    """Customers who may be reached before and after, and who change sides."""

    before: int
    after: int
    gained: int
    lost: int


class Impact(Frozen):
    """What a simulation found, as short as an approver reads it."""

    customers: int
    overall: Shifted
    by_channel: dict[str, Shifted]
    by_scene: dict[str, Shifted]


READINGS = TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class Given:
    """A directive with its reading, examples at the bounds of its rules, and what is wrong with them in the book."""

    directive: Directive
    reading: Reading
    conflicts: tuple[Flaw, ...]
    examples: tuple[Example, ...]

    @property
    def spoken(self) -> Language:
        """The language of the directive, in which it is read back to its author."""
        return "ja" if self.directive.language == "ja" else "en"

    @property
    def id(self) -> str:
        """How people name it."""
        return name_of(self.directive.number)

    @property
    def impact(self) -> Impact | None:
        """What the last simulation found."""
        return None if self.directive.impact is None else Impact.model_validate_json(self.directive.impact)


def name_of(number: int) -> str:
    """The public id of a directive."""
    return f"{PREFIX}{number}"


def number_of(identifier: str) -> int:
    """The number in the id of a directive; raises NotFound for what is none."""
    digits = identifier.removeprefix(PREFIX)
    if digits == identifier or not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise NotFound("directive", identifier)
    return int(digits)


def read_back(reading: Reading, language: Language) -> str:
    """The reading in sentences: what each rule says, and what was assumed."""
    dot = "・" if language == "ja" else "- "
    said = [dot + said_whole(rule, language) for rule in reading.rules]
    assumed = tuple(dict.fromkeys(one for clause in reading.clauses for one in clause.assumptions))
    if assumed:
        said.append(phrase(language, ja=f"前提：{' '.join(assumed)}", en=f"Assumed: {' '.join(assumed)}"))
    return "\n".join(said)
