"""Scope: for whom, where and when a rule applies; an unknown fact leaves a hard rule in force."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from domain.channel import Channel, Purpose
from domain.customer import Stage, Tier
from domain.frozen import Frozen
from domain.language import Language
from domain.offer import OfferKind
from policies import predicate as fact
from policies.predicate import (
    TRUE,
    Compare,
    Dates,
    Is,
    Known,
    Not,
    OneOf,
    Overlaps,
    Predicate,
    all_of,
    any_of,
    attribute,
    one_of,
)
from policies.slip import Slip
from policies.windows import Uncounted


class Bounds(Frozen):
    """A range of numbers: `at_least` and `at_most` include their value, `above` and `below` do not."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
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
            one_of(fact.GENDER, self.genders),
            one_of(fact.COUNTRY, self.countries),
            one_of(fact.REGION, self.regions),
            one_of(fact.LANGUAGE, self.languages),
            _holding(fact.TAGS, self.tags, self.without_tags),
            _holding(fact.SEGMENTS, self.segments, self.without_segments),
            *(test.of(name) for name, test in self.attributes.items()),
        )

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


class Offers(Frozen):
    """Offers by kind, category, brand or id; a message without an offer is never meant."""

    kinds: frozenset[OfferKind] | None = None
    categories: frozenset[str] | None = None
    brands: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    discounted: bool | None = None

    def predicate(self) -> Predicate:
        """The message is about such an offer."""
        discounted = Compare(fact.PERCENT_OFF, ">", 0)
        return all_of(
            Known(fact.OFFER),
            one_of(fact.KIND, self.kinds),
            one_of(fact.CATEGORY, self.categories),
            one_of(fact.BRAND, self.brands),
            one_of(fact.OFFER_ID, self.ids),
            TRUE if self.tags is None else Overlaps(fact.OFFER_TAGS, self.tags),
            TRUE if self.discounted is None else discounted if self.discounted else Not(discounted),
        )


class DateRange(Frozen):
    """Calendar days on the customer's clock, both ends included."""

    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="until")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise Slip(
                ja=f"until（{self.last}）が from（{self.first}）より前です。入れ替えてください。",
                en=f"until ({self.last}) lies before from ({self.first}); turn them round",
            )
        return self

    def predicate(self) -> Predicate:
        """The customer's calendar shows one of these days."""
        if self.first is None and self.last is None:
            return TRUE
        return Dates(_day_number(self.first), _day_number(self.last))


def _day_number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


