"""Behaviour: what a customer's events add up to.

A sum whose order never matters: counters add, instants take the earliest or latest, and what is kept in bounded number
is always the newest, so that any order of arrival, any batches and any merge of two customers give the same. What has
to be bounded and counted at once (categories, stores, channels) keeps the names that come first by their hash.
"""

from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any

from domain.money import UNKNOWN, scale
from domain.sums import (
    added,
    again,
    counted,
    first_of,
    joined,
    keep_by_hash,
    keep_newest,
    latest_of,
    stamps_of,
    summed,
    surveyed,
)

DAY = 86_400_000
"""In milliseconds, like every instant here."""
WINDOW = 400
"""Days that are kept one by one."""
ORDERS, REFUNDS = 24, 24
RECENT, NAMES, TOPICS = 32, 32, 300
OPEN, RESOLVED = 300, 64
"""Tickets that are kept: those that wait for an answer never give way to those that were answered."""

Entry = list[Any]
Counts = dict[str, int]
Columns = dict[str, list[int]]
Latest = dict[str, list[int]]
"""Under each name an instant and what was true then; the latest counts."""

D_ORDERS, D_VIEWED, D_DELIVERED, D_REACTED = range(4)
"""The columns of a day."""
R_DELIVERED, R_OPENED, R_CLICKED, R_BOUNCED, R_COMPLAINED, R_UNSUBSCRIBED, R_LAST = range(7)
"""The columns of a channel; the last is the instant of the last reaction."""
O_AT, O_TIE, O_CURRENCY, O_OWN, O_GIFT, O_COUPON, O_TOPICS = range(7)
"""The columns of an order that is still kept one by one."""


