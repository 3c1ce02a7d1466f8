"""Tallies: what many customers share is taken once each, given back once, and never more than there is."""

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.charge import Charge
from domain.clock import to_micros
from domain.decision import Who
from domain.errors import Malformed, Unavailable
from records import contacts, postgresql, profiles, tallies
from records.connection import Connection
from records.database import Database, open_database
from records.outcome import Judge, Outcome, Rejudge, Stored
from records.recall import Recall, blank, recall
from tests.clock import START
from tests.records.databases import migrated
from tests.records.loads import DECISIONS, spend_from_a_process
from tests.records.people import customer, holds, sends, signed, spends

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
PEOPLE = 64
TONIGHT = to_micros(START + timedelta(hours=14))
MONTH = Charge("budget|2026-11-01", Decimal("12.5"), to_micros(START + 7 * DAY))
EVER = Charge("volume|total", Decimal(1))


@pytest.fixture
def shop(database: Database) -> Database:
    """A database with many customers."""
    database.write(lambda c: profiles.upsert(c, [customer(f"c-{number}") for number in range(PEOPLE)], START))
    return database


def used(shop: Database) -> dict[str, Decimal]:
    """What stands on every tally."""
    return shop.read(tallies.standing)


def commit(shop: Database, id: str, judge: Judge, customer_id: str = "c-0") -> Outcome:
    """Decides with that judge."""
    return shop.write(lambda c: DECISIONS.commit(c, customer_id, START, judge, signed))


def consistent(shop: Database) -> bool:
    """Whether every tally is the sum of its charges."""
    held: dict[str, Decimal] = {}
    for _, charge in shop.read(tallies.holdings):
        held[charge.key] = held.get(charge.key, Decimal(0)) + charge.amount
    return {key: amount for key, amount in used(shop).items() if amount} == held


def test_what_a_message_adds_is_seen_by_the_next_decision(shop: Database) -> None:
    assert commit(shop, "d-1", spends("d-1", 20, MONTH, EVER)).outcome == "message"
    assert used(shop) == {MONTH.key: Decimal("12.5"), EVER.key: Decimal(1)}
    seen = shop.read(lambda c: recall(c, Who(id="c-1"), START))
    assert seen is not None and seen.tallies == used(shop)
    assert commit(shop, "d-2", spends("d-2", 20, MONTH), "c-1").outcome == "hold"
    assert shop.read(lambda c: tallies.charged(c, "d-1")) == (MONTH, EVER)
    assert shop.read(lambda c: tallies.charged(c, "d-2")) == ()
    assert consistent(shop)


def test_a_period_that_is_over_is_not_read(shop: Database) -> None:
    commit(shop, "d-1", spends("d-1", 20, MONTH, EVER))
    later = START + 7 * DAY
    seen = shop.read(lambda c: recall(c, Who(id="c-1"), later))
    nobody = shop.read(lambda c: blank(c, customer("c-x"), later))
    assert seen is not None and set(seen.tallies) == set(nobody.tallies) == {EVER.key}


def test_a_release_gives_back_once_and_what_is_free_is_used_again(shop: Database) -> None:
    commit(shop, "d-1", spends("d-1", 20, MONTH, EVER))
    assert commit(shop, "d-2", spends("d-2", 20, MONTH)).outcome == "hold"
    assert shop.write(lambda c: DECISIONS.release(c, "d-1", "bounced", START))
    assert not shop.write(lambda c: DECISIONS.release(c, "d-1", "bounced", START))
    assert set(used(shop).values()) == {Decimal(0)} and consistent(shop)
    assert commit(shop, "d-3", spends("d-3", 20, MONTH)).outcome == "message"
    assert used(shop)[MONTH.key] == MONTH.amount


