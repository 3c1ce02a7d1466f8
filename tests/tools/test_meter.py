"""The meter: every attempt is counted once, over all processes, and what is under way has its room."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BudgetSpent
from records import usage
from records.database import Database
from records.usage import Used
from tests.clock import FrozenClock
from tests.tools.models import TOKYO
from tools.meter import Meter, Tariff

ONE = Used("", "season", "draft", "stub", 1, 0, 10, 5)


def meter(database: Database, clock: FrozenClock, tariff: Tariff | None = None) -> Meter:
    """A meter as one process has it."""
    return Meter(database, clock, TOKYO, tariff or Tariff())


def test_processes_count_into_one(database: Database, clock: FrozenClock) -> None:
    both = [meter(database, clock, Tariff(price_in=Decimal(2), price_out=Decimal(6))) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        for turn in range(100):
            pool.submit(both[turn % 2].note, ONE)
    for one in both:
        one.close()
    (found,) = database.read(lambda c: usage.since(c, "2026-11-24"))
    assert (found.day, found.calls, found.tokens, found.micros) == ("2026-11-24", 100, 1500, 100 * 50)
    assert meter(database, clock).used() == (1500, 5000)


def test_what_others_used_counts_against_the_limit(database: Database, clock: FrozenClock) -> None:
    ours, theirs = meter(database, clock, Tariff(tokens_per_day=100)), meter(database, clock)
    for _ in range(5):
        theirs.note(ONE)
    theirs.close()
    ours.note(ONE)
    ours.close()
    again = meter(database, clock, Tariff(tokens_per_day=100))
    with pytest.raises(BudgetSpent), again.reserved("season", 6, 5):
        pass
    with again.reserved("season", 5, 5):
        pass


def test_what_is_under_way_has_its_room(database: Database, clock: FrozenClock) -> None:
    ours = meter(database, clock, Tariff(tokens_per_day=100))
    with ExitStack() as going:
        for _ in range(4):
            going.enter_context(ours.reserved(None, 10, 15))
        with pytest.raises(BudgetSpent), ours.reserved("season", 1, 1):
            pass
    with ours.reserved("season", 50, 50):
        pass


def test_each_day_begins_anew_and_keeps_the_last(database: Database, clock: FrozenClock) -> None:
    ours = meter(database, clock)
    ours.note(ONE)
    clock.move(timedelta(days=1))
    assert ours.today() == []
    ours.note(ONE)
    ours.note(ONE)
    ours.close()
    assert [(one.day, one.calls) for one in database.read(lambda c: usage.since(c, "2026-11-01"))] == [
        ("2026-11-24", 1),
        ("2026-11-25", 2),
    ]


def test_a_day_is_a_day_at_home(database: Database, clock: FrozenClock) -> None:
    ours = meter(database, clock)
    clock.move(timedelta(hours=13, minutes=59))
    ours.note(ONE)
    clock.move(timedelta(minutes=1))
    ours.note(ONE)
    ours.close()
    assert [one.day for one in database.read(lambda c: usage.since(c, "2026-11-01"))] == ["2026-11-24", "2026-11-25"]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.decimals(0, 100, places=4), st.decimals(0, 100, places=4))
def test_a_price_is_never_rounded_down(asked: int, said: int, price_in: Decimal, price_out: Decimal) -> None:
    exact = asked * price_in + said * price_out
    micros = Tariff(price_in, price_out).micros(asked, said)
    assert exact <= micros < exact + 1
