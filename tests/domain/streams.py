"""Streams of events as hypothesis makes them: everything that we count, with the mistakes that senders make."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.behaviour import ORDERS
from domain.event import Event, EventType
from domain.happening import NAMES
from tests.clock import START

PRODUCTS = tuple(f"sku-{number}" for number in range(6))
BROKEN: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", -1, True, [], {}, "NaN", 1e400, float("nan"), 10**400, "1e999", "1,200", ["a"], "\0", "9" * 5000]
)


def event(name: str, at: datetime = START, id: str | None = None, type: EventType = "track", **said: Any) -> Event:
    """One event of customer c-1."""
    message = id or f"{name}/{at.isoformat()}/{sorted(said.items())}"
    return Event(message_id=message, type=type, customer_id="c-1", at=at, name=name, properties=said)


def some(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or one that is none."""
    return st.one_of(value, value, value, BROKEN)


PRODUCT = st.fixed_dictionaries(
    {"product_id": some(st.sampled_from(PRODUCTS))},
    optional={
        "category": some(st.sampled_from(["coffee", "tea", "shoes"])),
        "price": some(st.integers(0, 5000)),
        "quantity": some(st.integers(1, 4)),
        "gift": some(st.booleans()),
    },
)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "products": some(st.lists(PRODUCT, max_size=4)),
        "product_id": some(st.sampled_from(PRODUCTS)),
        "category": some(st.sampled_from(["coffee", "tea", "shoes"])),
        "total": some(st.integers(0, 50_000)),
        "currency": some(st.sampled_from(["JPY", "USD", "KWD"])),
        "coupon": some(st.just("SUMMER")),
        "channel": some(st.sampled_from(["email", "line"])),
        "store": some(st.sampled_from(["ginza", "umeda"])),
        "step": some(st.sampled_from(["profile", "payment"])),
        "survey": some(st.sampled_from(["nps", "csat"])),
        "score": some(st.integers(0, 10)),
        "ticket_id": some(st.sampled_from(["t-1", "t-2"])),
        "title": some(st.sampled_from(["Pricing", "White paper"])),
    },
)
KINDS = st.one_of(
    st.sampled_from(["Order Completed", "Product Added", "Order Refunded"]), st.sampled_from(sorted(NAMES))
)


@st.composite
def streams(draw: st.DrawFn, most: int = 40) -> list[Event]:
    """Events of one customer within two years, each message once; some orders are reported twice."""
    moments = draw(st.lists(st.integers(0, 700 * 24 * 60), min_size=1, max_size=most))
    found: list[Event] = []
    for number, minutes in enumerate(moments):
        name, said = draw(KINDS), dict[str, Any](draw(SAID))
        # A repeat is recognised among the newest orders only.
        if name == "Order Completed" and len(moments) <= ORDERS and draw(st.booleans()):
            said["order_id"] = f"o-{draw(st.integers(0, 5))}"
        kind: EventType = draw(st.sampled_from(["track", "track", "track", "page", "identify"]))
        at = START - timedelta(minutes=minutes)
        found.append(event(name, at, f"m-{number}", kind, **said))
    return found
