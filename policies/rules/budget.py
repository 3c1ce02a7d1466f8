"""Budgets: how much discounts may cost the house in a period."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.facts import Action, Situation
from policies.measures import Currency
from policies.periodic import Periodic, room_from
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
    all_of,
    any_of,
)
from policies.rule import Rule
from policies.slip import Slip
from policies.tally import ONE, Spent
from policies.wording import money, number


class Budget(Periodic, Rule):
    """Allows discounts of `amount` in `currency` to all customers together in each period, this one included.

    `counted: issued` takes the whole discount of every message; `expected` takes the share that is redeemed,
    `redemption_rate`. An offer in another currency has a budget of its own; one whose discount or currency is not
    known is forbidden, and one without a discount costs nothing.
    """

    type: Literal["budget"] = "budget"
    amount: Decimal = Field(ge=0, max_digits=18)
    currency: Currency
    counted: Literal["issued", "expected"] = "issued"
    redemption_rate: Decimal | None = Field(None, gt=0, le=1)

    @model_validator(mode="after")
    def _expects_a_share(self) -> Self:
        if (self.redemption_rate is None) == (self.counted == "expected"):
            raise Slip(
                ja="redemption_rate（使われる割合、0〜1）は counted: expected のときに書き、そのときは必ず書きます。",
                en="give redemption_rate, from 0 to 1, with counted: expected and only then",
            )
        return self

    @property
    def spent(self) -> Spent:
        adds: Literal["discount", "expected"] = "discount" if self.counted == "issued" else "expected"
        return Spent(self.tally_of(self.id), self.amount, adds, self.redemption_rate or ONE)

    def forbidden(self) -> Predicate:
        within = all_of(OneOf(CURRENCY, frozenset({self.currency})), self.spent)
        return all_of(Known(OFFER), _discounted(), any_of(Not(Known(CURRENCY)), within))

    def charged(self) -> Predicate:
        mine = OneOf(CURRENCY, frozenset({self.currency}))
        return all_of(self.applies(), Known(OFFER), _discounted(), mine)

    def reopens(self, s: Situation, a: Action) -> int | None:
        if a.currency is None or a.amount_off is None:
            return None
        return room_from(self.spent, s, a)

    def say(self, language: str) -> str:
        amount = money(self.amount, self.currency, language)
        rate = number(self.redemption_rate * 100) if self.redemption_rate is not None else None
        return phrase(
            language,
            ja=f"割引の予算：{self.each('ja')}{amount}まで{f'（{rate}%が使われる見込みで数えます）' if rate else ''}。",
            en=f"Discount budget: at most {amount} {self.each('en')}"
            f"{f', counting on {rate}% being redeemed' if rate else ''}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        if s.tallies is None:
            return phrase(
                language,
                ja="割引の予算の残りを確かめられないため、配信しません。",
                en="What is left of the discount budget could not be read, so nothing is sent.",
            )
        if a is not None and (a.amount_off is None or a.currency is None):
            return phrase(
                language,
                ja=f"割引額がわからないオファーは、予算に数えられません。{self.say('ja')}",
                en=f"How much the offer takes off is not known, so the budget cannot count it. {self.say('en')}",
            )
        amount = money(self.amount, self.currency, language)
        return phrase(
            language,
            ja=f"{self.now('ja')}の割引の予算（{amount}）を超えます。",
            en=f"It would exceed {self.now('en')} discount budget ({amount}).",
        )


def _discounted() -> Predicate:
    """Something is taken off, in money or in percent; where only one of them is known, it decides."""
    return Not(any_of(Compare(AMOUNT_OFF, "<=", 0), Compare(PERCENT_OFF, "<=", 0)))
