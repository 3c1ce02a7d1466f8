"""What all rules share: identity, scope, severity, validity, words for people, and one meaning."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.clock import from_micros
from domain.decision import Next
from domain.frozen import Frozen
from domain.language import LANGUAGES, Text, phrase
from policies.facts import Action, Situation
from policies.predicate import Predicate, all_of
from policies.scope import DateRange, Scope
from policies.slip import Slip
from policies.tally import Spent
from policies.wording import instant
from policies.zones import day_start

Severity = Literal["hard", "soft"]
Station = Literal["screen", "mask", "inspect", "deliver"]
BEFORE_COPY: frozenset[Station] = frozenset(("screen", "mask", "deliver"))
ON_COPY: frozenset[Station] = frozenset(("inspect",))


class Source(Frozen):
    """Where a rule comes from: a law, a file of ours, or the words of a directive."""

    law: str | None = None
    file: str | None = None
    line: int | None = None
    directive: str | None = None
    clause: str | None = None
    span: tuple[int, int] | None = None


class Rule(Frozen):
    """One thing that marketers decided; a hard rule applies unless it is known not to be violated."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=100)
    name: Text
    note: Text | None = None
    scope: Scope = Scope()
    severity: Severity = "hard"
    weight: float = Field(1.0, ge=0)
    """What breaking it costs, for a soft rule."""
    owner: str = "house"
    layer: Literal["house", "law", "marketer", "directive"] = "house"
    """Who speaks: no exception loosens a rule of the layer `law`."""
    source: Source | None = None
    valid_from: date | None = Field(None, alias="from")
    valid_until: date | None = Field(None, alias="until")
    on_block: Next = "skip"

    stations: ClassVar[frozenset[Station]] = BEFORE_COPY
    reach: ClassVar[Literal["pushed", "any"]] = "any"

    @model_validator(mode="after")
    def _weighs_only_if_soft(self) -> Self:
        if self.severity == "hard" and "weight" in self.model_fields_set:
            raise Slip(
                ja="weight は希望（severity: soft）にだけ書きます。severity: soft を足すか、weight を消してください。",
                en="weight belongs to soft rules. Write severity: soft, or leave weight out.",
            )
        self.validity()
        return self

    @property
    def kind(self) -> str:
        """The type's public name."""
        name: str = getattr(self, "type")  # noqa: B009  # each type declares its own literal
        return name

    @property
    def lookback(self) -> timedelta:
        """How far back the rule counts a customer's messages."""
        return timedelta(0)

    @abstractmethod
    def forbidden(self) -> Predicate:
        """What is forbidden within the scope."""

    @property
    def spent(self) -> Spent | None:
        """The counter of the whole house that the rule keeps, if it keeps one."""
        return None

    def charged(self) -> Predicate:
        """Which messages use that counter: those not known to lie outside."""
        return self.applies()

    def wishes(self) -> tuple[tuple[Predicate, float], ...]:
        """What costs how much where the rule is soft; what is surely the case adds up."""
        return ((self.violation(), self.weight),)

    @abstractmethod
    def say(self, language: str) -> str:
        """The rule in one sentence for a marketer."""

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The same by language, put together once: explanations repeat it."""
        return {language: self.say(language) for language in LANGUAGES}

    def validity(self) -> DateRange:
        """The days on which the rule is in force."""
        return DateRange.model_validate({"from": self.valid_from, "until": self.valid_until})

    def applies(self) -> Predicate:
        """The action lies within scope and validity."""
        return all_of(self.scope.predicate(self.reach), self.validity().predicate())

    def violation(self) -> Predicate:
        """The one lowering: the rule is broken exactly where this holds."""
        return all_of(self.applies(), self.forbidden())

    def looks_at(self) -> Predicate:
        """Which messages the inspection reads with this rule in mind."""
        return self.violation()

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        """Why this very message is not sent, without the time at which that changes."""
        return self.said.get(language) or self.say(language)

    def reopens(self, s: Situation, a: Action) -> int | None:
        """The first instant after the action's at which nothing is forbidden any more; None: never by itself."""
        return None

    def next_allowed(self, s: Situation, a: Action) -> datetime | None:
        """The first instant after the action's at which the rule permits it; None if time alone never does."""
        told = (self.reopens(s, a), self._lapses(a), self._outgrown(s))
        openings = [opening for opening in told if opening is not None]
        return from_micros(min(openings)) if openings else None

    def _outgrown(self, s: Situation) -> int | None:
        return self.scope.audience.outgrown(s.ordered_at) if self.scope.audience else None

    def _lapses(self, a: Action) -> int | None:
        dates = self.scope.dates.last if self.scope.dates else None
        last = min((day for day in (self.valid_until, dates) if day is not None), default=None)
        if last is None:
            return None
        return max(day_start(name, last.toordinal() + 1) for name in a.zones)

    def reason(self, s: Situation, a: Action | None, language: str) -> str:
        """The sentence of a hold: rule, what, and until when."""
        opening = self.next_allowed(s, a) if a is not None else None
        said = self.why(s, a, language)
        if opening is None:
            return said
        when = instant(opening, s, language)
        return phrase(language, ja=f"{said}次は{when}から配信できます。", en=f"{said} It can be sent from {when}.")
