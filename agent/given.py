"""Given: a directive as it was read, with all that somebody who approves it looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Literal

from pydantic import TypeAdapter

from domain.errors import NotFound
from domain.frozen import Frozen
from domain.language import Language, Text, phrase
from policies.analysis.flaw import Flaw
from policies.analysis.standing import Winner
from policies.audience import Audience
from policies.boundary.examples import Example
from policies.boundary.reach import said_whole
from policies.directives.wish import Event, WishKind
from policies.mandate import HEADQUARTERS, Mandate
from policies.rules import AnyRule
from policies.scope import Scope
from records.directives import Directive

PREFIX = "dir-"


class Meaning(Frozen):
    """One thing that a word may mean, and how many customers that is."""

    name: Text
    audience: Audience
    customers: int | None = None


class Unclear(Frozen):
    """A word that nobody defined, with what it may mean."""

    term: str
    readings: tuple[Meaning, ...]


class Start(Frozen):
    """What sets a use case off, and how many days after it."""

    event: Event
    days: float | None = None


class Wished(Frozen):
    """A draft of something to be done, which no rule holds: nothing of it is in force."""

    kind: WishKind
    text: str
    name: Text
    scope: Scope = Scope()
    kpi: str | None = None
    target: float | None = None
    trigger: Start | None = None
    at: time | None = None


class ReadClause(Frozen):
    """A stretch of a directive and what it was read as; `start` and `end` count its characters.

    `against` is the number of a directive in force with which it is at odds; `suggestions` are other words for it.
    """

    directive: int = 0
    """Its place where several were read together."""
    text: str
    start: int
    end: int
    status: Literal["understood", "ask", "refuse"]
    rules: tuple[AnyRule, ...] = ()
    question: str | None = None
    assumptions: tuple[str, ...] = ()
    wishes: tuple[Wished, ...] = ()
    doubt: Unclear | None = None
    read_by: Literal["grammar", "model"] = "grammar"
    suggestions: tuple[str, ...] = ()
    against: int | None = None


class Reading(Frozen):
    """How a directive was read: its clauses cover it whole.

    `replaces` is the number of the directive in whose place it comes; `mandate` is that of its author at the time;
    `proposal` is the number of the proposal that its drafts became.
    """

    clauses: tuple[ReadClause, ...]
    replaces: int | None = None
    mandate: Mandate = HEADQUARTERS
    proposal: int | None = None

    @property
    def rules(self) -> tuple[AnyRule, ...]:
        """Every rule that it became."""
        return tuple(rule for clause in self.clauses for rule in clause.rules)

    @property
    def wishes(self) -> tuple[Wished, ...]:
        """Every draft of something to be done."""
        return tuple(wish for clause in self.clauses for wish in clause.wishes)

    @property
    def open_question(self) -> str | None:
        """What still has to be answered before anybody can approve it; drafts that were proposed are answered."""
        unread = next((one for one in self.clauses if one.status != "understood" and not self._answered(one)), None)
        return None if unread is None else unread.question or unread.text

    def _answered(self, clause: ReadClause) -> bool:
        return self.proposal is not None and clause.status == "ask" and bool(clause.wishes)


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


DRAFTS: Mapping[WishKind, tuple[str, str]] = {
    "goal": ("目標の下書き", "Draft of a goal"),
    "priority": ("優先順位の下書き", "Draft of a priority"),
    "scene": ("施策の下書き", "Draft of a use case"),
    "stop": (
        "緊急停止の用意（./tact stop で今すぐ止まります）",
        "An emergency stop is ready (./tact stop stops at once)",
    ),
}
READINGS = TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class Precedence:
    """Where a rule of the directive meets one that is there already: whose that is, and which of the two decides."""

    rule: str
    other: str
    whose: Text
    wins: Winner
    text: Text


@dataclass(frozen=True, slots=True)
class Given:
    """A directive with its reading, examples at the bounds of its rules, and what is wrong with them in the book."""

    directive: Directive
    reading: Reading
    conflicts: tuple[Flaw, ...]
    examples: tuple[Example, ...]
    precedence: tuple[Precedence, ...] = ()
    in_force: bool = False
    """Whether a rule of it is in force: going back to an earlier version may have left it behind."""

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


def stands(directive: Directive, rules: frozenset[str]) -> bool:
    """Whether any of its rules is among those in force."""
    mine = f"{name_of(directive.number)}."
    return directive.status == "approved" and any(rule.startswith(mine) for rule in rules)


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
    """The reading in sentences: what each rule says, what is only drafted, what was assumed, and what it replaces."""
    dot = "・" if language == "ja" else "- "
    said = [dot + said_whole(rule, language) for rule in reading.rules]
    said += [dot + drafted(wish, language) for wish in reading.wishes]
    if reading.replaces is not None:
        other = name_of(reading.replaces)
        said.append(
            phrase(language, ja=f"承認されると {other} に代わります。", en=f"Once approved, it replaces {other}.")
        )
    assumed = tuple(dict.fromkeys(one for clause in reading.clauses for one in clause.assumptions))
    if assumed:
        said.append(phrase(language, ja=f"前提：{' '.join(assumed)}", en=f"Assumed: {' '.join(assumed)}"))
    return "\n".join(said)


def replacing(number: int, language: Language) -> str:
    """What becomes of the directive under that number, in one sentence."""
    other = name_of(number)
    return phrase(language, ja=f"承認されると {other} に代わります。", en=f"Once approved it replaces {other}.")


def drafted(wish: Wished, language: Language) -> str:
    """A draft in one sentence, which says that nothing of it is in force."""
    ja, en = DRAFTS[wish.kind]
    said = " ".join(wish.text.split())
    return phrase(
        language, ja=f"{ja}「{said}」。まだ何も変わりません。", en=f'{en}: "{said}". Nothing of it is in force.'
    )
