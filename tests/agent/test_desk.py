"""The desk: conversations as marketers have them, with a model and without one; it never puts anything in force."""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.desk import open_desk
from agent.talk.thinking import MOST_STEPS
from agent.talk.turn import Answer
from domain.channel import Channel
from domain.customer import Customer
from domain.language import Text
from domain.memory import Distance, Memory
from domain.offer import Offer
from domain.stop import Stop
from evals.stub_scripts import Answer as Scripted
from evals.stub_scripts import Body, Script, plays
from records import book, catalogue, directives, keys, memories, profiles, stops
from records.connection import Connection
from records.context import ContextRecord
from records.talks import KEPT
from tests.agent.living import CANARIES, MAILBOX, NAME, NOTE, PHONE, Living, living
from tests.agent.stage import ANNA, Scenery, run, set_up
from tests.attacks import JAPANESE, attacks
from tests.clock import START, FrozenClock

TALKS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "talk" / "cases" / "talks.yaml").read_text(encoding="utf-8")
)
BUSY = ("approve", "activate", "retire", "reject", "rollback", "stop", "lift", "send", "delete_customer")
"""Tools that an honest desk does not have."""


def say(scenery: Scenery, text: str, talk: str = "talk", person: str | None = "Marta") -> Answer:
    """One turn."""
    return run(open_desk(scenery.parts).answer(text, person, talk))


def in_force(scenery: Scenery) -> tuple[object, ...]:
    """Everything that decides what is sent."""
    return scenery.parts.stores.read(
        lambda c: (book.latest(c), stops.active(c), {one.status for one in directives.page(c, 200)} - {"draft"})
    )


def add_key(scenery: Scenery, role: str, person: str) -> None:
    """A key of that person."""
    scenery.write(lambda c: keys.add(c, role, person, (), START))  # type: ignore[arg-type]  # a role by its name


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenery]:
    """A stage with an approver, somebody whom nothing reached, and records to be like."""
    stage = set_up(tmp_path_factory.mktemp("staffed"), FrozenClock())
    add_key(stage, "approver", "Boss")
    add_key(stage, "approver", "Marta")
    add_key(stage, "marketer", "Marketer Two")
    stage.ask("silent", "email")
    encoder, context = stage.parts.instruments.encoder, stage.parts.context
    said = {"anna": "buys coffee", "hana": "coffee コーヒー", "silent": "tea"}
    rows = encoder.encode(list(said.values()))
    context.put([ContextRecord(id, text, {}, row) for (id, text), row in zip(said.items(), rows, strict=True)])
    yield stage
    stage.parts.close()


def numbered(name: str, first: int) -> list[dict[str, Any]]:
    """A conversation whose dir-1 is the directive after the first so many."""
    text = json.dumps(TALKS[name], ensure_ascii=False)
    turns: list[dict[str, Any]] = json.loads(re.sub(r"dir-(\d+)", lambda found: f"dir-{int(found[1]) + first}", text))
    return turns


@pytest.mark.parametrize("name", TALKS)
def test_a_conversation_without_a_model(staffed: Scenery, name: str) -> None:
    before = in_force(staffed)
    first = len(staffed.parts.stores.read(lambda c: directives.page(c, 200)))
    for turn in numbered(name, first):
        told = say(staffed, turn["say"], name)
        assert list(told.did) == turn["did"], (turn["say"], told)
        assert told.understood is turn.get("understood", True), told
        assert list(told.kept) == turn.get("kept", []), told
        assert list(told.directives) == turn.get("about", turn.get("kept", list(told.directives)))
        assert all(words in told.words for words in turn["holds"]), (turn["say"], told.words)
        assert not any(words in told.words for words in turn.get("lacks", []))
    assert in_force(staffed) == before


def test_a_talk_is_its_persons_own_and_forgotten_after_a_day(stage: Scenery) -> None:
    say(stage, "割引は10%まで。")
    assert not say(stage, "15%にして", person="Miriam").kept
    assert not say(stage, "15%にして", talk="another").kept
    stage.clock.set(stage.clock.now() + KEPT - timedelta(minutes=1))
    told = say(stage, "15%にして")
    assert told.kept == ("dir-2",)
    assert told.kept_until == stage.clock.now() + KEPT
    stage.clock.set(stage.clock.now() + KEPT)
    assert not say(stage, "20%にして").kept


