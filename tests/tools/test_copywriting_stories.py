"""The sample: it loads into our nouns, and its asks are answered in words that say what they must and no more."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.channel import Channel
from domain.consent import Consent
from domain.contact import Contact
from domain.customer import Customer
from domain.decision import Ask
from domain.features import HOURS
from domain.language import Language, Text
from domain.memory import Distance, Memory
from domain.message import Message
from domain.offer import Offer
from tests.tools import copywriting_samples as samples
from tools.copywriting import Slots
from tools.imports.entries import Person

ASKS: list[dict[str, Any]] = samples.read("asks.yaml")
CUSTOMERS: dict[str, dict[str, Any]] = {entry["customer"]["id"]: entry for entry in samples.read("customers.yaml")}
SPOKEN = [case for case in ASKS if case["expect"]["outcome"] == "message" and "offer" in case["expect"]]


def memory_of(entry: dict[str, Any], offer: Offer) -> Memory | None:
    """The newest memory of a customer that is about the offer and has a word."""
    about = {offer.id, *offer.applies_to}
    read = [Memory.model_validate(each) for each in entry.get("memories", [])]
    fitting = [each for each in read if each.word and {each.topic, each.offer_id} & about]
    return min(fitting, key=lambda each: list(Distance).index(each.distance), default=None)


def answer(case: dict[str, Any]) -> Message:
    """The best copy for an ask of the sample, with the offer that it expects."""
    ask = Ask.model_validate(case["ask"])
    entry = CUSTOMERS.get(ask.customer.id or "", {"customer": {}})
    customer, offer = entry["customer"], samples.offers()[case["expect"]["offer"]]
    zone = ZoneInfo(customer.get("timezone", "Asia/Tokyo"))
    language: Language = ask.language or customer.get("language", "ja")
    assert ask.moment.at is not None
    slots = Slots(
        offer=offer,
        language=language,
        sender=samples.sender(),
        today=ask.moment.at.astimezone(zone).date(),
        zone=zone,
        name=customer.get("display_name"),
        memory=memory_of(entry, offer),
        account=customer.get("attributes", {}),
        moment=ask.moment,
        unsubscribe_url=samples.UNSUBSCRIBE,
    )
    channel = Channel(case["expect"]["channel"])
    options = samples.writer().options(scene=ask.scene, channel=channel, placement=None, language=language, slots=slots)
    return samples.writer().write(next(options), slots)


@pytest.mark.parametrize("case", SPOKEN, ids=lambda case: case["name"])
def test_an_answer_says_what_it_must_and_nothing_it_must_not(case: dict[str, Any]) -> None:
    message = answer(case)
    words = "\n".join(text for name, text in message.words() if name != "html")
    for phrase in case["expect"].get("says", []):
        assert phrase in words, f"{phrase!r} is missing in:\n{words}"
    for phrase in case["expect"].get("never", []):
        assert phrase not in words, f"{phrase!r} is said in:\n{words}"


def test_story_1_reads_like_a_push() -> None:
    message = answer(SPOKEN[0])
    assert message.title == "雨の日クーポン、銀座店で使えます"
    assert message.body == "お気に入りのレインブーツが、本日20時まで10%OFF。お会計でクーポンをお見せください。"
    assert [cite.distance for cite in message.cites] == ["told_us"]


def test_story_3_is_one_bubble_with_one_remark() -> None:
    message = answer(next(case for case in SPOKEN if case.get("story") == 3))
    bubble = (message.body or "").partition("出品リストを見る")[0].strip()
    assert len(bubble) <= 160 and len(message.cites) == 1
    assert bubble.startswith("田中様、見本百貨店です。\n深煎りがお好きとうかがっていましたので、ひとつお知らせを。")


def test_every_customer_loads() -> None:
    assert len(CUSTOMERS) == 12
    for entry in CUSTOMERS.values():
        customer = Customer.model_validate(entry["customer"])
        assert len(Person.model_validate(entry).features.hours) in (0, HOURS)
        consents = [Consent.model_validate(each) for each in entry["consents"]]
        memories = [Memory.model_validate(each) for each in entry["memories"]]
        for each in entry["contacts"]:
            Contact.model_validate(each)
        named = {each.customer_id for each in consents} | {each.customer_id for each in memories}
        assert named <= {customer.id}
        assert {each.evidence.method for each in consents} == {"sample"}
        assert customer.display_name in ("田中", "Sample")


def test_at_least_three_customers_read_english() -> None:
    assert sum(entry["customer"]["language"] == "en" for entry in CUSTOMERS.values()) >= 3


def test_every_offer_speaks_both_languages() -> None:
    assert len(samples.offers()) >= 40
    assert {offer.kind for offer in samples.offers().values()} == set(samples.KINDS)
    for offer in samples.offers().values():
        assert offer.name.ja and offer.name.en, offer.id
        assert offer.price is None or (offer.tax_included and offer.currency), offer.id
        headline = offer.facts.get("headline")
        assert headline is None or len(getattr(headline, "ja", "") or "") <= 16, offer.id


def test_what_memories_and_asks_name_exists() -> None:
    for case in ASKS:
        ask = Ask.model_validate(case["ask"])
        assert ask.dry_run and ask.moment.at is not None, case["name"]
        assert ask.customer.id is None or ask.customer.id in CUSTOMERS
        assert case["expect"].get("offer", "rain-10") in samples.offers()
    topics = {topic for offer in samples.offers().values() for topic in (offer.id, *offer.applies_to)}
    for entry in CUSTOMERS.values():
        for memory in entry["memories"]:
            assert memory.get("offer_id") is None or memory["offer_id"] in samples.offers()
            assert memory.get("word") is None or memory["topic"] in topics, memory["id"]


def test_no_date_hides_in_a_sentence() -> None:
    for offer in samples.offers().values():
        for name, value in offer.facts.items():
            texts = [value.ja, value.en] if isinstance(value, Text) else [value]
            for text in texts:
                if isinstance(text, str):
                    assert "月" not in text or not any(letter.isdigit() for letter in text), (offer.id, name)


def test_all_dates_lie_around_the_reference_week() -> None:
    for case in ASKS:
        at = datetime.fromisoformat(case["ask"]["moment"]["at"])
        assert datetime(2026, 11, 24, tzinfo=at.tzinfo) <= at <= datetime(2026, 12, 2, tzinfo=at.tzinfo)


def test_what_belongs_to_a_scene_alone_names_a_scene_that_we_have() -> None:
    scenes = {variant.scene for variant in samples.shelf()}
    named = {tag.removeprefix("scene:") for offer in samples.offers().values() for tag in offer.tags if "scene:" in tag}
    assert named and named <= scenes
