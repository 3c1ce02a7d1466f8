"""Choice: one candidate of many, at random in proportion to its worth, so that the log can be learned from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHARPNESS = 4.0
"""Inverse temperature on the odds: twice the odds are chosen sixteen times as often."""

EXPLORATION = 0.04
"""Share of choices spread evenly over all candidates: no propensity falls below this over their number."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The index chosen, every candidate's propensity, and the draw in [0, 1) that chose."""

    index: int
    propensities: tuple[float, ...]
    draw: float


def propensities(scores: NDArray[np.float32]) -> Floats:
    """Probability of choosing each candidate from its response probability: softmax of the odds with a floor."""
    chances = np.clip(scores.astype(np.float64), 1e-6, 1 - 1e-6)
    worth = SHARPNESS * np.log(chances / (1 - chances))
    weights = np.exp(worth - worth.max())
    mixed: Floats = (1 - EXPLORATION) * weights / weights.sum() + EXPLORATION / len(weights)
    return mixed


def choose(scores: NDArray[np.float32], draw: float) -> Choice:
    """Takes the candidate at `draw` on the line of propensities, likeliest first: a draw of 0 takes the best."""
    chances = propensities(scores)
    order = np.argsort(-chances, kind="stable")
    place = int(np.searchsorted(np.cumsum(chances[order]), draw, side="right"))
    return Choice(int(order[min(place, len(order) - 1)]), tuple(chances.tolist()), draw)
