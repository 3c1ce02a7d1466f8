"""The brief: what a model is told; the same for everybody but for coarse facts, and never a text of a person."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.channel import Channel
from domain.language import LANGUAGES, Language, Text
from domain.offer import Offer
from policies.document import read_playbook
from tests.tools.copywriting_samples import FULL, offers, sender
from tools.brief import Brief, Manual, brief_for, messages_of, revision_of
from tools.shapes import PARTS, SHAPES
from tools.telling import safe, told

SCENES = {scene.id: scene for scene in read_playbook().scenes}
TODAY, TOKYO = date(2026, 11, 24), ZoneInfo("Asia/Tokyo")


def brief(
    language: Language = "en", channel: Channel = Channel.EMAIL, offer: Offer | None = None, **more: Any
) -> Brief:
    given = {"scene": SCENES["cart_abandonment"], "sender": sender(), "today": TODAY, "zone": TOKYO, **more}
    return brief_for(offer=offer or offers()["coat-9-navy"], channel=channel, language=language, **given)


def asked(one: Brief) -> str:
    return "\n".join(said.content for said in messages_of(one))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("kind", FULL)
def test_a_brief_of_every_channel_and_kind_reads_well(language: Language, channel: Channel, kind: str) -> None:
    words = asked(brief(language, channel, offers()[FULL[kind]]))
    assert "[[offer.word]]" in words and all(part in words for part in PARTS[channel])
    assert "None" not in words and "{" not in words and "\n\n\n" not in words


def test_the_same_arguments_give_the_same_brief() -> None:
    assert brief() == brief() and brief().digest == brief().digest
    assert brief().digest != brief(angle="price").digest


def test_what_reviewers_said_is_told_and_makes_no_words_stale() -> None:
    taught = brief(lessons=("Shorter, please.", "Ask sam@example.com", "Call 03-1234-5678", "See https://x.example"))
    assert "Shorter, please." in asked(taught) and taught.lessons == ("Shorter, please.",)
    assert taught.digest == brief().digest


def test_ads_and_signs_are_told_nothing_personal() -> None:
    for channel in (Channel.AD, Channel.SIGNAGE):
        one = brief("en", channel, personal=("memory.taste",), about=(("stage", "dormant"),), in_cart=True)
        assert not one.personal and not one.about and not one.in_cart and "dormant" not in asked(one)


def test_personal_slots_are_named_and_never_shown() -> None:
    one = brief(personal=("account.points",))
    assert "[[account.points]] = the customer's points" in asked(one) and "account.points" in one.marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_and_forbidden_words_are_told(language: Language) -> None:
    words = asked(
        brief(language, manual=Manual({"subject": 40, "body": 9}, ("今だけ", "hurry"), ("Say PR first.",), ()))
    )
    assert "subject" in words and "40" in words and "今だけ" in words and "Say PR first." in words


def reviewed(**facts: object) -> Offer:
    return Offer.model_validate({"id": "x", "kind": "product", "name": {"ja": "鞄", "en": "Bag"}, "facts": facts})


def names(offer: Offer) -> Sequence[str]:
    return [name for name, _ in told(offer, "en", TODAY, TOKYO)]


def test_values_are_told_under_any_name_and_texts_only_where_copy_is_made_of_them() -> None:
    offer = reviewed(
        review="I loved it, says Sam",
        口コミ="とてもよかった",
        pockets=4,
        hold_until="2026-11-29",
        material=Text(en="wool", ja="ウール"),
        question=Text(en="Is it warm?"),
    )
    assert names(offer) == ["word", "hold_until", "material", "pockets"]


def test_a_text_with_an_address_or_a_number_in_it_is_not_told() -> None:
    offer = reviewed(
        lead="Write to sam@example.com", highlight="Call +81 3 1234 5678", store="@sam", floor="www.x.example"
    )
    assert names(offer) == ["word"]


def test_stock_is_a_slot_whose_figure_is_not_told() -> None:
    offer = offers()["coat-9-navy"].model_copy(update={"stock": 31337})
    assert (
        "stock" in names(offer)
        and "31337" not in asked(brief(offer=offer))
        and "31,337" not in asked(brief(offer=offer))
    )


def test_prices_are_shown_as_they_will_be_read() -> None:
    offer = reviewed().model_copy(update={"price": Decimal(9900), "currency": "JPY", "tax_included": True})
    assert "[[offer.price]] = ¥9,900 (tax included)" in asked(brief(offer=offer))


def test_a_revision_holds_the_models_answer_and_what_was_wrong() -> None:
    one = brief()
    again = revision_of(one, messages_of(one), '{"subject": "Hurry"}', ["subject: never hurry."])
    assert [said.role for said in again] == ["system", "user", "assistant", "user"]
    assert "never hurry" in again[-1].content


@pytest.mark.parametrize(
    "text", ["a", "20時まで", "9,900円（税込）", "12月4日（金）〜6日（日）", "#1 in 2026", "3.5 kg"]
)
def test_ordinary_facts_are_safe(text: str) -> None:
    assert safe(text)


@pytest.mark.parametrize(
    "text", ["", "a@b.jp", "０３−１２３４−５６７８", "call 080 1234 5678", "shop.example.com", "{{ x }}", "[[x]]"]
)
def test_what_belongs_to_persons_or_templates_is_not_safe(text: str) -> None:
    assert not safe(text)


def test_every_string_of_a_shape_has_an_end() -> None:
    for shape in SHAPES.values():
        properties = shape.schema["properties"]
        assert isinstance(properties, dict) and shape.schema["additionalProperties"] is False
        assert all(isinstance(one, dict) and one["maxLength"] for one in properties.values())
