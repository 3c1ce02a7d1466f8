"""Audience exclusions: customers who get nothing within the scope."""

from typing import Literal, Self

from pydantic import model_validator

from domain.language import phrase
from policies.audience import Audience
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.predicate import TRUE, Predicate, asks_action
from policies.readback.whom import said_whom
from policies.rule import Rule
from policies.slip import Slip


class AudienceExclusion(Rule):
    """Forbids messages to customers of the audience, and to those of whom it is not known that they are not."""

    type: Literal["audience_exclusion"] = "audience_exclusion"
    audience: Audience

    @model_validator(mode="after")
    def _excludes_somebody(self) -> Self:
        if self.audience.predicate() == TRUE:
            raise Slip(
                ja="audience が空です。除くお客様の条件を書きます。",
                en="the audience is empty; say which customers are excluded",
            )
        return self

    def forbidden(self) -> Predicate:
        return self.audience.predicate()

    def reopens(self, s: Situation, a: Action) -> int | None:
        return self.audience.outgrown(s.ordered_at)

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja=f"配信対象から除きます：{said_whom(self.audience, 'ja')}。",
            en=f"Excluded from the audience: {said_whom(self.audience, 'en')}.",
        )

    def why(self, s: Situation, a: Action | None, language: str) -> str:
        meant = self.audience.predicate()
        if (a is not None or not asks_action(meant)) and verdict(meant, s, a):
            return phrase(
                language,
                ja=f"配信対象から除かれているお客様です（{self.name.either('ja')}）。",
                en=f"The customer is excluded from the audience ({self.name.either('en')}).",
            )
        return phrase(
            language,
            ja=f"配信対象から除くお客様かどうかわからないため、配信しません（{self.name.either('ja')}）。",
            en=f"It is not known whether the customer is excluded, so nothing is sent ({self.name.either('en')}).",
        )
