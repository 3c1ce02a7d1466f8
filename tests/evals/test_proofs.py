"""Small slices of the proofs: the same functions, fewer asks and one kill."""

import asyncio
from pathlib import Path

import pytest

from domain.channel import Channel
from domain.contact import Contact
from evals.bench.load import Load, press
from evals.proofs.caps import race
from evals.proofs.journeys import journeys
from evals.proofs.kills import kill_during_load, over_a_cap
from evals.proofs.saving import backup_under_load
from evals.proofs.sums import sums
from tests.clock import START


def test_processes_on_postgresql_share_one_cap(tmp_path: Path, database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        database_url = ""
    found = race(tmp_path, 16, 4 if database_url else 1, database_url or None)
    assert found["messages"] == 1 and found["contacts recorded"] == 1
    assert found["holds that name the rule and when"] == found["holds"] == 15


def test_a_killed_service_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    found = kill_during_load(tmp_path, customers=20, rounds=1, seconds=1.0)
    assert found["acknowledged decisions"] > 0
    assert found["missing or broken"] == found["customers over a cap"] == 0


def test_a_backup_under_load_is_whole(tmp_path: Path) -> None:
    found = backup_under_load(tmp_path / "home", tmp_path, customers=20, seconds=1.0)
    assert found["acknowledged before the backup"] > 0
    assert found["missing or broken in it"] == 0


def test_the_count_of_the_proof_would_notice_a_broken_cap() -> None:
    pushed = [Contact(channel=Channel.PUSH, at=START)] * 2
    assert over_a_cap(pushed) and not over_a_cap(pushed[:1])
    assert over_a_cap([Contact(channel=channel, at=START) for channel in list(Channel)[:5]])


def test_a_load_knows_its_quantiles_and_rate() -> None:
    load = Load(seconds=(0.3, 0.1, 0.2, 0.4), wall=2.0, pleasing=3)
    assert (load.quantile(0), load.quantile(0.5), load.quantile(0.99), load.rate) == (0.1, 0.3, 0.4, 2.0)


def test_a_refused_request_ends_the_load() -> None:
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(press(9, "/", "", [b"{}"], 1, bool))


def test_journeys_fire_once_after_a_kill_and_an_upgrade(tmp_path: Path) -> None:
    found = journeys(tmp_path / "homes", 4, seconds=12.0, workers=1)
    assert (found["fired"], found["ended by an order"], found["never ended"]) == (3, 1, 0)
    assert not any(found[name] for name in found if name.endswith(("though ordered", "than once", "too early")))


def test_events_come_to_the_same_sum_in_any_order(tmp_path: Path, database_url: str) -> None:
    counts = sums(tmp_path, 15, 80, 7, database_url)
    astray = {"another sum from the rows": 0, "another number of orders": 0, "another sum of two halves": 0}
    assert counts == {"customers": 15, "events": 1200, **astray}
