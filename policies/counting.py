"""Counting: which messages a cap, a gap or an exclusivity counts, and when its window has room again."""

from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from domain.channel import PUSHED, Channel, Purpose
from domain.frozen import Frozen
from domain.offer import OfferKind
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.predicate import TRUE, Full, Not, Predicate, all_of, any_of
from policies.scope import Except, Offers, Scope
from policies.slip import Slip
from policies.windows import (
    DELIVERED,
    PROMISED,
    Counting,
    Uncounted,
    Window,
    calendar_boundaries,
    calendar_full,
    calendar_spans,
    rolling_reopens,
)
from policies.zones import MINUTE

OUTBOUND = PUSHED | {Channel.CALL}
Named = TypeVar("Named", bound=str)
Line = Literal["channels", "scenes", "categories", "kinds", "offers"]


class Counts(Frozen):
    """What a cap counts, where that is other than its scope; a line named under `any` is not restricted at all.

    Pulled placements count only where their channel is named. What the scope excepts is not counted, unless
    `excepted` says so. `states: delivered` counts what was delivered; else what was promised counts at once.
    """

    channels: frozenset[Channel] | None = Field(None, min_length=1)
    purposes: frozenset[Purpose] | None = Field(None, min_length=1)
    scenes: frozenset[str] | None = Field(None, min_length=1)
    categories: frozenset[str] | None = Field(None, min_length=1)
    kinds: frozenset[OfferKind] | None = Field(None, min_length=1)
    offers: frozenset[str] | None = Field(None, min_length=1)
    states: Literal["promised", "delivered"] = "promised"
    any: frozenset[Line] = frozenset()
    excepted: bool = False

    @model_validator(mode="after")
    def _says_each_line_once(self) -> Self:
        twice = sorted(line for line in self.any if getattr(self, line) is not None)
        if twice:
            raise Slip(
                ja=f"{twice[0]} を any とほかの両方に書いています。どちらかを消してください。",
                en=f"{twice[0]} stands under any and by itself; leave one of them out",
            )
        return self

    def within(self, scope: Scope, uncounted: tuple[Uncounted, ...] = ()) -> Counting:
        """The messages counted: what is named here, else what the scope names, else pushed marketing."""
        about = scope.offers or Offers()
        return Counting(
            self._channels(scope),
            self.purposes if self.purposes is not None else scope.purposes,
            self._line("scenes", scope.scenes),
            self._line("categories", about.categories),
            self._line("kinds", about.kinds),
            self._line("offers", about.ids),
            PROMISED if self.states == "promised" else DELIVERED,
            uncounted,
        )

    def _line(self, name: Line, scoped: frozenset[Named] | None) -> frozenset[Named] | None:
        named: frozenset[Named] | None = getattr(self, name)
        return named if named is not None else None if name in self.any else scoped

    def _channels(self, scope: Scope) -> frozenset[Channel] | None:
        """Any channel is whatever is pushed, and the placements that the scope names beside."""
        if "channels" in self.any and scope.channels is not None and not scope.channels <= OUTBOUND:
            return scope.channels | OUTBOUND
        return self._line("channels", scope.channels)

    def full(self, scope: Scope, window: Window, most: int) -> Predicate:
        """The window is full; messages that an exception covers count only for customers whom it does not mean."""
        return self._full(scope, window, most, (), () if self.excepted else scope.excepted)

    def _full(
        self, scope: Scope, window: Window, most: int, without: tuple[Uncounted, ...], excepted: tuple[Except, ...]
    ) -> Predicate:
        if not excepted:
            return Full(self.within(scope, without), window, most)
        first, *others = excepted
        uncounted, audience = first.uncounted(), first.audience()
        rest = tuple(others)
        if uncounted is None:
            return self._full(scope, window, most, without, rest)
        left_out = self._full(scope, window, most, (*without, uncounted), rest)
        if audience == TRUE:
            return left_out
        counted = self._full(scope, window, most, without, rest)
        return any_of(all_of(audience, left_out), all_of(Not(audience), counted))

    def seen_by(self, scope: Scope, s: Situation, a: Action) -> Counting:
        """The messages counted for this customer: an exception that may mean somebody else leaves nothing out."""
        left_out = [
            uncounted
            for one in (() if self.excepted else scope.excepted)
            if (uncounted := one.uncounted()) is not None and verdict(one.audience(), s, a) is True
        ]
        return self.within(scope, tuple(left_out))


def full_until(full: Full, s: Situation, a: Action) -> int | None:
    """The first instant after the action at which the window takes one more message; None if it never does."""
    times = s.times(full.counting)
    if full.window.kind == "rolling":
        return rolling_reopens(times, a.micros, full.window.micros, full.most)
    if full.most == 0:
        return None
    zones = full.zones(a.zones)
    for boundary in calendar_boundaries(zones, full.calendar, a.micros):
        spans = calendar_spans(zones, full.calendar, boundary // MINUTE)
        if not any(calendar_full(times, zone, full.most) for zone in spans):
            return boundary
    return None
