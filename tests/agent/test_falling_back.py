"""Falling back: words that break a rule take their candidate out, and the log stays true to how the choice was made."""

from collections import defaultdict

import pytest

from agent.evidence import Public
from agent.verification import replay, verify
from domain.decision import Decision
from domain.language import Text
from records import catalogue
from tests.agent.stage import COAT, Scenery
from tests.clock import START

HURRIED = Text(ja="今すぐコート", en="act now coat")
HURRYING = COAT.model_copy(update={"id": "hurrying", "name": HURRIED, "facts": {"word": HURRIED}})
"""The house hurries nobody, so that no words for it pass."""
STEPS = 40


@pytest.fixture
def hurrying(stage: Scenery) -> Scenery:
    """The stage with an offer for which no words pass."""
    stage.write(lambda c: catalogue.upsert(c, [HURRYING], START))
    return stage


def public(stage: Scenery, decision: Decision) -> Public:
    """The open part of the record of a decision."""
    stores = stage.parts.stores
    stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
    return Public.model_validate_json(stored.public)


def fallen(stage: Scenery) -> tuple[Decision, Public]:
    """A decision for which the offer without words was drawn first."""
    for step in range(STEPS, 0, -1):
        stage.drawn[:] = [1 - step / STEPS / 20]
        decision = stage.ask("anna", "app", scene="newsletter")
        known = public(stage, decision)
        if known.failed:
            return decision, known
    raise AssertionError("it was never drawn")


def test_what_was_chosen_first_is_told_with_the_rule_that_its_words_broke(hurrying: Scenery) -> None:
    decision, known = fallen(hurrying)
    (setback,) = known.failed
    assert known.candidates[setback.place].offer == "hurrying" and setback.rules == ("no_hurry",)
    (line,) = [line for line in decision.explanation.why_not if "hurrying" in line.candidate]
    assert "chosen first" in line.reason and "act now" in line.reason
    assert decision.message and decision.message.offer and decision.message.offer.id != "hurrying"


def test_such_a_decision_verifies_and_replays_turn_by_turn(hurrying: Scenery) -> None:
    decision, _ = fallen(hurrying)
    stores = hurrying.parts.stores
    assert verify(stores, decision.decision_id).ok
    assert replay(stores, decision.decision_id).same


def test_weighed_by_the_logged_propensities_every_offer_counts_once(hurrying: Scenery) -> None:
    weights: dict[str, float] = defaultdict(float)
    for step in range(STEPS * 10):
        hurrying.drawn[:] = [(step + 0.5) / (STEPS * 10), 0.3]
        decision = hurrying.ask("anna", "app", scene="newsletter")
        known = public(hurrying, decision)
        assert (decision.propensity is None) == bool(known.failed)
        if decision.propensity is not None and known.chosen is not None:
            weights[known.candidates[known.chosen].offer] += 1 / decision.propensity / (STEPS * 10)
    assert set(weights) >= {"coffee", "coat"} and "hurrying" not in weights
    assert all(weight == pytest.approx(1, abs=0.15) for weight in weights.values()), weights
