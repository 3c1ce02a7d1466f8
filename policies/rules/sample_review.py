"""Sample review: people look at the first messages, or at a share of them, before they go out."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.language import phrase
from policies.measures import Portion
from policies.predicate import APPROVED, SAMPLE, Compare, Is, Not, Predicate, all_of
from policies.rule import Rule
from policies.slip import Slip
from policies.tally import Spent, Tally
from policies.wording import number, percent


class SampleReview(Rule):
    """Forbids the `first` messages of its scope, or a drawn `share` of all, until a person approved each.

    What went out counts towards the first ones; a message that waits for its review does not.
    """

    type: Literal["sample_review"] = "sample_review"
    first: int | None = Field(None, ge=1)
    share: Portion | None = None

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if (self.first is None) == (self.share is None):
            raise Slip(
                ja="first（最初の何通）か share（割合、0〜1）の、どちらかひとつを書きます。",
                en="give either first, how many, or share, from 0 to 1",
            )
        return self

    @property
    def spent(self) -> Spent | None:
        return None if self.first is None else Spent(Tally(self.id), Decimal(self.first))

    def forbidden(self) -> Predicate:
        return all_of(self._drawn(), Not(Is(APPROVED)))

    def _drawn(self) -> Predicate:
        spent = self.spent
        return Not(spent) if spent is not None else Compare(SAMPLE, "<", self.share or 0.0)

    def say(self, language: str) -> str:
        if self.first is not None:
            count = number(self.first)
            first = "first message before it goes" if self.first == 1 else f"first {count} messages before they go"
            return phrase(
                language,
                ja=f"最初の{count}通は、担当者が文面を確かめてから送ります。",
                en=f"A person checks the {first} out.",
            )
        share = percent(self.share or 0)
        return phrase(
            language,
            ja=f"配信の{share}%は、担当者が文面を確かめてから送ります。",
            en=f"A person checks {share}% of the messages before they go out.",
        )

    def why(self, s: object, a: object, language: str) -> str:
        return phrase(
            language,
            ja=f"担当者が文面を確かめる配信です（{self.name.either('ja')}）。",
            en=f"This message waits for a person to check it ({self.name.either('en')}).",
        )
