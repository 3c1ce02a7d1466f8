"""Deriving: the features in a customer's behaviour at one instant, and until when they hold if nothing happens."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from domain.behaviour import (
    D_DELIVERED,
    D_ORDERS,
    D_REACTED,
    D_VIEWED,
    DAY,
    R_CLICKED,
    R_DELIVERED,
    R_OPENED,
    Behaviour,
    Columns,
)
from domain.clock import from_micros, to_micros
from domain.customer import Stage
from domain.features import HOURS
from domain.holding import BEFORE, MONTH, QUARTER, holds_until, standing_at
from domain.money import UNKNOWN, major
from domain.stages import Stages, Standing

HOUR = timedelta(hours=1)
FEWEST_DAYS, MOST_HABITS = 2, 40
MOST_SHOWN = 8
FEWEST_DELIVERED = 3


class Derived(NamedTuple):
    """Features as they are stored, the stage, and until when both hold if nothing happens."""

    features: dict[str, Any]
    standing: Standing
    stage: Stage
    holds_until: int
    """Microseconds since 1970."""


def features_of(behaviour: Behaviour, now: datetime, zone: tzinfo, stages: Stages) -> Derived:
    """What is known at `now`; hours and days of habits are those of `zone`."""
    whole = behaviour.whole()
    at = to_micros(now) // 1000
    offset = now.astimezone(zone).utcoffset() or timedelta(0)
    standing = standing_at(whole, at)
    found: dict[str, Any] = {
        "first_at": _instant(whole.first),
        "last_at": _instant(whole.last),
        "hours": _hours(whole, offset // HOUR),
        "open_ticket": open_ticket(whole.tickets),
        **_orders(whole, standing, at),
        **_money(whole, at),
        **_habits(whole.topics, offset // timedelta(milliseconds=1)),
        **_interests(whole, at),
        **_answers(whole, at),
        **_leads(whole),
    }
    known = {name: value for name, value in found.items() if value or (name == "satisfaction" and value is not None)}
    return Derived(known, standing, stages.of(standing), holds_until(whole, standing, at, stages))


def _instant(at: int) -> str | None:
    return from_micros(at * 1000).isoformat() if at else None


def _from(at: int, days: int) -> str:
    """The first day of a window that ends now."""
    return f"{at // DAY - days:05}"


def _orders(whole: Behaviour, standing: Standing, at: int) -> dict[str, Any]:
    since = _from(at, QUARTER)
    return {
        "orders": standing.orders,
        "orders_90d": sum(row[D_ORDERS] for day, row in whole.days.items() if day >= since),
        "coupon_orders": whole.counts.get("coupon_orders", 0),
        "redemptions": whole.counts.get("redemptions", 0),
        "refunds": whole.counts.get("refunds", 0),
        "ordered_at": _instant(whole.last_order),
        "order_days": standing.order_days,
        "order_days_90d": standing.order_days_90d,
        "usual_gap": standing.usual_gap,
    }


def _money(whole: Behaviour, at: int) -> dict[str, Any]:
    """Own money in the currency of the newest order; an amount without a currency is taken to be in that one."""
    currencies = sorted({*whole.spend, *whole.gifts, *whole.refunded} - {UNKNOWN})
    newest = {key[5:]: key[:5] for key in sorted(whole.money)}
    main = max(currencies, key=lambda one: (newest.get(one, ""), whole.spend.get(one, 0)), default=UNKNOWN)
    since, same = _from(at, QUARTER), {main, UNKNOWN}
    recent = [(amount, key[5:]) for key, amount in whole.money.items() if key[:5] >= since and key[5:] in same]
    paid = _total(whole.spend, same) - _total(whole.refunded, same)
    others = [(one, _total(whole.spend, {one}) - _total(whole.refunded, {one})) for one in currencies if one != main]
    return {
        "currency": main,
        "spend": round(max(paid, 0.0), 3),
        "spend_90d": round(sum(major(amount, currency) for amount, currency in recent), 3),
        "gift_spend": round(_total(whole.gifts, same), 3),
        "other_spend": [(one, round(amount, 3)) for one, amount in others if amount > 0],
    }


def _total(amounts: Mapping[str, int], currencies: Iterable[str]) -> float:
    return sum(major(amounts.get(one, 0), one) for one in currencies)


def _habits(topics: Columns, offset: int) -> dict[str, Any]:
    """What they buy again: most days first, as columns.

    Only the newest purchases of a category are kept one by one: beyond them its days are estimated from how many of
    the kept ones fell on days of their own.
    """
    found: list[tuple[int, str, int, float]] = []
    for topic, (n, *stamps) in topics.items():
        if n < FEWEST_DAYS:
            continue
        own = sorted({(stamp * 1000 + offset) // DAY for stamp in stamps})
        days = round(n * len(own) / len(stamps))
        if days >= FEWEST_DAYS:
            gaps = [later - earlier for earlier, later in pairwise(own)]
            found.append((-days, topic, stamps[-1], round(median(gaps), 1) if len(gaps) > 1 else 0.0))
    if not found:
        return {}
    first = sorted(found)[:MOST_HABITS]
    return {
        "habits": {
            "topics": [topic for _, topic, _, _ in first],
            "days": [-days for days, _, _, _ in first],
            "last_at": [at * 1_000_000 for _, _, at, _ in first],
            "gap_days": [gap for _, _, _, gap in first],
        }
    }


def _hours(whole: Behaviour, shift: int) -> list[int]:
    found = whole.local[:] or [0] * HOURS
    for hour, n in whole.hours.items():
        found[(int(hour) + shift) % HOURS] += n
    return found if any(found) else []


def _interests(whole: Behaviour, at: int) -> dict[str, Any]:
    recent = at - MONTH * DAY
    stuck = [(row[1], name) for name, row in whole.steps.items() if row[1] > row[0]]
    cart = {name: row for name, row in whole.cart.items() if not row[1] and row[0] > whole.emptied}
    viewed = [*_newest(whole.viewed, recent), *_newest(whole.shelves, recent)]
    since = _from(at, MONTH)
    return {
        "favourites": _newest({name: row for name, row in whole.saved.items() if not row[1]}),
        "cart": _newest(cart),
        "cart_at": _instant(max((row[0] for row in cart.values()), default=0)),
        "viewed": viewed[:MOST_SHOWN],
        "bought": _newest(whole.bought, at - QUARTER * DAY),
        "store": max(whole.stores, key=lambda name: (*whole.stores[name], name), default=None),
        "views_30d": sum(row[D_VIEWED] for day, row in whole.days.items() if day >= since),
        "stuck": max(stuck)[1] if stuck else None,
    }


def _newest(latest: Mapping[str, list[int]], since: int = 0) -> list[str]:
    chosen = sorted(((-row[0], name) for name, row in latest.items() if row[0] > since))
    return [name for _, name in chosen[:MOST_SHOWN]]


def _answers(whole: Behaviour, at: int) -> dict[str, Any]:
    reached = {name: row for name, row in sorted(whole.channels.items()) if row[R_DELIVERED]}
    rates = [min(max(row[R_OPENED], row[R_CLICKED]) / row[R_DELIVERED], 1.0) for row in reached.values()]
    last = max((row[2:] for row in whole.surveys.values()), default=None)
    return {
        "channels": list(reached),
        "answered": [round(rate, 3) for rate in rates],
        "fatigue": _fatigue(whole.days, at),
        "satisfaction": None if last is None else last[1] / 1000,
    }


def _fatigue(days: Columns, at: int) -> float:
    """How far the part of messages that they answer fell while more came: this month against the three before."""
    recent, before = _from(at, MONTH), _from(at, BEFORE)
    now = [row for day, row in days.items() if day >= recent]
    then = [row for day, row in days.items() if before <= day < recent]
    sent, earlier = sum(row[D_DELIVERED] for row in now), sum(row[D_DELIVERED] for row in then)
    answered = sum(row[D_REACTED] for row in then)
    if sent < FEWEST_DELIVERED or not answered or not earlier or sent * (BEFORE - MONTH) <= earlier * MONTH:
        return 0.0
    return round(max(1 - sum(row[D_REACTED] for row in now) / sent / (answered / earlier), 0.0), 2)


def _leads(whole: Behaviour) -> dict[str, Any]:
    signs = whole.leads
    return {
        "downloads": signs["downloads"][0] if "downloads" in signs else 0,
        "webinars": sum(signs[kind][0] for kind in ("registrations", "attendances") if kind in signs),
        "pricing_views": signs["pricing"][0] if "pricing" in signs else 0,
        "lead_at": _instant(max((row[-1] for row in signs.values()), default=0)),
    }


def open_ticket(tickets: Columns) -> bool:
    """Whether something waits for an answer; what is resolved without a number resolves what has none."""
    return any(opened > resolved for opened, resolved in tickets.values())
