"""Forbidden phrases: words that no message may carry, however they are disguised."""

from typing import Literal

from pydantic import Field

from domain.language import Text, phrase
from policies.predicate import TRUE, Predicate
from policies.readback.marks import quoted
from policies.rule import ON_COPY, Rule

SHOWN = 3
"""How many of the phrases its sentence names."""


class ForbiddenPhrase(Rule):
    """Forbids phrases in any part a reader sees, whatever their width, case, kana, spacing or hidden characters.

    `match` says which words count as the phrase: `inflected`, the phrase in any form it takes (痩せる: 痩せます;
    guarantee: guaranteed), but not a longer word that merely contains it (絶対値 for 絶対); `lemma`, every form of the
    same word, whichever of them is written (guaranteed: guarantee); `literal`, these very letters wherever they stand.
    An English phrase is matched as whole words. What stands in `exceptions` is let through, and so is everything where
    the offer states the fact `unless_fact`.
    """

    type: Literal["forbidden_phrase"] = "forbidden_phrase"
    phrases: tuple[str, ...] = Field(min_length=1)
    match: Literal["literal", "inflected", "lemma"] = "inflected"
    part: Literal["subject", "preheader", "title", "body"] | None = None
    """The part that it looks at; every part where it is left out."""
    exceptions: tuple[str, ...] = ()
    unless_fact: str | None = None
    better: Text | None = None
    """What to write instead."""

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        shown = [quoted(words, language) for words in self.phrases[:SHOWN]]
        more = "" if len(self.phrases) <= SHOWN else phrase(language, ja="など", en=" and the like")
        ja, en = "".join(shown), ", ".join(shown)
        return phrase(language, ja=f"{ja}{more}は使いません。", en=f"Copy never says {en}{more}.")
