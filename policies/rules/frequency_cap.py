"""Frequency caps: at most so many messages in a window."""

from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.channel import Channel
from domain.language import phrase
from policies.counting import Counts, full_until
from policies.facts import Action, Situation
from policies.predicate import Full, Predicate
from policies.rule import Rule
from policies.slip import Slip
from policies.windows import Window
from policies.wording import channel_names, messages


class FrequencyCap(Rule):
    """Allows `max` counted messages in the window, this one included; those already promised for later count too.

    Rolling: no stretch of that length may hold more. Calendar: no such hour, day, week or month of the customer's, or
    of the zone that the window names. A message that was definitely not sent never counts.
    """

    type: Literal["frequency_cap"] = "frequency_cap"
    max: int = Field(ge=0, le=1000)
    window: Window
    counts: Counts = Counts()

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    @model_validator(mode="after")
    def _counts_what_it_limits(self) -> Self:
        counted = self.counts.within(self.scope)
        if counted.channels and self.scope.channels and not self.scope.channels <= counted.channels:
            raise Slip(
                ja="counts.channels には scope のチャネルをすべて入れます。入れないと上限に達しません。",
                en="counts.channels must contain the channels of the scope, or the cap never fills up",
            )
        return self

    @property
    def full(self) -> Full:
        """The window with its counted messages, those that an exception covers included."""
        return Full(self.counts.within(self.scope), self.window, self.max)

    @property
    def lookback(self) -> timedelta:
        return self.window.reach

    def forbidden(self) -> Predicate:
        return self.counts.full(self.scope, self.window, self.max)

    def reopens(self, s: Situation, a: Action) -> int | None:
        return full_until(replace(self.full, counting=self.counts.seen_by(self.scope, s, a)), s, a)

    def say(self, language: str) -> str:
        named = self._named()
        if self.max == 0:
            return phrase(
                language,
                ja=f"{named or 'メッセージ'}は配信しません。",
                en=f"No {messages(self.full.counting, 0).removeprefix('0 ')} are sent.",
            )
        return phrase(
            language,
            ja=f"配信上限：{f'{named}は' if named else ''}{self.window.each('ja')}に{self._count()}まで。",
            en=f"Frequency cap: at most {messages(self.full.counting, self.max)} {self.window.each('en')}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if self.max == 0:
            return self.say(language)
        named = self._named()
        counted = messages(self.full.counting, self.max)
        return phrase(
            language,
            ja=f"{self.window.now()}の{f'{named}の' if named else ''}配信上限（{self._count()}）に達しています。",
            en=f"The frequency cap is reached: {counted} {self.window.each('en')}.",
        )

    def _named(self) -> str | None:
        channels = self.full.counting.channels
        return channel_names(channels, "ja") if channels else None

    def _count(self) -> str:
        return f"{self.max}{'回' if self.full.counting.channels == frozenset({Channel.CALL}) else '通'}"
