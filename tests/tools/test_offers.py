"""Candidates: what of the catalogue could interest this customer now."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.customer import Customer, Record
from domain.features import Features, Habit, Habits
from domain.language import Text
from domain.memory import Distance, Memory
from domain.moment import Cart, CartItem, Location, Moment
from domain.offer import Offer
from domain.scene import Scene
from tests.clock import START
from tools.offers import Catalogue, shops_of
from tools.ranking import SIGNALS, Ranked
from tools.topics import due, usable

TODAY = date(2026, 11, 24)
TOPICS = tuple("abcdefghijkl")
SETS = some.frozensets(some.sampled_from(TOPICS))
LINKS = some.dictionaries(
    some.sampled_from(TOPICS), some.lists(some.tuples(some.sampled_from(TOPICS), some.floats(0, 1)), max_size=4)
)
ANYBODY = Record(customer=Customer(id="c"))
NOTHING = Moment()


def offer(id: str, **more: object) -> Offer:
    """A product that has nothing but what the test says."""
    return Offer.model_validate({"id": id, "kind": "product", "name": Text(en=id), **more})


def catalogue(*offers: Offer, neighbours: dict[str, list[tuple[str, float]]] | None = None) -> Catalogue:
    """A catalogue whose vectors are the axes, one an offer."""
    return Catalogue(1, offers, np.eye(max(len(offers), 1), dtype=np.float32)[: len(offers)], neighbours)


def names(found: Ranked) -> list[str]:
    """Ids, best first."""
    return [found.offers[place].id for place in found.best()]


def ranked(
    shelf: Catalogue,
    record: Record = ANYBODY,
    moment: Moment = NOTHING,
    scene: Scene | None = None,
    axis: int | None = None,
) -> Ranked:
    """The offers as they are ranked today; `axis` is the offer whose vector is the customer's."""
    vector = None if axis is None else np.eye(len(shelf.offers), dtype=np.float32)[axis]
    return shelf.eligible(scene, TODAY, shops_of(record)).rank(record, moment, START, TODAY, vector)


def signal(found: Ranked, row: int, name: str) -> float:
    """One signal of the offer in that place, counted from the best."""
    return float(found.signals[list(found.best())[row]][SIGNALS.index(name)])


def knows(**more: object) -> Record:
    """A customer with one memory about coffee."""
    memory = Memory.model_validate(
        {
            "id": "m",
            "customer_id": "c",
            "text": "likes coffee",
            "distance": Distance.TOLD_US,
            "source": "survey",
            "at": START,
            "topic": "coffee",
            **more,
        }
    )
    return ANYBODY.model_copy(update={"memories": (memory,)})


def test_offers_outside_their_days_or_sold_out_are_no_candidates() -> None:
    shelf = catalogue(
        offer("ended", valid_until=TODAY - timedelta(days=1)),
        offer("later", valid_from=TODAY + timedelta(days=1)),
        offer("gone", in_stock=False),
        offer("last-day", valid_until=TODAY),
        offer("always"),
    )
    assert set(names(ranked(shelf))) == {"last-day", "always"}
    assert names(ranked(shelf))[0] == "last-day", "what ends today is worth a mention"


@pytest.mark.parametrize(
    ("scene", "wanted"),
    [
        (None, {"cup", "sale", "plain"}),
        ({"kinds": ["coupon"]}, {"sale"}),
        ({"tags": ["winter"]}, {"cup"}),
        ({"id": "welcome"}, {"cup", "sale", "plain", "hello"}),
        ({"kinds": ["article"]}, set()),
    ],
    ids=["no scene", "one kind", "a tag", "offers of one scene alone", "nothing fits"],
)
def test_a_scene_takes_its_own_offers(scene: dict[str, object] | None, wanted: set[str]) -> None:
    shelf = catalogue(
        offer("cup", tags={"winter"}),
        offer("sale", kind="coupon"),
        offer("plain"),
        offer("hello", tags={"scene:welcome"}),
    )
    played = Scene.model_validate({"id": "any", "name": Text(en="x"), "card": Text(en="x"), **scene}) if scene else None
    assert set(names(ranked(shelf, scene=played))) == wanted


def test_a_due_habit_leads_and_what_is_bought_with_it_follows() -> None:
    habit = Habit(days=10, last_at=START - timedelta(days=9), gap_days=9)
    record = ANYBODY.model_copy(update={"features": Features(habits=Habits.of({"coffee": habit}))})
    shelf = catalogue(
        offer("soap"),
        offer("filter", applies_to={"filters"}),
        offer("beans", applies_to={"coffee"}),
        neighbours={"coffee": [("filters", 0.8), ("coffee", 1.0)]},
    )
    found = ranked(shelf, record)
    assert names(found)[:2] == ["beans", "filter"]
    assert signal(found, 0, "repeat") == pytest.approx(1.0)
    assert signal(found, 1, "together") == pytest.approx(0.8)


