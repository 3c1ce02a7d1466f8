"""Approval: what a person has to look at before it goes out."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.frozen import Frozen
from domain.language import phrase
from policies.predicate import (
    APPROVED,
    AUDIENCE_SIZE,
    OFFER,
    PERCENT_OFF,
    TRUE,
    Compare,
    Is,
    Known,
    Not,
    Predicate,
    all_of,
    any_of,
)
from policies.rule import Rule
from policies.slip import Slip
from policies.wording import listed, number


class Occasion(Frozen):
    """When approval is needed: as soon as one of the lines holds, or may hold."""

    audience_larger_than: int | None = Field(None, ge=0)
    discount_over: Decimal | None = Field(None, ge=0, le=100)

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if self.audience_larger_than is None and self.discount_over is None:
            raise Slip(
                ja="audience_larger_than か discount_over を書きます。いつも承認するなら when ごと消します。",
                en="give audience_larger_than or discount_over; leave when out if approval is always needed",
            )
        return self

    def predicate(self) -> Predicate:
        """One of the lines holds."""
        lines: list[Predicate] = []
        if self.audience_larger_than is not None:
            lines.append(Compare(AUDIENCE_SIZE, ">", self.audience_larger_than))
        if self.discount_over is not None:
            lines.append(all_of(Known(OFFER), Compare(PERCENT_OFF, ">", self.discount_over)))
        return any_of(*lines)

    def say(self, language: str) -> str:
        """The lines as words."""
        said = []
        if self.audience_larger_than is not None:
            size = number(self.audience_larger_than)
            said.append(phrase(language, ja=f"対象が{size}人を超える配信", en=f"mailings to over {size} customers"))
        if self.discount_over is not None:
            depth = number(self.discount_over)
            said.append(phrase(language, ja=f"{depth}%を超える割引", en=f"discounts over {depth}%"))
        return phrase(language, ja="と".join(said), en=listed(said, "en"))


class Approval(Rule):
    """Forbids a message until a person approved it; `when` says which messages need that, all where it is left out."""

    type: Literal["approval"] = "approval"
    when: Occasion | None = None

    def forbidden(self) -> Predicate:
        return all_of(self.when.predicate() if self.when else TRUE, Not(Is(APPROVED)))

    def say(self, language: str) -> str:
        if self.when is None:
            return phrase(
                language,
                ja="配信の前に、担当者が文面を確かめて承認します。",
                en="A person approves the message before it goes out.",
            )
        said = self.when.say(language)
        return phrase(
            language,
            ja=f"{said}は、担当者が承認してから送ります。",
            en=f"A person approves {said} before anything goes out.",
        )

    def why(self, s: object, a: object, language: str) -> str:
        return phrase(
            language,
            ja=f"担当者の承認がまだありません（{self.name.either('ja')}）。",
            en=f"No person has approved this message yet ({self.name.either('en')}).",
        )
