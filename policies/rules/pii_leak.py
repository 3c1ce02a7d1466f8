"""Personal data of others: no contact details, numbers or names but the reader's own, the offer's and the sender's."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class PiiLeak(Rule):
    """Forbids personal data that are neither the customer's own nor facts of the offer or the sender.

    That is: e-mail addresses, phone numbers at home or abroad, postal addresses, accounts (@name), card numbers and
    personal numbers, and the names of people, among them those whom an attribute tells of (spouse_name). Nor does copy
    ask for anything secret: a password, a PIN, the number of a card.
    """

    type: Literal["pii_leak"] = "pii_leak"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="ほかの方の連絡先や名前は書きません。",
            en="Copy never carries names or contact details of other people.",
        )
