"""The reserve: what is kept back of a deadline follows what the steps after a model lately took."""

import pytest

from agent.reserve import FIRST, HEADROOM, LEAST, MOST, REMEMBERED, Reserve


def test_before_anything_was_measured_it_is_a_fixed_share() -> None:
    assert Reserve().of(1.0) == FIRST


@pytest.mark.parametrize(("took", "kept"), [(0.001, LEAST), (0.1, 0.1 * HEADROOM), (9.0, MOST)])
def test_it_is_a_little_more_than_the_longest_and_never_all(took: float, kept: float) -> None:
    reserve = Reserve()
    for seconds in (0.0, took, 0.001):
        reserve.note(seconds)
    assert reserve.of(1.0) == pytest.approx(kept)


def test_what_is_long_ago_is_forgotten() -> None:
    reserve = Reserve()
    reserve.note(5.0)
    for _ in range(REMEMBERED):
        reserve.note(0.03)
    assert reserve.of(10.0) == pytest.approx(0.03 * HEADROOM)
