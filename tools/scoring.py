"""Scoring: how likely each candidate is to be welcome, many at once."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tools.ranking import SIGNALS

Floats = NDArray[np.float32]

COLUMNS = (*SIGNALS, "channel", "hour", "fatigue", "kind")
"""One row a candidate: the offer's signals, then fitness of channel and hour, tiredness, fit of its kind, all 0..1."""

KIND_FIT = {
    "service": 0.7,
    "event": 0.6,
    "tutorial": 0.6,
    "coupon": 0.6,
    "product": 0.5,
    "case_study": 0.9,
    "article": 0.4,
}


class Scorer(Protocol):
    """Anything that turns rows of COLUMNS into probabilities of a response; trained models come in here."""

    version: str

    def score(self, rows: Floats) -> Floats: ...


class PriorScorer:
    """A logistic model with weights set by judgement, for a company that has no responses to learn from yet.

    The order of the weights follows what the literature and our own data agree on: the customer's own task (cart) and
    own words first, then due repeat purchases (hit@1 .465 on real baskets), likeness and price last.
    """

    version = "prior-1"
    WEIGHTS = np.array([2.2, 0.9, 1.1, 2.4, 3.0, 1.6, 0.5, 0.7, 1.2, 0.6, -1.5, 1.2], dtype=np.float32)
    BASE = np.float32(-4.2)

    def score(self, rows: Floats) -> Floats:
        """Probabilities of a response, one a row."""
        odds: Floats = rows @ self.WEIGHTS + self.BASE
        chances: Floats = np.reciprocal(1 + np.exp(-odds))
        return chances
