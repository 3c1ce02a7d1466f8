"""One request, one decision: however often it is sent, and whatever happens in between."""

import pytest

from domain.decision import Decision
from domain.errors import KeyReused, NotFound, StillRunning
from records import idempotency
from records.idempotency import Slot
from tests.agent.stage import Scenery, question, run
from tests.clock import START

KEY = Slot("key-1", "order-17", "hash-of-body")


def asked(stage: Scenery, slot: Slot = KEY, channels: str = "push") -> tuple[Decision, bool]:
    """The answer under a key, and whether it was given before."""
    answer = run(stage.parts.conductor.next_message(question("anna", channels), language="en", slot=slot))
    return answer.decision, answer.replayed


def test_the_same_request_gets_the_same_decision(stage_on_both: Scenery) -> None:
    first, fresh = asked(stage_on_both)
    again, replayed = asked(stage_on_both)
    assert (fresh, replayed) == (False, True)
    assert again == first


def test_another_body_under_the_same_key_is_refused(stage: Scenery) -> None:
    asked(stage)
    with pytest.raises(KeyReused, match="order-17"):
        asked(stage, KEY._replace(body_hash="another"))


def test_a_first_request_that_has_not_finished_is_waited_for_until_its_deadline(stage: Scenery) -> None:
    until = START.replace(minute=1)
    stage.write(lambda c: idempotency.begin(c, KEY, START, until))
    with pytest.raises(StillRunning):
        asked(stage)
    stage.clock.set(until.replace(minute=2))
    decision, replayed = asked(stage)
    assert (decision.outcome, replayed) == ("message", False)


def test_what_is_no_longer_permitted_is_a_hold_under_the_same_id(stage: Scenery) -> None:
    first, _ = asked(stage)
    stage.consent("anna", "push", granted=False)
    again, replayed = asked(stage)
    assert replayed and again.decision_id == first.decision_id
    assert again.hold and again.hold.reasons[0].type == "consent"


def test_words_that_have_expired_are_not_handed_out_again(stage: Scenery) -> None:
    first, _ = asked(stage)
    assert first.valid_until
    stage.clock.set(first.valid_until)
    again, _ = asked(stage)
    assert again.hold and again.hold.reasons[0].type == "expired"


def test_a_hold_is_repeated_as_it_was(stage: Scenery) -> None:
    stage.consent("anna", "push", granted=False)
    first, _ = asked(stage)
    stage.consent("anna", "push", granted=True)
    assert asked(stage) == (first, True)


def test_a_request_that_failed_leaves_its_key_free(stage: Scenery) -> None:
    with pytest.raises(NotFound):
        run(stage.parts.conductor.next_message(question("nobody", "push"), language="en", slot=KEY))
    assert asked(stage)[1] is False
