"""The benchmark of the intake: what it sends is usable, the floor keeps it, and a bound that is missed is said."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from api import tracking
from api.arriving import Envelope
from evals.bench import intake
from evals.bench.intake import BATCH, EventFloor, Side
from evals.bench.load import Load
from tests.agent.stage import set_up
from tests.clock import FrozenClock


def test_every_event_that_it_sends_can_be_used(tmp_path: Path) -> None:
    body = next(intake.bodies(7))
    found = tracking.read_request(body, Envelope("bench", datetime.now(UTC)))
    assert (len(found.arrivals), found.refusals) == (BATCH, [])
    scenery = set_up(tmp_path, FrozenClock())
    taken = asyncio.run(scenery.parts.intake.take(found.arrivals))
    assert len(taken.events) == BATCH and taken.dues
    asyncio.run(EventFloor(scenery.parts.stores).take(body))
    scenery.parts.close()


def test_a_bound_that_is_missed_is_one_sentence() -> None:
    def side(name: str, wall: float) -> Side:
        return Side(name, Load((0.01,) * 96, wall, 96))

    counts = {"events": 100 * BATCH, "customers folded": 3, "scenes that wait or waited": 7}
    fast, slow = [side("floor", 1.0), side("intake", 2.0)], [side("floor", 1.0), side("intake", 20.0)]
    assert intake.shortfalls(fast, counts) == []
    assert "only 480 events a second" in intake.shortfalls(slow, counts)[0]
    assert "no event started a scene" in intake.shortfalls(fast, {**counts, "scenes that wait or waited": 0})[0]
    assert "are kept" in intake.shortfalls(fast, {**counts, "events": 5})[0]
    assert intake.table(fast, counts).row_count == 2
    assert json.loads(next(intake.bodies(1))) != json.loads(next(intake.bodies(2)))
