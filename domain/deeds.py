"""Deeds: how one event adds to what is known of its customer. What an event does not say or says badly adds nothing."""

from collections.abc import Callable, Mapping

from domain import replies
from domain.behaviour import (
    D_VIEWED,
    R_BOUNCED,
    R_CLICKED,
    R_COMPLAINED,
    R_DELIVERED,
    R_OPENED,
    R_UNSUBSCRIBED,
    Behaviour,
    Entry,
    day_of,
)
from domain.commerce import Properties, amount, category, named, order_key, products, sale, short, texts
from domain.deed import Deed, count_in, keep_latest
from domain.event import Event
from domain.happening import Happening as H
from domain.happening import plain
from domain.money import currency_of
from domain.sums import first_of

PRICING = ("pricing", "price list", "料金", "価格表", "プラン")
PAGES = ("name", "path", "url", "title", "category")
MOST_QUANTITY = 9999


def add(behaviour: Behaviour, event: Event) -> None:
    """Adds one event, in place; call `bound` when all are added."""
    happening = event.happening
    if happening is None:
        return
    deed = Deed(behaviour, event)
    if happening not in DONE_TO_THEM:
        deed.theirs()
    adds = ADDS.get(happening)
    if adds is not None:
        adds(deed)


def number_of(event: Event) -> str | None:
    """The name under which an order or a refund is recognised when it is reported again; None without a number."""
    if event.happening is H.ORDERED:
        return order_key(event.properties)
    if event.happening is H.REFUNDED and (number := named(event.properties, "refund_id")):
        return f"r{short(number)}"
    return None


def _ordered(deed: Deed) -> None:
    behaviour, at = deed.behaviour, deed.at
    said, tie = sale(deed.properties), deed.tie
    key = said.key or tie
    order: Entry = [at, tie, said.currency, said.own, said.gift, int(said.coupon), *said.topics]
    known = behaviour.orders.get(key)
    behaviour.orders[key] = order if known is None else first_of(known, order)
    for product in said.products:
        if product.id and not product.gift:
            keep_latest(behaviour.bought, product.id, [at])
    behaviour.emptied = max(behaviour.emptied, at)


def _refunded(deed: Deed) -> None:
    currency, tie = currency_of(deed.properties.get("currency")), deed.tie
    number, again = named(deed.properties, "order_id"), named(deed.properties, "refund_id")
    key = short(number) if number else ""
    refund: Entry = [deed.at, tie, key, currency, _given_back(deed, currency)]
    name = short(again) if again else tie
    known = deed.behaviour.refunds.get(name)
    deed.behaviour.refunds[name] = refund if known is None else first_of(known, refund)


def _given_back(deed: Deed, currency: str) -> int:
    """What comes back: the amount, else that of the products that the event lists; -1 is the whole order."""
    value = amount(deed.properties, currency, "total", "revenue", "value", "amount", "refund")
    if value is not None:
        return abs(value)
    listed = products(deed.properties) if isinstance(deed.properties.get("products"), list) else ()
    if not listed or plain(deed.event.name or "") == "order cancelled":
        return -1
    return sum(one.amount or 0 for one in listed)


def _viewed(deed: Deed) -> None:
    behaviour, at, said = deed.behaviour, deed.at, deed.properties
    behaviour.on_day(day_of(at), D_VIEWED)
    if product := named(said, "product_id", "sku", "offer_id"):
        keep_latest(behaviour.viewed, product, [at])
    if deed.event.type == "track" and (shelf := category(said.get("category"))):
        keep_latest(behaviour.shelves, shelf, [at])
    elif deed.event.type != "track" and _is_about(PRICING, deed.event.name, said):
        _lead(deed, "pricing")


def _is_about(words: tuple[str, ...], name: str | None, said: Properties) -> bool:
    told = " ".join((name or "", *texts(said, *PAGES))).lower()
    return any(word in told for word in words)


def _searched(deed: Deed) -> None:
    deed.behaviour.count("searches")


