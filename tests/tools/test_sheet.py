"""What is asked for ahead, and how an answer is read: further parts stand for themselves or fall for themselves."""

import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue

from domain.channel import Channel
from domain.language import Language
from domain.variant import Copy, Variant
from policies.document import read_playbook
from tests.agent.stage import COFFEE
from tools.brief import brief_for
from tools.rewording import reworded
from tools.sheet import Sheet, first_words

SENDER = read_playbook().sender
OFFER = COFFEE.model_copy(update={"price": 900, "currency": "JPY", "tax_included": True})
PLAIN: dict[str, JsonValue] = {
    "subject": "About [[offer.word]]",
    "preheader": "A word on it.",
    "opening": "We have [[offer.word]].",
    "closing": "No hurry.",
    "action": "",
    "title": "A calm cup",
    "body": "Coffee of the season.",
    "question": "Do you drink coffee?",
    "doubt": "It is [[offer.price]] a bag.",
}


def sheet(channel: Channel, language: Language = "en", placement: str | None = None, tone: str = "polite") -> Sheet:
    """What is asked for about coffee."""
    brief = brief_for(
        scene=None,
        offer=OFFER,
        channel=channel,
        language=language,
        sender=SENDER,
        today=date(2026, 11, 24),
        zone=ZoneInfo("Asia/Tokyo"),
        placement=placement,
        tone=tone,
    )
    return Sheet(brief, ("A text that is there",))


def read(asked: Sheet, **more: JsonValue) -> Variant:
    """The variant in an answer."""
    wanted = asked.shape.schema["properties"]
    assert isinstance(wanted, dict)
    answer = {name: said for name, said in {**PLAIN, **more}.items() if name in wanted}
    found = asked.read(json.dumps(answer))
    assert found.variant is not None, found.faults
    return found.variant


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_channel_asks_for_its_parts_in_words(channel: Channel, language: Language) -> None:
    asked = sheet(channel, language)
    said = "\n".join(message.content for message in asked.messages())
    properties = asked.shape.schema["properties"]
    assert isinstance(properties, dict)
    assert all(f"{part}：" in said or f"{part}: " in said for part in properties)
    assert "A text that is there" in said and asked.edition.startswith(f"{language}/draft@")
    roles = [message.role for message in asked.messages()]
    assert roles == ["system", "user"]


def test_blocks_stand_or_fall_by_themselves() -> None:
    blocks: list[JsonValue] = [
        "You have [[account.points]] points.",
        "See https://elsewhere.example.com for more.",
        "**Bold** words",
        "As you like [[memory.taste]].",
        "Hello [[customer.name]].",
        "",
    ]
    copy = read(sheet(Channel.EMAIL), blocks=blocks).copy_
    assert [(one.id, sorted(one.needs), sorted(one.personal)) for one in copy.blocks] == [
        ("points", ["account.points"], []),
        ("taste", ["memory.taste"], ["told_us"]),
    ]


def test_a_block_of_another_tool_and_a_service_mail_have_no_personal_blocks() -> None:
    assert "blocks" not in str(sheet(Channel.EMAIL, placement="newsletter.block:*").shape.schema)
    serving = sheet(Channel.EMAIL, tone="service")
    assert "account.points" not in serving.messages()[-1].content
    assert read(serving, blocks=["You have [[account.points]] points."]).copy_.blocks == ()


def test_headlines_say_something_else_and_lean_on_nobody() -> None:
    lines: list[JsonValue] = ["a calm  cup!", "For slow mornings", "[[offer.price]] a bag", "[[memory.taste]] for you"]
    variant = read(sheet(Channel.AD), headlines=lines)
    assert variant.copy_.headlines == ("For slow mornings", "{{ offer.price }} a bag")
    assert "offer.price" in variant.needs


def test_a_script_asks_and_answers_before_it_closes() -> None:
    variant = read(sheet(Channel.CALL))
    heads = [line.partition(": ")[0] for line in variant.copy_.body.split("\n\n")]
    assert heads == ["Opening", "What we have", "To ask", "If they hesitate", "Close"]
    assert "offer.price" in variant.needs
    japanese = read(sheet(Channel.CALL, "ja"), closing="")
    assert japanese.copy_.body.split("\n\n")[-1].startswith("迷われたら：")


def test_a_text_without_its_further_parts_is_a_text() -> None:
    for channel, part in ((Channel.EMAIL, "blocks"), (Channel.AD, "headlines"), (Channel.CALL, "doubt")):
        asked = sheet(channel)
        required = asked.shape.schema["required"]
        assert isinstance(required, list) and part not in required
        base = {name: PLAIN[str(name)] for name in required}
        assert asked.read(json.dumps(base)).variant is not None
        assert asked.read(json.dumps({**base, part: None})).variant is not None


def test_a_fault_in_the_main_words_stops_the_text() -> None:
    asked = sheet(Channel.EMAIL)
    assert asked.read("no json").variant is None
    broken = asked.read(json.dumps({**PLAIN, "opening": "Hi [[nobody.knows]]", "blocks": []}))
    assert broken.variant is None and broken.faults[0].kind == "slot"


def test_an_edited_text_needs_what_its_new_words_state() -> None:
    variant = read(sheet(Channel.EMAIL))
    words = Copy(subject="[[offer.word]]", preheader="x", body="As you like {{ memory.taste }}.\n\n[card]")
    edited = reworded(variant, words)
    assert edited.copy_.subject == "{{ offer.word }}"
    assert edited.needs == {"offer.name", "offer.word", "memory.taste"} and edited.personal == {"told_us"}
    assert edited.id == variant.id and first_words(edited) == "[[offer.word]]"
