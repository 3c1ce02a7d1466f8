"""Holdouts: a share of customers who get nothing, so that the effect on the others can be measured."""

from typing import Literal

from pydantic import Field

from domain.language import phrase
from policies.measures import Portion
from policies.predicate import Predicate, Share
from policies.rule import Rule
from policies.wording import percent


class Holdout(Rule):
    """Forbids messages of its scope to a fixed share of customers, drawn by salt and id and so always the same ones.

    Two holdouts with the same salt keep back the same customers, a smaller one some of those of a larger.
    """

    type: Literal["holdout"] = "holdout"
    salt: str = Field(min_length=1, max_length=100)
    share: Portion

    def forbidden(self) -> Predicate:
        return Share(self.salt, self.share)

    def say(self, language: str) -> str:
        share = percent(self.share)
        return phrase(
            language,
            ja=f"比較用の非配信グループ：お客様の{share}%には配信せず、効果を比べます。",
            en=f"Comparison group: {share}% of customers get nothing, so that the effect can be measured.",
        )

    def why(self, s: object, a: object, language: str) -> str:
        return phrase(
            language,
            ja="比較用の非配信グループのお客様です。",
            en="The customer is in the comparison group, which gets nothing.",
        )
