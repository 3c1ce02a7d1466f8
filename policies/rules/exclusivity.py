"""Exclusivity: of several campaigns a customer gets one, within a window."""

from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from domain.frozen import Frozen
from domain.language import Text, phrase
from policies.counting import Counts, Line, full_until
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.predicate import CATEGORY, OFFER, OFFER_ID, SCENE, Full, Known, OneOf, Predicate, all_of, any_of
from policies.readback.marks import quoted
from policies.rule import Rule
from policies.slip import Slip
from policies.windows import Window
from policies.wording import listed

MOST_GROUPS = 12


class Group(Frozen):
    """One of the campaigns: messages of some scenes, about some categories, or about some offers."""

    name: Text
    scenes: frozenset[str] | None = Field(None, min_length=1)
    categories: frozenset[str] | None = Field(None, min_length=1)
    offers: frozenset[str] | None = Field(None, min_length=1)

    @field_validator("name", mode="before", json_schema_input_type=str | Text)
    @classmethod
    def _may_be_plain(cls, given: object) -> object:
        return Text(ja=given, en=given) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(one is not None for one in (self.scenes, self.categories, self.offers)) != 1:
            raise Slip(
                ja="グループは scenes、categories、offers のうち、ひとつで書きます。",
                en="a group has exactly one of scenes, categories, offers",
            )
        return self

    def predicate(self) -> Predicate:
        """The message belongs to this campaign."""
        if self.scenes is not None:
            return OneOf(SCENE, self.scenes)
        if self.categories is not None:
            return all_of(Known(OFFER), OneOf(CATEGORY, self.categories))
        return all_of(Known(OFFER), OneOf(OFFER_ID, self.offers or frozenset()))

    @property
    def counts(self) -> Counts:
        """The messages of this campaign, on the channels and for the purposes of the rule."""
        lines: tuple[Line, ...] = ("scenes", "categories", "kinds", "offers")
        unnamed = frozenset(line for line in lines if getattr(self, line, None) is None)
        return Counts(scenes=self.scenes, categories=self.categories, offers=self.offers, any=unnamed)


class Exclusivity(Rule):
    """Forbids a message of one group while the window that holds it has a message of another group."""

    type: Literal["exclusivity"] = "exclusivity"
    groups: tuple[Group, ...]
    window: Window

    reach: ClassVar[Literal["pushed", "any"]] = "pushed"

    @model_validator(mode="after")
    def _has_others(self) -> Self:
        if not 2 <= len(self.groups) <= MOST_GROUPS:
            raise Slip(
                ja=f"groups には2つから{MOST_GROUPS}のグループを書きます。",
                en=f"give from 2 to {MOST_GROUPS} groups",
            )
        return self

    @property
    def lookback(self) -> timedelta:
        return self.window.reach

    def forbidden(self) -> Predicate:
        return any_of(
            *(
                all_of(group.predicate(), any_of(*(self._taken(other) for other in self.groups if other is not group)))
                for group in self.groups
            )
        )

    def _taken(self, group: Group) -> Predicate:
        return group.counts.full(self.scope, self.window, 1)

    def reopens(self, s: Situation, a: Action) -> int | None:
        taken = [Full(other.counts.seen_by(self.scope, s, a), self.window, 1) for other in self._others(s, a)]
        later = [full_until(full, s, a) for full in taken]
        known = [at for at in later if at is not None]
        return max(known) if known and len(known) == len(later) else None

    def _others(self, s: Situation, a: Action) -> list[Group]:
        """The groups whose messages stand in the way."""
        mine = [group for group in self.groups if verdict(group.predicate(), s, a) is not False]
        return [
            other
            for other in self.groups
            if any(group is not other for group in mine) and verdict(self._taken(other), s, a) is not False
        ]

    def say(self, language: str) -> str:
        names = [quoted(group.name.either(language), language) for group in self.groups]
        each = self.window.each(language)
        return phrase(
            language,
            ja=f"併用不可：{each}に、{'・'.join(names)}はどれかひとつだけ。",
            en=f"Exclusive: a customer gets only one of {listed(names, 'en')} {each}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        others = [other.name.either(language) for other in self._others(s, a)] if a is not None else []
        if not others:
            return self.say(language)
        shown = "".join(f"「{name}」" for name in others)
        return phrase(
            language,
            ja=f"併用できない{shown}を、{self.window.now()}にお届けしています。",
            en=f"The customer already gets {listed(others, 'en')}, and only one is sent {self.window.each('en')}.",
        )
