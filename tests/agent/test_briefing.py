"""Briefing: what the book asks of copy is told beforehand, and the words start from one thing at most."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from agent.briefing import brief_of, coarse_facts, manual_of, marketers_words, tone_of
from agent.conductor import walk_of
from agent.drafting import slots_for
from agent.nodes import decide
from agent.state import Walk
from domain.channel import Channel, Purpose
from domain.language import Language
from policies.book import Book
from tests.agent.living import SCENE, Living, in_mode, living, with_rules
from tests.agent.stage import question, run
from tools.brief import Brief


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A stage on which nobody is asked anything."""
    with living(tmp_path_factory.mktemp("home")) as lived:
        yield lived


def walked(play: Living, guest: str, channel: str, **more: object) -> Walk:
    """The walk of an ask after its decision."""
    instruments = play.scenery.parts.instruments
    ask = question(guest, channel, **{"scene": SCENE, **more})
    return run(decide(walk_of(ask, "en", instruments.clock), instruments))


def briefed(play: Living, channel: str = "email", offer: str = "coffee", **more: object) -> Brief:
    """What a model would be told of one offer."""
    instruments, walk = play.scenery.parts.instruments, walked(play, play.guest(), channel, **more)
    candidate = next(one for one in walk.permitted if one.offer.id == offer)
    return brief_of(walk, candidate, slots_for(walk, candidate, walk.permitted, instruments.stores), instruments, ())


def book(play: Living) -> Book:
    return play.scenery.parts.shelf.load()[0]


def test_words_start_from_what_the_customer_bought(play: Living) -> None:
    told = briefed(play)
    assert told.angle == "habit" and [slot.name for slot in told.personal] == ["memory.bought"]
    assert "coffee" not in told.personal[0].shown


def test_the_cart_comes_first_and_is_no_slot(play: Living) -> None:
    cart = {"cart": {"items": [{"offer": "coffee"}]}}
    told = briefed(play, moment=cart)
    assert told.angle == "cart" and told.in_cart and not told.personal


@pytest.mark.parametrize("channel", ["ad", "signage"])
def test_in_public_words_start_from_the_offer(play: Living, channel: str) -> None:
    told = briefed(play, channel, moment={"cart": {"items": [{"offer": "coffee"}]}})
    assert told.angle == "plain" and not told.personal and not told.about and not told.in_cart


@pytest.mark.parametrize(("offer", "angle"), [("coat", "plain"), ("fair", "event")])
def test_where_nothing_is_known_words_start_from_the_kind(play: Living, offer: str, angle: str) -> None:
    with in_mode(play.scenery, kinds=frozenset({"product", "event"})):
        assert briefed(play, offer=offer).angle == angle


def test_only_what_rules_allow_is_told_of_the_customer(play: Living) -> None:
    assert dict(briefed(play).about) == {"stage": "active", "interests": "food", "season": "autumn"}
    nothing = {"type": "llm_data", "id": "nothing", "name": {"en": "nothing"}, "fields": []}
    with with_rules(play.scenery, nothing):
        assert briefed(play).about == ()


def test_purposes_without_a_rule_are_told_nothing(play: Living) -> None:
    walk = walked(play, play.guest(), "email")
    assert coarse_facts(walk.with_(book=None), play.scenery.parts.instruments, "en", "copy") == ()


@pytest.mark.parametrize(("language", "limit", "word"), [("ja", 40, "お急ぎください"), ("en", 78, "hurry")])
def test_limits_and_forbidden_words_of_the_language_are_told(
    play: Living, language: Language, limit: int, word: str
) -> None:
    manual = manual_of(book(play), SCENE, Channel.EMAIL, language, Purpose.MARKETING)
    assert manual.limits and manual.limits["subject"] == limit and word in manual.never
    assert all(any(sign >= "\u2e80" for sign in one) is (language == "ja") for one in manual.never)


SAYS_NOT = {"type": "forbidden_phrase", "name": {"en": "words"}}
RULES: tuple[Mapping[str, object], ...] = (
    {**SAYS_NOT, "id": "d1", "phrases": ["gorgeous"], "layer": "directive"},
    {**SAYS_NOT, "id": "d2", "phrases": ["lovely"], "scope": {"channels": ["sms"]}},
    {**SAYS_NOT, "id": "d3", "phrases": ["superb"], "scope": {"scenes": ["winback"]}},
    {"type": "required_phrase", "id": "d4", "name": {"en": "d"}, "phrases": ["by Mihon"]},
    {"type": "tone", "id": "d5", "name": {"en": "d"}, "styles": ["calm"]},
    {"type": "length", "id": "d6", "name": {"en": "d"}, "part": "subject", "max": 30},
)


def test_rules_that_apply_there_are_told_the_latest_first(play: Living) -> None:
    with with_rules(play.scenery, *RULES):
        manual = manual_of(book(play), SCENE, Channel.EMAIL, "en", Purpose.MARKETING)
    assert manual.never[0] == "gorgeous" and not {"lovely", "superb"} & set(manual.never)
    assert manual.limits and manual.limits["subject"] == 30
    assert any("by Mihon" in words for words in manual.must) and manual.manner == ("calm",)


def test_tags_that_rules_name_are_words_of_marketers(play: Living) -> None:
    assert {"open_ticket", "do_not_contact"} <= marketers_words(book(play))


def test_what_is_no_marketing_serves() -> None:
    assert tone_of(Purpose.MARKETING) == "polite" and tone_of(Purpose.SERVICE) == "service"


def test_the_brief_stays_the_same_while_nothing_changes(play: Living) -> None:
    first = briefed(play)
    play.scenery.clock.move(timedelta(minutes=5))
    assert briefed(play).digest == first.digest
    play.scenery.clock.move(-timedelta(minutes=5))
