"""Orders for copy, taken apart into texts."""

import pytest

from agent.ordering import Order, texts_of
from domain.channel import PUBLIC, Channel, Purpose
from domain.errors import Malformed
from domain.language import Text
from domain.scene import Scene
from domain.variant import Angle
from tests.agent.stage import COFFEE, FAIR

SCENE = Scene(id="newsletter", name=Text(en="Newsletter"), card=Text(en="Everybody"))


def test_angles_and_tones_take_turns() -> None:
    order = Order(scene="newsletter", n=5, channels=(Channel.APP,), languages=("en",), tones=("warm", "plain"))
    found = texts_of(order, SCENE, [COFFEE])
    assert [(one.angle, one.tone) for one in found][:3] == [("plain", "warm"), ("service", "warm"), ("story", "warm")]
    chosen = texts_of(order.model_copy(update={"angles": ("story", "price")}), SCENE, [COFFEE])
    assert [(one.angle, one.tone) for one in chosen] == [
        ("story", "warm"),
        ("price", "warm"),
        ("story", "plain"),
        ("price", "plain"),
        ("story", "warm"),
    ]


def test_what_anybody_can_read_leans_on_nobody() -> None:
    everything: tuple[Angle, ...] = ("told_us", "habit", "points", "cart", "price")
    order = Order(scene="newsletter", n=9, languages=("ja",), angles=everything)
    for text in texts_of(order, SCENE, [COFFEE]):
        if text.channel in PUBLIC:
            assert text.angle == "price" and text.personal == ()
        if text.channel in (Channel.PUSH, Channel.SMS):
            assert text.angle != "points"
    only = texts_of(order.model_copy(update={"angles": ("cart",), "channels": (Channel.AD,)}), SCENE, [COFFEE])
    assert {one.angle for one in only} == {"plain"}


def test_a_call_goes_both_ways_and_a_mail_is_a_block_too() -> None:
    order = Order(scene="newsletter", n=2, languages=("en",), channels=(Channel.CALL, Channel.EMAIL))
    found = texts_of(order, SCENE, [FAIR])
    assert [one.direction for one in found if one.channel is Channel.CALL] == ["outbound", "inbound"]
    assert {one.placement for one in found if one.channel is Channel.EMAIL} == {None, "newsletter.block:*"}
    assert {one.angle for one in found} <= {"event", "plain"}


def test_an_offer_without_a_name_in_a_language_is_not_written_about_in_it() -> None:
    english = COFFEE.model_copy(update={"name": Text(en="Coffee")})
    order = Order(scene="newsletter", n=1, channels=(Channel.APP,))
    assert [one.language for one in texts_of(order, SCENE, [english])] == ["en"]


def test_service_is_a_tone_of_its_own() -> None:
    serving = SCENE.model_copy(update={"purpose": Purpose.SERVICE})
    order = Order(scene="newsletter", n=1, channels=(Channel.APP,), languages=("en",), tones=("warm",))
    assert [one.tone for one in texts_of(order, serving, [COFFEE])] == ["service"]
    with pytest.raises(Malformed, match="carries a way out"):
        texts_of(order.model_copy(update={"tones": ("service",)}), SCENE, [COFFEE])


def test_an_order_has_an_end() -> None:
    many = [COFFEE.model_copy(update={"id": f"o-{n}"}) for n in range(40)]
    with pytest.raises(Malformed, match="one order takes 600"):
        texts_of(Order(scene="newsletter", n=3), SCENE, many)
