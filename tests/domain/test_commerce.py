"""Commerce: amounts, products and gifts as senders write them; what cannot be read is left out."""

from typing import Any

import pytest

from domain.commerce import category, products, sale, text
from domain.money import currency_of, major, minor


@pytest.mark.parametrize(
    ("value", "currency", "found"),
    [
        (12, "USD", 1200), (12.345, "USD", 1234), ("12.50", "USD", 1250), ("$1,234.50", "USD", 123450),
        ("¥1,200", "JPY", 1200), ("1200円", "JPY", 1200), ("１２００", "JPY", 1200), (1.2345, "KWD", 1234),
        (7, "", 700), ("-3", "EUR", -300), ("1e3", "USD", None), ("1.200,50", "EUR", None), ("free", "USD", None),
        (None, "USD", None), (True, "USD", None), (float("nan"), "USD", None), (10**400, "USD", None),
    ],
)  # fmt: skip
def test_amounts_are_minor_units(value: object, currency: str, found: int | None) -> None:
    assert minor(value, currency) == found


def test_units_and_currencies() -> None:
    assert (major(1250, "USD"), major(1200, "JPY"), major(1234, "KWD")) == (12.5, 1200, 1.234)
    assert currency_of(" jpy ") == "JPY" and currency_of("dollars") == currency_of(None) == ""


def test_an_order_without_a_total_is_the_sum_of_its_products() -> None:
    said: dict[str, Any] = {"currency": "USD", "products": [{"sku": "a", "price": 2, "quantity": 3}, {"price": "x"}, 7]}
    found = sale(said)
    assert (found.own, found.gift, found.topics, found.key) == (600, 0, ["a"], None)


def test_gifts_are_of_a_product_or_of_the_whole_order() -> None:
    rows: Any = [{"product_id": "a", "price": 10}, {"product_id": "b", "price": 5, "gift": "true"}]
    part = sale({"total": 15, "currency": "USD", "products": rows})
    assert (part.own, part.gift, part.topics) == (1000, 500, ["a"])
    whole = sale({"total": 15, "currency": "USD", "products": rows, "gift": True})
    assert (whole.own, whole.gift, whole.topics) == (0, 1500, [])


def test_one_product_may_stand_in_the_properties_themselves() -> None:
    (one,) = products(
        {"product_id": 17, "category": ["Home", "Kitchen"], "quantity": "2", "price": 3, "currency": "USD"}
    )
    assert (one.id, one.category, one.amount, one.topic) == ("17", "Kitchen", 600, "Kitchen")
    assert products({"price": 3}) == () and category([]) is None and text(10**400) is None
