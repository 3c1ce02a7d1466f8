"""Lines: facts of customer, offer and message, one at a time, on both sides of what a rule says of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from domain.channel import Channel
from domain.language import Text
from domain.past_price import PastPrice
from policies.analysis.box import NATURAL, Fact, TooMany, boxes
from policies.analysis.constraint import Constraint, Marks
from policies.boundary.case import Case, case
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical, absent, name_in, placed
from policies.boundary.values import LIKELY, around
from policies.facts import fraction
from policies.predicate import Predicate
from policies.rules.approval import Approval
from policies.rules.audience_exclusion import AudienceExclusion
from policies.rules.channel_permit import ChannelPermit
from policies.rules.channel_priority import ChannelPriority
from policies.rules.consent import ConsentRule
from policies.rules.discount_ceiling import DiscountCeiling
from policies.rules.holdout import Holdout
from policies.rules.offer_eligibility import OfferEligibility
from policies.rules.priority import Priority
from policies.rules.reference_price import ReferencePrice
from policies.rules.suppression import Suppression

IDS_TRIED = 20_000
HALF = Decimal("0.5")


def across(predicate: Predicate, base: Typical, most: int = 4) -> Iterator[Case]:
    """The base with each fact that the predicate asks about moved across its bounds."""
    asked: dict[Fact, Constraint] = {}
    try:
        for box in boxes(predicate, may=False):
            for fact, part in box.parts.items():
                asked.setdefault(fact, base.box.parts.get(fact, part))
    except TooMany:
        return
    mention = {name_in(fact) for fact in asked}.union(*(absent(*one) for one in asked.items())) - {"offer"}
    for fact, part in list(asked.items())[:most]:
        if fact.name == "offer":
            continue
        yield from moved_across(fact, part, base, mention)


def moved_across(fact: Fact, part: Constraint, base: Typical, mention: set[str]) -> Iterator[Case]:
    """The base with one fact on both sides of its bounds."""
    if NATURAL.get(fact.name) == part:
        return
    for value in around(fact, part):
        yield from case(base, _with(base.setting, fact, value, part), mention | {name_in(fact), *absent(fact, part)})


def _with(setting: Setting, fact: Fact, value: object, part: Constraint) -> Setting | None:
    """The setting with the value; tags come to those that are there, or go from them."""
    if not isinstance(part, Marks) or not isinstance(value, frozenset):
        return placed(setting, fact, value)
    lines = (setting.offer or {}) if fact.name == "offer_tags" else setting.customer
    held = lines.get("tags" if fact.name == "offer_tags" else fact.name, frozenset())
    meant = part.without.union(*part.needs)
    kept = frozenset(held) - meant if isinstance(held, frozenset) else frozenset[str]()
    return placed(setting, fact, kept | value)


def consented(rule: ConsentRule, base: Typical) -> Iterator[Case]:
    """Somebody who agreed, somebody of whom nothing is known, and somebody who said no."""
    key = (base.setting.channel, base.setting.purpose)
    told: Sequence[tuple[Mapping[tuple[str, str], bool], str, str]] = (
        ({key: True}, "配信に同意をいただいた", "who agreed to it"),
        ({}, "同意の記録がない", "of whom no consent is on record"),
        ({key: False}, "配信を断られた", "who said no"),
    )
    for consents, ja, en in told:
        yield from case(base, replace(base.setting, consents=consents), (), whom=Text(ja=ja, en=en))


def suppressed(rule: Suppression, base: Typical) -> Iterator[Case]:
    """Somebody without any of the marks, and one with each of the first few."""
    unmarked = {*(f"tags: {one}" for one in rule.tags), *(f"segments: {one}" for one in rule.segments)}
    yield from case(base, base.setting, unmarked | {"tags" if rule.tags else "segments"})
    for name, marks in (("tags", rule.tags), ("segments", rule.segments)):
        for mark in sorted(marks)[:2]:
            held = base.setting.customer.get(name, frozenset())
            kept = held if isinstance(held, frozenset) else frozenset()
            yield from case(base, base.setting.of(**{name: kept | {mark}}), (name,))


def excluded(rule: AudienceExclusion, base: Typical) -> Iterator[Case]:
    """Somebody who is meant, and those who just are not."""
    yield from across(rule.audience.predicate(), base)


def eligible(rule: OfferEligibility, base: Typical) -> Iterator[Case]:
    """An offer and a customer that pass, and each condition just missed."""
    yield from across(rule.fitting(), base, 8)


def permitted(rule: ChannelPermit, base: Typical) -> Iterator[Case]:
    """Two channels that may be used and two that may not."""
    for channel in _chosen({*(rule.allow or ())}, {*(rule.deny or ())}):
        yield from case(base, replace(base.setting, channel=channel, direction=_direction(channel)))


def _chosen(allowed: set[Channel], denied: set[Channel]) -> list[Channel]:
    order = [Channel(str(name)) for name in LIKELY["channel"]]
    inside = [one for one in order if (one in allowed if allowed else one not in denied)]
    outside = [one for one in order if one not in inside]
    return [*inside[:2], *outside[:2]]


def _direction(channel: Channel) -> str | None:
    return "outbound" if channel is Channel.CALL else None


def in_channel_order(rule: ChannelPriority, base: Typical) -> Iterator[Case]:
    """The channels in their order, and one that is not named."""
    others = [Channel(str(name)) for name in LIKELY["channel"] if name not in rule.order]
    for channel in (*rule.order[:2], *others[:1]):
        yield from case(base, replace(base.setting, channel=channel, direction=_direction(channel)))


def in_order(rule: Priority, base: Typical) -> Iterator[Case]:
    """The scenes or kinds of offer in their order, and one that is not named."""
    if rule.scenes is not None:
        for scene in (*rule.scenes[:2], "other"):
            yield from case(base, replace(base.setting, scene=scene), ("scene",))
        return
    kinds = rule.kinds or ()
    others = [kind for kind in LIKELY["kind"] if kind not in kinds]
    for kind in (*kinds[:2], *others[:1]):
        yield from case(base, base.setting.about(kind=kind), ("kind",))


def discounted(rule: DiscountCeiling, base: Typical) -> Iterator[Case]:
    """The deepest discount that is allowed, a smaller and a deeper one, in percent and in money."""
    if rule.max_percent is not None:
        for percent in (rule.max_percent - 1, rule.max_percent, rule.max_percent + HALF):
            if 0 <= percent <= 100:
                yield from case(base, base.setting.about(discount_percent=percent), ("percent_off",))
    for currency, limit in sorted(rule.max_amount.items())[:2]:
        for amount in (limit, limit + 1):
            lines = {"kind": "coupon", "currency": currency, "discount_amount": amount}
            bare = replace(base.setting, offer={"id": "offer", **_unpriced(base.setting), **lines})
            mention = ("amount_off", "kind") if rule.max_percent is not None else ("amount_off",)
            yield from case(base, bare, mention)


def _unpriced(setting: Setting) -> Mapping[str, object]:
    """The offer without its price: how many percent an amount is cannot be known."""
    return {key: one for key, one in (setting.offer or {}).items() if key not in ("price", "discount_percent")}


def held_out(rule: Holdout, base: Typical) -> Iterator[Case]:
    """A customer who is in the comparison group, and one who is not."""
    for inside, ja, en in (
        (True, "比較用の非配信グループに入った", "who was drawn into the comparison group"),
        (False, "比較用の非配信グループに入らなかった", "who was not drawn into the comparison group"),
    ):
        name = next(
            (
                one
                for one in (f"customer-{count}" for count in range(1, IDS_TRIED))
                if (fraction(rule.salt, one) < rule.share) is inside
            ),
            None,
        )
        if name is not None:
            yield from case(base, base.setting.of(id=name), ("customer_id",), whom=Text(ja=ja, en=en))


def approvable(rule: Approval, base: Typical) -> Iterator[Case]:
    """What needs no approval yet, what does, and the same once approved."""
    when, waiting = rule.when, replace(base.setting, approved=False)
    if when is None:
        for approved in (False, True):
            yield from case(base, replace(base.setting, approved=approved), ("approved",))
        return
    if when.audience_larger_than is not None:
        plain = waiting if when.discount_over is None else _cheap(waiting, when.discount_over)
        for size in (when.audience_larger_than, when.audience_larger_than + 1):
            yield from case(base, replace(plain, audience_size=size), ("approved", "audience_size"))
        yield from case(
            base,
            replace(plain, audience_size=when.audience_larger_than + 1, approved=True),
            ("approved", "audience_size"),
        )
    if when.discount_over is not None:
        small = replace(waiting, audience_size=min(when.audience_larger_than or 0, 100))
        for percent in (when.discount_over, when.discount_over + HALF):
            if percent <= 100:
                yield from case(base, small.about(discount_percent=percent), ("approved", "percent_off"))
        above = min(when.discount_over + HALF, Decimal(100))
        yield from case(base, replace(small, approved=True).about(discount_percent=above), ("approved", "percent_off"))


def _cheap(setting: Setting, limit: Decimal) -> Setting:
    return setting if setting.offer is None else setting.about(discount_percent=min(limit, Decimal(0)))


def compared(rule: ReferencePrice, base: Typical) -> Iterator[Case]:
    """A comparison with a price that was asked long and lately, with one that was not, and with one nobody knows of."""
    today = base.setting.at.date()
    price, was = Decimal(5000), Decimal(8000)
    about = replace(base, mention=base.mention - {"offer"})
    began = today - timedelta(days=7)
    history = PastPrice(price=was, since=today - timedelta(days=90), until=began - timedelta(days=1))
    stale = PastPrice(price=was, since=today - timedelta(days=90), until=today - timedelta(days=60))
    shown = {"ja": "8,000円だったと比べて見せる、", "en": "compared with ¥8,000,"}
    for past, ja, en in (
        ((history,), "先週まで8週間その価格で販売していた", "which was asked for eight weeks until last week"),
        ((stale,), "その価格で最後に販売したのが2か月前の", "which was last asked two months ago"),
        ((), "販売した記録がない", "of which no record is kept"),
    ):
        setting = base.setting.about(price=price, list_price=was, currency="JPY", price_history=past, valid_from=began)
        what = Text(ja=f"{shown['ja']}{ja}オファーの", en=f"about an offer {shown['en']} {en}")
        yield from case(about, setting, (), what=what)
