"""Purchases from files: the lines of one order become one event, and what cannot be one order is said, never guessed.

Shops and tills begin their numbers anew, so that an order is its number together with its customer; a number that the
same customer has for something else already is a fault of its rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import JsonValue

from agent.exchange.happenings import FREE, is_named, message_id, taken, time_of
from agent.exchange.writer import Counts, Means, claim_of, plain
from domain.arrival import Arrival
from records import intake, kept
from records.connection import Connection
from records.identifiers import STRONGEST_FIRST, compared
from tools.exchange.rows import Row

SPAN = timedelta(hours=1)
"""How far apart the lines of one order may lie: a till writes each when it is scanned."""
WHOLE = ("currency", "store")
"""What is true of an order as a whole."""
Who = Mapping[str, str]
Mark = tuple[object, ...]


@dataclass(slots=True)
class Order:
    """Lines that stand one behind the other and belong together."""

    number: str
    who: dict[str, str]
    lines: list[Row]


def number_of(row: Row) -> str:
    """The number of the order; a row without one stands alone."""
    return str(row.values.get("order_id") or f"line {row.line}")


def who_of(row: Row) -> dict[str, str]:
    """Whom a row names, each in its one form."""
    found = {"id": str(row.values["id"])} if "id" in row.values else {}
    return found | {kind: compared(kind, str(row.values[kind])) for kind in STRONGEST_FIRST if kind in row.values}


def are_two(one: Who, other: Who) -> bool:
    """Whether two rows name two customers: what says most about a person and stands in both decides."""
    kind = next((kind for kind in ("id", *STRONGEST_FIRST) if kind in one and kind in other), None)
    return kind is not None and one[kind] != other[kind]


def may_be_one(one: Row, other: Row) -> bool:
    """Whether two rows could be lines of one order."""
    return number_of(one) == number_of(other) and not are_two(who_of(one), who_of(other))


def orders(rows: Sequence[Row]) -> list[Order]:
    """The rows as orders."""
    found: list[Order] = []
    for row in rows:
        number, who = number_of(row), who_of(row)
        if found and found[-1].number == number and not are_two(found[-1].who, who):
            found[-1].lines.append(row)
            found[-1].who = who | found[-1].who
        else:
            found.append(Order(number, who, [row]))
    return found


def orders_whole(chunk: Sequence[Row]) -> Sequence[Row]:
    """An order of which a line cannot be used is not written at all: half an order would be taken for the whole."""
    broken: dict[str, list[Who]] = {}
    for row in chunk:
        if row.failed and (who := who_of(row)):
            broken.setdefault(number_of(row), []).append(who)
    nameless = ""
    for order in orders(chunk):
        if (
            order.number == nameless
            or any(row.failed for row in order.lines)
            or any(not are_two(order.who, who) for who in broken.get(order.number, ()))
        ):
            give_up(order.lines)
        nameless = order.number if order.lines[-1].failed and not who_of(order.lines[-1]) else ""
    return chunk


def give_up(lines: Sequence[Row]) -> None:
    """Notes on the lines without a fault that the order they belong to is not written."""
    for row in lines:
        if not row.failed:
            row.fault(
                "order_id",
                ja="同じ注文のほかの明細に誤りがあるため、この注文は書き込みませんでした。",
                en="another line of this order cannot be used, so that the order was not written.",
            )


class PurchaseWriter:
    """Rows of which each is one line of an order; the lines of an order stand one behind the other."""

    def __init__(self, means: Means, ways: intake.Means, *, is_check: bool = False) -> None:
        self.means, self.ways = means, ways
        self._is_check = is_check
        self._seen: dict[str, Mark] = {}
        """What a check took back, and a load would find on record."""

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Takes each order in as one event with all its lines."""
        read = [(order.lines, one) for order in orders(rows) if (one := self._arrival(order.lines)) is not None]
        known = {id: mark(*one) for id, one in kept.under(c, [one.message_id for _, one in read]).items()}
        known = {one.message_id: self._seen[one.message_id] for _, one in read if one.message_id in self._seen} | known
        fresh: dict[str, Arrival] = {}
        repeated = 0
        for lines, one in read:
            own = mark(one.at, one.properties)
            before = known.setdefault(one.message_id, own)
            if before != own:
                _taken_already(lines)
            elif before is own:
                fresh[one.message_id] = one
            else:
                repeated += 1
        counts = taken(c, list(fresh.values()), self.ways, self.means)
        counts["orders"] = counts.pop("events", 0)
        counts["known events"] += repeated
        if self._is_check:
            self._seen.update(known)
        return +counts

    def _arrival(self, lines: Sequence[Row]) -> Arrival | None:
        """The order as one event; a line that cannot be used, or contradicts the first one, stops it."""
        first = lines[0]
        at, order = time_of(first, self.means.now), str(first.values.get("order_id", ""))
        if not order:
            first.fault("order_id", ja="注文番号が空です。", en="the order has no number.")
        for row in lines:
            is_named(row)
            _fits(row, first)
        claim = claim_of(first)
        products = [product for row in lines if (product := _product(row)) is not None]
        if at is None or any(row.failed for row in lines):
            give_up(lines)
            return None
        return Arrival(
            message_id=message_id("order", (claim.user_id, claim.anonymous_id, dict(claim.identifiers), order)),
            type="track",
            at=at,
            source=self.means.source,
            user_id=claim.user_id,
            anonymous_id=claim.anonymous_id,
            identifiers=claim.identifiers,
            name="Order Completed",
            properties=_whole(lines, order, products),
        )


