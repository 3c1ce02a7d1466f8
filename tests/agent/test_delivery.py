"""Delivery: nothing leaves that is not permitted now, and nothing but what was sealed."""

from datetime import date, timedelta

import pytest

from agent.evidence import unpack
from domain.channel import Channel
from domain.decision import Decision
from domain.envelope import Envelope
from domain.errors import NotPermitted, SealBroken
from records import catalogue
from records.outcome import Stored
from tests.agent.stage import COFFEE, Scenery, run
from tests.clock import START


def delivered(stage: Scenery, decision_id: str) -> Decision:
    """What the deliver station answers."""
    return run(stage.parts.delivery.deliver(decision_id, language="en"))


def envelope_of(stage: Scenery, decision_id: str) -> tuple[Stored, Envelope]:
    """The sealed envelope of a stored decision."""
    stores = stage.parts.stores
    stored = stores.read(lambda c: stores.decisions.get(c, decision_id))
    assert stored.personal is not None
    envelope = unpack(stored.personal).envelope
    assert envelope is not None
    return stored, envelope


def test_a_message_is_handed_over_as_it_was_sealed(stage_on_both: Scenery) -> None:
    decision = stage_on_both.ask("anna", "email")
    handed = delivered(stage_on_both, decision.decision_id)
    assert (handed.outcome, handed.message) == ("message", decision.message)
    assert delivered(stage_on_both, decision.decision_id).message == decision.message


def test_a_consent_withdrawn_after_the_decision_stops_it(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    stage.consent("anna", "email", granted=False)
    handed = delivered(stage, decision.decision_id)
    assert handed.decision_id == decision.decision_id
    assert handed.hold and handed.hold.reasons[0].type == "consent"


def test_expired_words_are_written_again_from_todays_facts(stage: Scenery) -> None:
    decision = stage.ask("anna", "email", scene="replenishment")
    assert decision.valid_until
    stage.clock.set(decision.valid_until + timedelta(minutes=1))
    handed = delivered(stage, decision.decision_id)
    assert handed.outcome == "message" and handed.valid_until and handed.valid_until > decision.valid_until


@pytest.mark.parametrize("end", ["removed", "sold out", "over"])
def test_an_offer_that_is_gone_is_not_delivered(stage: Scenery, end: str) -> None:
    decision = stage.ask("anna", "email", scene="replenishment")
    over: dict[str, dict[str, object]] = {
        "sold out": {"in_stock": False},
        "over": {"valid_until": date(2026, 11, 23)},
    }
    if end == "removed":
        stage.write(lambda c: catalogue.remove(c, COFFEE.id))
    else:
        stage.write(lambda c: catalogue.upsert(c, [COFFEE.model_copy(update=over[end])], START))
    handed = delivered(stage, decision.decision_id)
    assert handed.hold and handed.hold.reasons[0].type == "no_offer"


def test_what_was_reported_as_not_sent_is_not_delivered(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    run(stage.parts.delivery.release(decision.decision_id, "bounced before sending"))
    handed = delivered(stage, decision.decision_id)
    assert handed.hold and handed.hold.reasons[0].type == "released"


def test_a_message_for_a_better_hour_comes_without_copy_until_then(stage: Scenery) -> None:
    stage.clock.move(timedelta(hours=-1))
    decision = stage.ask("anna", "email", scene="newsletter")
    assert decision.outcome == "message" and decision.message is None
    assert decision.send_at and decision.send_at > stage.clock.now() + timedelta(minutes=15)
    early = delivered(stage, decision.decision_id)
    assert early.hold and early.hold.reasons[0].type == "too_early" and early.hold.retry_at == decision.send_at
    stage.clock.set(decision.send_at)
    handed = delivered(stage, decision.decision_id)
    assert handed.message and handed.message.subject
    assert stage.ask("anna", "email").outcome == "hold", "the promise counts from the moment it is made"


def test_a_key_limited_to_other_channels_cannot_deliver(stage: Scenery) -> None:
    decision = stage.ask("anna", "email")
    allowed = frozenset({Channel.PUSH})
    with pytest.raises(NotPermitted):
        run(stage.parts.delivery.deliver(decision.decision_id, language="en", channels=allowed))


def test_a_hold_is_delivered_as_the_hold_it_is(stage: Scenery) -> None:
    decision = stage.ask("silent", "email")
    assert delivered(stage, decision.decision_id) == decision


@pytest.mark.parametrize("change", ["digest", "customer", "message", "seal", "expired"])
def test_a_forged_copied_altered_or_old_envelope_is_refused(stage: Scenery, change: str) -> None:
    decision = stage.ask("anna", "email")
    stored, envelope = envelope_of(stage, decision.decision_id)
    message = envelope.message.model_copy(update={"subject": "90% off"})
    altered = {
        "digest": envelope.model_copy(update={"digest": message.digest(), "message": message}),
        "customer": envelope.model_copy(update={"customer_id": "hana"}),
        "message": envelope.model_copy(update={"message": message}),
        "seal": envelope.model_copy(update={"seal": "0" * 64}),
        "expired": envelope,
    }[change]
    now = envelope.valid_until if change == "expired" else START
    with pytest.raises(SealBroken, match=stored.decision_id):
        stage.parts.stores.seal.open(altered, decision_id=stored.decision_id, customer_id="anna", now=now)


def test_an_envelope_of_another_decision_is_refused(stage: Scenery) -> None:
    one, other = stage.ask("anna", "app"), stage.ask("anna", "web")
    _, envelope = envelope_of(stage, one.decision_id)
    with pytest.raises(SealBroken):
        stage.parts.stores.seal.open(envelope, decision_id=other.decision_id, customer_id="anna", now=START)
