"""The stop switch: at once, whole or in part, for asks, deliveries and repeated requests alike."""

import pytest

from domain.channel import Channel
from domain.stop import Stop
from records import stops
from tests.agent.stage import Scenery, run
from tests.clock import START


def pull(stage: Scenery, **scope: object) -> None:
    """Pulls the switch."""
    stop = Stop.model_validate({"id": "stop-1", "reason": "wrong price", "by": "Author", "at": START, **scope})
    stage.write(lambda c: stops.add(c, stop))


@pytest.mark.parametrize(
    ("scope", "app", "web"),
    [
        ({}, "hold", "hold"),
        ({"channel": "app"}, "hold", "message"),
        ({"scene": "newsletter"}, "message", "message"),
        ({"region": "東京都"}, "hold", "hold"),
    ],
    ids=["whole", "one channel", "another scene", "a region, and the customer's is unknown"],
)
def test_a_stop_silences_what_it_covers(stage: Scenery, scope: dict[str, str], app: str, web: str) -> None:
    pull(stage, **scope)
    assert (stage.ask("anna", "app").outcome, stage.ask("anna", "web").outcome) == (app, web)


def test_a_stop_names_its_reason_in_both_languages(stage: Scenery) -> None:
    pull(stage)
    assert "wrong price" in stage.ask("anna", "app").explanation.summary
    assert "緊急停止中" in stage.ask("anna", "app", language="ja").explanation.summary


def test_what_was_decided_before_the_stop_is_not_delivered(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    pull(stage, channel=Channel.EMAIL)
    handed = run(stage.parts.delivery.deliver(decision.decision_id, language="en"))
    assert handed.hold and handed.hold.reasons[0].type == "stop"


def test_a_lifted_stop_silences_nothing(stage: Scenery) -> None:
    pull(stage)
    stage.write(lambda c: stops.lift(c, "stop-1", "Approver", START))
    assert stage.ask("anna", "app").outcome == "message"


def test_a_stop_of_one_channel_leaves_the_others_to_answer(stage: Scenery) -> None:
    pull(stage, channel="email")
    decision = stage.ask("anna", "email app")
    assert decision.message and decision.message.channel is Channel.APP
