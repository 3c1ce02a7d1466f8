"""Facts for the copy tests: the sample offers, and slots that are as full or as bare as a template allows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from domain.customer import Scalar
from domain.language import Text
from domain.memory import Distance, Memory
from domain.moment import Cart, CartItem, Moment
from domain.offer import Offer, OfferKind
from domain.sender import Sender
from domain.variant import Variant
from tools.copywriting import Copywriter, Slots, load_variants

SAMPLES = Path(__file__).parents[2] / "samples" / "department_store"
TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 24)
UNSUBSCRIBE = "https://shop.example.com/u/token"
PREFERENCES = "https://shop.example.com/p/token"
WHY = "https://shop.example.com/why/token"
KINDS: tuple[OfferKind, ...] = ("product", "coupon", "article", "case_study", "tutorial", "event", "service")
FULL: dict[str, str] = {
    "product": "coat-9-navy",
    "coupon": "rain-10",
    "article": "coat-guide",
    "case_study": "cs-parts-maker",
    "tutorial": "howto-iron-pan",
    "event": "coffee-market",
    "service": "pan-exchange",
}
WAYS: dict[str, tuple[str, Distance, str, str]] = {
    "taste": ("survey", Distance.TOLD_US, "深煎り", "dark roasts"),
    "saved": ("favourites", Distance.TOLD_US, "レインブーツ", "rain boots"),
    "asked": ("webinar", Distance.TOLD_US, "並行運用", "the parallel run"),
    "told": ("conversation", Distance.TOLD_US, "冬の旅行", "a winter trip"),
    "bought": ("purchase", Distance.DID_WITH_US, "鉄フライパン", "iron pan"),
    "viewed": ("page_view", Distance.TRACE, "雨の日の靴", "rain shoes"),
}


def read(name: str) -> Any:
    """One file of the sample."""
    return yaml.safe_load((SAMPLES / name).read_text(encoding="utf-8"))


@cache
def sender() -> Sender:
    return Sender.model_validate(read("sender.yaml"))


@cache
def offers() -> dict[str, Offer]:
    return {offer["id"]: Offer.model_validate(offer) for offer in read("offers.yaml")}


@cache
def shelf() -> tuple[Variant, ...]:
    return load_variants()


@cache
def writer() -> Copywriter:
    return Copywriter(shelf(), sender())


def memory(way: str, language: str, offer: Offer | None = None) -> Memory:
    """A memory that lets copy say `memory.<way>`."""
    source, distance, ja, en = WAYS[way]
    return Memory(
        id="m-1",
        customer_id="c-1",
        text=f"{ja} ({source})",
        distance=distance,
        source=source,
        at=datetime(2026, 11, 21, tzinfo=UTC),
        topic=offer.id if offer else None,
        word=ja if language == "ja" else en,
    )


def memory_for(variant: Variant, offer: Offer) -> Memory | None:
    """The memory that a variant's needs ask for."""
    ways = [need.removeprefix("memory.") for need in variant.needs if need.startswith("memory.")]
    return memory(ways[0], variant.language, offer) if ways else None


def kinds_of(variant: Variant) -> Iterator[OfferKind]:
    """The kinds of offer that a variant may be written for."""
    return (kind for kind in KINDS if not variant.kinds or kind in variant.kinds)


def slots_for(variant: Variant, offer: Offer, *, name: str | None = None, full: bool = True) -> Slots:
    """Slots for one variant; bare ones hold nothing but what it needs."""
    needs_cart = any(need.startswith("cart.") for need in variant.needs)
    needs_account = any(need.startswith("account.") for need in variant.needs)
    listed = variant.placement is not None and variant.placement != "top"
    others = tuple(offers()[each] for each in ("donabe-8", "winter-tableware", "coffee-200"))
    figures: dict[str, Scalar] = {"points": 1240, "points_expire": "2026-12-31", "points_at": TODAY.isoformat()}
    cart = Cart(items=(CartItem(offer=offer.id),)) if full or needs_cart else None
    return Slots(
        offer=offer,
        language=variant.language,
        sender=sender(),
        today=TODAY,
        zone=TOKYO,
        name=name,
        memory=memory_for(variant, offer),
        account=figures if full or needs_account else {},
        moment=Moment(cart=cart, direction="inbound" if "call.inbound" in variant.needs else "outbound"),
        unsubscribe_url=UNSUBSCRIBE if full else None,
        preferences_url=PREFERENCES if full else None,
        why_url=WHY if full else None,
        items=(offer, *others) if listed and full else (),
        placement=placement_of(variant),
    )


def placement_of(variant: Variant) -> str | None:
    """A placement that the variant's pattern covers."""
    return variant.placement.replace("*", "recommendation") if variant.placement else None


FACTS: dict[str, Any] = {
    "store": Text(ja="銀座店", en="Ginza"),
    "floor": Text(ja="1階", en="1st floor"),
    "hold_until": "2026-11-29",
    "fitting": True,
    "headline": Text(ja="雨の日を、楽しく。", en="Rainy days"),
    "lead": Text(ja="使い始めのこつです。", en="How to begin."),
    "target": Text(ja="雨の日の靴", en="rain shoes"),
    "minutes": 2,
    "product": Text(ja="鉄フライパン", en="iron pan"),
    "arrives": "2026-12-03",
    "parallel_run_weeks": 4,
    "factories": 3,
    "months": 6,
}


def bare_offer(variant: Variant, kind: OfferKind) -> Offer:
    """An offer with a name and what the variant needs, and not one fact more."""
    needed = {need.removeprefix("offer.") for need in variant.needs if need.startswith("offer.")}
    fields: dict[str, Any] = {}
    facts = {name: value for name, value in FACTS.items() if name in needed}
    if "discount" in needed:
        fields["discount_percent"] = Decimal(10)
    if "until" in needed:
        fields["valid_until"] = TODAY
    if "period" in needed:
        facts |= {"starts": "2026-12-04", "ends": "2026-12-06"}
    return Offer(id="bare", kind=kind, name=Text(ja="コーヒー", en="Coffee"), facts=facts, **fields)
