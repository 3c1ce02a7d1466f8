"""Audience: customers by what is known of them."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.customer import Stage, Tier
from domain.features import DAY, LONG_AGO, NEVER
from domain.frozen import Frozen
from policies import predicate as fact
from policies.predicate import (
    TRUE,
    Compare,
    Known,
    Not,
    Overlaps,
    Predicate,
    all_of,
    any_of,
    attribute,
    one_of,
)
from policies.slip import Slip


class Bounds(Frozen):
    """A range of numbers: `at_least` and `at_most` include their value, `above` and `below` do not."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise Slip(
                ja="at_least、above、at_most、below のどれかを書きます。",
                en="give at least one of at_least, above, at_most, below",
            )
        return self

    def of(self, field: fact.Field) -> Predicate:
        """The field lies within the range."""
        limits = ((">=", self.at_least), (">", self.above), ("<=", self.at_most), ("<", self.below))
        return all_of(*(Compare(field, operator, limit) for operator, limit in limits if limit is not None))  # type: ignore[arg-type]  # the operators are literals above


class Test(Frozen):
    """What a free attribute must be: one value, one of several, or within bounds.

    A customer without the attribute may pass, unless it must be `known`; `known: false` alone means those without it.
    """

    equals: bool | int | float | str | None = Field(None, alias="is")
    one_of: tuple[int | float | str, ...] | None = None
    within: Bounds | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        told = sum(value is not None for value in (self.equals, self.one_of, self.within))
        if told > 1 or (told == 0 and self.known is None):
            raise Slip(
                ja="is、one_of、within のうち、ひとつだけを書きます。",
                en="give exactly one of is, one_of, within",
            )
        if told and self.known is False:
            raise Slip(
                ja="known: false は、ほかの条件と一緒には書けません。",
                en="known: false stands alone: what is not known has no value to test",
            )
        return self

    def of(self, name: str) -> Predicate:
        """The attribute passes the test."""
        field = attribute(name)
        known = TRUE if self.known is None else Known(field) if self.known else Not(Known(field))
        return all_of(known, self._value(field))

    def _value(self, field: fact.Field) -> Predicate:
        if self.within is not None:
            return self.within.of(field)
        if self.one_of is None and self.equals is None:
            return TRUE
        values = self.one_of if self.one_of is not None else (self.equals,)
        return any_of(*(Compare(field, "==", value) for value in values if value is not None))


class Audience(Frozen):
    """Customers by what is known of them; every line given must hold."""

    stages: frozenset[Stage] | None = None
    tiers: frozenset[Tier] | None = None
    tier_at_least: Tier | None = None
    tier_below: Tier | None = None
    age: Bounds | None = None
    days_since_order: Bounds | None = None
    """Days of 24 hours since the newest order; somebody who never ordered lies within no bounds."""
    genders: frozenset[Literal["female", "male", "other"]] | None = None
    countries: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    without_tags: frozenset[str] | None = None
    segments: frozenset[str] | None = None
    without_segments: frozenset[str] | None = None
    attributes: Mapping[str, Test] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_a_tier(self) -> Self:
        if self._tiers() == frozenset():
            raise Slip(
                ja="tiers、tier_at_least、tier_below を合わせると、当てはまるランクがありません。",
                en="no tier fits tiers, tier_at_least and tier_below together; leave one of them out",
            )
        return self

    def predicate(self) -> Predicate:
        """The customer belongs to this audience."""
        return all_of(
            one_of(fact.STAGE, self.stages),
            one_of(fact.TIER, self._tiers()),
            self.age.of(fact.AGE) if self.age else TRUE,
            self._ordered(),
            one_of(fact.GENDER, self.genders),
            one_of(fact.COUNTRY, self.countries),
            one_of(fact.REGION, self.regions),
            one_of(fact.LANGUAGE, self.languages),
            _holding(fact.TAGS, self.tags, self.without_tags),
            _holding(fact.SEGMENTS, self.segments, self.without_segments),
            *(test.of(name) for name, test in self.attributes.items()),
        )

    def outgrown(self, ordered_at: int | None) -> int | None:
        """The instant at which the newest order is too old for this audience; None where it never is, or may not be."""
        days = self.days_since_order
        if ordered_at is None or ordered_at == LONG_AGO or days is None:
            return None
        ends = [] if days.below is None else [ceil(days.below * DAY)]
        ends += [] if days.at_most is None else [floor(days.at_most * DAY) + 1]
        return ordered_at + min(ends) if ends else None

    def _ordered(self) -> Predicate:
        """The newest order lies within the bounds; "not for 90 days" means people who did buy before."""
        if self.days_since_order is None:
            return TRUE
        return all_of(self.days_since_order.of(fact.DAYS_SINCE_ORDER), Compare(fact.DAYS_SINCE_ORDER, "<", NEVER))

    def _tiers(self) -> frozenset[str] | None:
        if self.tiers is None and self.tier_at_least is None and self.tier_below is None:
            return None
        low = self.tier_at_least.rank if self.tier_at_least else 0
        high = self.tier_below.rank if self.tier_below else len(Tier)
        chosen = self.tiers if self.tiers is not None else frozenset(Tier)
        return frozenset(tier for tier in chosen if low <= tier.rank < high)


def _holding(field: fact.Field, some: frozenset[str] | None, none: frozenset[str] | None) -> Predicate:
    held = TRUE if some is None else Overlaps(field, some)
    return all_of(held, TRUE if none is None else Not(Overlaps(field, none)))
