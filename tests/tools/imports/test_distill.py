"""Memories from behaviour."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from domain.language import Text
from domain.memory import Distance
from tests.clock import START
from tools.distill.habits import LIFE, MOST, Rhythm, distill

CASES: list[dict[str, object]] = yaml.safe_load((Path(__file__).parent / "cases" / "distill.yaml").read_text("utf-8"))


def rhythm(category: str = "coffee", **known: object) -> Rhythm:
    """A rhythm as the examples write it."""
    return Rhythm(
        category=category,
        words=Text(en=_text(known.get("en")), ja=_text(known.get("ja"))),
        private=known.get("private") is True,
        days=int(_number(known.get("days")) or 14),
        last_at=START - timedelta(days=_number(known.get("ago")) or 0),
        gap_days=_number(known.get("gap")),
        spread=_number(known.get("spread")),
        share=_number(known.get("share")) or 0,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_examples(case: dict[str, object]) -> None:
    given = case["rhythm"]
    assert isinstance(given, dict)
    for language in ("en", "ja"):
        found = [memory.text for memory in distill("hh-1", [rhythm(**given)], language, START)]
        assert found == ([case[language]] if language in case else [])


def test_a_memory_says_what_it_is_about_and_how_we_know() -> None:
    habit = rhythm("coffee", en="coffee", ja="コーヒー", ago=6, gap=9.0, spread=0.3)
    [memory] = distill("hh-1", [habit], "en", START)
    assert (memory.id, memory.topic, memory.word) == ("hh-1:habit:coffee", "coffee", "coffee")
    assert (memory.distance, memory.source) == (Distance.DID_WITH_US, "purchase")
    assert (memory.at, memory.expires_at) == (START - timedelta(days=6), START - timedelta(days=6) + LIFE)


def test_a_topic_without_a_word_in_the_customers_language_is_never_worded() -> None:
    habit = rhythm("soup", en="soup", ago=6, gap=9.0, spread=0.3)
    [memory] = distill("hh-1", [habit], "ja", START)
    assert (memory.text, memory.word) == ("buys soup about every 9 days", None)
    [nameless] = distill("hh-1", [rhythm("x-9", ago=6, gap=9.0, spread=0.3)], "ja", START)
    assert (nameless.text, nameless.word) == ("buys from x-9 regularly", None)


def test_at_most_a_handful_and_what_few_share_comes_first() -> None:
    common = [rhythm(f"common-{n}", en="bread", days=12, gap=7.0, spread=0.2, share=0.9) for n in range(9)]
    rare = rhythm("rare", en="tea", days=10, gap=7.0, spread=0.2, share=0.01)
    found = distill("hh-1", [*common, rare], "en", START)
    assert len(found) == MOST
    assert [memory.topic for memory in found] == ["rare", "common-0", "common-1", "common-2", "common-3"]
    assert found == distill("hh-1", [rare, *reversed(common)], "en", START)
