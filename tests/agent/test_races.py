"""Many asks at once for one customer: the cap holds exactly, and every hold says which rule and when."""

import asyncio
from datetime import timedelta

from agent.rulebook import put_in_force
from domain.decision import Decision, Who
from policies.document import read_playbook
from records.recall import recall
from tests.agent.stage import Scenery, question, run
from tests.clock import START

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
