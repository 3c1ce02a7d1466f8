"""Readings call shipped scenes by the names of their cards, and the names are heard as the scenes."""

from pathlib import Path

import pytest
import yaml

from policies.boundary.reach import said_whole
from policies.directives.compiler import compile_directives
from policies.readback.scenes import SCENES, called, scene_called
from tests.policies.examples import rules_of

CARDS = Path(__file__).resolve().parents[2] / "policies" / "playbook" / "scenes"


def test_every_shipped_scene_is_called_as_on_its_card() -> None:
    cards = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CARDS.glob("*.yaml"))]
    assert {card["id"]: (card["name"]["ja"], card["name"]["en"]) for card in cards} == dict(SCENES)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scene", ["points_expiring", "our_own", "Welcome", "カゴ落ちのご案内", "welcome (id)"])
def test_a_scene_is_heard_as_it_is_called(scene: str, language: str) -> None:
    assert scene_called(called(scene, language)[1:-1]) == scene


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ja", "施策「ポイント有効期限のお知らせ」：電話では送りません。"),
        ("en", 'In the scene "Points about to expire": Nothing is sent by phone.'),
    ],
)
def test_a_reading_names_the_scene(language: str, told: str) -> None:
    (rule,) = rules_of({"type": "channel_permit", "deny": ["call"], "scope": {"scenes": ["points_expiring"]}})
    assert said_whole(rule, language) == told
    (clause,) = compile_directives([told])
    assert clause.rules[0].scope.scenes == frozenset(("points_expiring",))
