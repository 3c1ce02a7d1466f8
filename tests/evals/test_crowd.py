"""A small slice of the proof that nothing is exceeded under load, and that its counts by hand would notice."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.channel import Channel
from domain.contact import Contact
from evals.proofs.crowd import Said, crowd
from evals.proofs.limits import GAP, Limits, house, over
from tests.clock import START

COUNTS = (
    "asks refused",
    "processes that failed",
    "acknowledged and lost",
    "broken records among a sample",
    "released and still counted",
    "charged without a promise",
    "customers over a limit",
    "limits of the house exceeded",
    "tallies that do not add up",
)


def test_many_at_once_exceed_nothing_though_a_process_is_killed(tmp_path: Path, database_url: str) -> None:
    url = database_url if database_url.startswith("postgresql") else None
    processes, threads = (2, 3) if url else (1, 8)
    found = crowd(
        tmp_path, asks=120, customers=6, processes=processes, threads=threads, kills=1, seed=5, database_url=url
    )
    assert {name: found[name] for name in COUNTS} == dict.fromkeys(COUNTS, 0)
    assert found["asks acknowledged"] == 120
    assert 0 < found["messages that count"] < found["messages"] and found["releases acknowledged"] > 0


def sent(channel: Channel, minutes: float = 0, offer: str = "proof-2", days: int = 0) -> Contact:
    """One message of many."""
    return Contact(channel=channel, at=START + timedelta(minutes=minutes, days=days), offer_id=offer)


@pytest.mark.parametrize(
    ("mine", "exceeded"),
    [
        ([sent(Channel.PUSH)] * 2, False),
        ([sent(Channel.PUSH)] * 3, True),
        ([sent(Channel.PUSH), sent(Channel.PUSH), sent(Channel.PUSH, days=1)], False),
        ([sent(Channel.LINE)] * 3, False),
        ([sent(Channel.LINE)] * 4, True),
        ([sent(Channel.EMAIL)] * 3, True),
        ([sent(Channel.SMS, 0), sent(Channel.SMS, 1)], False),
        ([sent(Channel.SMS, 1), sent(Channel.SMS, 0.99), sent(Channel.SMS, 7)], True),
        ([sent(Channel.SMS, number) for number in range(7)], True),
        ([sent(Channel.LINE, offer="proof-0"), sent(Channel.LINE, offer="proof-coupon-0")], False),
        ([sent(Channel.LINE, offer="proof-0"), sent(Channel.EMAIL, offer="proof-coupon-1")], True),
    ],
)
def test_the_count_by_hand_notices_what_one_customer_gets_too_much(mine: list[Contact], exceeded: bool) -> None:
    assert over(mine) is exceeded and timedelta(minutes=1) == GAP


def test_the_count_by_hand_adds_up_what_the_house_promised() -> None:
    shown = Contact(channel=Channel.APP, at=START, pushed=False, offer_id="proof-coupon-0")
    promised = [("a", shown), ("b", sent(Channel.PUSH, offer="proof-coupon-1")), ("b", sent(Channel.PUSH, days=1))]
    used = house(promised, Limits(1, 1, 349, 70))
    assert used == [(Decimal(2), 1), (Decimal(70), 70), (Decimal(350), 349), (Decimal(1), 1), (Decimal(1), 1)]


def test_a_line_that_was_cut_off_is_not_taken_for_an_answer() -> None:
    said = Said()
    assert [said.note(line) for line in ("asked d-1\n", "released d-1\n", "refused busy\n", "ask")] == [
        True,
        False,
        True,
        False,
    ]
    assert (said.asked, said.released, said.refused) == (["d-1"], ["d-1"], 1)
