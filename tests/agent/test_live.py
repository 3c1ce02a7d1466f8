"""Live words: one call on the happy path, revisions by name, and approved copy whenever the model is no help."""

import json
from collections.abc import Iterator
from time import monotonic, perf_counter

import pytest
from pydantic import JsonValue

from agent.live import room
from agent.reserve import Reserve
from agent.station import HANDED_OVER_WITHIN, Ground, arrive, walk_again
from agent.verification import replay, verify
from domain.decision import Decision
from evals.stub_scripts import Answer, Body, Script, answers, plays, writes
from tests.agent.living import CANARIES, MAIL, SCENE, Living, in_mode, living, with_rules

HURRY = {**MAIL, "opening": "Hurry, it is almost gone."}
NAMES_A_SLOT = {**MAIL, "opening": "Use the code [[discount_code]] today."}


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """One stage for all tests: every ask is about a guest of its own."""
    with living(tmp_path_factory.mktemp("home")) as lived:
        yield lived


def drafts(*copies: dict[str, JsonValue]) -> Script:
    """These drafts one after another."""
    return answers(*(json.dumps(copy) for copy in copies))


def told(decision: Decision) -> str:
    return " ".join(decision.explanation.because)


def last_words(play: Living, request: int) -> str:
    """The last message of a request."""
    messages = play.requests[request].body["messages"]
    assert isinstance(messages, list) and isinstance(messages[-1], dict)
    return str(messages[-1]["content"])


def test_the_happy_path_is_one_call_and_its_words_leave(play: Living) -> None:
    decision = play.ask(writes(MAIL))
    assert decision.message and decision.message.subject == "More of your coffee?"
    assert decision.copy_ and (decision.copy_.origin, decision.copy_.model) == ("model", "stub")
    assert len(play.requests) == 1
    assert "written on the spot by stub" in told(decision)
    penned = play.penned(decision)
    assert (penned.calls, penned.revisions, penned.failed) == (1, 0, None)
    assert penned.prompt.startswith("en/draft@") and penned.prompt_tokens > 100 and penned.brief


def test_what_is_put_in_by_template_is_there_and_the_name_with_it(play: Living) -> None:
    decision = play.ask(writes(MAIL))
    assert decision.message and decision.message.text and decision.message.html
    assert "Annabel Sample" in decision.message.text and decision.message.headers["List-Unsubscribe"]
    assert "See the coffee" in decision.message.html


def test_words_of_a_model_are_verified_and_replayed_from_the_record(play: Living) -> None:
    stores, decision = play.scenery.parts.stores, play.ask(writes(MAIL))
    assert verify(stores, decision.decision_id).ok
    assert replay(stores, decision.decision_id).same


@pytest.mark.parametrize(
    ("wrong", "named"),
    [(HURRY, "hurry"), (NAMES_A_SLOT, "[[discount_code]]"), ({**MAIL, "subject": ""}, "subject")],
)
def test_a_violation_is_named_and_revised(play: Living, wrong: dict[str, JsonValue], named: str) -> None:
    decision = play.ask(drafts(wrong, MAIL))
    assert decision.copy_ and decision.copy_.origin == "model"
    assert len(play.requests) == 2 and named in last_words(play, 1)
    assert play.penned(decision).revisions == 1 and "after 1 revision" in told(decision)


def test_after_two_revisions_approved_copy_is_taken(play: Living) -> None:
    decision = play.ask(drafts(HURRY))
    assert decision.message and decision.copy_ and decision.copy_.origin == "template"
    assert decision.copy_.model is None and len(play.requests) == 3
    assert play.penned(decision).failed == "inspection" and "did not keep the rules" in told(decision)


@pytest.mark.parametrize(
    ("script", "deadline", "failed"),
    [
        (plays(Answer(status=500)), 10_000, "model-down"),
        (plays(Answer(text="not json")), 10_000, "model-broken"),
        (plays(Answer(refusal="I cannot help with that.")), 10_000, "model-refused"),
        (plays(Answer(hang=True)), 400, "model-too-late"),
    ],
)
def test_a_model_that_fails_is_replaced_by_approved_copy(
    play: Living, script: Script, deadline: int, failed: str
) -> None:
    decision = play.ask(script, deadline_ms=deadline)
    assert decision.message and decision.copy_ and decision.copy_.origin == "template"
    assert play.penned(decision).failed == failed and "Approved copy was used" in told(decision)


