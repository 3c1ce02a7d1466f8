"""The worker: what is due fires once at its time, across workers, versions, and books that were lost."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import bindparam, delete

from agent.parts import Parts, build_parts
from agent.settings import Settings
from agent.settling import Came
from api.worker import MOST_PLANNED, Pace, Worker
from api.workflows import FILE, OVER, state_of
from domain.clock import ShiftedClock
from domain.errors import Refused
from domain.journey import Cancel, Due, cause_id
from records import consents, due, mooting, outbox, profiles, schema
from records.connection import Connection
from records.outbox import Entry
from records.run import Run
from records.statement import prepare
from tests.agent import stage
from tests.clock import START
from tests.patience import lived, soon, until
from tests.records.encoders import WordEncoder
from tools.copywriting import Copywriter, load_variants

QUICK = Pace(tick=0.1, polling=0.05, grace=0.0, patience=0.5, housework=0.5)
NUMBERS = itertools.count(1)
DELETE = prepare(delete(schema.due).where(schema.due.c.id == bindparam("which")))


@pytest.fixture(scope="module", autouse=True)
def copy_read_once() -> Iterator[None]:
    """Reads the copy that we ship once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.parts.load_variants", cache(load_variants))
        patch.setattr("agent.parts.Copywriter", cache(Copywriter))
        yield


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Iterator[Parts]:
    """The stage on both databases, with a clock that runs; nothing starts by itself but what a test starts."""
    made = build_parts(
        Settings(home=tmp_path / "home", database_url=database_url), clock=ShiftedClock(START), encoder=WordEncoder()
    )
    made.stores.write(stage.people)
    yield made
    made.close()


def carts(parts: Parts, seconds: float) -> Due:
    """A cart of a new customer that is due in so many seconds."""
    now, customer = parts.clock.now(), f"guest-{next(NUMBERS)}"
    one = Due(
        id=cause_id("cart_abandonment", customer, "cart_id:c"),
        customer_id=customer,
        scene="cart_abandonment",
        cause="cart_id:c",
        at=now + timedelta(seconds=seconds),
        until=now + timedelta(hours=20),
        since=now - timedelta(minutes=60),
        created_at=now,
    )
    words = [stage.word(customer, topic, True) for topic in stage.CONSENTED]
    parts.stores.write(lambda c: profiles.upsert(c, [stage.ANNA.model_copy(update={"id": customer})], now))
    parts.stores.write(lambda c: consents.append(c, words))
    parts.stores.write(lambda c: due.start(c, [one]))
    return one


def working(parts: Parts, work: Callable[[Worker], Awaitable[None]], version: str = "a", pace: Pace = QUICK) -> None:
    """Runs a worker for as long as `work` takes."""

    async def both() -> None:
        worker = Worker(parts, pace, version)
        await worker.start()
        try:
            await work(worker)
        finally:
            await worker.stop()

    asyncio.run(both())


async def ended(parts: Parts, id: str) -> Run:
    """The run once it has ended; fails where it does not."""

    def now() -> Run:
        return parts.stores.read(lambda c: due.get(c, id))

    assert await soon(lambda: now().state in ("done", "cancelled")), now()
    return now()


async def handed_over(*runs: Due) -> None:
    """Returns once each of them is in the hands of DBOS."""
    for one in runs:
        assert await asyncio.to_thread(until, lambda one=one: state_of(one.id))  # type: ignore[misc]  # mypy cannot type a default


async def over(id: str) -> None:
    """Returns once the workflow of a run has ended."""
    assert await asyncio.to_thread(until, lambda: state_of(id) in OVER)


def lying(parts: Parts, id: str) -> list[Entry]:
    """What came of a run."""

    def both(c: Connection) -> list[Entry]:
        return [one for state in outbox.STATES for one in outbox.page(c, 50, state=state).items if one.due_id == id]

    return parts.stores.read(both)


def test_it_fires_at_its_time_and_what_was_cancelled_does_not(parts: Parts, tmp_path: Path) -> None:
    one, moot = carts(parts, 1.0), carts(parts, 1.2)

    async def work(worker: Worker) -> None:
        check, cancelled = worker.journeys.check, asyncio.Event()

        async def when_cancelled(id: str) -> Literal["go", "early", "over"]:
            if id == moot.id:  # A machine that stood still may reach its time before the order is written.
                await cancelled.wait()
            return await check(id)

        worker.journeys.check = when_cancelled  # type: ignore[method-assign]
        await handed_over(one, moot)
        now = parts.clock.now()
        parts.stores.write(lambda c: due.end(c, moot.id, "cancelled", "moot:ordered", now))
        cancelled.set()
        await asyncio.sleep((one.at - parts.clock.now()).total_seconds())
        run, seconds = await lived(ended(parts, one.id))
        assert (run.state, run.reason) == ("done", None)
        assert run.updated_at >= run.due.at and seconds < 4
        await over(moot.id)

    working(parts, work)
    assert len(lying(parts, one.id)) == 1 and lying(parts, moot.id) == []
    for book in tmp_path.glob(f"{FILE}*"):
        assert one.customer_id.encode() not in book.read_bytes(), "an erasure has nothing to look for here"


