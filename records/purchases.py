"""Purchases: what was bought, line by line, which coupons were redeemed, and which topics are bought together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypedDict

from sqlalchemy import BigInteger, bindparam, delete, func, select

from domain.basing import Basket
from domain.behaviour import WINDOW
from domain.clock import from_micros, to_micros
from records.connection import Connection, Row
from records.schema import co_purchases, purchases, redemptions
from records.statement import insert_into, insert_new, insert_or_update, prepare

PUT = insert_or_update(purchases)
PUT_REDEMPTION = insert_new(redemptions)
COUNT = prepare(select(func.count()).select_from(purchases))
COUNT_REDEMPTIONS = prepare(select(func.count()).select_from(redemptions))
NEWEST = prepare(
    select(
        purchases.c.basket_id,
        purchases.c.line,
        purchases.c.product_id,
        purchases.c.category,
        purchases.c.at,
        purchases.c.quantity,
        purchases.c.amount_minor,
        purchases.c.coupon_minor,
    )
    .where(purchases.c.customer_id == bindparam("customer_id"))
    .order_by(purchases.c.at.desc(), purchases.c.basket_id.desc(), purchases.c.line)
    .limit(bindparam("most"))
)
NEIGHBOURS = prepare(
    select(co_purchases.c.topic, co_purchases.c.other, co_purchases.c.strength).order_by(
        co_purchases.c.topic, co_purchases.c.strength.desc(), co_purchases.c.other
    )
)
BASKETS = prepare(
    select(func.max(purchases.c.at), func.sum(purchases.c.amount_minor))
    .where(
        purchases.c.customer_id == bindparam("customer_id"),
        purchases.c.at <= bindparam("until", type_=BigInteger),
        purchases.c.at > bindparam("since", type_=BigInteger),
    )
    .group_by(purchases.c.basket_id)
    .order_by(func.max(purchases.c.at), purchases.c.basket_id)
)
CLEAR_NEIGHBOURS = prepare(delete(co_purchases))
PUT_NEIGHBOUR = insert_into(co_purchases)

Neighbours = Mapping[str, Sequence[tuple[str, float]]]
"""By topic: the topics bought in the same basket, strongest first, with a strength in 0..1."""


class PurchaseRow(TypedDict):
    """One line of a basket as the table holds it; plain, since imports write millions."""

    basket_id: str
    line: int
    customer_id: str
    product_id: str
    category: str | None
    at: int
    quantity: int
    amount_minor: int
    coupon_minor: int


class RedemptionRow(TypedDict):
    """One coupon that a customer handed in."""

    customer_id: str
    coupon_id: str
    campaign_id: str
    at: int


class Purchase(NamedTuple):
    """One line of a basket, read back."""

    basket_id: str
    line: int
    product_id: str
    category: str | None
    at: datetime
    quantity: int
    amount_minor: int
    coupon_minor: int


def put(c: Connection, rows: Iterable[PurchaseRow]) -> None:
    """Writes lines; one that is there already, by basket and line, is written over."""
    c.many(PUT, rows)


def put_redemptions(c: Connection, rows: Iterable[RedemptionRow]) -> None:
    """Writes redemptions; one that is there already stays."""
    c.many(PUT_REDEMPTION, rows)


def counts(c: Connection) -> tuple[int, int]:
    """How many lines and how many redemptions there are."""
    return _number(c.one(COUNT)), _number(c.one(COUNT_REDEMPTIONS))


def newest(c: Connection, customer_id: str, most: int) -> list[Purchase]:
    """The customer's last lines, newest first."""
    return [
        Purchase(basket_id, line, product_id, category, from_micros(at), quantity, amount, coupon)
        for basket_id, line, product_id, category, at, quantity, amount, coupon in c.all(
            NEWEST, customer_id=customer_id, most=most
        )
    ]


def baskets(c: Connection, customer_id: str, until: datetime) -> list[Basket]:
    """Every basket up to an instant, of the days that are kept one by one, the oldest first."""
    since = to_micros(until - timedelta(days=WINDOW))
    rows = c.all(BASKETS, customer_id=customer_id, until=to_micros(until), since=since)
    return [Basket(int(at) // 1000, int(amount)) for at, amount in rows]


def put_neighbours(c: Connection, neighbours: Neighbours) -> None:
    """Replaces what is bought together."""
    c.run(CLEAR_NEIGHBOURS)
    rows = [
        {"topic": topic, "other": other, "strength": strength}
        for topic, others in neighbours.items()
        for other, strength in others
    ]
    c.many(PUT_NEIGHBOUR, rows)


def neighbours(c: Connection) -> dict[str, tuple[tuple[str, float], ...]]:
    """What is bought together, by topic, strongest first."""
    found: dict[str, list[tuple[str, float]]] = {}
    for topic, other, strength in c.all(NEIGHBOURS):
        found.setdefault(topic, []).append((other, strength))
    return {topic: tuple(others) for topic, others in found.items()}


def _number(row: Row | None) -> int:
    return int(row[0]) if row else 0