def test_many_releases_of_one_decision_at_once_give_back_once(shop: Database) -> None:
    commit(shop, "d-1", spends("d-1", 20, MONTH))
    commit(shop, "d-2", spends("d-2", 30, MONTH), "c-1")
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: shop.write(lambda c: DECISIONS.release(c, "d-1", "no", START)), range(8)))
    assert done.count(True) == 1 and used(shop) == {MONTH.key: MONTH.amount} and consistent(shop)


@pytest.mark.parametrize("charges", [(EVER,), (MONTH,), (EVER, MONTH)], ids=["volume", "budget", "both"])
def test_of_64_at_once_exactly_as_many_as_fit_get_something(shop: Database, charges: Sequence[Charge]) -> None:
    """Ten fit, each for another customer, so that nothing but the tallies stands between them."""

    def ask(number: int) -> str:
        most = {EVER.key: Decimal(10), MONTH.key: Decimal("125.4")}
        judge = spends(f"d-{number}", most, *charges)
        return commit(shop, f"d-{number}", judge, f"c-{number}").outcome

    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = list(pool.map(ask, range(PEOPLE)))
    assert outcomes.count("message") == 10
    assert used(shop) == {charge.key: charge.amount * 10 for charge in charges} and consistent(shop)


def test_tallies_named_in_any_order_block_nobody_for_ever(shop: Database) -> None:
    several = [Charge(f"rule-{number}|total", Decimal(1)) for number in range(6)]

    def ask(number: int) -> str:
        mine = random.Random(number).sample(several, k=4)
        outcome = commit(shop, f"d-{number}", spends(f"d-{number}", 1000, *mine), f"c-{number % PEOPLE}")
        if number % 3 == 0:
            shop.write(lambda c: DECISIONS.release(c, f"d-{number}", "no", START))
        return outcome.outcome

    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(ask, range(192))) == {"message"}
    assert consistent(shop) and sum(used(shop).values()) == 4 * 128


def test_processes_share_a_tally(shop: Database, database_url: str) -> None:
    processes = 4
    with ProcessPoolExecutor(processes) as pool:
        said = pool.map(spend_from_a_process, [database_url] * processes, range(processes), [16] * processes)
        outcomes = [outcome for outcomes in said for outcome in outcomes]
    assert (len(outcomes), outcomes.count("message")) == (64, 10)
    assert used(shop) == {"volume|total": Decimal(10)} and consistent(shop)


def test_a_judge_that_fails_takes_nothing(shop: Database) -> None:
    def broken(current: Recall) -> Outcome:
        if current.tallies:
            raise ZeroDivisionError
        return sends("d-1")

    commit(shop, "d-0", spends("d-0", 20, MONTH))
    with pytest.raises(ZeroDivisionError):
        commit(shop, "d-1", broken)
    with pytest.raises(Malformed, match="a tally"):
        commit(shop, "d-1", spends("d-1", 10**20, Charge("volume|total", Decimal(10**15))))
    assert used(shop) == {MONTH.key: MONTH.amount} and consistent(shop)


def test_a_fraction_of_a_millionth_counts_as_a_whole_one(shop: Database) -> None:
    thin = Charge("thin|total", Decimal("0.0000001"))
    for number in range(3):
        commit(shop, f"d-{number}", spends(f"d-{number}", 1, thin))
    assert used(shop) == {thin.key: Decimal("0.000003")}


def again(most: int, *charges: Charge) -> Rejudge:
    """Hands over if what is counted apart from the decision itself leaves room."""
    return lambda current, stored: spends(stored.decision_id, most, *charges)(current)


def deliver(shop: Database, id: str, judge: Rejudge) -> Outcome:
    """Hands over a day later."""
    return shop.write(lambda c: DECISIONS.deliver(c, id, START + DAY, judge, signed))


def test_a_delivery_does_not_count_against_itself(shop: Database) -> None:
    commit(shop, "d-1", spends("d-1", 20, MONTH, EVER))
    for _ in range(2):
        assert deliver(shop, "d-1", again(20, MONTH, EVER)).outcome == "message"
        assert used(shop) == {MONTH.key: MONTH.amount, EVER.key: EVER.amount} and consistent(shop)


