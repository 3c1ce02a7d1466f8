"""Language: a message is written in the language of the customer."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class InLanguage(Rule):
    """Forbids sentences in another language than the customer's; names and words of the offer may be in any.

    A channel that asks for a language gets it, whatever the customer reads. A brand or a short slogan (Merry
    Christmas) is no sentence; a whole one in English, Chinese, Korean or any other language is.
    """

    type: Literal["language"] = "language"

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="お客様の言語で書きます。",
            en="Copy is written in the customer's language.",
        )
