"""Many at once: caps hold across threads and processes, and what was acknowledged survives a kill."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import select

from records import profiles, schema
from records.database import Database, open_database
from records.statement import prepare
from tests.clock import START
from tests.records.loads import ask_at_once, ask_from_a_process
from tests.records.people import customer

ROOT = Path(__file__).parents[2]
IDS = prepare(select(schema.decisions.c.id))
PROMISES = prepare(select(schema.contacts.c.decision_id))
ACKNOWLEDGED = 200


@pytest.fixture
def shop(database: Database) -> Database:
    """A database with one customer."""
    database.write(lambda c: profiles.upsert(c, [customer()], START))
    return database


def test_of_64_threads_exactly_one_sends(shop: Database) -> None:
    assert Counter(ask_at_once(shop, 64)) == {"message": 1, "hold": 63}
    assert len(shop.read(lambda c: c.all(PROMISES))) == 1


def test_of_64_asks_in_4_processes_exactly_one_sends(shop: Database, database_url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        outcomes = [one for some in pool.map(ask_from_a_process, [database_url] * 4, [16] * 4) for one in some]
    assert Counter(outcomes) == {"message": 1, "hold": 63}
    assert len(shop.read(lambda c: c.all(PROMISES))) == 1


def test_what_was_acknowledged_before_a_kill_is_there_after_it(shop: Database, database_url: str) -> None:
    command = [sys.executable, "-m", "tests.records.loads", "decide", database_url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seen = [process.stdout.readline().strip() for _ in range(ACKNOWLEDGED)]
    process.kill()
    seen += [line.strip() for line in process.stdout.read().splitlines() if line.strip()]
    process.wait()
    process.stdout.close()
    shop.close()
    again = open_database(database_url)
    kept = {row[0] for row in again.read(lambda c: c.all(IDS))}
    promises = {row[0] for row in again.read(lambda c: c.all(PROMISES))}
    again.close()
    assert set(seen) <= kept
    assert kept == promises