class Except(Audience):
    """What a rule leaves alone: customers, messages and days; every line given must hold, and be known to.

    `languages` are the customer's, as in an audience; `message_languages` are those of the message.
    """

    channels: frozenset[Channel] | None = Field(None, min_length=1)
    purposes: frozenset[Purpose] | None = Field(None, min_length=1)
    scenes: frozenset[str] | None = Field(None, min_length=1)
    kinds: frozenset[OfferKind] | None = None
    categories: frozenset[str] | None = None
    brands: frozenset[str] | None = None
    ids: frozenset[str] | None = None
    discounted: bool | None = None
    message_languages: frozenset[Language] | None = Field(None, min_length=1)
    dates: DateRange | None = None

    @model_validator(mode="after")
    def _excepts_something(self) -> Self:
        if all(getattr(self, name) in (None, {}) for name in type(self).model_fields):
            raise Slip(
                ja="except が空です。除くものを書くか、行ごと消してください。",
                en="except is empty. Write what is left alone, or remove the line.",
            )
        return self

    @classmethod
    def of(cls, scope: "Scope") -> "Except":
        """The exception that covers a scope; purposes count only where the scope writes them itself."""
        if scope.excepted:
            raise Slip(
                ja="例外の scope には except を書けません。例外を分けて書いてください。",
                en="the scope of an exception has no except of its own; write two exceptions",
            )
        if scope.offers is not None and scope.offers.tags is not None:
            raise Slip(
                ja="例外の scope の offers に tags は書けません。kinds、categories、ids で書いてください。",
                en="the offers of an exception are not named by tags; name kinds, categories or ids",
            )
        audience = scope.audience.model_dump(exclude_unset=True, by_alias=True) if scope.audience else {}
        offers = scope.offers.model_dump(exclude_unset=True) if scope.offers else {}
        written = {
            "channels": scope.channels,
            "purposes": scope.purposes if "purposes" in scope.model_fields_set else None,
            "scenes": scope.scenes,
            "message_languages": scope.languages,
            "dates": scope.dates,
        }
        return cls.model_validate({**audience, **offers, **{key: one for key, one in written.items() if one}})

    def predicate(self) -> Predicate:
        """The customer, the message and the day are all such."""
        return all_of(self.audience(), self.message())

    def audience(self) -> Predicate:
        """The customer is one of those excepted."""
        return super().predicate()

    def message(self) -> Predicate:
        """The message and its day are excepted."""
        offers = {name: getattr(self, name) for name in ("kinds", "categories", "brands", "ids", "discounted")}
        return all_of(
            one_of(fact.CHANNEL, self.channels),
            one_of(fact.PURPOSE, self.purposes),
            one_of(fact.SCENE, self.scenes),
            Offers(**offers).predicate() if any(one is not None for one in offers.values()) else TRUE,
            one_of(fact.MESSAGE_LANGUAGE, self.message_languages),
            self.dates.predicate() if self.dates else TRUE,
        )

    def uncounted(self) -> Uncounted | None:
        """The past messages that are excepted; None for none, also where what was sent does not tell."""
        untold = (self.brands, self.discounted, self.message_languages)
        if self.message() == TRUE or any(one is not None for one in untold):
            return None
        return Uncounted(
            self.channels,
            self.purposes,
            self.scenes,
            self.kinds,
            self.categories,
            self.ids,
            _day_number(self.dates.first if self.dates else None),
            _day_number(self.dates.last if self.dates else None),
        )


class Scope(Frozen):
    """Where a rule applies; what is left out is not restricted, but for `purposes`, which is marketing."""

    audience: Audience | None = None
    excepted: tuple[Except, ...] = Field((), alias="except")
    """One exception or several: what any of them covers is neither limited nor counted."""
    channels: frozenset[Channel] | None = Field(None, min_length=1)
    purposes: frozenset[Purpose] = Field(frozenset({Purpose.MARKETING}), min_length=1)
    scenes: frozenset[str] | None = Field(None, min_length=1)
    offers: Offers | None = None
    languages: frozenset[Language] | None = Field(None, min_length=1)
    """Languages of the message, for rules about copy."""
    dates: DateRange | None = None

    @field_validator("excepted", mode="before", json_schema_input_type=Except | tuple[Except, ...])
    @classmethod
    def _may_be_one(cls, given: object) -> object:
        return (given,) if isinstance(given, Mapping | Except) else given

    def predicate(self, reach: Literal["pushed", "any"]) -> Predicate:
        """The action lies within the scope; a rule that reaches what is `pushed` reaches pulled channels by name."""
        return all_of(
            one_of(fact.PURPOSE, self.purposes if len(self.purposes) < len(Purpose) else None),
            self._channels(reach),
            one_of(fact.SCENE, self.scenes),
            self.offers.predicate() if self.offers else TRUE,
            one_of(fact.MESSAGE_LANGUAGE, self.languages),
            self.audience.predicate() if self.audience else TRUE,
            *(Not(one.predicate()) for one in self.excepted),
            self.dates.predicate() if self.dates else TRUE,
        )

    def _channels(self, reach: Literal["pushed", "any"]) -> Predicate:
        named = one_of(fact.CHANNEL, self.channels)
        if reach == "any":
            return named
        if self.channels is None:
            return Is(fact.PUSHED)
        if Channel.CALL not in self.channels:
            return named
        outbound = all_of(OneOf(fact.CHANNEL, frozenset({Channel.CALL})), Is(fact.PUSHED))
        others = self.channels - {Channel.CALL}
        return any_of(OneOf(fact.CHANNEL, others), outbound) if others else outbound