def test_without_time_no_model_is_asked(play: Living) -> None:
    decision = play.ask(writes(MAIL), deadline_ms=60)
    assert decision.message and not play.requests
    assert play.penned(decision).failed == "no-time"


def test_no_time_for_a_revision_is_no_revision(play: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hand moves the clocks: half a minute passes with the first draft, and less than that is left."""
    passed = [0.0]

    def long(body: Body, number: int) -> Answer:
        passed[0] += 30
        return drafts(HURRY)(body, number)

    monkeypatch.setattr("agent.conversation.monotonic", lambda: monotonic() + passed[0])
    monkeypatch.setattr("tools.llm.perf_counter", lambda: perf_counter() + passed[0])
    monkeypatch.setattr(Reserve, "of", lambda self, whole: 5.0)
    decision = play.ask(long, deadline_ms=60_000)
    assert decision.message and len(play.requests) == 1
    assert play.penned(decision).failed == "inspection"


def test_a_wish_that_is_not_met_is_better_than_nothing_and_worse_than_approved_copy(play: Living) -> None:
    loud: dict[str, JsonValue] = {**MAIL, "opening": "More coffee! It is here! You will like it!"}
    decision = play.ask(drafts(loud))
    assert decision.copy_ and decision.copy_.origin == "template"


@pytest.mark.parametrize("channel", ["email", "sms", "push", "line", "web", "app", "ad", "signage", "call"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_channel_takes_words_in_both_languages(play: Living, channel: str, language: str) -> None:
    english = {
        "title": "Your coffee",
        "body": "Your coffee is here, whenever it suits you.",
        "closing": "",
        "action": "",
    }
    japanese = {
        "subject": "コーヒーのご案内です",
        "preheader": "お時間のあるときにどうぞ。",
        "title": "コーヒーのご案内",
        "opening": "コーヒーのご案内をお届けします。",
        "body": "コーヒーのご案内です。お時間のあるときにご覧ください。",
        "closing": "",
        "action": "",
    }
    copy: dict[str, JsonValue] = {**(MAIL | english if language == "en" else japanese)}
    decision = play.ask(writes(copy), language, channel)
    assert decision.message and decision.copy_ and decision.copy_.origin == "model", decision
    assert len(play.requests) == 1


def test_nothing_about_the_customer_is_in_any_request(play: Living) -> None:
    moment = {"page": {"title": CANARIES[5], "url": "https://shop.example.com/annabel"}, "weather": "rain"}
    for script in (writes(MAIL), drafts(HURRY), plays(Answer(status=500))):
        play.ask(script, moment=moment)
        asked = " ".join(seen.raw for seen in play.requests)
        assert play.requests and not [canary for canary in CANARIES if canary in asked]


def test_what_was_filled_in_never_goes_back_with_a_violation(play: Living) -> None:
    """The customer's name breaks a rule: the model is told of the rule, not of the name."""
    scope = {"scenes": [SCENE]}
    rule = {
        "type": "forbidden_phrase",
        "id": "no_sample",
        "name": {"en": "none"},
        "phrases": ["Annabel"],
        "scope": scope,
    }
    with with_rules(play.scenery, rule):
        play.ask(writes(MAIL))
    assert len(play.requests) == 3
    assert not any("Sample" in str(seen.body["messages"]) for seen in play.requests)


def test_prepared_scenes_ask_no_model(play: Living) -> None:
    with in_mode(play.scenery, mode="prepared"):
        decision = play.ask(writes(MAIL))
    assert decision.message and not play.requests and play.public(decision).penned is None


def test_a_delivery_waits_seconds_for_a_model_and_no_minute(play: Living) -> None:
    decision = play.ask(writes(MAIL))
    parts = play.scenery.parts
    now, (rules, offers) = parts.clock.now(), parts.shelf.load()
    back = rules.lookback
    station = parts.stores.read(lambda c: arrive(c, parts.stores, decision.decision_id, now, back))
    walk = walk_again(station, Ground(parts.stores, rules, offers.offer, now), "en")
    assert 1 < room(walk, parts.instruments) < HANDED_OVER_WITHIN.total_seconds()
