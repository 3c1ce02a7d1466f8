"""Choice and scoring: probabilities that add up, follow the scores and can be learned from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.choice import EXPLORATION, choose, propensities
from tools.scoring import COLUMNS, KIND_FIT, PriorScorer

scores = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40)


@given(scores, st.floats(0, 1, exclude_max=True))
def test_propensities_are_probabilities_and_follow_the_scores(values: list[float], draw: float) -> None:
    chances = propensities(values)
    places = range(len(values))
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= EXPLORATION / len(values) - 1e-12
    assert all(chances[a] >= chances[b] for a in places for b in places if values[a] > values[b])
    choice = choose(values, draw)
    assert choice == choose(values, draw), "the same draw makes the same choice"
    assert choice.propensities[choice.index] == chances[choice.index]


def test_draws_choose_as_often_as_the_propensities_say() -> None:
    row = [0.3, 0.5, 0.1]
    taken = np.bincount([choose(row, (draw + 0.5) / 10_000).index for draw in range(10_000)], minlength=3) / 10_000
    assert taken == pytest.approx(propensities(row), abs=1e-3)


def test_a_draw_of_zero_takes_the_best_and_ties_the_first() -> None:
    assert choose([0.2, 0.9, 0.4], 0.0).index == 1
    assert choose([0.5, 0.5], 0.0).index == 0


def test_the_scorer_is_a_probability_that_rises_with_each_good_sign() -> None:
    scorer = PriorScorer()
    base = np.full((1, len(COLUMNS)), 0.2, dtype=np.float32)
    plain = float(scorer.score(base)[0])
    for place, name in enumerate(COLUMNS):
        better = base.copy()
        better[0, place] = 0.9
        score = float(scorer.score(better)[0])
        assert 0 < score < 1
        assert (score < plain) if name == "fatigue" else (score > plain)


def test_many_candidates_are_scored_at_once_as_one_by_one() -> None:
    rows = np.random.default_rng(7).random((50, len(COLUMNS)), dtype=np.float32)
    together = PriorScorer().score(rows)
    assert together == pytest.approx([float(PriorScorer().score(row[None])[0]) for row in rows], rel=1e-5)
    assert set(KIND_FIT) == {"product", "coupon", "article", "case_study", "tutorial", "event", "service"}
