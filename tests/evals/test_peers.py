"""Peers: what they are compared with does the same, and each side asks the model as often as the comparison says."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent import rulebook
from agent.graph import Through, through_graph
from agent.instruments import Instruments
from agent.parts import build_parts
from agent.settings import Settings
from domain.decision import Decision
from evals.bench.comparison import in_mode, name
from evals.bench.load import Load
from evals.bench.peers import TOOLS, through_peer
from evals.bench.ratios import Side, shortfalls, table, times
from evals.bench.scripts import NAMES, plays
from evals.stub_model import StubModel
from tests.agent.stage import people, question
from tests.clock import FrozenClock
from tests.records.encoders import WordEncoder

ASKED = {"sequential": 5, "parallel": 2, "deliberate": 3, "live": 1, "prepared": 0}
"""Answers of the model that each way of deciding takes."""


@pytest.fixture(scope="module")
def stub() -> Iterator[StubModel]:
    """The stand-in as the benchmark scripts it."""
    with StubModel(plays) as stub:
        yield stub


def walk_of(kind: str) -> Callable[[Instruments], Through]:
    """The walk that the service takes for a kind."""
    return (
        (lambda instruments: through_peer(instruments, kind)) if kind in ("sequential", "parallel") else through_graph
    )


@pytest.mark.parametrize("kind", ASKED)
def test_each_side_says_a_models_words_and_asks_as_often_as_it_should(
    stub: StubModel, tmp_path: Path, clock: FrozenClock, kind: str
) -> None:
    settings = Settings(home=tmp_path / "home", llm_base_url=stub.base_url, llm_model="stub")
    parts = build_parts(settings, clock=clock, encoder=WordEncoder(), draw=lambda: 0.0, through=walk_of(kind))
    playbook = rulebook.playbook_of(parts.stores.read(rulebook.in_force).document)
    base = next(scene for scene in playbook.scenes if scene.id == "replenishment")
    mode = kind if kind in ("prepared", "deliberate") else "live"
    changed = playbook.model_copy(update={"scenes": (*playbook.scenes, in_mode(base, mode))})
    rulebook.put_in_force(parts.stores, changed, "one", "another", "a scene more", clock.now())
    parts.stores.write(people)
    stub.requests.clear()

    async def decided() -> Decision:
        ask = question("anna", "email line app", scene=name(kind))
        try:
            return (await parts.conductor.next_message(ask, language="en")).decision
        finally:
            await parts.leave()

    decision = asyncio.run(decided())
    assert decision.outcome == "message"
    assert decision.copy_ and decision.copy_.origin == ("template" if kind == "prepared" else "model")
    assert len(stub.requests) == ASKED[kind]


def test_a_peer_has_the_tools_that_its_script_calls() -> None:
    assert tuple(tool.name for tool in TOOLS) == NAMES


def test_a_bound_that_is_missed_is_said_and_a_table_shows_every_ratio() -> None:
    rates = {"sequential": 10.0, "parallel": 40.0, "prepared": 300.0, "live": 45.0, "deliberate": 30.0}
    sides = [side(kind, latency, rate) for latency in (50, 800) for kind, rate in rates.items()]
    missed = "\n".join(shortfalls(sides))
    assert "live at 50 ms: 1.12 times the parallel agent, 1.7 is required" in missed
    assert "prepared at 50 ms" not in missed and "beyond the model's answer" not in missed
    assert table(sides).row_count == 10
    assert times(sides, sides[3], "sequential") == "4.50 (≥ 4)"
    slow = [*sides[:3], side("live", 50, 400.0, 0.09), *sides[4:]]
    assert any("40.0 ms beyond the model's answer" in one for one in shortfalls(slow))


def side(kind: str, latency: int, rate: float, seconds: float | None = None) -> Side:
    """A side with a rate, and a median just above its latency."""
    alone = Load((seconds or latency / 1000 + 0.004,) * 4, 1.0, 4)
    return Side(kind, latency, alone, Load((0.5,) * 100, 100 / rate, 100))
