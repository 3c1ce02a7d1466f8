"""Parts: what is chosen where, what waits, and what happens when a store is owned or a queue is full."""

import asyncio
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent import studio
from agent.conductor import walk_of
from agent.graph import build_graph, through_nodes
from agent.parts import build_parts, uniform
from agent.pool import Pool
from agent.rulebook import put_in_force
from agent.settings import Settings
from domain.clock import ShiftedClock, SystemClock
from domain.errors import Busy, SecondPerson, StoreOwned
from policies.document import read_playbook
from records import catalogue
from tests.agent.stage import COAT, COFFEE, Scenery, question, run
from tests.clock import START, FrozenClock
from tests.records.encoders import WordEncoder

ROOT = Path(__file__).resolve().parents[2]


def test_a_full_pool_says_so_instead_of_growing() -> None:
    async def crowd() -> list[object]:
        pool, gate = Pool(threads=1, max_waiting=2), threading.Event()
        calls = [asyncio.create_task(pool.run(gate.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        gate.set()
        done = await asyncio.gather(*calls, return_exceptions=True)
        pool.close()
        return list(done)

    answers = run(crowd())
    assert [type(answer) for answer in answers] == [bool, bool, Busy]


def test_a_second_process_is_told_who_owns_the_context_store(stage: Scenery) -> None:
    with pytest.raises(StoreOwned, match="TACT_CHROMA_URL"):
        build_parts(stage.parts.settings, clock=stage.clock, encoder=WordEncoder())
    assert stage.ask("anna", "app").outcome == "message", "the owner goes on"


def test_rules_and_catalogue_of_a_new_version_govern_the_next_ask(stage: Scenery) -> None:
    first = stage.ask("anna", "app")
    stage.write(lambda c: catalogue.remove(c, COFFEE.id))
    put_in_force(stage.parts.stores, read_playbook(), "Author", "Approver", "again", START)
    second = stage.ask("anna", "app")
    assert second.policy_version == first.policy_version + 1
    assert second.message and second.message.offer and second.message.offer.id != "coffee"


def test_an_offer_is_encoded_once_and_again_only_when_its_words_change(stage: Scenery) -> None:
    encoder = stage.parts.instruments.encoder
    assert isinstance(encoder, WordEncoder)
    stage.ask("anna", "app")
    before = encoder.encoded
    stage.write(lambda c: catalogue.upsert(c, [COAT.model_copy(update={"in_stock": True})], START))
    stage.ask("anna", "app")
    assert encoder.encoded == before
    stage.write(lambda c: catalogue.upsert(c, [COAT.model_copy(update={"brand": "Alder"})], START))
    stage.ask("anna", "app")
    assert encoder.encoded == before + 1


@pytest.mark.parametrize("approver", ["Author", " author ", "ＡＵＴＨＯＲ"])
def test_nobody_approves_their_own_playbook(stage: Scenery, approver: str) -> None:
    looser = read_playbook().model_copy(update={"rules": ()})
    with pytest.raises(SecondPerson, match="Author"):
        put_in_force(stage.parts.stores, looser, "Author", approver, "mine", START)


def test_the_same_steps_run_without_the_graph(tmp_path: Path, clock: FrozenClock, stage: Scenery) -> None:
    parts = build_parts(Settings(home=tmp_path / "plain"), clock=clock, encoder=WordEncoder(), through=through_nodes)
    try:
        answer = run(parts.conductor.next_message(question({"anonymous_id": "v"}, "web"), language="en"))
    finally:
        parts.close()
    assert answer.decision.hold and answer.decision.hold.reasons[0].type == "no_offer"


def test_a_deadline_that_passed_before_anything_was_promised_is_a_hold(stage: Scenery) -> None:
    late = question("anna", "push", deadline_ms=1)
    real = stage.clock.now

    def passing() -> datetime:
        stage.clock.move(timedelta(milliseconds=10))
        return real()

    stage.parts.instruments.clock.__dict__["now"] = passing
    decision = run(stage.parts.conductor.next_message(late, language="en")).decision
    assert decision.hold and decision.hold.reasons[0].type == "deadline"


def test_chance_is_uniform_and_the_clock_is_what_the_settings_say() -> None:
    draws = [uniform() for _ in range(2000)]
    assert 0 <= min(draws) < 0.02 and 0.98 < max(draws) < 1
    assert isinstance(Settings().make_clock(), SystemClock)
    shifted = Settings(clock=datetime(2017, 12, 1, tzinfo=UTC)).make_clock()
    assert isinstance(shifted, ShiftedClock) and shifted.now().year == 2017


def test_the_walk_can_be_drawn_and_watched_node_by_node(stage: Scenery) -> None:
    graph = build_graph(stage.parts.instruments)
    edges = [(edge.source, edge.target) for edge in graph.get_graph().edges]
    assert edges == [("__start__", "decide"), ("decide", "write"), ("write", "__end__")]

    async def watched() -> list[str]:
        walk = walk_of(question("anna", "app"), "en", stage.clock)
        return [node async for step in graph.astream(walk, stream_mode="updates") for node in step]

    assert run(watched()) == ["decide", "write"]


def test_the_studio_opens_the_graph_that_its_file_names(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    named = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]["next_message"]
    assert named == "./agent/studio.py:make_graph"
    monkeypatch.setattr(studio, "parts", lambda: stage.parts)
    ended = run(studio.make_graph().ainvoke({"ask": question("anna", "app").model_dump(mode="json")}))
    assert ended["decision"]["outcome"] == "message"
