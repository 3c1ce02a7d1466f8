"""Offers of the Complete Journey: one product offer a category that matters, one coupon a campaign and category.

The source has no shelf prices that would still be true and no size of any discount, so no offer states one.
"""

from collections.abc import Mapping

import polars as pl

from domain.language import Text
from domain.offer import Offer
from tools.imports.categories import Category, by_id
from tools.imports.frames import SHOP, Journey

FEWEST_HOUSEHOLDS = 50
UNSPOKEN = frozenset({"health", "intimate", "baby", "supplements"})
"""Policy words of categories that get no product offer: recommending them would say what may not be said."""


def read_offers(journey: Journey) -> list[Offer]:
    """Product offers, then coupons by campaign; the same journey always gives the same list."""
    sold = by_id(())
    return [*product_offers(journey, sold), *coupon_offers(journey, sold)]


def product_offers(journey: Journey, sold: Mapping[str, Category]) -> list[Offer]:
    """One offer a category that at least FEWEST_HOUSEHOLDS households bought, by id."""
    buyers = journey.lines.drop_nulls("category").group_by("category").agg(pl.col("household_id").n_unique())
    wanted = sorted(name for name, households in buyers.iter_rows() if households >= FEWEST_HOUSEHOLDS)
    return [_product(sold[name]) for name in wanted if name in sold and _speakable(sold[name])]


def coupon_offers(journey: Journey, sold: Mapping[str, Category]) -> list[Offer]:
    """One offer a campaign and category; households a campaign was sent to carry it as a segment."""
    dated = journey.coupons.join(journey.campaigns, on="campaign_id").sort("campaign_id", "category")
    rows = dated.select("campaign_id", "campaign_type", "category", "start_date", "end_date").iter_rows()
    return [
        Offer(
            id=coupon_id(campaign, name),
            kind="coupon",
            name=_coupon_name(sold[name].words),
            facts=_coupon_facts(sold[name].words),
            category=sold[name].policy,
            valid_from=start,
            valid_until=end,
            tags=_tags(sold[name]) | {f"campaign:{campaign}", kind.lower().replace(" ", ":")},
            applies_to=frozenset({name}),
        )
        for campaign, kind, name, start, end in rows
        if name in sold and sold[name].policy is not None
    ]


def product_id(category: str) -> str:
    """The id of a category's product offer."""
    return f"cj-product-{category}"


def coupon_id(campaign: int, category: str) -> str:
    """The id of a campaign's coupon for one category."""
    return f"cj-coupon-{campaign}-{category}"


def _product(category: Category) -> Offer:
    words = category.words
    return Offer(
        id=product_id(category.id),
        kind="product",
        name=Text(ja=words.ja, en=_capital(words.en)),
        facts={"word": words},
        category=category.policy,
        tags=_tags(category),
        applies_to=frozenset({category.id}),
    )


def _speakable(category: Category) -> bool:
    return category.policy is not None and category.policy not in UNSPOKEN


def _tags(category: Category) -> frozenset[str]:
    return frozenset({SHOP, "sensitive"} if category.private else {SHOP})


def _coupon_name(words: Text) -> Text:
    return Text(ja=f"{words.ja}のクーポン" if words.ja else None, en=f"Coupon for {words.en}" if words.en else None)


def _coupon_facts(words: Text) -> Mapping[str, Text]:
    inside = Text(ja=f"{words.ja}のクーポン" if words.ja else None, en=f"coupon for {words.en}" if words.en else None)
    return {"word": inside, "target": words}


def _capital(word: str | None) -> str | None:
    return word[0].upper() + word[1:] if word else None
