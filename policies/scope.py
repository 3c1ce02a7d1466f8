"""Scope: for whom, where and when a rule applies; an unknown fact leaves a hard rule in force."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from domain.channel import Channel, Purpose
from domain.frozen import Frozen
from domain.language import Language
from domain.offer import OfferKind
from policies import predicate as fact
from policies.audience import Audience
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
    one_of,
)
from policies.slip import Slip
from policies.windows import Uncounted


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
