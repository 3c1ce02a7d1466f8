"""Many asks at once for one customer: the cap holds exactly, and every hold says which rule and when."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from agent.rulebook import put_in_force
from domain.decision import Decision, Who
from domain.features import Features
from policies.document import read_playbook
from records import profiles
from records.recall import recall
from tests.agent.stage import Scenery, question, run, set_up
from tests.clock import START, FrozenClock
from tests.policies.examples import rules_of

AT_ONCE = 64


def test_of_64_asks_at_once_one_is_a_message_and_63_name_the_rule_and_when(stage_on_both: Scenery) -> None:
    async def all_at_once() -> list[Decision]:
        asks = [question("anna", "push", deadline_ms=60_000) for _ in range(AT_ONCE)]
        answers = await asyncio.gather(
            *(stage_on_both.parts.conductor.next_message(ask, language="en") for ask in asks)
        )
        return [answer.decision for answer in answers]

    decisions = run(all_at_once())
    holds = [decision.hold for decision in decisions if decision.hold]
    assert len(decisions) - len(holds) == 1
    assert all(any(reason.type in {"frequency_cap", "min_gap"} for reason in hold.reasons) for hold in holds)
    assert all(hold.retry_at and hold.retry_at > START for hold in holds)
    assert "skip" not in {hold.then for hold in holds}
    recorded = stage_on_both.parts.stores.read(lambda c: recall(c, Who(id="anna"), START))
    assert recorded is not None and len(recorded.record.contacts) == 1


def test_a_slot_that_was_released_is_free_again(stage: Scenery) -> None:
    first = stage.ask("anna", "push")
    assert stage.ask("anna", "push").outcome == "hold"
    assert run(stage.parts.delivery.release(first.decision_id, "the device is gone"))
    assert stage.ask("anna", "push").outcome == "message"
    assert not run(stage.parts.delivery.release(first.decision_id, "again"))


def test_the_time_a_hold_names_is_the_time_it_ends(stage: Scenery) -> None:
    stage.ask("anna", "push")
    hold = stage.ask("anna", "push").hold
    assert hold and hold.retry_at
    stage.clock.set(hold.retry_at - timedelta(seconds=1))
    assert stage.ask("anna", "push").outcome == "hold"
    stage.clock.set(hold.retry_at)
    assert stage.ask("anna", "push").outcome == "message"


def test_rules_that_change_between_deciding_and_committing_start_the_walk_again(stage: Scenery) -> None:
    stores = stage.parts.stores
    stage.ask("anna", "app")
    put_in_force(stores, read_playbook(), "Author", "Approver", "the same rules again", START)
    assert stage.ask("anna", "app").policy_version == 2


def bought(stage: Scenery) -> None:
    """Anna orders something."""
    stage.write(lambda c: profiles.save_features(c, [("anna", Features(orders=13, ordered_at=START))], START))


def withdrew(stage: Scenery) -> None:
    """Anna takes her consent back."""
    stage.consent("anna", "email", False)


def quiet_after_an_order(stage: Scenery) -> None:
    """Nothing goes to whoever ordered within a week."""
    (rule,) = rules_of({"type": "audience_exclusion", "audience": {"days_since_order": {"below": 7}}})
    playbook = read_playbook()
    put_in_force(
        stage.parts.stores,
        playbook.model_copy(update={"rules": (*playbook.rules, rule)}),
        "Author",
        "Approver",
        "quiet after an order",
        START,
    )
    never = Features(ordered_at=START - timedelta(days=30), orders=12)
    stage.write(lambda c: profiles.save_features(c, [("anna", never)], START))


@pytest.mark.parametrize(("happens", "kind"), [(bought, "audience_exclusion"), (withdrew, "consent")])
def test_what_happens_between_reading_and_committing_counts(
    tmp_path: Path, clock: FrozenClock, happens: Callable[[Scenery], None], kind: str
) -> None:
    now: list[Callable[[], None]] = []
    stage = set_up(tmp_path, clock, meanwhile=lambda: now.pop()() if now else None)
    try:
        quiet_after_an_order(stage)
        assert stage.ask("anna", "email", dry_run=True).outcome == "message"
        now.append(lambda: happens(stage))
        decision = stage.ask("anna", "email")
        assert decision.hold and [reason.type for reason in decision.hold.reasons] == [kind]
    finally:
        stage.parts.close()


def test_an_order_after_the_decision_counts_when_it_is_delivered(stage_on_both: Scenery) -> None:
    quiet_after_an_order(stage_on_both)
    decision = stage_on_both.ask("anna", "email")
    assert decision.outcome == "message"
    bought(stage_on_both)
    again = run(stage_on_both.parts.delivery.deliver(decision.decision_id, language="en"))
    assert again.hold and again.hold.reasons[0].type == "audience_exclusion"
    assert again.hold.retry_at == START + timedelta(days=7)
