"""Coarse facts: closed vocabularies; whatever else stands in a field stays with us."""

from datetime import date, timedelta
from typing import get_args

import numpy as np
import pytest

from domain.customer import Customer, Record, Stage, Tier
from domain.features import Features, Habit, Habits
from domain.memory import Distance, Memory
from domain.moment import Location, Moment
from policies.rules.llm_data import LlmField
from tests.agent.stage import COAT, COFFEE
from tests.clock import START
from tools.coarse import READERS, Around, coarse
from tools.offers import Catalogue

EVERYTHING = frozenset(get_args(LlmField))
CATALOGUE = Catalogue(1, (COFFEE, COAT), np.zeros((2, 4), dtype=np.float32))
PERSON = Customer(id="x", stage=Stage.DORMANT, tier=Tier.GOLD, age=41, gender="female", country="JP", region="東京都")


def around(customer: Customer = PERSON, moment: Moment | None = None, **record: object) -> Around:
    whole = Record.model_validate({"customer": customer, **record})
    return Around(whole, moment or Moment(), date(2026, 11, 24), CATALOGUE, frozenset({"b2b"}))


def note(topic: str, distance: Distance = Distance.TOLD_US, *, sensitive: bool = False) -> Memory:
    return Memory(
        id=topic,
        customer_id="x",
        text=topic,
        distance=distance,
        source="survey",
        at=START,
        topic=topic,
        sensitive=sensitive,
    )


def test_every_field_that_a_rule_can_allow_has_a_reader() -> None:
    assert set(READERS) == EVERYTHING - {"language"}


def test_only_what_is_allowed_is_told() -> None:
    assert coarse(around(), frozenset(), "en") == ()
    assert coarse(around(), frozenset({"stage"}), "en") == (("stage", "dormant"),)
    assert coarse(around(), frozenset({"stage"}), "ja") == (("顧客ステージ", "休眠"),)


def test_facts_are_coarse() -> None:
    found = dict(coarse(around(), EVERYTHING, "en"))
    assert found["age band"] == "40s" and found["region"] == "東京都" and found["season"] == "autumn"


@pytest.mark.parametrize("place", ["東京都千代田区1-2-3", "Ginza 4-5-6", "山田太郎", "Annabel", "tokyo x"])
def test_a_region_is_a_public_name_or_nothing(place: str) -> None:
    person = PERSON.model_copy(update={"region": place})
    assert "region" not in dict(coarse(around(person), EVERYTHING, "en"))


def test_tags_and_segments_are_told_where_the_playbook_names_them() -> None:
    person = PERSON.model_copy(update={"tags": frozenset({"b2b", "Annabel"}), "segments": frozenset({"lonely"})})
    found = dict(coarse(around(person), EVERYTHING, "en"))
    assert found["tags"] == "b2b" and "segments" not in found


def test_interests_are_categories_of_the_catalogue() -> None:
    memories = (note("coffee"), note("a call about Annabel"), note("coat", sensitive=True))
    assert dict(coarse(around(memories=memories), EVERYTHING, "en"))["interests"] == "food"


def test_guesses_and_traces_are_no_interests() -> None:
    memories = (note("coffee", Distance.INFERRED), note("coat", Distance.BOUGHT_IN))
    assert "interests" not in dict(coarse(around(memories=memories), EVERYTHING, "en"))


def test_habits_are_categories_too() -> None:
    habit = Habit(days=3, last_at=START - timedelta(days=2), gap_days=9)
    features = Features(habits=Habits.of({"coat": habit, "Annabel's shop": habit}))
    assert dict(coarse(around(features=features), EVERYTHING, "en"))["often buys"] == "fashion"


def test_the_moment_is_told_in_words_of_a_list() -> None:
    exact = Moment(weather="rain", device="ios", location=Location(place="store:ginza", lat=35.67, lon=139.76))
    found = dict(coarse(around(moment=exact), EVERYTHING, "en"))
    assert (found["weather"], found["device"], found["place"]) == ("rain", "smartphone", "at a shop")
    strange = Moment(weather="Annabel", device="Annabel's phone", location=Location(place="home of Annabel"))
    assert not {"weather", "device", "place"} & dict(coarse(around(moment=strange), EVERYTHING, "en")).keys()