def due_of(habit: Habit) -> float:
    return float(due(Habits.of({"coffee": habit}), START)[0])


def test_a_habit_is_most_due_after_its_usual_gap() -> None:
    def after(days: float) -> float:
        return due_of(Habit(days=10, last_at=START - timedelta(days=days), gap_days=10))

    assert after(10) > after(7) > after(2)
    assert after(10) > after(20) > after(80)
    assert due_of(Habit(days=2, last_at=START)) == pytest.approx(0.075)


def test_the_customers_own_word_counts_more_than_what_we_saw() -> None:
    shelf = catalogue(offer("beans", applies_to={"coffee"}))
    told, seen = ranked(shelf, knows()), ranked(shelf, knows(distance=Distance.DID_WITH_US))
    assert signal(told, 0, "told") > signal(seen, 0, "told") > 0


@pytest.mark.parametrize("hidden", [{"gift": True}, {"sensitive": True}, {"distance": Distance.BOUGHT_IN}])
def test_gifts_sensitive_and_bought_in_facts_steer_nothing(hidden: dict[str, object]) -> None:
    shelf, record = catalogue(offer("beans", applies_to={"coffee"})), knows(**hidden)
    assert not usable(record.memories[0])
    assert signal(ranked(shelf, record), 0, "told") == 0


@pytest.mark.parametrize("about", [{"topic": "meat"}, {"topic": "steak"}, {"topic": None, "offer_id": "steak"}])
def test_what_a_customer_refuses_is_not_sold_to_them_but_they_are_helped(about: dict[str, object]) -> None:
    record = knows(against=True, **about)
    offers = catalogue(
        offer("steak", category="meat"),
        offer("steak-10", kind="coupon", category="meat", applies_to=frozenset({"steak"})),
        offer("steak-exchange", kind="service", category="meat", applies_to=frozenset({"steak"})),
        offer("tea", category="food"),
        offer("rump", category="food", applies_to=frozenset({"steak"})),
    )
    assert set(names(ranked(offers, record))) == {"steak-exchange", "tea"}
    assert not usable(record.memories[0])


def test_a_topic_that_fits_everything_says_little() -> None:
    wide = [
        offer(f"o{number}", kind=kind, applies_to={"b2b"})
        for number, kind in enumerate(("article", "event", "service"))
    ]
    shelf = catalogue(*wide, offer("case", kind="case_study", applies_to={"b2b", "migration"}))
    found = ranked(shelf, knows(topic="migration"))
    assert names(found)[0] == "case"
    assert signal(found, 0, "told") > max(signal(ranked(shelf, knows(topic="b2b")), row, "told") for row in range(4))


def test_what_was_read_before_is_not_offered_again_but_what_was_bought_is() -> None:
    shelf = catalogue(offer("guide", kind="article"), offer("beans"))
    read = ranked(shelf, knows(distance=Distance.DID_WITH_US, topic=None, offer_id="guide"))
    bought = ranked(shelf, knows(distance=Distance.DID_WITH_US, topic=None, offer_id="beans"))
    assert names(read) == ["beans"]
    assert set(names(bought)) == {"guide", "beans"}


def test_cart_weather_and_place_speak_for_what_belongs_to_them() -> None:
    shelf = catalogue(offer("coat"), offer("umbrella", tags={"rain"}), offer("stall", tags={"store:ginza"}))
    moment = Moment(cart=Cart(items=(CartItem(offer="coat"),)), weather="rain", location=Location(place="store:ginza"))
    found = ranked(shelf, moment=moment)
    assert names(found) == ["coat", "umbrella", "stall"]
    assert [signal(found, 0, "cart"), signal(found, 1, "moment"), signal(found, 2, "moment")] == pytest.approx(
        [1, 1, 0.8]
    )


def test_what_is_like_the_customer_comes_first() -> None:
    shelf = catalogue(offer("a"), offer("b"), offer("c"))
    assert names(ranked(shelf, axis=1))[0] == "b"


def test_of_each_kind_only_one_offer_about_the_same_thing_goes_on_and_kinds_take_turns() -> None:
    coupons = [offer(f"coupon-{number}", kind="coupon", applies_to={"coffee"}) for number in range(5)]
    shelf = catalogue(*coupons, offer("tea", kind="coupon", applies_to={"tea"}), offer("beans", applies_to={"coffee"}))
    assert names(ranked(shelf)) == ["coupon-0", "beans", "tea"]


