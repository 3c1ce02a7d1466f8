"""Drafts: known marks become slots, all else stays the letters that it is, and what is no copy is named."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel
from domain.language import LANGUAGES, Language
from domain.memory import Distance
from domain.message import Message
from domain.variant import Variant
from tests.tools.copywriting_samples import memory, offers, sender, slots_for
from tools.brief import Brief, brief_for
from tools.copywriting import Copywriter
from tools.drafts import MARK, read_draft
from tools.sense import instructions
from tools.shapes import PARTS

TODAY, TOKYO = date(2026, 11, 24), ZoneInfo("Asia/Tokyo")
OFFER = offers()["coat-9-navy"]
WRITER = Copywriter((), sender())
TITLES: dict[Language, str] = {"ja": "コートのご案内", "en": "About the coat"}


def brief(language: Language = "en", channel: Channel = Channel.PUSH, **more: Any) -> Brief:
    given = {"scene": None, "offer": OFFER, "sender": sender(), "today": TODAY, "zone": TOKYO, **more}
    return brief_for(channel=channel, language=language, **given)


def variant_of(parts: dict[str, str], one: Brief) -> Variant:
    read = read_draft(json.dumps(parts), one)
    assert read.variant is not None, read.faults
    return read.variant


def kinds(parts: dict[str, str], one: Brief | None = None) -> set[str]:
    return {fault.kind for fault in read_draft(json.dumps(parts), one or brief()).faults}


def written(variant: Variant, **more: Any) -> Message:
    return WRITER.write(variant, replace(slots_for(variant, OFFER, name="Robin"), **more))


@pytest.mark.parametrize(
    "mark", ["[[offer.word]]", "[[ offer.word ]]", "{{ offer.word }}", "{{offer.word}}", "[[word]]"]
)
def test_a_known_slot_is_filled_however_it_is_spelt(mark: str) -> None:
    variant = variant_of({"title": "A coat", "body": f"The {mark} is here."}, brief())
    assert written(variant).body == "The wool coat is here."
    assert "offer.word" in variant.needs


@pytest.mark.parametrize(
    "text",
    [
        "[[name]]",
        "[[discount_code]]",
        "{{ customer.email }}",
        "{% if x %}",
        "{# x #}",
        "[Name]",
        "[[",
        "{{",
        "［ボタン］",
    ],
)
def test_an_unknown_slot_is_a_fault(text: str) -> None:
    assert kinds({"title": "A coat", "body": f"Hello {text}"}) == {"slot"}


@pytest.mark.parametrize("text", ["<b>new</b>", "**new**", "[see](there)", "<script>", "# New"])
def test_markup_is_a_fault(text: str) -> None:
    assert "markup" in kinds({"title": "A coat", "body": text})


@pytest.mark.parametrize("text", ["https://evil.test", "www.evil.test", "sam@example.com", "@sam", "shop.example.com"])
def test_a_link_is_a_fault(text: str) -> None:
    assert kinds({"title": "A coat", "body": f"See {text} now"}) == {"link"}


@pytest.mark.parametrize(
    "answer", ["", "no", "[]", "3", '{"title": 3, "body": "x"}', '{"title": ["x"]}', '{"title": "x']
)
def test_an_answer_of_another_shape_is_a_fault(answer: str) -> None:
    assert {fault.kind for fault in read_draft(answer, brief()).faults} <= {"shape", "empty"}
    assert read_draft(answer, brief()).variant is None


def test_a_part_that_is_missing_is_a_fault() -> None:
    assert kinds({"title": "A coat"}) == {"empty"} == kinds({"title": " ", "body": "x"})


@pytest.mark.parametrize("place", ["[card]", "[button]", "[offers]", "[blocks]"])
def test_a_model_places_no_cards_and_buttons(place: str) -> None:
    mail = {"subject": "A coat", "preheader": "Warm", "opening": f"Hello.\n\n{place}", "closing": "", "action": ""}
    assert kinds(mail, brief(channel=Channel.EMAIL)) == {"slot"}


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_a_model_writes_is_letters_and_never_a_template(text: str) -> None:
    read = read_draft(json.dumps({"title": "A coat", "body": text}), brief())
    if read.variant is not None and not MARK.search(text):
        message = written(read.variant)
        assert message.body is not None and "".join(message.body.split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["a { b } c", "{", "}", "{x}", "{ { x } }", "{- x -}"])
def test_braces_are_letters(text: str) -> None:
    variant = variant_of({"title": "A coat", "body": f"A coat {text}"}, brief())
    assert written(variant).body == f"A coat {text}"


ODD = yaml.safe_load((Path(__file__).parent / "odd_words.yaml").read_text(encoding="utf-8"))
"""What models write in the place of copy, and honest words that only look like it."""


@pytest.mark.parametrize(("language", "text"), [(each, text) for each in ODD for text in ODD[each]["caught"]])
def test_what_is_no_copy_is_a_fault(language: Language, text: str) -> None:
    assert kinds({"title": TITLES[language], "body": text}, brief(language=language))


@pytest.mark.parametrize(("language", "text"), [(each, text) for each in ODD for text in ODD[each]["passes"]])
def test_what_only_looks_like_no_copy_is_none(language: Language, text: str) -> None:
    assert not kinds({"title": TITLES[language], "body": text}, brief(language=language))


def test_a_personal_slot_says_how_near_it_is() -> None:
    one = brief(channel=Channel.LINE, personal=("memory.taste",))
    variant = variant_of({"body": "You told us that you like [[memory.taste]].", "action": ""}, one)
    assert variant.personal == {Distance.TOLD_US} and "memory.taste" in variant.needs
    message = written(variant, memory=memory("taste", "en"))
    assert message.body and "dark roasts" in message.body and message.cites[0].distance == "told_us"


def test_a_line_begins_with_who_speaks_and_an_sms_too() -> None:
    line = variant_of({"body": "The coat is here.", "action": ""}, brief(channel=Channel.LINE))
    sms = variant_of({"body": "the coat is here."}, brief(channel=Channel.SMS))
    assert (written(line).body or "").startswith("Hello Robin, this is Mihon Department Store.")
    assert (written(sms).body or "").startswith("Mihon Department Store: the coat is here.")


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_is_a_script_from_opening_to_close(language: Language, direction: str) -> None:
    one = brief(language, Channel.CALL, direction=direction)
    variant = variant_of({"body": "A coat.", "closing": "Goodbye."}, one)
    assert f"call.{direction}" in variant.needs and len(variant.copy_.body.split("\n\n")) >= 3


def test_the_same_words_have_the_same_id_and_others_another() -> None:
    first = variant_of({"title": "A coat", "body": "One."}, brief())
    assert first == variant_of({"title": "A coat", "body": "One."}, brief())
    assert first.id != variant_of({"title": "A coat", "body": "Two."}, brief()).id
    assert first.origin == "model" and first.approved_by == "inspection"


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_reads_its_parts(channel: Channel) -> None:
    variant = variant_of(dict.fromkeys(PARTS[channel], "Words."), brief(channel=channel))
    assert written(variant).channel is channel


SENSELESS = (
    *("見出し", "本文です。", "Subject:", "[body]", "Amazing, Amazing, Amazing, Amazing.", "くつくつくつくつくつ"),
    *("new (and open", "「そのまま", "very good very nice very warm very soft very fine very well"),
)


@pytest.mark.parametrize("text", SENSELESS)
def test_words_that_say_nothing_are_a_fault(text: str) -> None:
    assert kinds({"title": "A coat", "body": text}) & {"senseless", "slot"}


def test_the_instructions_are_no_copy() -> None:
    for language in LANGUAGES:
        for said in instructions(language):
            assert "senseless" in kinds({"title": "A coat", "body": f"So. {said}"}, brief(language)), said


@pytest.mark.parametrize(
    "text", ["The coat is here (and warm).", "ゆっくり、ゆっくりお選びください。", "Soft, warm, and yours to try on."]
)
def test_ordinary_words_make_sense(text: str) -> None:
    assert not kinds({"title": "A coat", "body": text})


def test_a_part_that_was_cut_off_is_a_fault() -> None:
    assert "cut" in kinds({"title": "A coat", "body": ("Words and more of them in here, then others. " * 9)[:160]})


def test_a_sentence_glued_to_the_last_one_is_set_apart() -> None:
    variant = variant_of({"title": "A coat", "body": "The coat is here.See it e.g. today, at 10.30."}, brief())
    assert written(variant).body == "The coat is here. See it e.g. today, at 10.30."
