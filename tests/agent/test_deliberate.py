"""Deliberation: an honest model's choice is taken and explained; of any other nothing comes but the usual choice."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from agent.evidence import Public, Thought
from agent.parts import build_parts
from agent.settings import Settings
from agent.verdict import verdict_in
from agent.verification import replay, verify
from domain.customer import Tier
from domain.decision import Decision
from domain.language import Text
from domain.memory import Distance, Memory
from evals.stub_model import StubModel
from evals.stub_scripts import Answer, Body, Script
from evals.stub_wire import Seen
from evals.thinkers import (
    INJECTION,
    ROGUES,
    calls,
    choice,
    erratic,
    heard,
    honest,
    ids_of,
    is_deliberation,
    last,
    thinks,
)
from records import catalogue, consents, memories, profiles
from records.connection import Connection
from tests.agent.stage import ANNA, COAT, FAIR, Scenery, coffee, people, question, run, word
from tests.clock import START, FrozenClock
from tests.patience import lived
from tests.records.encoders import WordEncoder

SCENE = "concierge"
PLANTED = ("guest", "Annabel Sample", "needs a quiet table", "Ginza 4-5-6")
"""Things of the customer that no request may hold."""

USUAL = COAT.id
"""What is chosen for a guest where no model has a say and chance takes the likeliest."""
POISONED = COAT.model_copy(update={"facts": {**COAT.facts, "lead": Text(ja=INJECTION, en=INJECTION)}})
TOO_CHEAP = COAT.model_copy(
    update={"id": "lamp", "name": Text(ja="安すぎるランプ", en="A lamp too cheap"), "discount_percent": Decimal(70)}
)


@dataclass
class Play:
    """A stage on which a model thinks, always about somebody whom it has not met."""

    scenery: Scenery
    stub: StubModel
    guests: Iterator[int] = field(default_factory=count)

    def ask(self, script: Script, language: str = "en", channels: str = "email line", **more: object) -> Decision:
        """One ask about a new guest, answered while the model plays a script."""
        self.play(script)
        return self.scenery.ask(self.guest(), channels, language, **{"scene": SCENE, **more})

    def timed(self, script: Script, deadline_ms: int) -> tuple[Decision, float]:
        """One ask, and how many seconds it took."""
        self.play(script)
        ask = question(self.guest(), "email line", scene=SCENE, deadline_ms=deadline_ms)
        answer, seconds = run(lived(self.scenery.parts.conductor.next_message(ask, language="en")))
        return answer.decision, seconds

    def play(self, script: Script) -> None:
        """Another script, and nothing asked yet."""
        self.stub.play(thinks(script))
        self.stub.requests.clear()

    def erratic(self, seed: int) -> bool:
        """Asks while a model does something else at every step; answers with whether its choice was taken."""
        decision = self.ask(erratic(seed), deadline_ms=20_000)
        found = verify(self.scenery.parts.stores, decision.decision_id)
        assert decision.outcome == "message" and found.ok, (seed, found.findings)
        return self.thought(decision).taken

    def guest(self) -> str:
        """A gold member who buys coffee, told us of a coat, and of whom we know much that is nobody's business."""
        guest = f"{PLANTED[0]}-{next(self.guests)}"
        self.scenery.write(lambda c: welcome(c, guest))
        return guest

    @property
    def requests(self) -> list[Seen]:
        """What was asked in deliberations."""
        return [seen for seen in self.stub.requests if is_deliberation(seen.body)]

    def public(self, decision: Decision) -> Public:
        """The open part of what is kept of a decision."""
        stores = self.scenery.parts.stores
        stored = stores.read(lambda c: stores.decisions.get(c, decision.decision_id))
        return Public.model_validate_json(stored.public)

    def thought(self, decision: Decision) -> Thought:
        """What is kept of the deliberation."""
        thought = self.public(decision).thought
        assert thought is not None
        return thought


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """A model whose requests are not repeated."""
    with playing(tmp_path_factory.mktemp("home"), retries=0) as play:
        yield play


