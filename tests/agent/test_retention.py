"""Retention: what is older than it may be goes, what is younger stays, and what a review kept goes with it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from agent import erasing, review
from agent.retention import Retaining, kept_for, retain
from agent.settings import Settings
from domain.errors import Busy
from domain.memory import Distance, Ended, Memory
from records import accesses, memories, retention, reviews, schema, talks, traces, unfinished
from records.accesses import Access
from records.connection import Connection
from records.context import ContextRecord
from records.mentions import Mentions
from records.reviews import Review
from records.statement import insert_into, prepare
from tests.agent.stage import Scenery, run, set_up
from tests.clock import FrozenClock
from tests.patience import soon

EVENT = insert_into(schema.events)


def count(scenery: Scenery, name: str) -> int:
    """How many rows a table has."""
    table = schema.metadata.tables[name]
    row = scenery.parts.stores.read(lambda c: c.one(prepare(select(func.count()).select_from(table))))
    return int(row[0]) if row else 0


def event(c: Connection, number: int, at: datetime) -> None:
    """Something that anna did."""
    micros = int(at.timestamp() * 1_000_000)
    row = {"message_id": f"m-{number}", "customer_id": "anna", "type": "page", "name": None, "source": None}
    c.run(EVENT, **row, properties="{}", at=micros, received_at=micros, context=None, decision_id=None)


def test_every_kind_of_data_has_its_time() -> None:
    assert set(kept_for(Settings())) == set(retention.OVER)


def test_what_is_found_in_a_read_is_looked_at_again_where_it_is_deleted(stage: Scenery) -> None:
    stores = stage.parts.stores
    stage.write(lambda c: event(c, 1, stage.clock.now()))
    before = stage.clock.now() - timedelta(days=1)
    assert stores.read(lambda c: retention.over(c, "events", before)) == []
    stage.write(lambda c: retention.let_go(c, "events", [("m-1",)], before))
    assert count(stage, "events") == 1, "what has become young again stays, whatever was found before"


@pytest.mark.parametrize("by", ["erase", "retain", "start"])
@pytest.mark.parametrize("step", ["find", "forget", "_keep"])
def test_an_erasure_that_was_broken_off_is_finished(
    by: str, step: str, stage_on_both: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = stage_on_both.parts.stores
    fields = {"type": "track", "message_id": None, "decided_by": None, "decided_at": None}
    words = {"source": "web", "field": "f", "reason": "r", "document": '{"userId":"anna"}', "digest": "x"}
    put = prepare(insert(schema.dead_letters).values(received_at=1, status="open", **fields, **words))
    stores.write(lambda c: c.run(put))
    owner = {"find": traces, "forget": review, "_keep": erasing}[step]

    def broken(*_: object) -> None:
        raise Busy(1)

    def forgotten() -> int:
        found = stores.read(lambda c: traces.find(c, Mentions([("id", "anna")])))
        return sum(found.rows.values()) + len(stores.read(lambda c: unfinished.all_of(c, stores.suppression)))

    with monkeypatch.context() as broke:
        broke.setattr(owner, step, broken)
        assert len(erasing.erase(stores, "anna").left) == 1
    assert forgotten() >= 1
    match by:
        case "erase":
            again = erasing.erase(stores, "anna")
            assert (again.already, again.left) == (True, ())
        case "retain":
            retain(stores)
        case _:
            run(begun(Retaining(stage_on_both.parts), lambda: forgotten() == 0))
    assert forgotten() == 0
    assert (stores.settings.home / erasing.LIST).read_text("utf-8").count("forbid") >= 1


async def begun(retaining: Retaining, done: Callable[[], bool]) -> None:
    """What a service does when it starts, until it is done."""
    going = asyncio.create_task(retaining.run())
    assert await soon(done)
    going.cancel()
    with suppress(asyncio.CancelledError):
        await going


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_old_goes_and_what_is_young_stays(
    kind: str, tmp_path: Path, clock: FrozenClock, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("empty_postgresql") if kind == "postgresql" else None
    scenery = set_up(tmp_path / "home", clock, url)
    now, days = clock.now(), timedelta(days=1)

    def work(c: Connection) -> None:
        for number in range(1203):
            event(c, number, now - 761 * days)
        event(c, 5000, now - 759 * days)
        looks = [now - 1096 * days, now]
        accesses.note_many(c, [Access(at, "mika", "marketer", "anna", "profile") for at in looks])
        talks.put(c, "mika", "t-1", "{}", now - 3 * days)
        old = Memory(
            id="anna/old", customer_id="anna", text="x", distance=Distance.TRACE, source="page", at=now - 200 * days
        )
        over = old.model_copy(update={"expires_at": now - 40 * days})
        back = old.model_copy(update={"id": "anna/back", "ended": Ended(at=now - 40 * days, why="taken_back")})
        mark = back.model_copy(update={"id": "anna/mark", "ended": Ended(at=now - 40 * days, why="forgotten")})
        memories.put(c, [over, back, mark])
        reviews.add(c, Review("r-1", "message", "d-1", "s", b"-", now - 500 * days, expires_at=now - 450 * days))
        reviews.add(c, Review("r-2", "message", "d-2", "s", b"-", now - days, expires_at=now + days))

    scenery.write(work)
    stores = scenery.parts.stores
    review.begin(stores, "r-1")
    gone = {name: number for name, number in retain(stores).items() if number}
    assert gone == {"events": 1203, "accesses": 1, "talks": 1, "memories": 1, "reviews": 1}
    assert (count(scenery, "events"), count(scenery, "accesses"), count(scenery, "reviews")) == (1, 1, 1)
    kept = [one.id for one in stores.read(lambda c: memories.of_member(c, "anna"))]
    assert "anna/back" in kept and "anna/old" not in kept and "anna/coffee" in kept
    with review.checkpoints(stores) as saver:
        assert not list(saver.list(review.thread("r-1")))
    assert not any(retain(stores).values())
    scenery.parts.close()


def test_a_round_takes_context_records_without_a_customer_out(tmp_path: Path, clock: FrozenClock) -> None:
    scenery = set_up(tmp_path / "home", clock)
    parts = scenery.parts
    vector = parts.instruments.encoder.encode(["coffee"])[0]
    parts.context.put([ContextRecord("nobody", "coffee", {}, vector), ContextRecord("anna", "coffee", {}, vector)])
    assert run(Retaining(parts).once()) == {"context": 1}
    assert parts.context.ids()[0] == ["anna"]
    parts.close()
