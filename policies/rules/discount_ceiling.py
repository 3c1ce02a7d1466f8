"""Discount ceiling: how much may be taken off a price."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.facts import Action, Situation
from policies.predicate import (
    AMOUNT_OFF,
    CURRENCY,
    OFFER,
    PERCENT_OFF,
    Compare,
    Known,
    Not,
    OneOf,
    Predicate,
    Surely,
    all_of,
    any_of,
)
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import listed, money, number


class DiscountCeiling(Rule):
    """Forbids offers that take more off than `max_percent`, stated or implied by their prices.

    A coupon whose percentage cannot be known is forbidden, unless `max_amount` has a limit for its currency and the
    amount taken off is known and within it. An offer that states no discount, and is no coupon, has none. With `below`
    the limit itself is already too much: under 30 %.
    """

    type: Literal["discount_ceiling"] = "discount_ceiling"
    max_percent: Decimal | None = Field(None, ge=0, le=100)
    max_amount: Mapping[str, Decimal] = Field(default_factory=dict)
    below: bool = False
    """Whether a discount has to stay below its limit."""

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        if self.max_percent is None and not self.max_amount:
            raise Slip(
                ja="max_percent か max_amount を書きます。",
                en="give max_percent, max_amount or both",
            )
        if self.below and 0 in (self.max_percent, *self.max_amount.values()):
            raise Slip(
                ja="0未満の割引はありません。below を消すと、割引なしという意味になります。",
                en="no discount is below 0. Leave below out to forbid all discounts.",
            )
        return self

    def forbidden(self) -> Predicate:
        """Too deep in percent; or, where only money is known, too deep in money."""
        if self.max_percent is None:
            return all_of(Known(OFFER), self._discounted(), self._too_much())
        too_deep = Compare(PERCENT_OFF, ">=" if self.below else ">", self.max_percent)
        if not self.max_amount:
            return all_of(Known(OFFER), too_deep)
        unknown = Not(Known(PERCENT_OFF))
        by_percent = Surely(too_deep)
        return all_of(Known(OFFER), any_of(by_percent, all_of(unknown, self._too_much())))

    def _discounted(self) -> Predicate:
        return any_of(Compare(AMOUNT_OFF, ">", 0), Compare(PERCENT_OFF, ">", 0))

    def _too_much(self) -> Predicate:
        within = [
            all_of(OneOf(CURRENCY, frozenset({currency})), Compare(AMOUNT_OFF, "<" if self.below else "<=", limit))
            for currency, limit in sorted(self.max_amount.items())
        ]
        return Not(any_of(*within))

    def say(self, language: str) -> str:
        amounts = listed(
            [money(limit, currency, language) for currency, limit in sorted(self.max_amount.items())], language
        )
        until, up_to = ("未満", "below") if self.below else ("まで", "up to")
        go = "stay" if self.below else "go"
        if self.max_percent is None:
            return phrase(language, ja=f"割引は{amounts}{until}。", en=f"Discounts {go} {up_to} {amounts}.")
        percent = f"{number(self.max_percent)}%"
        ja_more = f"（割引率がわからないときは{amounts}{until}）" if amounts else ""
        en_more = f" (where that is unknown, {up_to} {amounts})" if amounts else ""
        return phrase(
            language, ja=f"割引は{percent}{until}{ja_more}。", en=f"Discounts {go} {up_to} {percent}{en_more}."
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        off = a.percent_off if a is not None else None
        if off is None:
            said = phrase(language, ja="割引率がわからないオファーです。", en="The depth of the discount is not known.")
        else:
            shown = number(round(off, 1))
            said = phrase(
                language,
                ja=f"割引が{shown}%で、上限を超えています。",
                en=f"The discount of {shown}% is above the ceiling.",
            )
        return f"{said}{'' if language == 'ja' else ' '}{self.said.get(language) or self.say(language)}"