@contextmanager
def playing(home: Path, retries: int) -> Iterator[Play]:
    """The rules permit three offers on two channels; a fourth is far too cheap, and one has an instruction in it."""
    clock = FrozenClock()
    with StubModel(honest) as stub:
        settings = Settings(home=home, llm_base_url=stub.base_url, llm_model="stub", llm_retries=retries)
        parts = build_parts(settings, clock=clock, encoder=WordEncoder(), draw=lambda: 0.0)
        parts.stores.write(people)
        parts.stores.write(lambda c: catalogue.upsert(c, [POISONED, TOO_CHEAP], START))
        yield Play(Scenery(parts, clock), stub)
        parts.close()


def welcome(c: Connection, guest: str) -> None:
    """A new guest, with things planted wherever people write them."""
    attributes = {"note": PLANTED[2], "address": PLANTED[3]}
    known = {"id": guest, "tier": Tier.GOLD, "attributes": attributes, "display_name": PLANTED[1]}
    profiles.upsert(c, [ANNA.model_copy(update=known)], START)
    consents.append(c, [word(guest, topic, True) for topic in ("email", "line")])
    told = Memory(
        id=f"{guest}/told",
        customer_id=guest,
        text=PLANTED[2],
        distance=Distance.TOLD_US,
        source="call",
        at=START - timedelta(days=3),
        topic="coat",
    )
    memories.put(c, [coffee(guest, "en"), told])


def test_an_honest_choice_is_taken_and_explained(play: Play) -> None:
    usual, decision = play.ask(honest, scene="newsletter"), play.ask(last)
    assert usual.message and usual.message.offer and decision.message and decision.message.offer
    assert decision.message.offer.id != usual.message.offer.id
    assert decision.explanation.because[0] == "The model's reason: It is the one that nobody else would take."
    assert any("the model took another one" in line.reason for line in decision.explanation.why_not)
    assert decision.propensity == 1
    thought = play.thought(decision)
    assert (thought.taken, thought.odd, thought.steps, thought.angle) == (True, None, 1, "story")
    assert thought.prompt.startswith("en/deliberate@") and thought.tokens > 100


@pytest.mark.parametrize(
    "said",
    [
        lambda chosen: f"I choose:\n{chosen}\nbecause it fits.",
        lambda chosen: f"It could be {{anything}}, hm.</think>\n{chosen}",
        lambda chosen: f"Here it is.\n```json\n{chosen}\n```\nGood luck!",
        lambda chosen: '{"reasoning": "They like coffee.", ' + chosen[1:],
    ],
    ids=["among words", "after thoughts", "in a fence", "with its thoughts"],
)
def test_a_choice_is_found_wherever_it_stands(play: Play, said: Callable[[str], str]) -> None:
    thought = play.thought(play.ask(lambda body, number: Answer(text=said(last(body, number).words))))
    assert (thought.taken, thought.odd, thought.steps, thought.angle) == (True, None, 1, "story")


def test_a_choice_that_cannot_be_read_is_asked_for_once_more(play: Play) -> None:
    def corrected(body: Body, number: int) -> Answer:
        return last(body, number) if "cannot be read" in json.dumps(body["messages"]) else Answer(text="The last one.")

    thought = play.thought(play.ask(corrected))
    assert (thought.taken, thought.odd, thought.steps) == (True, None, 2)
    assert ["tools" in seen.body for seen in play.requests] == [True, False]


def test_of_two_choices_neither_is_taken_and_one_said_twice_is_one() -> None:
    one, other = choice("k1").words, choice("k2").words
    assert verdict_in(f"{one} or {other}?") is None
    assert verdict_in(f"{one} Yes: {one}") == verdict_in(one) is not None


def test_a_tool_that_takes_nothing_may_be_called_with_nothing(play: Play) -> None:
    def called(body: Body, number: int) -> Answer:
        looked = heard(body).answered
        return last(body, number) if looked else Answer(tool_calls=(("recall", ""), ("channels", "null")))

    assert play.thought(play.ask(called)).taken


