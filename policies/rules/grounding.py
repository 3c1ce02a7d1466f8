"""Grounding: every number that a message states, and every word of haste, is a fact."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class Grounding(Rule):
    """Forbids a number, price, percentage, discount, date, weekday or time that is no surface form of a known fact.

    Facts are those of the offer, the customer's account, the sender and the day itself; numbers that claim nothing
    (第2弾, 24時間受付, one of a kind) pass. Words of haste and scarcity (残りわずか, limited time) need a stock or an
    end date. With `tax: stated`, a Japanese text that names a price with tax in it has to say so (税込).
    """

    type: Literal["grounding"] = "grounding"
    tax: Literal["any", "stated"] = "any"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        tax_ja, tax_en = (
            ("税込価格には「税込」と書きます。", " Prices with tax say so.") if self.tax == "stated" else ("", "")
        )
        return phrase(
            language,
            ja=f"数字・価格・割引・日付は、オファーとお客様の情報にあるものだけを書きます。{tax_ja}",
            en=f"Numbers, prices, discounts and dates are written only where they are facts.{tax_en}",
        )
