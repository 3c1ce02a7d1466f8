"""Choice: one candidate of many, at random in proportion to its worth, so that the log can be learned from."""

from collections.abc import Sequence

from domain.frozen import value

LEAST, MOST = 1e-6, 1 - 1e-6
"""Scores are kept this far from 0 and 1, where odds end."""

SHARPNESS = 4.0
"""Inverse temperature on the odds: twice the odds are chosen sixteen times as often."""

EXPLORATION = 0.04
"""Share of choices spread evenly over all candidates: no propensity falls below this over their number."""


@value()
class Choice:
    """The index chosen, every candidate's propensity, and the draw in [0, 1) that chose."""

    index: int
    propensities: tuple[float, ...]
    draw: float

    def rest(self) -> float:
        """Where the draw lies within the candidate's own share: as even a draw, for what is chosen after it."""
        start = sum(self.propensities[place] for place in likeliest(self.propensities)[: self._turn()])
        return min(max((self.draw - start) / self.propensities[self.index], 0.0), MOST)

    def _turn(self) -> int:
        return likeliest(self.propensities).index(self.index)


def propensities(scores: Sequence[float]) -> list[float]:
    """Probability of choosing each candidate from its response probability: softmax of its log odds, with a floor."""
    chances = [LEAST if score < LEAST else MOST if score > MOST else score for score in scores]
    weights = [(chance / (1 - chance)) ** SHARPNESS for chance in chances]
    total, floor, shared = sum(weights), EXPLORATION / len(weights), 1 - EXPLORATION
    return [shared * weight / total + floor for weight in weights]


def choose(scores: Sequence[float], draw: float) -> Choice:
    """One of the candidates by their propensities."""
    return at(propensities(scores), draw)


def at(chances: Sequence[float], draw: float) -> Choice:
    """The candidate at `draw` on the line of chances, likeliest first: a draw of 0 takes the best."""
    end = 0.0
    for chosen in likeliest(chances):
        end += chances[chosen]
        if draw < end:
            break
    return Choice(chosen, tuple(chances), draw)


def likeliest(chances: Sequence[float]) -> list[int]:
    """The places of the chances, the likeliest first."""
    return sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