def test_a_model_is_asked_six_times_however_often_requests_are_repeated(tmp_path: Path) -> None:
    """The client may repeat each request twice; in the end that counts, too."""
    with playing(tmp_path, retries=2) as play:
        for script in (
            lambda *_: calls(recall={}),
            lambda _, number: calls(recall={}) if number % 3 else Answer(status=503, retry_after=0),
            lambda *_: Answer(text="I would rather not say."),
        ):
            assert not play.thought(play.ask(script, deadline_ms=20_000)).taken
            assert 1 < len(play.requests) <= 6


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=500), "the model could not answer"),
        (Answer(text="I would rather not say."), "its answer could not be read"),
        (Answer(), "its answer could not be read"),
        (Answer(refusal="No."), "the model or its server refused"),
    ],
)
def test_the_explanation_says_what_happened(play: Play, answer: Answer, why: str) -> None:
    assert f"but {why};" in play.ask(lambda *_: answer).explanation.because[0]


def test_reasons_are_in_the_language_of_the_marketer_and_name_offers_not_ids(play: Play) -> None:
    english = play.ask(honest)
    given = ids_of(heard(play.requests[0].body).candidates)
    japanese = play.ask(honest, "ja")
    given += ids_of(heard(play.requests[0].body).candidates)
    assert any("is likely, too." in reason for reason in english.explanation.because)
    assert any(reason.startswith("AIの考え：") for reason in japanese.explanation.because)
    told = " ".join((*english.explanation.because, *japanese.explanation.because))
    assert not any(name in told for name in given)


def test_what_a_model_chose_is_verified_and_replayed_from_the_record(play: Play) -> None:
    stores, decision = play.scenery.parts.stores, play.ask(last)
    assert verify(stores, decision.decision_id).ok
    assert replay(stores, decision.decision_id).same


def test_a_model_that_plays_by_no_rules_changes_nothing(play: Play) -> None:
    found = {rogue: played(play, rogue, script) for rogue, (script, _) in ROGUES.items()}
    assert found == {rogue: odd for rogue, (_, odd) in ROGUES.items()}


def played(play: Play, rogue: str, script: Script) -> str | None:
    """Asks while the rogue plays: the usual choice has to stand, in time, and no request may say who it is about."""
    # Who is late has a moment; who does something else is never late, however busy the machine is.
    decision, seconds = play.timed(script, 900 if ROGUES[rogue][1] == "late" else 20_000)
    assert seconds < 5, rogue
    public, asked = play.public(decision), "".join(seen.raw for seen in play.stub.requests)
    assert decision.message and decision.message.offer and decision.message.offer.id == USUAL, rogue
    assert decision.explanation.because[0].startswith("A model was asked to choose, but "), rogue
    stores = play.scenery.parts.stores
    assert verify(stores, decision.decision_id).ok and replay(stores, decision.decision_id).same, rogue
    assert public.draw == 0.0 and decision.propensity and decision.propensity < 1, rogue
    assert public.thought and not public.thought.taken, rogue
    assert not [planted for planted in (*PLANTED, "/u/") if planted in asked], rogue
    if not asked and public.thought.odd == "late":  # On a busy machine its moment was over before it was asked.
        return played(play, rogue, script)
    assert asked, rogue
    return public.thought.odd


def test_a_reason_leads_nowhere_and_reaches_nobody(play: Play) -> None:
    def planted(body: Body, number: int) -> Answer:
        return choice(
            ids_of(heard(body).candidates)[0],
            "plain",
            "It <img src=x onerror=alert(1)>fits, see https://evil.example/x or www.evil.example",
            "Call 080-1234-5678, +81 90 1234 5678 or write to bob@evil.example, @bob_evil",
            "It is \u202ederever\u2066 \u200bhere <b>bold",
        )

    for language in ("en", "ja"):
        told = play.ask(planted, language).explanation
        assert told is not None
        shown = " ".join((told.summary, *told.because))
        assert "fits, see … or …" in shown
        for odd in ("<", ">", "evil", "1234", "@", "\u202e", "\u2066", "\u200b"):
            assert odd not in shown, (odd, shown)


