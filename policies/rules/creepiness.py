"""Creepiness: how near a message may come, by where a fact is from and who else may read the channel."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class Creepiness(Rule):
    """Forbids remarks that come too near: watched, located, scored, reproached, or known from others.

    Facts that the customer told us or did with us may be worded, but not on signs and in ads; what they looked at only
    by its field, and not where others read along; what is guessed or bought in never. At most `most` personal remarks
    a message; the customer's own figures (points, rank) are none, and stay off lock screens, ads and signs.
    """

    type: Literal["creepiness"] = "creepiness"
    most: int = Field(1, ge=0, le=10)
    """Personal remarks that one message may carry."""

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja=f"見張っているように書きません。お客様についての一言は、一通に{self.most}つまでです。",
            en=f"Copy never sounds as if watching; personal remarks a message: at most {self.most}.",
        )