def _saved(deed: Deed, gone: int = 0) -> None:
    for product in products(deed.properties):
        if product.id:
            keep_latest(deed.behaviour.saved, product.id, [deed.at, gone])


def _unsaved(deed: Deed) -> None:
    _saved(deed, gone=1)


def _carted(deed: Deed) -> None:
    """A product that was added, or, where the event lists products, the cart as it is now."""
    if isinstance(deed.properties.get("products"), list) and plain(deed.event.name or "") == "cart updated":
        deed.behaviour.emptied = max(deed.behaviour.emptied, deed.at - 1)
    for product in products(deed.properties):
        if product.id:
            gone = int(product.quantity == 0)
            keep_latest(deed.behaviour.cart, product.id, [deed.at, gone, min(product.quantity, MOST_QUANTITY)])


def _uncarted(deed: Deed) -> None:
    if plain(deed.event.name or "") == "cart emptied":
        deed.behaviour.emptied = max(deed.behaviour.emptied, deed.at)
        return
    for product in products(deed.properties):
        if product.id:
            keep_latest(deed.behaviour.cart, product.id, [deed.at, 1, 0])


def _redeemed(deed: Deed) -> None:
    """Counted when it is redeemed; that a coupon lies in the cart is not yet that."""
    if plain(deed.event.name or "") == "coupon redeemed":
        deed.behaviour.count("redemptions")


def _reviewed(deed: Deed) -> None:
    deed.behaviour.count("reviews")


def _opened_app(deed: Deed) -> None:
    deed.behaviour.count("app")
    deed.behaviour.hour(deed.at)


def _visited(deed: Deed) -> None:
    place = named(deed.properties, "store_id", "store", "place", "location")
    if place:
        count_in(deed.behaviour.stores, place.removeprefix("store:"), [1, deed.at])
    deed.behaviour.count("visits")


def _called(deed: Deed) -> None:
    deed.behaviour.count("calls")


def _lead(deed: Deed, kind: str) -> None:
    count_in(deed.behaviour.leads, kind, [1, deed.at])
    paper = named(deed.properties, "document_id", "offer_id", "webinar_id", "event_id", "title", "name")
    if paper and kind != "pricing":
        keep_latest(deed.behaviour.papers, paper, [deed.at])


def _downloaded(deed: Deed) -> None:
    _lead(deed, "downloads")


def _registered(deed: Deed) -> None:
    _lead(deed, "registrations")


def _attended(deed: Deed) -> None:
    _lead(deed, "attendances")


DONE_TO_THEM = frozenset({H.DELIVERED, H.BOUNCED, H.REFUNDED, H.TICKET_RESOLVED, H.TALKED})
"""What somebody else did."""

ADDS: Mapping[H, Callable[[Deed], None]] = {
    H.ORDERED: _ordered,
    H.REFUNDED: _refunded,
    H.VIEWED: _viewed,
    H.SEARCHED: _searched,
    H.SAVED: _saved,
    H.UNSAVED: _unsaved,
    H.CARTED: _carted,
    H.UNCARTED: _uncarted,
    H.REDEEMED: _redeemed,
    H.REVIEWED: _reviewed,
    H.OPENED_APP: _opened_app,
    H.VISITED_STORE: _visited,
    H.CALLED: _called,
    H.TICKET_OPENED: replies.ticket,
    H.TICKET_RESOLVED: replies.resolved,
    H.DOWNLOADED: _downloaded,
    H.REGISTERED: _registered,
    H.ATTENDED: _attended,
    H.ANSWERED_SURVEY: replies.answered,
    H.STEP_DONE: replies.step,
    H.STEP_STUCK: replies.stuck,
    H.DELIVERED: replies.response(R_DELIVERED),
    H.OPENED: replies.response(R_OPENED),
    H.CLICKED: replies.response(R_CLICKED),
    H.BOUNCED: replies.response(R_BOUNCED),
    H.COMPLAINED: replies.response(R_COMPLAINED),
    H.UNSUBSCRIBED: replies.response(R_UNSUBSCRIBED),
}
