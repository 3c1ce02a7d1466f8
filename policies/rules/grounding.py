"""Grounding: every number that a message states is a fact."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class Grounding(Rule):
    """Forbids a number, price, percentage, discount, date, weekday or time that is no surface form of a known fact.

    Facts are those of the offer, the customer's account, the sender and the day itself; numbers that claim nothing
    (第2弾, 24時間受付, one of a kind) pass.
    """

    type: Literal["grounding"] = "grounding"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="数字・価格・割引・日付は、オファーとお客様の情報にあるものだけを書きます。",
            en="Numbers, prices, discounts and dates are written only where they are facts.",
        )
