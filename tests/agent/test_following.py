"""Following: events become memories and a context record, whoever is killed or away in between."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import JsonValue
from sqlalchemy import delete, update

from agent.following import Follower, Person
from agent.parts import build_parts
from agent.settings import Settings
from domain.arrival import Arrival
from domain.errors import Unavailable
from domain.memory import Memory
from records import following, memories, merging, preferences, profiles
from records.connection import Connection
from records.embedding import FloatMatrix
from records.following import Touched
from records.rebuild import missing, rebuild
from records.schema import customers
from records.statement import prepare
from tests.agent.stage import ANNA, Scenery, run, set_up
from tests.clock import START, FrozenClock
from tests.patience import soon
from tests.records.encoders import WordEncoder
from tools.distill.distilling import Known, distilled

numbers = count()
NOBODY_LEFT = prepare(delete(customers).where(customers.c.id == "anna"))


def happened(customer: str, name: str, **properties: JsonValue) -> Arrival:
    """Something that a known customer did."""
    return Arrival(f"m-{next(numbers)}", "track", START, "web", user_id=customer, name=name, properties=properties)


def take(stage: Scenery, *arrivals: Arrival) -> None:
    """Events come in."""
    run(stage.parts.intake.take(arrivals, (), stage.clock.now()))


def follow(stage: Scenery) -> int:
    """What waits is followed."""
    return run(stage.parts.follower.catch_up())


def remembered(stage: Scenery, customer: str = "anna") -> list[Memory]:
    """What stands of the customer, the coffee apart that they had before."""
    kept = stage.parts.stores.read(lambda c: memories.of_customer(c, customer))
    return [one for one in kept if one.ended is None and not one.id.endswith("/coffee")]


def waiting(stage: Scenery) -> list[str]:
    """Who waits to be followed."""
    return [one.customer_id for one in stage.parts.stores.read(lambda c: following.waiting(c, 100))]


def context(stage: Scenery, customer: str = "anna") -> str | None:
    """What the context store says of the customer."""
    found = stage.parts.context.get(customer)
    return found.digest if found else None


def test_what_is_forgotten_while_it_is_followed_stays_forgotten(
    stage_on_both: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = stage_on_both
    take(stage, happened("anna", "Survey Answered", topic="coffee", answer="dark-roast"))
    follow(stage)
    (one,) = remembered(stage)
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    write, now = Follower._write, stage.clock.now() + timedelta(minutes=1)

    def late(self: Follower, c: Connection, changes: Any) -> None:
        preferences.forget(c, "anna", [one.id], now)
        blind = [replace(change, changed=(*change.changed, one)) for change in changes]
        write(self, c, blind)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Follower, "_write", late)
        follow(stage)
    take(stage, happened("anna", "Product Viewed", product_id="coat"))
    follow(stage)
    assert {memory.text for memory in remembered(stage)} == {"saved Wool coat"}
    marks = [memory for memory in stage.parts.stores.read(lambda c: memories.of_customer(c, "anna")) if memory.ended]
    assert [memory.text for memory in marks if memory.id == one.id] == ["—"]


def test_events_become_memories_with_vectors_and_a_context_record(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    take(stage, happened("anna", "Survey Answered", topic="coffee", answer="dark-roast"))
    assert waiting(stage) == ["anna"] and follow(stage) == 1 and waiting(stage) == []
    found = {one.text: one for one in remembered(stage)}
    assert set(found) == {"saved Wool coat", "survey answer: coffee, dark roasts"}
    assert all(one.vector for one in found.values())
    assert "saved Wool coat" in (context(stage) or "")
    assert follow(stage) == 0


def test_following_again_writes_nothing(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    follow(stage)
    before = stage.parts.stores.read(lambda c: memories.of_customer(c, "anna"))
    stage.write(lambda c: following.touch(c, ["anna"], START))
    monkeypatch.setattr(memories, "put", lambda c, many: pytest.fail(f"{many} written again"))
    assert follow(stage) == 1
    assert stage.parts.stores.read(lambda c: memories.of_customer(c, "anna")) == before


def test_what_happens_while_the_clock_stands_still_is_followed_too(stage: Scenery) -> None:
    for offer in ("coat", "coffee", "fair"):
        take(stage, happened("anna", "Product Added to Wishlist", product_id=offer))
        assert follow(stage) == 1
    assert len(remembered(stage)) == 3


def test_newcomers_by_profile_get_a_context_record(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    newcomer = ANNA.model_copy(update={"id": "new"})
    stage.write(lambda c: profiles.upsert(c, [newcomer], START))
    stage.write(lambda c: following.touch(c, ["new"], START))
    follow(stage)
    assert context(stage, "new") == "active customer"


def test_an_erased_customer_leaves_nothing_behind(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    people = Follower._people

    def erased_meanwhile(self: Follower, c: Connection, some: Sequence[Touched]) -> list[Person]:
        found = list(people(self, c, some))
        stage.write(lambda c: (memories.forget(c, "anna"), c.run(NOBODY_LEFT)))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Follower, "_people", erased_meanwhile)
        follow(stage)
    assert remembered(stage) == [] and context(stage) is None and waiting(stage) == []


def test_one_whose_records_cannot_be_read_stops_nobody(stage: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    take(stage, happened("hana", "Product Added to Wishlist", product_id="coat"))

    def breaks(person: Sequence[Known], *more: Any) -> Any:
        if person[0].customer_id == "anna":
            raise ValueError("nobody thought of this")
        return distilled(person, *more)

    monkeypatch.setattr("agent.following.distilled", breaks)
    follow(stage)
    assert remembered(stage) == [] and len(remembered(stage, "hana")) == 1 and waiting(stage) == []


UNREADABLE = prepare(update(customers).where(customers.c.id == "anna").values(profile='{"id": "anna", "region": 7}'))


def test_a_profile_that_cannot_be_read_stops_nobody_and_waits_until_it_is_written_anew(stage_on_both: Scenery) -> None:
    stage = stage_on_both
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    take(stage, happened("hana", "Product Added to Wishlist", product_id="coat"))
    stage.write(lambda c: c.run(UNREADABLE))
    assert follow(stage) == 2 and waiting(stage) == []
    assert remembered(stage) == [] and len(remembered(stage, "hana")) == 1
    stage.write(lambda c: profiles.upsert(c, [ANNA], START))
    stage.write(lambda c: following.touch(c, ["anna"], START))
    assert follow(stage) == 1 and len(remembered(stage)) == 1


def test_a_context_store_of_somebody_else_is_left_to_its_owner(stage: Scenery) -> None:
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    without = Follower(stage.parts.stores, WordEncoder(), None, stage.parts.instruments.pool)
    assert run(without.catch_up()) == 1
    assert [one.text for one in remembered(stage)] == ["saved Wool coat"] and all(
        one.vector for one in remembered(stage)
    )
    assert context(stage) is None and waiting(stage) == ["anna"]
    follow(stage)
    assert "saved Wool coat" in (context(stage) or "") and waiting(stage) == []


def test_what_a_follower_without_the_store_leaves_is_mended_by_a_rebuild_too(stage: Scenery) -> None:
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    run(Follower(stage.parts.stores, WordEncoder(), None, stage.parts.instruments.pool).catch_up())
    rebuild(stage.parts.context, stage.parts.stores.database, WordEncoder(), lambda done, total: None)
    assert "saved Wool coat" in (context(stage) or "")
    assert missing(stage.parts.context, stage.parts.stores.database).whole


def test_without_an_encoder_the_words_count_already(stage: Scenery) -> None:
    class Silent(WordEncoder):
        def encode(self, texts: Sequence[str]) -> FloatMatrix:
            raise Unavailable("The encoder", "it does not answer. Try again")

    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    follower = Follower(stage.parts.stores, Silent(), stage.parts.context, stage.parts.instruments.pool)
    with pytest.raises(Unavailable):
        run(follower.catch_up())
    assert [one.vector for one in remembered(stage)] == [None] and waiting(stage) == ["anna"]
    follow(stage)
    assert all(one.vector for one in remembered(stage)) and waiting(stage) == []


def test_words_of_customers_never_go_to_an_encoder_elsewhere(stage: Scenery) -> None:
    class Elsewhere(WordEncoder):
        name = "endpoint:words"
        seen: ClassVar[list[str]] = []

        def encode(self, texts: Sequence[str]) -> FloatMatrix:
            self.seen.extend(texts)
            return super().encode(texts)

    encoder = Elsewhere()
    take(stage, happened("anna", "Conversation Noted", said="call me Annabel of Ginza about coffee", place="booth 7"))
    take(
        stage,
        happened("anna", "Order Completed", order_id="o", products=[{"product_id": "x", "name": "Annabel's box"}]),
    )
    take(
        stage,
        happened("anna", "Order Completed", order_id="p", store="Annabel shop", products=[{"product_id": "coat"}]),
    )
    run(Follower(stage.parts.stores, encoder, None, stage.parts.instruments.pool).catch_up())
    assert encoder.seen and not [text for text in encoder.seen if "Annabel" in text or "booth" in text]


def test_it_wakes_follows_and_ends(stage: Scenery) -> None:
    async def service() -> None:
        work = asyncio.create_task(stage.parts.follower.run())
        await stage.parts.intake.take([happened("anna", "Product Added to Wishlist", product_id="coat")], (), START)
        stage.parts.follower.wake()
        assert await soon(lambda: not waiting(stage))
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    run(service())
    assert [one.text for one in remembered(stage)] == ["saved Wool coat"]


def test_at_most_so_many_for_one_person(tmp_path: Path, clock: FrozenClock) -> None:
    stage = set_up(tmp_path / "home", clock, settings=Settings(home=tmp_path / "home", memories=2))
    for offer in ("coat", "coffee", "fair"):
        take(stage, happened("anna", "Product Added to Wishlist", product_id=offer))
    follow(stage)
    kept = stage.parts.stores.read(lambda c: memories.of_customer(c, "anna"))
    assert sum(one.ended is None for one in kept) == 2 and len(kept) <= 4
    stage.parts.close()


def test_memories_are_read_by_the_next_ask(stage: Scenery) -> None:
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    follow(stage)
    decision = stage.ask("anna", "email")
    assert decision.message is not None
    stage.clock.move(timedelta(days=1))
    take(stage, happened("anna", "Conversation Noted", said="I no longer drink coffee"))
    follow(stage)
    again = stage.ask("anna", "email")
    assert again.message is None or (again.message.offer is not None and again.message.offer.id != "coffee")


def test_a_joined_person_is_remembered_together_and_apart_again_after_a_split(stage_on_both: Scenery) -> None:
    """What one of them said counts against what the other did, as long as they are one."""
    stage = stage_on_both
    take(stage, happened("anna", "Order Completed", order_id="o-1", products=[{"product_id": "coffee"}]))
    take(stage, happened("silent", "Conversation Noted", said="I no longer drink coffee"))
    follow(stage)
    apart = {id: remembered(stage, id) for id in ("anna", "silent")}
    assert [len(found) for found in apart.values()] == [1, 1]
    stage.write(lambda c: merging.merge(c, "anna", "silent", kind="person", by="Anna", now=START))
    follow(stage)
    assert [one.text for one in remembered(stage)] == ["said in conversation (coffee)"]
    assert context(stage) is not None and context(stage, "silent") is None
    stage.write(lambda c: merging.split(c, "silent", "Anna", START))
    follow(stage)
    assert {id: remembered(stage, id) for id in ("anna", "silent")} == apart
    assert context(stage, "silent") is not None
    assert missing(stage.parts.context, stage.parts.stores.database).customers == ("hana",)


def test_an_answer_to_a_message_says_what_it_was_about(stage_on_both: Scenery) -> None:
    decision = stage_on_both.ask("anna", "email")
    assert decision.message is not None and decision.message.offer is not None
    opened = happened("anna", "Email Opened")._replace(decision_id=decision.decision_id)
    take(stage_on_both, opened)
    follow(stage_on_both)
    [trace] = remembered(stage_on_both)
    assert (trace.source, trace.offer_id, trace.word) == ("open", decision.message.offer.id, None)


def killed(home: Path) -> None:
    """A process that dies between the memories and the context store."""
    parts = build_parts(Settings(home=home), clock=FrozenClock(), encoder=WordEncoder())
    Follower._know = lambda *_: __import__("os")._exit(9)  # type: ignore[method-assign]  # it dies here
    asyncio.run(parts.follower.catch_up())


def test_a_kill_between_the_two_stores_loses_nothing(tmp_path: Path, clock: FrozenClock) -> None:
    home = tmp_path / "home"
    stage = set_up(home, clock)
    take(stage, happened("anna", "Product Added to Wishlist", product_id="coat"))
    stage.parts.close()
    process = multiprocessing.get_context("spawn").Process(target=killed, args=(home,))
    process.start()
    process.join()
    assert process.exitcode == 9
    stage = Scenery(build_parts(Settings(home=home), clock=clock, encoder=WordEncoder()), clock)
    assert [one.text for one in remembered(stage)] == ["saved Wool coat"] and context(stage) is None
    assert follow(stage) == 1 and "saved Wool coat" in (context(stage) or "")
    stage.parts.close()