def test_behind_the_best_coupon_for_something_come_those_with_a_smaller_discount() -> None:
    percents = {"fifteen": 15, "ten": 10, "ten-again": 10, "twelve": 12, "five": 5}
    coupons = [
        offer(name, kind="coupon", applies_to={"coffee"}, discount_percent=Decimal(much))
        for name, much in percents.items()
    ]
    found = ranked(catalogue(*coupons, offer("beans", applies_to={"coffee"})))
    assert [name for name in names(found) if name != "beans"] == ["fifteen", "twelve", "ten", "five"]
    themes = {found.offers[place].id: found.themes[place] for place in found.best()}
    assert [theme for theme in themes.values() if theme != themes["beans"]] == [themes["five"]] * 4


def test_a_customer_of_one_shop_gets_its_offers_and_those_of_all() -> None:
    shelf = catalogue(offer("here", tags={"shop:here"}), offer("there", tags={"shop:there"}), offer("common"))
    local = Record(customer=Customer(id="c", tags=frozenset({"shop:here"})))
    assert set(names(ranked(shelf, local))) == {"here", "common"}
    assert set(names(ranked(shelf))) == {"here", "there", "common"}


@given(some.lists(SETS, min_size=1, max_size=8), SETS, SETS, SETS, LINKS)
def test_whatever_speaks_for_a_topic_speaks_for_each_offer_about_it_however_many_it_is_about(
    abouts: list[frozenset[str]],
    due_now: frozenset[str],
    liked: frozenset[str],
    carted: frozenset[str],
    links: dict[str, list[tuple[str, float]]],
) -> None:
    links = {topic: list(dict(others).items()) for topic, others in links.items()}
    habits = Habits.of({topic: Habit(days=ord(topic) - 96, last_at=START) for topic in due_now})
    features = Features(habits=habits, favourites=tuple(liked), cart=tuple(carted))
    shelf = catalogue(*(offer(str(place), applies_to=about) for place, about in enumerate(abouts)), neighbours=links)
    heard = ranked(shelf, ANYBODY.model_copy(update={"features": features})).signals

    repeat = dict(zip(habits.topics, due(habits, START), strict=True))
    together = {topic: 0.0 for topic in TOPICS}
    for topic, strength in [link for bought in due_now for link in links.get(bought, ())]:
        together[topic] = max(together[topic], 0 if topic in due_now else strength)
    told, cart = dict.fromkeys(liked, 1.0), dict.fromkeys(carted, 1.0)
    for name, values in (("repeat", repeat), ("together", together), ("told", told), ("cart", cart)):
        plain = [max((values.get(topic, 0.0) for topic in about), default=0.0) for about in abouts]
        assert heard[:, SIGNALS.index(name)].tolist() == np.array(plain, dtype=np.float32).tolist()


def test_one_offer_for_hundreds_of_products_makes_no_other_one_larger() -> None:
    products = [offer(f"p-{number}", applies_to={"coffee"}) for number in range(300)]
    wide = offer("all", kind="coupon", applies_to={one.id for one in products})
    shelf = catalogue(*products, wide)
    assert shelf.topics.few_topics.size + shelf.topics.many_topics.size < 6 * len(products)


def test_a_better_price_is_a_signal() -> None:
    shelf = catalogue(
        offer("percent", discount_percent=Decimal(15)),
        offer("amount", discount_amount=Decimal(300), list_price=Decimal(1000)),
        offer("none"),
    )
    found = ranked(shelf)
    deals = {name: signal(found, row, "deal") for row, name in enumerate(names(found))}
    assert deals == pytest.approx({"percent": 0.5, "amount": 1.0, "none": 0.0})


def test_an_empty_catalogue_has_no_candidates() -> None:
    shelf = Catalogue(1, (), np.zeros((0, 4), dtype=np.float32))
    assert names(shelf.rank(ANYBODY, NOTHING, START, TODAY, np.ones(4, dtype=np.float32))) == []


def test_what_cannot_be_compared_is_ranked_by_all_else() -> None:
    beans, vector = offer("beans"), np.ones(4, dtype=np.float32)
    nothing_came_yet = Catalogue(1, [beans], np.zeros((1, 0), dtype=np.float32))
    of_another_encoder = catalogue(beans)
    for shelf in (nothing_came_yet, of_another_encoder):
        assert names(shelf.rank(ANYBODY, NOTHING, START, TODAY, vector)) == ["beans"]
