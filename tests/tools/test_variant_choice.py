"""How a text is chosen among several: the sums hold for any counts, and what is learned is acted on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.choice import choose
from tools.variant_choice import EXPLORATION, Arm, order, propensities

counts = st.integers(0, 2_000_000)
arms_of_any_kind = st.lists(st.tuples(counts, counts), min_size=1, max_size=8).map(
    lambda pairs: tuple(Arm(f"v-{n}", shown, answered) for n, (shown, answered) in enumerate(pairs))
)
draws = st.floats(0, 1, exclude_max=True)


@given(arms_of_any_kind)
def test_propensities_are_a_distribution_with_a_floor(arms: tuple[Arm, ...]) -> None:
    chances = propensities(arms)
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= EXPLORATION / len(arms) - 1e-12


@given(arms_of_any_kind, draws)
def test_every_arm_is_tried_once_with_its_propensity_among_those_left(arms: tuple[Arm, ...], draw: float) -> None:
    turns = order(arms, draw)
    assert {turn.arm for turn in turns} == set(arms)
    for place, turn in enumerate(turns):
        assert set(turn.among) == {later.arm for later in turns[place:]}
        assert turn.propensity == propensities(turn.among)[turn.among.index(turn.arm)]
        assert order(turn.among, turn.draw)[0].arm == turn.arm and turn.earlier == place


@given(arms_of_any_kind)
def test_the_order_of_the_arms_changes_no_propensity(arms: tuple[Arm, ...]) -> None:
    assert propensities(arms[::-1]) == pytest.approx(propensities(arms)[::-1])


def test_nothing_known_is_an_even_choice() -> None:
    assert propensities(tuple(map(Arm, "abc"))) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_more_answers_win_surely_with_more_evidence() -> None:
    for scale, least in ((1, 0.5), (10, 0.7), (100, 0.95)):
        better, worse = Arm("better", 100 * scale, 6 * scale), Arm("worse", 100 * scale, 4 * scale)
        assert propensities((worse, better))[1] > least


def test_a_new_text_is_tried_beside_an_old_one() -> None:
    old, new = propensities((Arm("old", 1000, 50), Arm("new")))
    assert 0.25 < new < 0.75 and old + new == pytest.approx(1)


def test_the_share_of_draws_is_the_propensity() -> None:
    arms = (Arm("a", 300, 20), Arm("b", 300, 26), Arm("c", 10, 0))
    firsts = [order(arms, (step + 0.5) / 2000)[0] for step in range(2000)]
    for arm, chance in zip(arms, propensities(arms), strict=True):
        share = sum(turn.arm == arm for turn in firsts) / 2000
        assert share == pytest.approx(chance, abs=0.001)


def test_the_rest_of_a_draw_is_as_even_as_the_draw() -> None:
    found: dict[int, list[float]] = {}
    for step in range(4000):
        choice = choose([0.1, 0.3, 0.2], (step + 0.5) / 4000)
        found.setdefault(choice.index, []).append(choice.rest())
    for rests in found.values():
        assert min(rests) >= 0 and max(rests) < 1
        assert sum(rests) / len(rests) == pytest.approx(0.5, abs=0.01)
    assert choose([0.1, 0.3, 0.2], 0.0).rest() == 0.0


def test_after_one_that_does_not_pass_the_others_keep_their_shares() -> None:
    arms = (Arm("a", 300, 20), Arm("b", 300, 26), Arm("c", 10, 0))
    turns = [order(arms, (step + 0.5) / 20_000) for step in range(20_000)]
    after = [turn[1] for turn in turns if turn[0].arm.id == "b"]
    for arm, chance in zip((arms[0], arms[2]), propensities((arms[0], arms[2])), strict=True):
        assert sum(turn.arm == arm for turn in after) / len(after) == pytest.approx(chance, abs=0.001)
