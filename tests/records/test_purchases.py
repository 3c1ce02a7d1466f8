"""Purchases, redemptions and what is bought together."""

from domain.clock import from_micros
from records import purchases
from records.database import Database
from records.purchases import PurchaseRow, RedemptionRow


def line(basket: str, number: int, at: int, amount: int = 199) -> PurchaseRow:
    """One line of a basket of customer c-1."""
    return {
        "basket_id": basket,
        "line": number,
        "customer_id": "c-1",
        "product_id": "p-1",
        "category": "coffee" if number == 1 else None,
        "at": at,
        "quantity": 1,
        "amount_minor": amount,
        "coupon_minor": 0,
    }


REDEEMED: RedemptionRow = {"customer_id": "c-1", "coupon_id": "coupon-1/0001", "campaign_id": "13", "at": 5}


def test_lines_come_back_newest_first(database: Database) -> None:
    database.write(lambda c: purchases.put(c, [line("b-1", 1, 10), line("b-2", 1, 20), line("b-2", 2, 20)]))
    found = database.read(lambda c: purchases.newest(c, "c-1", 2))
    assert [(one.basket_id, one.line, one.category) for one in found] == [("b-2", 1, "coffee"), ("b-2", 2, None)]
    assert (found[0].at, found[0].amount_minor) == (from_micros(20), 199)
    assert database.read(lambda c: purchases.newest(c, "c-2", 2)) == []


def test_the_same_line_is_never_there_twice(database: Database) -> None:
    database.write(lambda c: purchases.put(c, [line("b-1", 1, 10)]))
    database.write(lambda c: purchases.put(c, [line("b-1", 1, 10, amount=250)]))
    database.write(lambda c: purchases.put_redemptions(c, [REDEEMED, REDEEMED]))
    assert database.read(purchases.counts) == (1, 1)
    assert database.read(lambda c: purchases.newest(c, "c-1", 1))[0].amount_minor == 250


def test_nothing_to_write_is_fine(database: Database) -> None:
    database.write(lambda c: purchases.put(c, []))
    database.write(lambda c: purchases.put_redemptions(c, []))
    database.write(lambda c: purchases.put_neighbours(c, {}))
    assert database.read(purchases.counts) == (0, 0)
    assert database.read(purchases.neighbours) == {}


def test_neighbours_are_replaced_whole_and_come_strongest_first(database: Database) -> None:
    database.write(lambda c: purchases.put_neighbours(c, {"tea": [("milk", 0.5)], "soup": [("bread", 0.1)]}))
    together = {"coffee": (("cream", 1.0), ("milk", 0.75), ("sugar", 0.75)), "tea": (("milk", 0.25),)}
    database.write(lambda c: purchases.put_neighbours(c, together))
    assert database.read(purchases.neighbours) == together
