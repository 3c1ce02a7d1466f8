"""Personal data of others: nobody's e-mail address or phone number but the reader's own and the sender's."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class PiiLeak(Rule):
    """Forbids an e-mail address or a phone number that is neither the customer's nor a fact of the offer or sender."""

    type: Literal["pii_leak"] = "pii_leak"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="ほかの方の連絡先は書きません。",
            en="Copy never carries contact details of other people.",
        )
