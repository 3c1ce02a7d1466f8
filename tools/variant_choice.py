"""Choice of copy: versions that were answered more often are shown more often, and every one keeps a chance.

The propensity of a version is the probability that it is the best of those at hand, given how often each was shown and
answered, with a share spread evenly. It is worked out, not sampled, so that the log holds the true figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.choice import at

Floats = NDArray[np.float64]

EXPLORATION = 0.06
"""Share of choices spread evenly over all versions at hand: no propensity falls below this over their number."""

STRENGTH = 20.0
"""How many showings the common rate of all versions weighs in what is believed of each: a new one starts there."""

STEPS = 512
SPREAD = 8.0
"""Standard deviations around each rate that are looked at."""


@dataclass(frozen=True, slots=True)
class Arm:
    """A version of copy, how often it was shown, and how often that was answered."""

    id: str
    shown: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One arm in the order in which they are tried: its probability among the arms still at hand, and the draw."""

    arm: Arm
    propensity: float
    among: tuple[Arm, ...]
    draw: float
    earlier: int = 0
    """How many arms were tried before it."""


@lru_cache(maxsize=4096)
def propensities(arms: tuple[Arm, ...]) -> tuple[float, ...]:
    """Probability of choosing each arm, in the order given; remembered, since counts move only now and then."""
    if not arms:
        return ()
    floor = EXPLORATION / len(arms)
    return tuple(float((1 - EXPLORATION) * chance + floor) for chance in best_of(arms))


def order(arms: Sequence[Arm], draw: float) -> tuple[Turn, ...]:
    """The arms as they are tried: one is chosen by the draw; where its words do not pass, again among the others."""
    left, turns = tuple(arms), list[Turn]()
    while left:
        choice = at(propensities(left), draw)
        turns.append(Turn(left[choice.index], choice.propensities[choice.index], left, draw, len(turns)))
        left = (*left[: choice.index], *left[choice.index + 1 :])
        # Where the draw lies within that arm's share is as even a draw: the same one would take the same neighbour.
        draw = choice.rest()
    return tuple(turns)


def best_of(arms: Sequence[Arm]) -> Floats:
    """The probability of each arm to have the highest rate of answers."""
    shown = np.array([arm.shown for arm in arms], dtype=np.float64)
    answered = np.minimum(np.array([arm.answered for arm in arms], dtype=np.float64), shown)
    common = (answered.sum() + 1) / (shown.sum() + STRENGTH)
    yes = answered + STRENGTH * common
    no = shown - answered + STRENGTH * (1 - common)
    angles = _angles(yes, no)
    density = _densities(yes, no, angles)
    # A tie on a step is shared: half of a step counts as below it.
    below = np.cumsum(density, axis=1) - density / 2
    wins = np.array([(density[i] * np.delete(below, i, axis=0).prod(axis=0)).sum() for i in range(len(arms))])
    return np.asarray(wins / wins.sum())


def _angles(yes: Floats, no: Floats) -> Floats:
    """Steps over all rates that are worth a look, as angles: there every rate is about as wide as any other."""
    middle = np.arcsin(np.sqrt(yes / (yes + no)))
    width = SPREAD / (2 * np.sqrt(yes + no))
    low, high = max(float((middle - width).min()), 1e-4), min(float((middle + width).max()), np.pi / 2 - 1e-4)
    return np.linspace(low, high, STEPS)


def _densities(yes: Floats, no: Floats, angles: Floats) -> Floats:
    """What is believed of each rate, on the steps, adding up to 1 for each arm."""
    # A rate of sin² turns the Beta density into sin^(2a-1) cos^(2b-1).
    logs = np.outer(2 * yes - 1, np.log(np.sin(angles))) + np.outer(2 * no - 1, np.log(np.cos(angles)))
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