def test_a_delivery_in_another_period_moves_what_it_holds(shop: Database) -> None:
    today = Charge("volume|2026-11-24", Decimal(1), TONIGHT)
    tomorrow = Charge("volume|2026-11-25", Decimal(1), TONIGHT + to_micros(START + DAY) - to_micros(START))
    commit(shop, "d-1", spends("d-1", 1, today, EVER))
    commit(shop, "d-2", spends("d-2", 9, EVER), "c-1")
    assert deliver(shop, "d-1", again(9, tomorrow, EVER)).outcome == "message"
    assert used(shop) == {today.key: 0, tomorrow.key: 1, EVER.key: 2} and consistent(shop)
    commit(shop, "d-3", spends("d-3", 2, tomorrow), "c-2")
    assert deliver(shop, "d-3", again(1, tomorrow)).outcome == "hold"
    assert used(shop)[tomorrow.key] == 2 and consistent(shop), "what is held at delivery stays counted"
    shop.write(lambda c: DECISIONS.release(c, "d-3", "not sent", START + DAY))
    assert used(shop)[tomorrow.key] == 1 and consistent(shop)


def test_a_delivery_sees_that_its_promise_was_released(shop: Database) -> None:
    commit(shop, "d-1", spends("d-1", 20, MONTH))
    shop.write(lambda c: DECISIONS.release(c, "d-1", "bounced", START))
    states: list[str] = []

    def judge(current: Recall, stored: Stored) -> Outcome:
        states.append(stored.contact.state if stored.contact else "none")
        return holds(stored.decision_id, START)

    assert deliver(shop, "d-1", judge).outcome == "hold"
    assert states == ["released"] and used(shop) == {MONTH.key: Decimal(0)}


def test_a_delivery_and_a_release_at_once_never_leave_a_message_uncounted(shop: Database) -> None:
    """Whoever comes first: a message that is handed over counts, and one that is released is not handed over."""

    def judge(current: Recall, stored: Stored) -> Outcome:
        gone = stored.contact is None or stored.contact.state == "released"
        return holds(stored.decision_id) if gone else spends(stored.decision_id, 99, EVER)(current)

    def either(number: int) -> str:
        if number % 2:
            return deliver(shop, f"d-{number // 4}", judge).outcome
        return str(shop.write(lambda c: DECISIONS.release(c, f"d-{number // 4}", "no", START)))

    for number in range(16):
        commit(shop, f"d-{number}", spends(f"d-{number}", 99, EVER), f"c-{number}")
    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(either, range(64)))
    assert done.count("True") == 16 and consistent(shop) and used(shop) == {EVER.key: 0}
    states = [shop.read(lambda c, id=f"d-{number}": DECISIONS.get(c, id)).contact for number in range(16)]  # type: ignore[misc]  # mypy cannot type a default
    assert {one.state for one in states if one} == {"released"}