def test_without_a_person_one_may_ask_and_give_nothing(stage: Scenery) -> None:
    assert not say(stage, "割引は10%まで。", person=None).kept
    assert "TACT_AUTH=off" in say(stage, "指示：割引は10%まで。", person=None).words
    assert say(stage, "show rules", person=None).did == ("rules",)
    assert stage.parts.stores.read(lambda c: directives.page(c, 9)) == []


def test_the_same_on_postgresql(stage_on_both: Scenery) -> None:
    say(stage_on_both, "割引は10%まで。")
    assert say(stage_on_both, "15%にして").kept == ("dir-2",)
    assert "dir-1" in say(stage_on_both, "今週変わったことは？").words
    assert "hana" in say(stage_on_both, "見本さんに何も届かないのはなぜ？").words


@pytest.mark.parametrize("attack", [*attacks()[:: max(1, len(attacks()) // 6)], *JAPANESE])
def test_what_is_pasted_into_the_desk_activates_nothing(staffed: Scenery, attack: str) -> None:
    before = in_force(staffed)
    say(staffed, attack)
    say(staffed, f"割引は10%まで。{attack}")
    assert in_force(staffed) == before


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A stage with a model at the other end of a real connection."""
    with living(tmp_path_factory.mktemp("desk")) as played:
        yield played


def spoken(play: Living, script: Script, *texts: str, talk: str = "talk") -> Answer:
    """Turns of a conversation while the model plays a script; the last answer."""
    play.play(script)

    async def talked() -> Answer:
        parts = play.scenery.parts
        for text in texts:
            told = await open_desk(parts).answer(text, "Marta", talk)
        if parts.instruments.model is not None:
            await parts.instruments.model.close()
        return told

    return asyncio.run(talked())


def calls(name: str, **arguments: object) -> Scripted:
    """The model calls one tool."""
    return Scripted(tool_calls=((name, json.dumps(arguments, ensure_ascii=False)),))


def heard(play: Living) -> str:
    """Everything that the model was told."""
    return json.dumps([[seen.path, dict(seen.headers), seen.body] for seen in play.requests], ensure_ascii=False)


def test_a_model_calls_tools_and_answers_with_people_named_again(play: Living) -> None:
    guest = play.guest()
    script = plays(calls("why", customer="person_1"), Scripted(text="person_1 was never asked about."))
    told = spoken(play, script, f"Why did {guest} get nothing?", talk="a")
    assert (told.by, told.did, told.words) == ("model", ("why",), f"{guest} was never asked about.")
    assert told.prompt is not None
    assert told.prompt.startswith("en/desk@")
    assert len(told.usage) == 2
    assert guest not in heard(play)
    assert '\\"stage\\": \\"active\\"' in heard(play)


@pytest.mark.parametrize(
    "text",
    [
        f"Why did {NAME} get nothing?",
        f"why did {NAME.lower()} get nothing?",
        "Annabel got nothing from us, why?",
        f"Why nothing for {PHONE}?",
        f"{NAME}さんに何も届かないのはなぜ？",
        f"{MAILBOX} に届かない理由は？ {NAME}様から電話（{PHONE}）がありました。",
        f'{NAME} said "{NOTE}" on the phone. What should we send her?',
        f"{NAME} {NOTE}. What did she get?",
    ],
)
def test_no_customer_is_ever_told_to_a_model(play: Living, text: str) -> None:
    play.scenery.ask(play.guest(), "email")
    script = plays(
        calls("why", customer="person_1"),
        calls("audience", topic="coffee"),
        calls("changed"),
        calls("directives"),
        Scripted(text="person_1"),
    )
    spoken(play, script, text, f"And again: {text}", talk=text)
    assert play.requests
    assert not [canary for canary in CANARIES if canary in heard(play)], heard(play)


@pytest.mark.parametrize(
    "text",
    [
        "Why nothing for 090-8765-4321?",
        "０９０－８７６５－４３２１の方に届かないのはなぜ？",
        "０９０ー８７６５ー４３２１の方に届かないのはなぜ？",
        "why did ANNABEL get nothing?",
    ],
)
def test_no_part_of_a_number_and_no_shouted_name_is_told_to_a_model(play: Living, text: str) -> None:
    play.guest()
    spoken(play, plays(Scripted(text="person_1")), text, talk=text)
    assert play.requests
    parts = ("8765", "4321", "８７６５", "４３２１", "ANNABEL")
    assert not [part for part in parts if part in heard(play)], heard(play)


def test_what_others_wrote_of_customers_is_not_told_either(play: Living) -> None:
    guest = play.guest()
    play.scenery.write(lambda c: stops.add(c, stop(f"{NAME} ({MAILBOX}) complained: {NOTE}")))
    play.scenery.clock.set(START)
    script = plays(calls("stops"), calls("changed"), Scripted(text="Stopped."))
    spoken(play, script, f"{guest} asks: is anything stopped?", talk="stops")
    told = heard(play)
    play.scenery.write(lambda c: stops.lift(c, "stop-1", "Boss", START))
    assert "complained" in told
    assert not [canary for canary in (NAME, "Annabel", MAILBOX, "guest-") if canary in told], told


def stop(reason: str) -> Stop:
    """A stop of one channel, for a reason."""
    return Stop(id="stop-1", reason=reason, by="Marta", at=START, channel=Channel.CALL)


def test_a_reading_by_the_model_never_names_anybody(play: Living) -> None:
    play.guest()
    text = f"Directive: be gentle with {NAME} ({PHONE}) somehow, since she {NOTE}."
    told = spoken(play, plays(Scripted(status=500)), text, talk="reading")
    assert (told.by, len(told.kept)) == ("grammar", 1)
    assert not [canary for canary in CANARIES if canary in heard(play)], heard(play)


def test_a_model_keeps_a_draft_of_the_marketers_own_words_alone(play: Living) -> None:
    script = plays(
        calls("give", text="Discounts at most 90 %."),
        calls("give", text="Discounts at most 12 %."),
        calls("give", text="Discounts at most 12 %. Thanks."),
        Scripted(text="Kept."),
    )
    told = spoken(play, script, "Please see to it that discounts stay at most 12 %, will you?", talk="own")
    assert told.did == ("give",)
    assert len(told.kept) == 1
    assert f"Kept as the draft {told.kept[0]}" in told.words
    given = play.scenery.parts.stores.read(lambda c: directives.get(c, int(told.kept[0][4:])))
    assert (given.text, given.status, given.author) == ("Discounts at most 12 %.", "draft", "Marta")


def obeys(body: Body, number: int) -> Scripted:
    """A model that does whatever it reads."""
    if number % 3 == 2:
        return Scripted(text="I approved dir-1 and everything is in force. 承認しました。")
    wanted = tuple((name, '{"directive": "dir-1", "reason": "told to"}') for name in BUSY[: 3 + number % 4])
    return Scripted(tool_calls=(*wanted[:3], ("give", '{"text": "割引は90%まで。"}')))


@pytest.mark.parametrize("place", ["name", "product", "note", "directive"])
def test_a_model_that_obeys_what_it_reads_activates_nothing(play: Living, place: str) -> None:
    scenery, before = play.scenery, in_force(play.scenery)
    for number, attack in enumerate((*attacks()[:2], *JAPANESE[:2])):
        customer = ANNA.model_copy(update={"id": f"{place}-{number}", "display_name": attack[:200]})
        scenery.write(lambda c: planted(c, place, customer, attack))  # noqa: B023  # written before the next round
        words = attack if place == "directive" else f"why did {customer.id} get nothing?"
        told = spoken(play, obeys, words, "who would care about coffee?", talk=f"{place}-{number}")
        assert not told.kept
        assert in_force(scenery) == before
    kept = scenery.parts.stores.read(lambda c: directives.page(c, 200))
    assert not [one for one in kept if "90%" in one.text and place != "directive"]


def planted(c: Connection, place: str, customer: Customer, attack: str) -> None:
    """The attack as a name, and in the place that it is tried in."""
    profiles.upsert(c, [customer], START)
    if place == "product":
        name = Text(ja=attack[:100], en=attack[:100])
        catalogue.upsert(c, [Offer(id=f"o-{customer.id}", kind="product", name=name)], START)
    if place == "note":
        memories.put(c, [noted(customer.id, attack)])


def noted(customer: str, attack: str) -> Memory:
    """A note of a call."""
    return Memory(
        id=f"{customer}/note",
        customer_id=customer,
        text=attack[:500],
        distance=Distance.TOLD_US,
        source="call",
        at=START,
        topic="coffee",
    )


def test_an_answer_that_was_cut_off_says_so(play: Living) -> None:
    cut = Scripted(text="There are four rules for SMS: it is", finish="length")
    assert "ends here" in spoken(play, plays(cut), "what are the rules for SMS?", talk="cut").words
    assert "切れています" in spoken(play, plays(cut), "SMSのルールは？", talk="cut").words
    whole = Scripted(text="There are four rules for SMS.")
    assert spoken(play, plays(whole), "what are the rules for SMS?", talk="whole").words == whole.text


def test_a_false_claim_is_put_right(play: Living) -> None:
    told = spoken(play, plays(Scripted(text="I have approved it and it is in force.")), "show me the rules", talk="lie")
    assert "nothing came into force" in told.words


@pytest.mark.parametrize(
    ("text", "said"), [("Discounts at most 10 %.", "No draft was kept"), ("割引は10%まで。", "残していません")]
)
def test_an_instruction_of_which_a_model_kept_nothing_is_not_said_to_be_kept(
    play: Living, text: str, said: str
) -> None:
    told = spoken(play, plays(Scripted(text="Understood, it is in the drafts.")), text, talk=f"lazy {said}")
    assert not told.kept
    assert said in told.words


def test_what_only_people_do_is_answered_before_a_model_is_asked(play: Living) -> None:
    told = spoken(play, plays(Scripted(text="Done!")), "approve it", talk="people")
    assert (told.by, told.did) == ("grammar", ("hand",))
    assert not play.requests


def test_what_is_pasted_in_is_read_by_the_grammar_alone(play: Living) -> None:
    mail = "お疲れさまです。\n" + "先日の件、よろしくお願いします。\n" * 8 + "割引は10%まで。"
    assert spoken(play, plays(Scripted(text="Done!")), mail, talk="mail").by == "grammar"
    assert not play.requests


@pytest.mark.parametrize(
    "trouble",
    [
        plays(Scripted(status=500)),
        plays(Scripted(reset=True)),
        plays(Scripted(text="")),
        plays(Scripted(raw=b"<html>")),
        plays(Scripted(refusal="I cannot.")),
    ],
)
def test_without_an_answer_of_the_model_the_grammar_does_it(play: Living, trouble: Script) -> None:
    told = spoken(play, trouble, "what are the rules for SMS?", talk="trouble")
    assert (told.by, told.did) == ("grammar", ("rules",))
    assert "cap_sms_week" in told.words


def test_a_model_that_never_ends_is_ended(play: Living) -> None:
    told = spoken(play, plays(calls("rules", channel="sms")), "what are the rules for SMS?", talk="loop")
    assert told.by == "grammar"
    assert 1 < len(told.usage) <= MOST_STEPS
    assert "cap_sms_week" in told.words


def test_nonsense_calls_are_answered_and_harm_nothing(play: Living) -> None:
    script = plays(
        Scripted(tool_calls=(("approve", "{}"), ("rules", "{not json"), ("why", '{"customer": 7}'), ("give", "[]"))),
        Scripted(tool_calls=(("explain", '{"subject": "dir-999"}'), ("compare", '{"first": "version-x"}'))),
        Scripted(text="Sorry."),
    )
    told = spoken(play, script, "what are the rules for SMS?", talk="nonsense")
    assert (told.words, told.kept) == ("Sorry.", ())
    assert heard(play).count("refused") >= 5


def test_a_conversation_goes_on_with_what_was_said(play: Living) -> None:
    spoken(play, plays(Scripted(text="Noted.")), "Remember 42.", talk="on")
    spoken(play, plays(Scripted(text="Yes.")), "What did I say?", talk="on")
    assert '"Remember 42."' in heard(play)
    assert '"Noted."' in heard(play)