@dataclass(slots=True)
class Behaviour:
    """The sum; every field is left out of the document while it is empty."""

    first: int = 0
    last: int = 0
    """The first and the last thing that the customer did by themselves."""
    first_order: int = 0
    last_order: int = 0
    counts: Counts = field(default_factory=dict)
    """By name: orders, coupon_orders, redemptions, refunds, gifts, searches, reviews, calls, app, …"""
    spend: Counts = field(default_factory=dict)
    """Own money by currency, in minor units; gifts and refunds apart."""
    gifts: Counts = field(default_factory=dict)
    refunded: Counts = field(default_factory=dict)
    days: Columns = field(default_factory=dict)
    """By day since 1970 in UTC, five digits."""
    money: Counts = field(default_factory=dict)
    """Own money by day and currency: `20779JPY`."""
    orders: dict[str, Entry] = field(default_factory=dict)
    """The newest orders by a hash of their number: they are not added up yet, so that a repeat is recognised."""
    refunds: dict[str, Entry] = field(default_factory=dict)
    topics: Columns = field(default_factory=dict)
    """By category: how many orders, then the newest instants, in seconds."""
    hours: Counts = field(default_factory=dict)
    """By hour of the week in UTC."""
    local: list[int] = field(default_factory=list)
    """By local hour of the day: what came without instants."""
    channels: Columns = field(default_factory=dict)
    surveys: dict[str, list[int]] = field(default_factory=dict)
    """By kind: how many, their sum, the instant of the last and the last, each 0..1000."""
    viewed: Latest = field(default_factory=dict)
    shelves: Latest = field(default_factory=dict)
    """Categories viewed."""
    bought: Latest = field(default_factory=dict)
    saved: Latest = field(default_factory=dict)
    """Products: the instant, and 1 where it was taken away again."""
    cart: Latest = field(default_factory=dict)
    """Products: the instant, 1 where it was taken out, and how many."""
    emptied: int = 0
    """Everything that went into the cart until then is out of it."""
    stores: Columns = field(default_factory=dict)
    steps: Columns = field(default_factory=dict)
    """Steps of an onboarding: when it was done, and when somebody hesitated there."""
    leads: Columns = field(default_factory=dict)
    """Signs of interest in business: how many, and when last."""
    papers: Latest = field(default_factory=dict)
    """What was downloaded and attended, by name."""
    tickets: Columns = field(default_factory=dict)
    """By number: when it was opened, and when it was resolved."""
    complained: int = 0

    def bound(self) -> "Behaviour":
        """Cuts everything down to its bound; cutting earlier or later makes no difference."""
        while len(self.orders) > ORDERS:
            oldest = min(self.orders, key=lambda one: self.orders[one][:2])
            self.settle(self.orders.pop(oldest))
        while len(self.refunds) > REFUNDS:
            oldest = min(self.refunds, key=lambda one: self.refunds[one][:2])
            self.refund(self.refunds.pop(oldest))
        self._forget()
        for latest in (self.viewed, self.shelves, self.bought, self.saved, self.cart, self.papers):
            if len(latest) > RECENT:
                keep_newest(latest, RECENT)
        self._file()
        for columns in (self.channels, self.stores, self.steps, self.leads, self.surveys):
            if len(columns) > NAMES:
                keep_by_hash(columns, NAMES)
        if len(self.topics) > TOPICS:
            keep_by_hash(self.topics, TOPICS)
        return self

    def _file(self) -> None:
        """Tickets: those that are open and those that are resolved apart."""
        if len(self.tickets) <= RESOLVED:
            return
        waiting = {name: row for name, row in self.tickets.items() if row[0] > row[1]}
        done = {name: row for name, row in self.tickets.items() if row[0] <= row[1]}
        keep_newest(waiting, OPEN)
        keep_newest(done, RESOLVED)
        self.tickets = waiting | done

    def _forget(self) -> None:
        """Days that lie too far before the newest one."""
        if self.days:
            earliest = f"{int(max(self.days)) - WINDOW:05}"
            if min(self.days) < earliest:
                self.days = {day: row for day, row in self.days.items() if day >= earliest}
            if self.money and min(self.money) < earliest:
                self.money = {day: sum for day, sum in self.money.items() if day[:5] >= earliest}

    def settle(self, order: Entry) -> None:
        """Adds one order to the sums."""
        at, _, currency, own, gift, coupon, *topics = order
        self.count("orders")
        if coupon:
            self.count("coupon_orders")
        if gift:
            self.count("gifts")
            self.gifts[currency] = self.gifts.get(currency, 0) + gift
        self.first_order = min(self.first_order or at, at)
        self.last_order = max(self.last_order, at)
        day = day_of(at)
        self.on_day(day, D_ORDERS)
        self.hour(at)
        if own:
            self.spend[currency] = self.spend.get(currency, 0) + own
            self.money[day + currency] = self.money.get(day + currency, 0) + own
        for topic in topics:
            n, *stamps = self.topics.get(topic, (0,))
            self.topics[topic] = [n + 1, *stamps_of(stamps, (at // 1000,))]

    def refund(self, refund: Entry) -> None:
        """Adds one refund to the sums; what was not said or cannot be known any more counts nothing."""
        _, _, _, currency, amount = refund
        self.count("refunds")
        if amount > 0:
            self.refunded[currency] = self.refunded.get(currency, 0) + amount

    def whole(self) -> "Behaviour":
        """A copy in which every order and refund is added up; only for reading."""
        found = copy(self)
        for name in ("counts", "spend", "gifts", "refunded", "days", "money", "topics", "hours"):
            setattr(found, name, dict(getattr(self, name)))
        left = {key: order[O_OWN] + order[O_GIFT] for key, order in self.orders.items()}
        for order in self.orders.values():
            found.settle(order)
        for refund in sorted(self.refunds.values()):
            at, tie, key, currency, amount = refund
            if key in left:
                said, currency = currency, self.orders[key][O_CURRENCY]
                if said == UNKNOWN and amount > 0:
                    amount = round(amount * scale(currency) / scale(said))
                amount = left[key] if amount < 0 else min(amount, left[key])
                left[key] -= amount
            found.refund([at, tie, key, currency, amount])
        found.orders, found.refunds = {}, {}
        return found

    def count(self, name: str, more: int = 1) -> None:
        """One more of that name."""
        self.counts[name] = self.counts.get(name, 0) + more

    def on_day(self, day: str, column: int) -> None:
        """One more on that day; the row is new, since a copy may share the old one."""
        row = self.days.get(day)
        row = [0, 0, 0, 0] if row is None else row[:]
        row[column] += 1
        self.days[day] = row

    def hour(self, at: int) -> None:
        """One more in that hour of the week; 1970 began on a Thursday."""
        hour = str((at // 3_600_000 + 72) % 168)
        self.hours[hour] = self.hours.get(hour, 0) + 1

    def plus(self, other: "Behaviour") -> "Behaviour":
        """The sum of two customers, or of two parts of one; neither is changed."""
        one = Behaviour(
            first=min(self.first or other.first, other.first or self.first),
            last=max(self.last, other.last),
            first_order=min(self.first_order or other.first_order, other.first_order or self.first_order),
            last_order=max(self.last_order, other.last_order),
            emptied=max(self.emptied, other.emptied),
            complained=max(self.complained, other.complained),
            local=[sum(pair) for pair in zip(self.local, other.local, strict=True)]
            if self.local and other.local
            else (self.local or other.local)[:],
        )
        for name in ("counts", "spend", "gifts", "refunded", "money", "hours"):
            setattr(one, name, summed(getattr(self, name), getattr(other, name)))
        for name in ("viewed", "shelves", "bought", "saved", "cart", "papers"):
            setattr(one, name, joined(getattr(self, name), getattr(other, name), max))
        for name in ("orders", "refunds"):
            setattr(one, name, joined(getattr(self, name), getattr(other, name), first_of))
        for name in ("steps", "tickets"):
            setattr(one, name, joined(getattr(self, name), getattr(other, name), latest_of))
        one.days = joined(self.days, other.days, added)
        one.channels = joined(self.channels, other.channels, counted)
        one.stores = joined(self.stores, other.stores, counted)
        one.leads = joined(self.leads, other.leads, counted)
        one.topics = joined(self.topics, other.topics, again)
        one.surveys = joined(self.surveys, other.surveys, surveyed)
        return one.bound()

    def document(self) -> dict[str, Any]:
        """What is stored: everything that is not empty, under its name."""
        return {name: value for name in NAMES_OF_FIELDS if (value := getattr(self, name))}

    @classmethod
    def of(cls, document: dict[str, Any]) -> "Behaviour":
        """The behaviour in a stored document."""
        return cls(**document)


NAMES_OF_FIELDS = tuple(one.name for one in fields(Behaviour))


def day_of(at: int) -> str:
    """The day of an instant as days are named."""
    return f"{min(max(at // DAY, 0), 99_999):05}"