def test_what_an_event_started_goes_before_what_the_pass_found(parts: Parts) -> None:
    now = parts.clock.now()
    birthdays = [
        Due(
            id=cause_id("birthday", f"b-{number}", "month"),
            customer_id=f"b-{number}",
            scene="birthday",
            cause="month",
            at=now - timedelta(hours=1),
            until=now + timedelta(hours=20),
            since=now - timedelta(hours=1),
            created_at=now,
            planned=True,
        )
        for number in range(9 * MOST_PLANNED)
    ]
    parts.stores.write(lambda c: due.start(c, birthdays))

    async def work(worker: Worker) -> None:
        assert await soon(lambda: len(worker._handed) >= MOST_PLANNED / 2)
        cart = carts(parts, 0.2)
        run = await ended(parts, cart.id)
        assert (run.state, run.reason) == ("done", None)
        waiting = parts.stores.read(lambda c: due.waiting(c, parts.clock.now(), 999, planned=True))
        assert len(waiting) > MOST_PLANNED, "the pass's own are far from over"
        # The cart's run is written as done a moment before the worker lets go of it.
        assert len(worker._handed.keys() - {cart.id}) <= MOST_PLANNED

    working(parts, work)


def test_a_second_worker_of_a_process_is_refused_and_stops_nothing(parts: Parts) -> None:
    async def work(worker: Worker) -> None:
        second = Worker(parts, QUICK)
        with pytest.raises(Refused):
            await second.start()
        await second.stop()
        assert (await ended(parts, carts(parts, 0.1).id)).state == "done"

    working(parts, work)


def test_a_run_may_be_let_go_while_the_worker_looks(parts: Parts) -> None:
    worker = Worker(parts, QUICK)

    class Shrinking(dict[str, str]):
        """Another thread takes one out whenever one is looked for."""

        def pop(self, key: str, *default: Any) -> Any:
            for other in list(self)[:2]:
                dict.pop(self, other, None)
            return dict.pop(self, key, *default)

    worker._handed = Shrinking({f"j-{number}": f"j-{number}" for number in range(50)})
    assert asyncio.run(worker.drain()) == 0 and worker._handed == {}


def test_an_order_that_waited_outside_arrives_before_anything_overdue_goes_out(parts: Parts) -> None:
    one, other = carts(parts, -5.0), carts(parts, -5.0)

    async def work(worker: Worker) -> None:
        check, ordered, looked = worker.journeys.check, asyncio.Event(), list[datetime]()

        async def when_ordered(id: str) -> Literal["go", "early", "over"]:
            looked.append(parts.clock.now())
            await ordered.wait()  # A machine that stood still may be past the grace before the order is written.
            return await check(id)

        worker.journeys.check = when_ordered  # type: ignore[method-assign]
        await handed_over(one, other)
        now = parts.clock.now()
        order = Cancel("cart_abandonment", "moot:ordered", now)
        assert parts.stores.write(lambda c: mooting.cancel(c, one.customer_id, [order], now)) == 1
        ordered.set()
        assert (await ended(parts, other.id)).state == "done"
        await over(one.id)
        assert min(looked) - worker._began >= timedelta(seconds=0.8)

    working(parts, work, pace=replace(QUICK, grace=0.8))
    assert lying(parts, one.id) == [] and len(lying(parts, other.id)) == 1


def test_another_version_takes_up_what_the_first_had_handed_over(parts: Parts) -> None:
    one = carts(parts, 1.5)

    async def first(worker: Worker) -> None:
        await handed_over(one)

    async def second(worker: Worker) -> None:
        assert (await ended(parts, one.id)).state == "done"

    working(parts, first, "a")
    working(parts, second, "b")
    assert len(lying(parts, one.id)) == 1


def test_a_killed_step_and_books_that_know_better_decide_once(parts: Parts) -> None:
    """A step that dies in the middle runs again; a row from an older backup, whose wake-up is over, is woken anew."""
    one = carts(parts, 0.3)

    async def work(worker: Worker) -> None:
        settle, died = worker.journeys.settle, asyncio.Event()

        async def dies_once(id: str, came: Came) -> str:
            if died.is_set():
                return await settle(id, came)
            died.set()
            raise RuntimeError("killed in the middle")

        worker.journeys.settle = dies_once  # type: ignore[method-assign]
        await died.wait()
        assert parts.stores.read(lambda c: due.get(c, one.id)).state == "taken"
        # The housework frees what was taken long ago; a test does not wait as long.
        await over(one.id)
        await asyncio.to_thread(worker._free, one.id, one.id)
        assert (await ended(parts, one.id)).state == "done"
        parts.stores.write(lambda c: c.run(DELETE, which=one.id))
        parts.stores.write(lambda c: due.start(c, [one]))
        assert (await ended(parts, one.id)).state == "done"

    working(parts, work)
    decisions = parts.stores.read(lambda c: parts.stores.decisions.of_customer(c, one.customer_id, 50)).items
    assert len(decisions) == 1 and len(lying(parts, one.id)) == 1


def test_a_run_that_somebody_began_and_never_took_is_begun_again(parts: Parts) -> None:
    """Whoever dies before the first step is done leaves a workflow that is begun and a row that waits."""
    one = carts(parts, 0.2)

    async def work(worker: Worker) -> None:
        check, begun, never = worker.journeys.check, asyncio.Event(), asyncio.Event()

        async def hangs_once(id: str) -> Literal["go", "early", "over"]:
            if not begun.is_set():
                begun.set()
                await never.wait()
            return await check(id)

        worker.journeys.check = hangs_once  # type: ignore[method-assign]
        await begun.wait()
        assert parts.stores.read(lambda c: due.get(c, one.id)).state == "waiting"
        assert (await ended(parts, one.id)).state == "done"
        never.set()

    working(parts, work)
    decisions = parts.stores.read(lambda c: parts.stores.decisions.of_customer(c, one.customer_id, 50)).items
    assert len(decisions) == 1 and len(lying(parts, one.id)) == 1
