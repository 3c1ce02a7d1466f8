"""The intake on both databases: many senders at once, and what follows that must never fail them."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from agent.intake import Intake, from_disk
from agent.pool import Pool
from agent.rulebook import ensure_book
from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.arrival import Arrival, Refusal
from domain.errors import Unavailable
from policies.book import Book
from records import book as versions
from records import intake
from records.intake import Repeated, Taken
from tests.clock import START, FrozenClock


@pytest.fixture
def stores(tmp_path: Path, database_url: str) -> Iterator[Stores]:
    """Records with the shipped rules."""
    opened = open_stores(Settings(home=tmp_path, database_url=database_url), FrozenClock())
    ensure_book(opened)
    yield opened
    opened.close()


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Threads for what blocks."""
    opened = Pool(2, 64)
    yield opened
    opened.close()


def viewed(number: int) -> Arrival:
    """One of a few people looks at something."""
    return Arrival(f"m{number}", "track", START, "shop", user_id=f"u{number % 5}", name="Product Viewed")


def test_many_senders_of_the_same_events_are_all_answered(stores: Stores, pool: Pool) -> None:
    door = Intake(stores, pool, from_disk(stores))
    requests = [[viewed(number) for number in range(step, step + 12)] for step in range(0, 24, 2)]

    async def all_at_once() -> list[Taken]:
        return await asyncio.gather(
            *(door.take(list(reversed(one)) if n % 2 else one) for n, one in enumerate(requests))
        )

    taken = asyncio.run(all_at_once())
    assert stores.read(intake.message_ids) == {f"m{number}" for number in range(34)}
    assert sum(len(one.events) for one in taken) == 34
    assert sum(one.repeated for one in taken) == 12 * 12 - 34


def test_a_large_request_is_kept_in_several_transactions(stores: Stores, pool: Pool) -> None:
    door = Intake(stores, pool, from_disk(stores))
    opened = viewed(0)._replace(name="Message Opened", decision_id="d-none")
    some = [viewed(number) for number in range(230)]
    many = [*some, *(opened._replace(message_id=f"o{number}") for number in range(20)), viewed(3)]
    odd = Arrival("odd", "identify", START, "shop", user_id="u1", traits={"email": "no address"})
    letter = Refusal("event", "no name", "{}", "shop")
    first = asyncio.run(door.take([odd, *many], [letter]))
    assert (len(first.events), first.repeated, first.refused) == (251, 1, 1)
    assert (first.answers.unknown, first.refused_traits) == (("d-none",), {"email": 1})
    again = asyncio.run(door.take([odd, *many], [letter]))
    assert (again.events, again.repeated, again.refused) == ((), 252, 0)


def test_what_follows_fails_nobody(stores: Stores, pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    def broken(taken: Taken) -> None:
        raise ZeroDivisionError

    door, seen = Intake(stores, pool, from_disk(stores)), list[Taken]()
    door.follow += [broken, seen.append]
    taken = asyncio.run(door.take([viewed(1)]))
    assert seen == [taken] and "could not be set going" in caplog.text


def test_it_tries_again_while_another_stands_in_the_way(
    stores: Stores, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, failures = Intake(stores, pool, from_disk(stores)), list[Unavailable]([Repeated(), Repeated()])
    submit = type(stores.database).submit

    def failing(self: object, work: object) -> "Future[Taken]":
        if failures:
            failed: Future[Taken] = Future()
            failed.set_exception(failures.pop())
            return failed
        return submit(stores.database, work)  # type: ignore[arg-type]  # the work of the intake

    monkeypatch.setattr(type(stores.database), "submit", failing)
    assert len(asyncio.run(door.take([viewed(1)])).events) == 1
    failures += [Repeated() for _ in range(4)]
    with pytest.raises(Repeated):
        asyncio.run(door.take([viewed(2)]))
    failures[:] = [Unavailable("The database", "the disk is full")]
    with pytest.raises(Unavailable, match="disk is full"):
        asyncio.run(door.take([viewed(2)]))


def test_new_rules_are_known_with_the_next_request(stores: Stores, pool: Pool) -> None:
    door = Intake(stores, pool, from_disk(stores))
    means, added = door.means(), viewed(1)._replace(name="Product Added")
    assert door.means() is means
    assert [due.scene for due in asyncio.run(door.take([added])).dues] == ["cart_abandonment"]
    book = from_disk(stores)()
    fewer = book.playbook.model_copy(update={"scenes": ()})
    stores.write(lambda c: versions.add(c, Book(2, fewer).to_document(), "anna", "rei", "no scenes", START))
    assert asyncio.run(door.take([added._replace(message_id="m2")])).dues == ()
