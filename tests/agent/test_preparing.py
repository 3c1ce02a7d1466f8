"""Prepared words: made ahead, taken once and only while everything that they were written from is still so."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select

from agent import erasing
from domain.decision import Decision
from domain.language import Text
from evals.stub_scripts import Answer, answers, plays, writes
from records import catalogue, prepared, schema
from records.connection import Connection
from records.recall import recall
from records.statement import prepare
from tests.agent.living import MAIL, SCENE, Living, in_mode, living, with_rules
from tests.agent.stage import COFFEE, question, run
from tests.clock import START
from tools.llm import OpenAIModel
from tools.model import Reply, Request

KEPT = schema.prepared.c
DOCUMENTS = prepare(select(KEPT.document).where(KEPT.customer_id == bindparam("customer_id")))


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """One stage for all tests: everything is about a guest of its own."""
    with living(tmp_path_factory.mktemp("home")) as lived:
        yield lived


def made(play: Living, guest: str) -> str | None:
    """The id of words made ahead for a mail to the guest."""
    play.play(writes(MAIL))
    done = run(play.scenery.parts.conductor.prepare(question(guest, "email", scene=SCENE)))
    play.stub.requests.clear()
    return done


def asked(play: Living, guest: str, *, dry_run: bool = False) -> Decision:
    return play.scenery.ask(guest, scene=SCENE, dry_run=dry_run)


def ready(play: Living, guest: str) -> tuple[prepared.Prepared, ...]:
    """What is ready for the guest."""
    stores = play.scenery.parts.stores
    return stores.read(lambda c: prepared.found(c, stores.vault, guest, SCENE, play.scenery.clock.now()))


def test_an_ask_takes_what_was_made_ahead_and_asks_no_model(play: Living) -> None:
    guest = play.guest()
    id = made(play, guest)
    decision = asked(play, guest)
    assert decision.message and decision.message.subject == "More of your coffee?"
    assert decision.copy_ and (decision.copy_.origin, decision.copy_.model) == ("model", "stub")
    assert not play.requests and play.penned(decision).prepared == id
    assert "made ahead by stub" in " ".join(decision.explanation.because)


def test_it_is_taken_once(play: Living) -> None:
    guest = play.guest()
    made(play, guest)
    asked(play, guest)
    assert not ready(play, guest)


def test_of_two_asks_at_the_same_moment_one_takes_it(play: Living) -> None:
    guest, conductor = play.guest(), play.scenery.parts.conductor
    shown = question(guest, "web", scene=SCENE)
    play.play(writes({"title": "More of your coffee?", "body": "It is in the shop again."}))
    assert run(conductor.prepare(shown)) is not None
    play.play(answers("no words at all"))

    async def at_once() -> list[str]:
        both = await asyncio.gather(*(conductor.next_message(shown, language="en") for _ in range(2)))
        return [answer.decision.copy_.origin for answer in both if answer.decision.copy_]

    origins = run(at_once())
    assert len(origins) == 2 and origins.count("model") == 1


def test_a_dry_run_leaves_it_there(play: Living) -> None:
    guest = play.guest()
    made(play, guest)
    decision = asked(play, guest, dry_run=True)
    assert decision.copy_ and decision.copy_.origin == "model" and ready(play, guest)


def test_scenes_without_live_words_take_it_too(play: Living) -> None:
    guest = play.guest()
    with in_mode(play.scenery, mode="prepared"):
        made(play, guest)
        decision = asked(play, guest)
    assert decision.copy_ and decision.copy_.origin == "model" and not play.requests


def test_after_a_day_it_is_over(play: Living) -> None:
    guest = play.guest()
    made(play, guest)
    play.scenery.clock.move(timedelta(days=1))
    try:
        assert not ready(play, guest)
    finally:
        play.scenery.clock.move(-timedelta(days=1))


def test_words_about_other_facts_are_not_taken(play: Living) -> None:
    guest = play.guest()
    made(play, guest)
    dearer = COFFEE.model_copy(update={"price": Decimal(900), "currency": "JPY", "tax_included": True})
    play.scenery.write(lambda c: catalogue.upsert(c, [dearer], START))
    play.play(plays(Answer(status=500)))
    try:
        decision = asked(play, guest)
        assert decision.copy_ and decision.copy_.origin == "template"
    finally:
        play.scenery.write(lambda c: catalogue.upsert(c, [COFFEE], START))


def test_rules_that_came_since_are_kept(play: Living) -> None:
    guest, rule = play.guest(), {"type": "forbidden_phrase", "id": "no_perhaps", "name": {"en": "none"}}
    made(play, guest)
    with with_rules(play.scenery, {**rule, "phrases": ["perhaps"]}):
        play.play(plays(Answer(status=500)))
        decision = asked(play, guest)
    assert decision.message and decision.message.text and "Perhaps" not in decision.message.text


def test_what_the_rules_forbid_is_not_prepared(play: Living) -> None:
    guest = play.guest()
    asked(play, guest)
    assert made(play, guest) is None and not play.requests


def test_what_a_model_could_not_write_well_is_not_kept(play: Living) -> None:
    guest = play.guest()
    play.play(answers('{"subject": "Hurry"}'))
    conductor = play.scenery.parts.conductor
    assert run(conductor.prepare(question(guest, "email", scene=SCENE))) is None


def test_what_is_over_is_dropped_with_the_next_that_is_made(play: Living) -> None:
    one, other, stores = play.guest(), play.guest(), play.scenery.parts.stores
    made(play, one)
    play.scenery.clock.move(timedelta(days=1))
    try:
        made(play, other)
        assert not stores.read(lambda c: c.all(DOCUMENTS, customer_id=one))
    finally:
        play.scenery.clock.move(-timedelta(days=1))


def test_it_lets_those_go_first_who_are_waited_for(play: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_patiently: list[bool] = []
    ask = OpenAIModel.ask

    async def heard(self: OpenAIModel, request: Request, within: float) -> Reply:
        asked_patiently.append(request.patient)
        return await ask(self, request, within)

    monkeypatch.setattr(OpenAIModel, "ask", heard)
    made(play, play.guest())
    play.ask(writes(MAIL))
    assert asked_patiently == [True, False]


def test_it_is_kept_encrypted_and_gone_with_the_key(play: Living) -> None:
    guest, stores = play.guest(), play.scenery.parts.stores
    made(play, guest)

    def raw(c: Connection) -> bytes:
        return b"".join(bytes(row[0]) for row in c.all(DOCUMENTS, customer_id=guest))

    assert b"Perhaps" not in stores.read(raw)
    stores.write(lambda c: stores.vault.destroy(c, guest))
    assert not ready(play, guest)


def test_a_newcomer_is_not_written_down_for_it(play: Living) -> None:
    play.play(writes(MAIL))
    ask = question({"anonymous_id": "nobody-yet"}, "email", scene=SCENE)
    assert run(play.scenery.parts.conductor.prepare(ask)) is None
    assert play.scenery.parts.stores.read(lambda c: recall(c, ask.customer, START)) is None


def test_words_for_one_offer_are_not_taken_for_another(play: Living) -> None:
    guest = play.guest()
    made(play, guest)
    other = COFFEE.model_copy(update={"id": "other-coffee", "name": Text(ja="別の豆", en="Other beans")})
    gone = COFFEE.model_copy(update={"in_stock": False})
    play.scenery.write(lambda c: catalogue.upsert(c, [other, gone], START))
    play.play(plays(Answer(status=500)))
    try:
        decision = asked(play, guest)
        assert decision.copy_ is None or decision.copy_.origin == "template"
    finally:
        play.scenery.write(lambda c: catalogue.upsert(c, [COFFEE], START))
        play.scenery.write(lambda c: catalogue.remove(c, "other-coffee"))


def test_on_both_databases_it_is_made_found_and_taken(tmp_path: Path, database_url: str) -> None:
    with living(tmp_path / "home", database_url) as both:
        guest = both.guest()
        id = made(both, guest)
        assert [one.id for one in ready(both, guest)] == [id]
        assert made(both, guest) != id and len(ready(both, guest)) == 1
        assert both.penned(asked(both, guest)).prepared and not ready(both, guest)


def test_after_a_withdrawal_words_made_ahead_are_of_no_use(play: Living) -> None:
    guest = play.guest()
    assert made(play, guest) and ready(play, guest)
    play.scenery.consent(guest, "email", False)
    decision = asked(play, guest)
    assert decision.outcome == "hold" and decision.hold and decision.message is None
    assert "consent" in {reason.type for reason in decision.hold.reasons}


def test_for_somebody_who_was_erased_meanwhile_nothing_is_kept(play: Living) -> None:
    guest = play.guest()
    stores, now = play.scenery.parts.stores, play.scenery.clock.now()
    words = prepared.Prepared("p-late", b"{}", now, now + timedelta(hours=1))
    erasing.erase(stores, guest)
    stores.write(lambda c: prepared.put(c, stores.vault, guest, SCENE, [words], now))
    assert not ready(play, guest) and not stores.read(lambda c: c.all(DOCUMENTS, customer_id=guest))