def mark(at: datetime, properties: Mapping[str, JsonValue]) -> Mark:
    """By what two orders of one number are the same order."""
    listed = properties.get("products")
    lines = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    told = sorted(
        (str(one.get("product_id") or one.get("name")), str(one.get("quantity")), str(one.get("price")))
        for one in lines
    )
    return at, str(properties.get("total")), str(properties.get("currency")), str(properties.get("store_id")), *told


def _whole(lines: Sequence[Row], order: str, products: Sequence[dict[str, JsonValue]]) -> dict[str, JsonValue]:
    """The order as the e-commerce events write it."""
    first = lines[0]
    whole: dict[str, JsonValue] = {
        name.removeprefix(FREE): plain(value) for name, value in first.values.items() if name.startswith(FREE)
    }
    discount = sum((Decimal(str(row.values.get("coupon_amount", 0))) for row in lines), Decimal(0))
    total = sum((Decimal(str(one["price"])) * int(str(one["quantity"])) for one in products), Decimal(0))
    whole |= {"order_id": order, "products": list(products), "total": plain(total - abs(discount))}
    whole["currency"] = str(first.values.get("currency") or "JPY")
    if discount:
        whole["discount"] = plain(abs(discount))
    if store := first.values.get("store"):
        whole["store_id"] = str(store)
    return whole


def _fits(row: Row, first: Row) -> None:
    """Notes what a line says of its order other than the first line does."""
    named = [name for name in WHOLE if name in row.values and str(row.values[name]) != str(first.values.get(name))]
    at, begun = row.values.get("at"), first.values.get("at")
    if isinstance(at, datetime) and isinstance(begun, datetime) and abs(at - begun) > SPAN:
        named.append("at")
    for name in named:
        row.fault(
            name,
            ja="同じ注文番号のほかの明細と違います。番号が店舗や日ごとに始まる場合は、joined で店舗や日付とつないで、"
            "order_id をひとつに決まる番号にしてください。",
            en="another line of the same order says something else. Where numbers begin anew by shop or day, make "
            "order_id unique: join it with the shop or the day under joined.",
        )


def _taken_already(lines: Sequence[Row]) -> None:
    """Notes that the customer has this number for something else."""
    for row in lines:
        row.fault(
            "order_id",
            ja="このお客様の同じ番号の注文が、別の内容で登録済みです。1つの注文の明細は続けて並べ、番号が店舗や日ごとに"
            "始まる場合は、joined で店舗や日付とつないでください。",
            en="this customer has an order of this number with other lines already. Put the lines of an order one "
            "behind the other; where numbers begin anew, join them with the shop or the day under joined.",
        )


def _product(row: Row) -> dict[str, JsonValue] | None:
    """One line of an order as the e-commerce events write it."""
    quantity = int(str(row.values.get("quantity", 1)))
    if quantity < 1:
        row.fault(
            "quantity",
            ja="数量は1以上です。返品は Order Refunded のイベントとして読み込んでください。",
            en="the quantity is 1 or more. Load returns as events named Order Refunded.",
        )
        return None
    amount, price = row.values.get("amount"), row.values.get("price")
    if price is None and amount is None:
        row.fault("amount", ja="金額が空です。", en="the line has no amount.")
        return None
    each = Decimal(str(price)) if price is not None else Decimal(str(amount)) / quantity
    if each < 0:
        row.fault(
            "amount",
            ja="金額が負です。返品は別に読み込んでください。",
            en="the amount is negative. Load returns as events.",
        )
        return None
    found: dict[str, JsonValue] = {"price": plain(each), "quantity": quantity}
    names = {"product_id": "product_id", "product_name": "name", "category": "category"}
    found |= {target: str(row.values[name]) for name, target in names.items() if name in row.values}
    if row.values.get("gift"):
        found["gift"] = True
    return found
