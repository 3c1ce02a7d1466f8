"""Offers of categories and campaigns."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.offer import Offer
from tools.imports.frames import Journey, data_folder, read_journey
from tools.imports.offers import read_offers
from tools.imports.together import bought_together


@pytest.fixture(scope="module")
def journey() -> Journey:
    """The data in the present."""
    return read_journey(data_folder(), 3255)


@pytest.fixture(scope="module")
def offers(journey: Journey) -> dict[str, Offer]:
    """All offers by id."""
    return {offer.id: offer for offer in read_offers(journey)}


def test_a_coupon_stands_as_long_as_its_campaign_and_claims_no_discount(offers: dict[str, Offer]) -> None:
    coupon = offers["cj-coupon-18-coffee"]
    assert (coupon.kind, coupon.category) == ("coupon", "food")
    assert (coupon.name.ja, coupon.name.en) == ("コーヒーのクーポン", "Coupon for coffee")
    assert (str(coupon.valid_from), str(coupon.valid_until)) == ("2026-09-28", "2026-11-22")
    assert {"campaign:18", "type:a", "shop:completejourney"} == coupon.tags
    assert coupon.applies_to == {"coffee"}


def test_a_product_offer_names_its_category_in_words(offers: dict[str, Offer]) -> None:
    milk = offers["cj-product-fluid-milk-products"]
    assert (milk.kind, milk.category, milk.name.ja, milk.name.en) == ("product", "food", "牛乳", "Milk")
    assert milk.applies_to == {"fluid-milk-products"}
    assert offers["cj-product-beers-ales"].category == "alcohol"
    assert "sensitive" in offers["cj-product-beers-ales"].tags
    assert offers["cj-product-cigarettes"].category == "tobacco"


def test_no_offer_states_what_the_data_does_not_know(offers: dict[str, Offer]) -> None:
    assert len(offers) == 1316
    for offer in offers.values():
        assert (offer.price, offer.list_price, offer.currency, offer.url) == (None, None, None, None)
        assert not offer.discounted
        assert offer.margin_percent is None
        assert not any(isinstance(fact, int | float | Decimal) for fact in offer.facts.values())
        assert offer.name.ja
        assert offer.name.en


def test_health_and_babies_are_not_recommended(offers: dict[str, Offer]) -> None:
    products = {offer.category for offer in offers.values() if offer.kind == "product"}
    assert {"food", "alcohol", "tobacco", "cosmetics", "household", "pet"} <= products
    assert not products & {"health", "baby", "intimate", "supplements"}


def test_what_is_bought_together(journey: Journey) -> None:
    found = bought_together(journey, datetime(2026, 12, 1, tzinfo=UTC))
    assert found["pasta-sauce"][0][0] == "dry-noodles-pasta"
    assert max(strength for others in found.values() for _, strength in others) == 1
    for topic, others in found.items():
        strengths = [strength for _, strength in others]
        assert len(others) <= 8
        assert strengths == sorted(strengths, reverse=True)
        assert topic not in dict(others)
    topics = set(found) | {other for others in found.values() for other, _ in others}
    assert not topics & {"beers-ales", "infant-formula", "diapers-disposables", "laxatives", "coupon-misc-items"}


def test_before_the_first_basket_nothing_is_bought_together(slice_folder: Path) -> None:
    assert bought_together(read_journey(slice_folder), datetime(2016, 1, 1, tzinfo=UTC)) == {}
