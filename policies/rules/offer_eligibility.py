"""Offer eligibility: whom an offer is for, and what an offer must be like to be sent."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.audience import Audience
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.measures import Currency
from policies.predicate import (
    CURRENCY,
    IN_STOCK,
    MARGIN_PERCENT,
    OFFER,
    OFFER_TAGS,
    PRICE,
    TRUE,
    Compare,
    Is,
    Known,
    Not,
    OneOf,
    Operator,
    Overlaps,
    Predicate,
    all_of,
    asks_action,
)
from policies.readback.marks import either
from policies.readback.whom import said_whom
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import listed, money, number

CONDITIONS = ("audience", "in_stock", "min_margin_percent", "min_price", "max_price", "tags", "without_tags")


class OfferEligibility(Rule):
    """Forbids the offers of its scope unless customer and offer are known to pass every line that is given.

    "No alcohol under 20" is the audience `age: {at_least: 20}` for the category alcohol: an unknown age does not pass.
    `tags` are the offer's; at least one of them, and none of `without_tags`. Prices are in `currency`, if it is given.
    """

    type: Literal["offer_eligibility"] = "offer_eligibility"
    audience: Audience | None = None
    in_stock: bool | None = None
    min_margin_percent: Decimal | None = Field(None, ge=-100, le=100)
    min_price: Decimal | None = Field(None, ge=0)
    max_price: Decimal | None = Field(None, ge=0)
    currency: Currency | None = None
    tags: frozenset[str] | None = Field(None, min_length=1)
    without_tags: frozenset[str] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if all(getattr(self, name) is None for name in CONDITIONS):
            raise Slip(
                ja=f"条件がありません。{'、'.join(CONDITIONS)} のどれかを書きます。",
                en=f"there is no condition; give one of {', '.join(CONDITIONS)}",
            )
        if self.min_price is not None and self.max_price is not None and self.max_price < self.min_price:
            raise Slip(
                ja="max_price が min_price より小さく、当てはまる価格がありません。",
                en="max_price lies below min_price, so no price fits",
            )
        return self

    def forbidden(self) -> Predicate:
        return all_of(Known(OFFER), Not(self.fitting()))

    def fitting(self) -> Predicate:
        """Customer and offer are as they must be."""
        return all_of(self.audience.predicate() if self.audience else TRUE, self._fit())

    def _fit(self) -> Predicate:
        """The offer is as it must be."""
        limits: tuple[tuple[Operator, Decimal | None], ...] = ((">=", self.min_price), ("<=", self.max_price))
        margin = self.min_margin_percent
        priced = self.currency is not None and (self.min_price is not None or self.max_price is not None)
        return all_of(
            TRUE if self.in_stock is None else Is(IN_STOCK) if self.in_stock else Not(Is(IN_STOCK)),
            TRUE if margin is None else Compare(MARGIN_PERCENT, ">=", margin),
            *(Compare(PRICE, operator, limit) for operator, limit in limits if limit is not None),
            OneOf(CURRENCY, frozenset({self.currency})) if priced and self.currency else TRUE,
            TRUE if self.tags is None else Overlaps(OFFER_TAGS, self.tags),
            TRUE if self.without_tags is None else Not(Overlaps(OFFER_TAGS, self.without_tags)),
        )

    def say(self, language: str) -> str:
        said = listed(self._conditions(language), language)
        whom = said_whom(self.audience, language) if self.audience else ""
        if not said:
            return phrase(
                language, ja=f"オファーの条件：{whom}にだけお届けします。", en=f"Offer eligibility: only for {whom}."
            )
        return phrase(
            language,
            ja=f"オファーの条件：{said}のものだけを使います{f'（{whom}に限ります）' if whom else ''}。",
            en=f"Offer eligibility: only offers {said}{f', and only for {whom}' if whom else ''}.",
        )

    def _conditions(self, language: str) -> list[str]:
        """Each line about the offer as a phrase."""
        said = []
        if self.in_stock is not None:
            said.append(
                phrase(
                    language,
                    ja="在庫あり" if self.in_stock else "在庫なし",
                    en="in stock" if self.in_stock else "out of stock",
                )
            )
        if self.min_margin_percent is not None:
            margin = number(self.min_margin_percent)
            said.append(phrase(language, ja=f"粗利{margin}%以上", en=f"with a margin of {margin}% or more"))
        if self.min_price is not None:
            low = self._money(self.min_price, language)
            said.append(phrase(language, ja=f"価格{low}以上", en=f"priced {low} or more"))
        if self.max_price is not None:
            high = self._money(self.max_price, language)
            said.append(phrase(language, ja=f"価格{high}以下", en=f"priced {high} or less"))
        if self.tags is not None:
            marks = either(sorted(self.tags), language)
            said.append(phrase(language, ja=f"{marks}つき", en=f"tagged {marks}"))
        if self.without_tags is not None:
            marks = either(sorted(self.without_tags), language)
            said.append(phrase(language, ja=f"{marks}なし", en=f"not tagged {marks}"))
        return said

    def _money(self, amount: Decimal, language: str) -> str:
        return money(amount, self.currency, language) if self.currency else number(amount)

    def _admits(self, s: Situation, a: Action | None) -> bool | None:
        """Whether the customer is one of the audience, as far as it can be told without a message."""
        meant = self.audience.predicate() if self.audience else TRUE
        return verdict(meant, s, a) if a is not None or not asks_action(meant) else None

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        audience = self._admits(s, a)
        if audience is False:
            return phrase(
                language,
                ja=f"対象のお客様ではないため、このオファーは使いません（{self.name.either('ja')}）。",
                en=f"This offer is not for this customer ({self.name.either('en')}).",
            )
        if audience is None:
            return phrase(
                language,
                ja=f"対象のお客様かどうかわからないため、このオファーは使いません（{self.name.either('ja')}）。",
                en=f"It is not known whether this offer is for this customer ({self.name.either('en')}).",
            )
        return phrase(
            language,
            ja=f"オファーが条件を満たすと確かめられません。{self.say('ja')}",
            en=f"The offer is not known to meet the conditions. {self.say('en')}",
        )
