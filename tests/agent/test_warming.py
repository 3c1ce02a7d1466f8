"""Warming up: everything that a first ask needs is used once, and nobody outside notices."""

from pathlib import Path

from agent.warming import warm_up
from records import schema
from records.statement import counting
from tests.agent.living import living
from tests.agent.stage import run

DECISIONS = counting(schema.decisions)


def test_nothing_is_sent_and_nothing_is_kept(tmp_path: Path) -> None:
    with living(tmp_path / "home") as play:
        parts = play.scenery.parts
        before = parts.instruments.reserve.of(1.0)
        run(warm_up(parts))
        assert play.requests == []
        assert parts.meter is not None and parts.meter.figures.outcomes == {}
        assert parts.stores.read(lambda c: c.one(DECISIONS)) == (0,)
        assert parts.instruments.reserve.of(1.0) == before
