"""Limits: caps, gaps, exclusivity, volumes and budgets at once, as rules, and counted without them.

What is allowed is counted by hand from the table of contacts.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from agent.rulebook import ensure_book
from agent.stores import Stores
from domain.channel import Channel
from domain.contact import Contact
from domain.language import Text
from domain.offer import Offer
from records import book as versions
from records import catalogue
from records.connection import Connection

TOKYO, GAP = ZoneInfo("Asia/Tokyo"), timedelta(minutes=1)
MOST = {Channel.LINE: 3, Channel.EMAIL: 2}
"""Messages to one customer in any seven days."""
MOST_PUSHES_A_DAY, IN_ALL = 2, 6
TAKES_OFF = {"proof-coupon-0": 100, "proof-coupon-1": 250}
COFFEE, TEA = frozenset({"proof-0", "proof-coupon-0"}), frozenset({"proof-1", "proof-coupon-1"})
RATE = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the whole house may promise: small enough to run out in the middle of a load."""

    messages: int
    pushes_a_day: int
    yen_issued: int
    yen_expected: int

    @classmethod
    def for_customers(cls, count: int) -> "Limits":
        """About half of what so many customers could get."""
        return cls(count * 7 // 2, count * 5 // 4, count * 125, count * 20)


def set_rules(stores: Stores, limits: Limits) -> None:
    """The house rules with other caps and with limits for the whole house, and coupons that cost something."""
    ensure_book(stores)
    coupons = [coupon(id, yen) for id, yen in TAKES_OFF.items()]

    def write(c: Connection) -> None:
        latest = versions.latest(c)
        document = json.loads(latest.document if latest else "{}")
        kept = [rule for rule in document["rules"] if rule["type"] not in ("frequency_cap", "min_gap")]
        document["rules"] = kept + rules(limits)
        now = stores.clock.now()
        versions.add(c, json.dumps(document), "proof", "proof", "limits", now)
        catalogue.upsert(c, coupons, now)

    stores.write(write)


def rules(limits: Limits) -> list[dict[str, object]]:
    """Every kind of limit that is kept by counting."""
    week: dict[str, object] = {"kind": "rolling", "unit": "week"}
    day: dict[str, object] = {"kind": "calendar", "unit": "day"}
    groups = [{"name": {"en": name}, "offers": sorted(ids)} for name, ids in (("coffee", COFFEE), ("tea", TEA))]
    return [
        rule("frequency_cap", "cap_push", scope={"channels": ["push"]}, max=MOST_PUSHES_A_DAY, window=day),
        rule("frequency_cap", "cap_line", scope={"channels": ["line"]}, max=MOST[Channel.LINE], window=week),
        rule("frequency_cap", "cap_email", scope={"channels": ["email"]}, max=MOST[Channel.EMAIL], window=week),
        rule("frequency_cap", "cap_all", max=IN_ALL, window=week),
        rule("min_gap", "gap_sms", scope={"channels": ["sms"]}, minutes=1),
        rule("exclusivity", "one_drink", groups=groups, window=week),
        rule("volume_cap", "volume_push", scope={"channels": ["push"]}, max=limits.pushes_a_day, per="day"),
        rule("volume_cap", "volume_all", max=limits.messages, per="total"),
        rule("budget", "issued", amount=str(limits.yen_issued), currency="JPY", per="month"),
        rule(
            "budget",
            "expected",
            amount=str(limits.yen_expected),
            currency="JPY",
            per="total",
            counted="expected",
            redemption_rate=str(RATE),
        ),
    ]


def rule(type: str, id: str, **fields: object) -> dict[str, object]:
    """A rule as the book keeps it."""
    return {"type": type, "id": f"proof_{id}", "name": {"ja": id, "en": id}, **fields}


def coupon(id: str, yen: int) -> Offer:
    """A coupon that takes so many yen off."""
    return Offer(
        id=id,
        kind="coupon",
        name=Text(ja="見本のクーポン", en="Sample coupon"),
        category="fashion",
        list_price=Decimal(2000),
        price=Decimal(2000 - yen),
        discount_amount=Decimal(yen),
        currency="JPY",
        url=f"https://shop.example.com/items/{id}",
        facts={"word": Text(ja="見本の品", en="sample piece"), "target": Text(ja="見本の品", en="sample pieces")},
    )


def over(mine: Sequence[Contact]) -> bool:
    """Whether one customer gets more than allowed; a proof is over in less than a week."""
    channels = Counter(one.channel for one in mine)
    days = Counter(one.at.astimezone(TOKYO).date() for one in mine if one.channel is Channel.PUSH)
    texts = sorted(one.at for one in mine if one.channel is Channel.SMS)
    offers = {one.offer_id for one in mine}
    return (
        len(mine) > IN_ALL
        or any(channels[channel] > most for channel, most in MOST.items())
        or any(count > MOST_PUSHES_A_DAY for count in days.values())
        or any(later - earlier < GAP for earlier, later in pairwise(texts))
        or bool(offers & COFFEE and offers & TEA)
    )


def house(promised: Sequence[tuple[str, Contact]], limits: Limits) -> list[tuple[Decimal, int]]:
    """What the house has promised altogether, and what it may."""
    pushed = [one for _, one in promised if one.pushed]
    days = Counter(one.at.astimezone(TOKYO).date() for one in pushed if one.channel is Channel.PUSH)
    yen = Decimal(sum(TAKES_OFF.get(one.offer_id or "", 0) for _, one in promised))
    return [
        (Decimal(len(pushed)), limits.messages),
        (yen * RATE, limits.yen_expected),
        (yen, limits.yen_issued),
        *((Decimal(count), limits.pushes_a_day) for count in days.values()),
    ]
