"""Reference price: a comparison with an earlier price needs that price to have been asked, lately and long enough."""

from typing import Literal

from domain.language import phrase
from policies.predicate import OFFER, REFERENCE_PROVEN, Is, Known, Not, Predicate, all_of
from policies.rule import BEFORE_COPY, ON_COPY, Rule


class ReferencePrice(Rule):
    """Forbids an offer whose `list_price` its `price_history` does not prove, and words that compare with such a price.

    Proven: asked on more than half of the days of sale in the eight weeks before, on fourteen days or more in all, and
    for the last time less than two weeks before the sale. Without a history nobody knows, and the offer stays away.
    """

    type: Literal["reference_price"] = "reference_price"

    stations = BEFORE_COPY | ON_COPY

    def forbidden(self) -> Predicate:
        return all_of(Known(OFFER), Not(Is(REFERENCE_PROVEN)))

    def looks_at(self) -> Predicate:
        """Every message in scope: a list names offers that no mask has seen."""
        return self.applies()

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="通常価格との比較は、直近8週間の過半（通算2週間以上）をその価格で販売し、最後の販売から2週間たたないときだけ。",
            en="Compare with an earlier price only if it was asked for most of the last eight weeks and until lately.",
        )
