"""Work for the examples about many at once, and about processes that die."""

import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from domain.charge import Charge
from records.database import Database, open_database
from records.decisions import Decisions
from records.vault import Vault
from tests.clock import START
from tests.records.people import always, once_a_week, signed, spends

DECISIONS = Decisions(Vault(b"m" * 32))
ONE = Charge("volume|total", Decimal(1))


def ask_at_once(database: Database, asks: int) -> list[str]:
    """The outcomes of asks for one customer from as many threads, with a cap of one a week."""

    def ask(number: int) -> str:
        judge = once_a_week(f"d-{secrets.token_hex(8)}")
        return database.write(lambda c: DECISIONS.commit(c, "c-1", START, judge, signed)).outcome

    with ThreadPoolExecutor(asks) as pool:
        return list(pool.map(ask, range(asks)))


def ask_from_a_process(url: str, asks: int) -> list[str]:
    """The same from a process of its own."""
    database = open_database(url, readers=1, writers=4)
    try:
        return ask_at_once(database, asks)
    finally:
        database.close()


def decide_until_killed(url: str) -> None:
    """Commits from eight threads and prints each id once its commit has returned."""
    database = open_database(url)

    def decide(thread: int) -> None:
        number = 0
        while True:
            id = f"d-{thread}-{number}"
            database.write(lambda c, id=id: DECISIONS.commit(c, "c-1", START, always(id), signed))  # type: ignore[misc]  # mypy cannot type a default
            sys.stdout.write(f"{id}\n")
            sys.stdout.flush()
            number += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(8)))


def spend_from_a_process(url: str, process: int, asks: int) -> list[str]:
    """The outcomes of asks for as many customers, ten of which one tally has room for."""
    database = open_database(url, readers=1, writers=4)

    def ask(number: int) -> str:
        id = f"d-{process}-{number}"
        who = f"c-{process * asks + number}"
        return database.write(lambda c: DECISIONS.commit(c, who, START, spends(id, 10, ONE), signed)).outcome

    try:
        with ThreadPoolExecutor(asks) as pool:
            return list(pool.map(ask, range(asks)))
    finally:
        database.close()


def spend_until_killed(url: str) -> None:
    """Adds to one tally from eight threads, for a customer each, and prints each id once its commit has returned."""
    database = open_database(url)

    def spend(thread: int) -> None:
        number = 0
        while True:
            id = f"d-{thread}-{number}"
            judge = spends(id, 10**9, ONE)
            database.write(lambda c, judge=judge: DECISIONS.commit(c, f"c-{thread}", START, judge, signed))  # type: ignore[misc]  # mypy cannot type a default
            sys.stdout.write(f"{id}\n")
            sys.stdout.flush()
            number += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(spend, range(8)))


LOADS = {"decide": decide_until_killed, "spend": spend_until_killed}

if __name__ == "__main__":
    LOADS[sys.argv[1]](sys.argv[2])
