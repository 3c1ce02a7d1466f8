"""Stated: what an offer, an account and the sender state, and what prices imply."""

import functools
from decimal import Decimal

from domain.customer import Scalar
from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from policies.inspection.counts import DAY
from policies.inspection.text import plain
from policies.inspection.truths import Amount, Count, Known, Told, Truths

HUNDRED = Decimal(100)
OFFERING = frozenset(("offering",))


def of_offer(offer: Offer, home_currency: str | None) -> Truths:
    """What an offer states, and what its prices imply."""
    truths = Truths(currency=offer.currency or home_currency)
    _priced(truths, offer)
    _dated(truths, offer)
    truths.state("name", offer.name, quotable=True)
    for name, words in (("brand", offer.brand), ("category", offer.category)):
        truths.state(name, words, quotable=True)
    if offer.image is not None:
        truths.state("alt", offer.image.alt, quotable=True)
    if offer.stock is not None:
        truths.counts.append(Count(Decimal(offer.stock), None, None, frozenset(("stock", "scarce"))))
        truths.stock.add(Decimal(offer.stock))
    for name, value in offer.facts.items():
        truths.state(name, value, quotable=True)
    return truths


def _dated(truths: Truths, offer: Offer) -> None:
    if offer.valid_from is not None:
        truths.days.append(Known(offer.valid_from, "start", OFFERING))
    if offer.valid_until is not None:
        truths.days.append(Known(offer.valid_until, "end", OFFERING))
    if offer.valid_from is not None and offer.valid_until is not None:
        days = (offer.valid_until - offer.valid_from).days + 1
        truths.counts.append(Count(Decimal(days * DAY), "second", None, frozenset(("sale",))))
    if offer.stock_at is not None:
        truths.days.append(Known(offer.stock_at.date(), None))
        truths.clocks.add(offer.stock_at.hour * 60 + offer.stock_at.minute)


def _priced(truths: Truths, offer: Offer) -> None:
    money, tax = truths.currency, offer.tax_included
    price, before = offer.price, offer.list_price
    if offer.discount_amount is not None:
        truths.cuts.add((offer.discount_amount, money))
    if offer.discount_percent is not None:
        truths.offs.add(offer.discount_percent)
    if price is None and before is not None:
        price = _after(before, offer)
    if price is not None:
        truths.amounts.append(Amount(price, money, "price", tax))
        if not price:
            truths.free.add("price")
    if before is not None:
        truths.amounts.append(Amount(before, money, "was", tax))
    if price is None or not before or before <= price:
        return
    cut = before - price
    truths.cuts.add((cut, money))
    off = cut * HUNDRED / before
    truths.offs |= {off, Decimal(int(off))}


def _after(before: Decimal, offer: Offer) -> Decimal:
    """What is paid where only the price before and the discount are told."""
    if offer.discount_amount is not None:
        return before - offer.discount_amount
    return before * (HUNDRED - (offer.discount_percent or 0)) / HUNDRED


@functools.lru_cache(maxsize=8192, typed=True)
def of_fact(name: str, value: Scalar | Text, home_currency: str | None) -> Told:
    """What an account fact or the like states; it is no words to quote and promises no discount."""
    truths = Truths(currency=home_currency)
    truths.state(name, value, quotable=False)
    return truths.told


def of_sender(sender: Sender) -> Truths:
    """What the sender's own lines state: address, phone and hours."""
    truths = Truths()
    for words in (sender.name, sender.legal_name, sender.address, sender.hours):
        for text in (words.ja, words.en):
            truths.names.update([plain(text).lower()] if text else [])
    truths.names.update([plain(sender.phone)] if sender.phone else [])
    truths.state("hours", sender.hours, quotable=True)
    truths.desk, truths.clocks = truths.clocks, set()
    return truths
