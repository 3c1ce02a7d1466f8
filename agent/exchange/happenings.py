"""Events and purchases from files: they go through the same intake as those of the API, under ids of their own."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from pydantic import JsonValue

from agent.exchange.writer import Counts, Means, claim_of, plain
from domain.arrival import Arrival
from domain.event import EventType
from records import intake
from records.connection import Connection
from tools.exchange.rows import Row

TYPES: tuple[EventType, ...] = ("track", "page", "screen")
FREE = "properties."
AHEAD = timedelta(minutes=5)
"""How far a clock may be ahead of ours."""


class EventWriter:
    """Rows of which each is one event."""

    def __init__(self, means: Means, ways: intake.Means) -> None:
        self.means, self.ways = means, ways

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Takes the events in; one that is there already counts once."""
        return taken(c, [one for row in rows if (one := self._arrival(row)) is not None], self.ways, self.means)

    def _arrival(self, row: Row) -> Arrival | None:
        at = _time(row, self.means.now)
        if at is None or not _named(row):
            return None
        type = str(row.values.get("type", "track")).lower()
        if type not in TYPES:
            row.fault("type", ja="track、page、screen のどれかです。", en="write track, page or screen.")
            return None
        name = str(row.values.get("event", ""))
        if not name:
            row.fault("event", ja="イベント名が空です。", en="the event has no name.")
            return None
        claim = claim_of(row)
        if row.failed:
            return None
        told = {key.removeprefix(FREE): plain(value) for key, value in row.values.items() if key.startswith(FREE)}
        decision = row.values.get("decision_id")
        mark = (claim.user_id, claim.anonymous_id, dict(claim.identifiers), type, name, at.isoformat(), told)
        given = row.values.get("message_id")
        return Arrival(
            message_id=str(given) if given else message_id("event", mark),
            type=next(one for one in TYPES if one == type),
            at=at,
            source=str(row.values.get("source") or self.means.source),
            user_id=claim.user_id,
            anonymous_id=claim.anonymous_id,
            identifiers=claim.identifiers,
            name=name,
            properties=told,
            decision_id=str(decision) if decision else None,
        )


class PurchaseWriter:
    """Rows of which each is one line of an order; the lines of an order stand one behind the other."""

    def __init__(self, means: Means, ways: intake.Means) -> None:
        self.means, self.ways = means, ways

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Takes each order in as one event with all its lines."""
        orders = [list(lines) for _, lines in groupby(rows, key=order_of)]
        arrivals = [one for lines in orders if (one := self._arrival(lines)) is not None]
        counts = taken(c, arrivals, self.ways, self.means)
        counts["orders"] = counts.pop("events", 0)
        return counts

    def _arrival(self, lines: Sequence[Row]) -> Arrival | None:
        """The order as one event; lines that contradict each other are noted and stop it."""
        first = lines[0]
        at, order = _time(first, self.means.now), str(first.values.get("order_id", ""))
        if not order:
            first.fault("order_id", ja="注文番号が空です。", en="the order has no number.")
        if at is None or not order or not all(_named(row) for row in lines):
            return None
        claim = claim_of(first)
        products = [product for row in lines if (product := _product(row)) is not None]
        if any(row.failed for row in lines):
            return None
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
        return Arrival(
            message_id=message_id("order", (claim.user_id, claim.anonymous_id, dict(claim.identifiers), order)),
            type="track",
            at=at,
            source=self.means.source,
            user_id=claim.user_id,
            anonymous_id=claim.anonymous_id,
            identifiers=claim.identifiers,
            name="Order Completed",
            properties=whole,
        )


def order_of(row: Row) -> str:
    """What holds the lines of an order together; a row without a number stands alone."""
    return str(row.values.get("order_id") or f"line {row.line}")


def taken(c: Connection, arrivals: Sequence[Arrival], ways: intake.Means, means: Means) -> Counts:
    """Hands events to the intake and counts what became of them."""
    done = intake.take(c, arrivals, (), ways, means.now)
    counts = {"events": len(done.events), "known events": done.repeated, "forgotten": done.forgotten}
    return Counts({name: count for name, count in counts.items() if count})


def message_id(kind: str, mark: object) -> str:
    """The id of what a row says: the same row in another file, or a second time, is the same event."""
    told = json.dumps(mark, ensure_ascii=False, sort_keys=True, default=str)
    return f"load-{kind}-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


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


def _time(row: Row, now: datetime) -> datetime | None:
    at = row.values.get("at")
    if not isinstance(at, datetime):
        row.fault("at", ja="日時が空です。", en="the time is missing.")
        return None
    if at > now + AHEAD:
        row.fault("at", ja="未来の日時です。確かめてください。", en="this lies in the future. Check it.")
        return None
    return at


def _named(row: Row) -> bool:
    """Whether the row says who it was."""
    if any(
        name in row.values for name in ("id", "email", "phone", "loyalty_id", "line_id", "device_id", "anonymous_id")
    ):
        return True
    row.fault("id", ja="だれのことか書かれていません。", en="it does not say who it was.")
    return False
