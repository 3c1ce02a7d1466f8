"""Ranking: why an offer may fit, and the best offers for one customer at one moment."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.offer import Offer

Floats = NDArray[np.float32]

SHORTLIST = 24
"""Offers that may go on to be weighed, best first; weighing stops as soon as it has enough that the rules permit."""

LONGLIST = 64
"""Offers among which the shortlist is sought."""

OUT = -1.0
"""Below every worth that an offer can have."""

SIGNALS = ("repeat", "together", "similar", "told", "cart", "moment", "deal", "ending")
"""Why an offer may fit: due, bought together, like what we know, own word, cart, circumstances, price, last day."""
REPEAT, TOGETHER, SIMILAR, TOLD, CART, MOMENT, DEAL, ENDING = range(len(SIGNALS))

RANKING = np.array([1.0, 0.5, 0.8, 1.2, 2.0, 1.0, 0.3, 0.3], dtype=np.float32)
"""How much each of SIGNALS counts when offers are ranked; scoring weighs those of the best again."""


class Ranked(NamedTuple):
    """All eligible offers with one row of SIGNALS each, every value in 0..1, and which of them are best."""

    offers: tuple[Offer, ...]
    signals: Floats
    themes: Sequence[int]
    """What each offer is about, as a number; those with the same one are one idea."""
    discounts: Sequence[float]
    kinds: Floats
    """How readily offers of each one's kind are taken up."""
    worth: Floats

    def best(self) -> Iterator[int]:
        """Places of the best offers, each sought when it is asked for: weighing seldom needs more than a few.

        Of each kind comes only one about the same thing: ten coupons for coffee are one idea. Behind it come those
        with a smaller discount, for a customer whom the rules allow no larger one.
        """
        return islice(self._ideas(), SHORTLIST)

    def _ideas(self) -> Iterator[int]:
        worth = self.worth.copy()
        smallest: dict[int, float] = {}
        for _ in range(min(LONGLIST, len(worth))):
            place = int(worth.argmax())
            if worth.item(place) <= OUT:
                return
            worth[place] = OUT
            theme, discount = self.themes[place], self.discounts[place]
            if theme not in smallest or discount < smallest[theme]:
                smallest[theme] = discount
                yield place