def test_an_honest_model_sees_nobody(play: Play) -> None:
    for language in ("ja", "en"):
        play.ask(honest, language)
        asked = "".join(seen.raw for seen in play.stub.requests)
        assert len(play.requests) == 3 and not [planted for planted in (*PLANTED, "/u/") if planted in asked]


def test_an_id_of_another_walk_fits_nothing(play: Play) -> None:
    play.ask(honest)
    earlier = ids_of(heard(play.requests[0].body).candidates)
    assert play.thought(play.ask(lambda *_: choice(earlier[0]))).odd == "candidate"


def test_nothing_that_a_rule_forbids_is_shown(play: Play) -> None:
    decision = play.ask(honest)
    shown = [one for seen in play.requests for one in heard(seen.body).candidates]
    assert {one["channel"] for one in shown} == {"email", "line"}
    assert "A lamp too cheap" not in json.dumps(shown)
    assert any(line.candidate.startswith("lamp/") for line in decision.explanation.why_not)


def test_coarse_facts_are_those_that_the_rules_allow(play: Play) -> None:
    play.ask(honest)
    recalled = heard(play.requests[-1].body).answered["recall"]
    assert recalled == [{"stage": "active", "tier": "gold", "interests": "fashion, food", "season": "autumn"}]


def test_the_usual_choice_stands_where_there_is_no_time_to_think(play: Play) -> None:
    decision = play.ask(honest, deadline_ms=60)
    thought = play.thought(decision)
    assert (thought.odd, thought.steps, play.requests) == ("late", 0, [])
    assert decision.message and decision.message.offer and decision.message.offer.id == USUAL


def test_nothing_is_asked_where_there_is_nothing_to_choose(play: Play) -> None:
    play.scenery.write(lambda c: [catalogue.remove(c, gone) for gone in ("coat", "fair")])
    decision = play.ask(honest, channels="line")
    play.scenery.write(lambda c: catalogue.upsert(c, [POISONED, FAIR], START))
    assert decision.message and play.public(decision).thought is None and not play.requests


def test_other_scenes_do_not_think(play: Play) -> None:
    assert play.ask(honest, scene="newsletter").message and not play.stub.requests


def test_a_deliberation_ends_when_it_has_read_and_written_enough(play: Play) -> None:
    wordy = play.ask(lambda body, _: calls(score={"candidates": [*ids_of(heard(body).candidates)] * 2}))
    assert play.thought(wordy).odd == "steps" and play.thought(wordy).steps <= 6
    huge = play.ask(lambda *_: replace(calls(recall={}), text="thinking " * 12_000))
    assert (play.thought(huge).odd, play.thought(huge).steps) == ("tokens", 1)


@pytest.mark.no_cover
def test_whatever_a_model_does_only_what_is_permitted_comes_out(play: Play) -> None:
    taken = [play.erratic(seed) for seed in range(40)]
    assert 5 < sum(taken) < 35


def test_many_think_at_once_and_none_hears_of_another(play: Play) -> None:
    play.stub.play(thinks(honest))
    play.stub.requests.clear()
    guests, conduct = [play.guest() for _ in range(8)], play.scenery.parts.conductor.next_message

    async def several() -> list[Decision]:
        asked = [question(guest, "email line", scene=SCENE) for guest in guests]
        return [one.decision for one in await asyncio.gather(*(conduct(ask, language="en") for ask in asked))]

    assert all(play.thought(decision).taken for decision in run(several()))
    given = {frozenset(ids_of(heard(seen.body).candidates)) for seen in play.requests}
    assert len(given) == 8 and not frozenset.intersection(*given)
