"""Minimum gap: the time that must lie between two messages, before and after."""

from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.counting import Counts, full_until
from policies.facts import Action, Situation
from policies.predicate import Full, Predicate
from policies.rule import Rule
from policies.slip import Slip
from policies.windows import FURTHEST_DAYS, Window
from policies.wording import channel_names, duration, messages


class MinGap(Rule):
    """Forbids a message less than the gap after, or before, a counted one; exactly the gap is allowed."""

    type: Literal["min_gap"] = "min_gap"
    days: int = Field(0, ge=0)
    hours: int = Field(0, ge=0)
    minutes: int = Field(0, ge=0)
    counts: Counts = Counts()

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    @model_validator(mode="after")
    def _is_a_gap(self) -> Self:
        if not 0 < self.length <= FURTHEST_DAYS * 1440:
            raise Slip(
                ja=f"days、hours、minutes のどれかを書きます。0より長く、{FURTHEST_DAYS}日までです。",
                en=f"give days, hours or minutes: more than nothing, at most {FURTHEST_DAYS} days",
            )
        return self

    @property
    def length(self) -> int:
        """The gap in minutes."""
        return self.days * 1440 + self.hours * 60 + self.minutes

    @property
    def window(self) -> Window:
        """A gap is a rolling window of that length that takes one message."""
        return Window(kind="rolling", unit="minute", length=self.length)

    @property
    def full(self) -> Full:
        """The window with its counted messages, those that an exception covers included."""
        return Full(self.counts.within(self.scope), self.window, 1)

    @property
    def lookback(self) -> timedelta:
        return self.window.reach

    def forbidden(self) -> Predicate:
        return self.counts.full(self.scope, self.window, 1)

    def reopens(self, s: Situation, a: Action) -> int | None:
        return full_until(replace(self.full, counting=self.counts.seen_by(self.scope, s, a)), s, a)

    def say(self, language: str) -> str:
        gap, named = duration(self.length, language), self._named()
        return phrase(
            language,
            ja=f"配信間隔：{f'{named}は' if named else ''}前の配信から{gap}以上あけます。",
            en=f"Minimum gap: at least {gap} between {messages(self.full.counting, 2)}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        gap, named = duration(self.length, language), self._named()
        return phrase(
            language,
            ja=f"{f'{named}の' if named else ''}配信間隔（{gap}）があいていません。",
            en=f"The minimum gap of {gap} between {messages(self.full.counting, 2)} has not passed.",
        )

    def _named(self) -> str | None:
        channels = self.full.counting.channels
        return channel_names(channels, "ja") if channels else None