def test_where_nothing_is_counted_no_further_statement_runs(shop: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(tallies, "exchange", lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(tallies, "charged", lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(tallies, "note", lambda *arguments: asked.append(arguments))
    commit(shop, "d-1", lambda current: sends("d-1"))
    deliver(shop, "d-1", lambda current, stored: stored.again())
    assert not asked


def test_a_hold_waits_for_nobody(empty_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "SETTINGS", "-c lock_timeout=300")
    shop = open_database(empty_postgresql)
    shop.migrate()
    shop.write(lambda c: profiles.upsert(c, [customer("c-0"), customer("c-1")], START))
    commit(shop, "d-0", spends("d-0", 20, MONTH))

    def work(c: Connection) -> str:
        DECISIONS.commit(c, "c-0", START, spends("d-1", 100, MONTH), signed)
        return commit(shop, "d-2", spends("d-2", 20, MONTH), "c-1").outcome

    assert shop.write(work) == "hold"
    shop.close()


def test_kill_9_in_the_middle_leaves_tallies_and_charges_whole(shop: Database, database_url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.records.loads", "spend", database_url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(40)]
    process.kill()
    said += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    known = {id for id, _ in shop.read(tallies.holdings)}
    assert set(said) <= known and consistent(shop)
    assert used(shop)["volume|total"] == len(known)


KEYS = [f"rule-{name}|total" for name in "abc"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["commit", "deliver", "release"]),
        st.integers(0, 5),
        st.dictionaries(st.sampled_from(KEYS), st.decimals(0, 30, places=3), max_size=3),
    ),
    max_size=30,
)


@pytest.mark.no_cover
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_a_tally_is_the_sum_of_its_charges(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[str, int, dict[str, Decimal]]]
) -> None:
    shop = open_database(f"sqlite:///{migrated(tmp_path_factory.mktemp('tally') / 'tact.db')}")
    shop.write(lambda c: profiles.upsert(c, [customer("c-0")], START))
    made: list[str] = []
    actions: dict[str, Callable[[str, tuple[Charge, ...]], object]] = {
        "deliver": lambda id, charges: deliver(shop, id, again(60, *charges)),
        "release": lambda id, charges: shop.write(lambda c: DECISIONS.release(c, id, "no", START)),
    }
    for number, (what, which, amounts) in enumerate(steps):
        charges = tuple(Charge(key, amount) for key, amount in amounts.items())
        if what == "commit":
            commit(shop, f"d-{number}", spends(f"d-{number}", 60, *charges))
            made.append(f"d-{number}")
        elif made:
            actions[what](made[which % len(made)], charges)
        assert consistent(shop)
        assert all(amount <= 60 for amount in used(shop).values())
    shop.close()


def test_a_new_rule_counts_what_was_promised_before_it(shop: Database) -> None:
    for number in range(5):
        commit(shop, f"d-{number}", lambda current, number=number: sends(f"d-{number}"), f"c-{number}")  # type: ignore[misc]  # mypy cannot type a default
    shop.write(lambda c: DECISIONS.release(c, "d-3", "no", START))
    commit(shop, "d-5", spends("d-5", 9, Charge("volume_2|total", Decimal(1)), Charge("volume|total", Decimal(1))))

    def count(c: Connection) -> int:
        tallies.stand_still(c)
        tallies.clear(c, {"volume"})
        found = contacts.page(c, None, 4)
        found += contacts.page(c, None, 4, found[-1][1].decision_id or "")
        assert [contact.decision_id for _, contact in found] == ["d-0", "d-1", "d-2", "d-4", "d-5"]
        assert [customer_id for customer_id, _ in found] == ["c-0", "c-1", "c-2", "c-4", "c-0"]
        kept = tallies.keep(c, [(contact.decision_id or "", (EVER,)) for _, contact in found])
        tallies.sum_up(c, {"volume"})
        return kept

    for _ in range(2):
        assert shop.write(count) == 5
        assert used(shop) == {"volume|total": 5, "volume_2|total": 1} and consistent(shop)
    assert shop.write(lambda c: tallies.keep(c, [])) == 0


def test_while_it_counts_nobody_else_decides(empty_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "SETTINGS", "-c lock_timeout=300")
    shop = open_database(empty_postgresql)
    shop.migrate()
    shop.write(lambda c: profiles.upsert(c, [customer("c-0")], START))

    def count(c: Connection) -> None:
        tallies.stand_still(c)
        assert shop.read(lambda c: recall(c, Who(id="c-0"), START)) is not None
        with pytest.raises(Unavailable, match="holds the same rows"):
            commit(shop, "d-1", spends("d-1", 9, EVER))

    shop.write(count)
    assert commit(shop, "d-1", spends("d-1", 9, EVER)).outcome == "message"
    shop.close()
