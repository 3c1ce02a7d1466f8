"""Decisions: commit, delivery, release and what is kept."""

from datetime import timedelta

import pytest

from domain.channel import Channel
from domain.errors import Malformed, NotFound
from records import profiles
from records.connection import Connection
from records.database import Database
from records.decisions import Decisions
from records.outcome import Outcome, Stored
from records.page import place
from records.recall import Recall
from records.vault import Vault
from tests.clock import START
from tests.records.people import always, customer, holds, once_a_week, promise, same_again, sends, signed

VAULT = Vault(b"m" * 32)
DECISIONS = Decisions(VAULT)
DAY = timedelta(days=1)


@pytest.fixture
def shop(database: Database) -> Database:
    """A database with two customers."""
    database.write(lambda c: profiles.upsert(c, [customer("c-1"), customer("c-2")], START))
    return database


def commit(shop: Database, id: str, customer_id: str = "c-1", days: float = 0) -> Outcome:
    """Decides with a cap of one a week."""
    at = START + timedelta(days=days)
    return shop.write(lambda c: DECISIONS.commit(c, customer_id, at, once_a_week(id, at), signed))


def test_a_decision_comes_back_as_it_was_committed(shop: Database) -> None:
    assert commit(shop, "d-1") == sends("d-1")
    stored = shop.read(lambda c: DECISIONS.get(c, "d-1"))
    assert stored.again() == sends("d-1")
    assert stored.customer_id == "c-1"
    assert stored.seal == signed(stored.sealed_bytes())
    assert "秘密".encode() not in stored.ciphertext
    with pytest.raises(NotFound, match="decision 'd-9'"):
        shop.read(lambda c: DECISIONS.get(c, "d-9"))


def test_a_promise_counts_for_the_next_decision_about_the_same_customer(shop: Database) -> None:
    assert commit(shop, "d-1").outcome == "message"
    assert commit(shop, "d-2", days=6.9).outcome == "hold"
    assert commit(shop, "d-3", "c-2").outcome == "message"
    assert commit(shop, "d-4", days=7).outcome == "message"
    assert shop.read(lambda c: DECISIONS.get(c, "d-2")).contact is None


def test_nobody_decides_about_somebody_unknown(shop: Database) -> None:
    with pytest.raises(NotFound, match="customer 'c-9'"):
        commit(shop, "d-1", "c-9")


def test_a_judge_that_fails_leaves_nothing_behind(shop: Database) -> None:
    def broken(recall: Recall) -> Outcome:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shop.write(lambda c: DECISIONS.commit(c, "c-1", START, broken, signed))
    with pytest.raises(NotFound):
        shop.read(lambda c: DECISIONS.get(c, "d-1"))


def test_a_released_promise_counts_no_more(shop: Database) -> None:
    commit(shop, "d-1")
    assert shop.write(lambda c: DECISIONS.release(c, "d-1", "bounced", START)) is True
    assert shop.write(lambda c: DECISIONS.release(c, "d-1", "bounced", START)) is False
    stored = shop.read(lambda c: DECISIONS.get(c, "d-1"))
    assert stored.contact == promise("d-1").model_copy(update={"state": "released"})
    assert stored.released_because == "bounced"
    assert commit(shop, "d-2").outcome == "message"


def test_a_hold_has_nothing_to_release(shop: Database) -> None:
    shop.write(lambda c: DECISIONS.commit(c, "c-1", START, lambda _: holds("d-1"), signed))
    assert shop.write(lambda c: DECISIONS.release(c, "d-1", "no", START)) is False
    with pytest.raises(NotFound):
        shop.write(lambda c: DECISIONS.release(c, "d-9", "no", START))


def deliver(shop: Database, id: str) -> Outcome:
    """Hands over what was decided, if it still may be."""
    return shop.write(lambda c: DECISIONS.deliver(c, id, START + DAY, same_again, signed))


def test_a_delivery_does_not_count_against_itself(shop: Database) -> None:
    commit(shop, "d-1")
    assert deliver(shop, "d-1").outcome == "message"
    assert deliver(shop, "d-1").outcome == "message"
    stored = shop.read(lambda c: DECISIONS.get(c, "d-1"))
    assert stored.contact == promise("d-1").model_copy(update={"state": "delivered"})
    handed = shop.read(lambda c: DECISIONS.deliveries(c, "d-1"))
    assert [one.outcome for one in handed] == ["message", "message"]
    assert handed[0].personal == sends("d-1").personal
    assert handed[0].seal == signed(handed[0].sealed_bytes())


def test_a_delivery_that_is_held_keeps_its_promise(shop: Database) -> None:
    """An earlier answer may have reached the customer, so it still counts."""
    commit(shop, "d-1")
    shop.write(lambda c: DECISIONS.commit(c, "c-1", START, always("d-2"), signed))
    assert deliver(shop, "d-1").outcome == "hold"
    assert shop.read(lambda c: DECISIONS.get(c, "d-1")).contact == promise("d-1")
    assert commit(shop, "d-3").outcome == "hold"
    with pytest.raises(NotFound, match="decision 'd-9'"):
        deliver(shop, "d-9")


def test_what_was_handed_over_is_kept_beside_what_was_decided(shop: Database) -> None:
    commit(shop, "d-1")
    later = Outcome("d-1", START + DAY, "message", Channel.PUSH, 4, promise("d-1", START + DAY), "{}", b"other words")

    def reword(recall: Recall, stored: Stored) -> Outcome:
        assert stored.again() == sends("d-1")
        assert recall.record.contacts == ()
        return later

    shop.write(lambda c: DECISIONS.deliver(c, "d-1", START + DAY, reword, signed))
    assert shop.read(lambda c: DECISIONS.get(c, "d-1")).personal == sends("d-1").personal
    handed = shop.read(lambda c: DECISIONS.deliveries(c, "d-1"))
    assert [(one.channel, one.policy_version, one.personal) for one in handed] == [(Channel.PUSH, 4, b"other words")]
    assert shop.read(lambda c: DECISIONS.get(c, "d-1")).contact == promise("d-1", START + DAY).model_copy(
        update={"state": "delivered"}
    )
    assert shop.read(lambda c: DECISIONS.deliveries(c, "d-9")) == ()


def test_after_the_key_is_destroyed_the_seal_still_holds_and_nothing_personal_is_left(shop: Database) -> None:
    commit(shop, "d-1")
    shop.write(lambda c: VAULT.destroy(c, "c-1"))
    stored = shop.read(lambda c: DECISIONS.get(c, "d-1"))
    assert stored.personal is None
    assert stored.seal == signed(stored.sealed_bytes())


def test_pages_show_every_decision_once_and_the_newest_first(shop: Database) -> None:
    def many(c: Connection) -> None:
        for number in range(7):
            at = START + timedelta(days=number // 2)
            DECISIONS.commit(c, "c-1", at, always(f"d-{number}", at), signed)

    shop.write(many)
    commit(shop, "other", "c-2")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = shop.read(lambda c, cursor=cursor: DECISIONS.of_customer(c, "c-1", 3, cursor))  # type: ignore[misc]  # mypy cannot type a default
        seen += [one.decision_id for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == ["d-6", "d-5", "d-4", "d-3", "d-2", "d-1", "d-0"]


@pytest.mark.parametrize("cursor", ["", "x", "１:d", "99999999999999999999:d"])
def test_a_cursor_of_ones_own_making_is_refused(cursor: str) -> None:
    with pytest.raises(Malformed, match="take it from `next`"):
        place(cursor)
