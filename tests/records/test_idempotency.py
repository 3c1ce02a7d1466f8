"""Idempotency: one answer to a request that comes twice."""

from datetime import timedelta

import pytest

from domain.errors import KeyReused, StillRunning
from records import idempotency, profiles
from records.database import Database
from records.decisions import Decisions
from records.idempotency import Slot
from records.outcome import Outcome
from records.recall import Recall
from records.vault import Vault
from tests.clock import START
from tests.records.people import always, customer, signed

SLOT = Slot("key-1", "abc", "hash-of-body")
UNTIL = START + timedelta(seconds=5)
LATER = START + timedelta(seconds=6)
DECISIONS = Decisions(Vault(b"m" * 32))


def test_the_first_request_runs_and_the_second_is_told_to_wait(database: Database) -> None:
    assert database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL)) is None
    with pytest.raises(StillRunning) as caught:
        database.write(lambda c: idempotency.begin(c, SLOT, START + timedelta(seconds=2), UNTIL))
    assert caught.value.dead_after == pytest.approx(3)
    assert caught.value.retry_after == 1


def test_a_finished_request_is_answered_with_its_decision(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    database.write(lambda c: DECISIONS.commit(c, "c-1", START, always("d-1"), signed, SLOT))
    assert database.write(lambda c: idempotency.begin(c, SLOT, LATER, LATER)) == "d-1"


def test_another_body_under_the_same_key_is_refused(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    with pytest.raises(KeyReused, match="'abc'"):
        database.write(lambda c: idempotency.begin(c, SLOT._replace(body_hash="other"), LATER, LATER))


def test_keys_of_others_are_other_keys(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    assert database.write(lambda c: idempotency.begin(c, SLOT._replace(scope="key-2"), START, UNTIL)) is None


def test_a_request_that_died_is_taken_over(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    assert database.write(lambda c: idempotency.begin(c, SLOT, LATER, LATER + timedelta(seconds=5))) is None
    with pytest.raises(StillRunning):
        database.write(lambda c: idempotency.begin(c, SLOT, LATER, LATER))


def test_the_slower_of_two_runs_is_answered_with_what_the_faster_decided(database: Database) -> None:
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    database.write(lambda c: idempotency.begin(c, SLOT, LATER, LATER))
    first = database.write(lambda c: DECISIONS.commit(c, "c-1", START, always("fast"), signed, SLOT))

    def never(recall: Recall) -> Outcome:
        raise AssertionError("the second run must not decide")

    assert database.write(lambda c: DECISIONS.commit(c, "c-1", LATER, never, signed, SLOT)) == first


def test_a_failed_request_gives_its_slot_back(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    database.write(lambda c: idempotency.abandon(c, SLOT))
    assert database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL)) is None


def test_a_finished_slot_is_never_given_back(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    database.write(lambda c: idempotency.finish(c, SLOT, "d-1"))
    database.write(lambda c: idempotency.abandon(c, SLOT))
    assert database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL)) == "d-1"


def test_after_a_day_a_key_is_new_again(database: Database) -> None:
    database.write(lambda c: idempotency.begin(c, SLOT, START, UNTIL))
    database.write(lambda c: idempotency.finish(c, SLOT, "d-1"))
    tomorrow = START + timedelta(hours=24, seconds=1)
    assert database.write(lambda c: idempotency.begin(c, SLOT, tomorrow, tomorrow)) is None
    assert database.write(lambda c: idempotency.sweep(c, tomorrow)) == 0
    assert database.write(lambda c: idempotency.sweep(c, tomorrow + timedelta(hours=25))) == 1
