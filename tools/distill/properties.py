"""Properties: reading what sources send with an event, without trusting that it has the shape it should have."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from pydantic import JsonValue

from domain.event import Event

Properties = Mapping[str, JsonValue]
MOST_WORDS, MOST_NAME, MOST_ITEMS = 500, 100, 50
YES = ("true", "yes", "1", "gift")
GIFT = ("gift", "is_gift", "gift_wrap", "gift_wrapping", "gift_message", "noshi")
PRODUCT = ("product_id", "offer_id", "offer", "sku", "content_id", "webinar_id", "document_id", "asset_id", "event_id")


class Item(NamedTuple):
    """One line of an order, a cart or a list."""

    id: str | None
    name: str | None
    category: str | None
    gift: bool


def text(properties: Properties, *names: str, most: int = MOST_WORDS) -> str | None:
    """The first of these that says something, on one line and not too long."""
    for name in names:
        value = properties.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and (bare := tidy(value, most)):
            return bare
    return None


def texts(properties: Properties, *names: str) -> tuple[str, ...]:
    """The first of these that says something, as a list."""
    for name in names:
        value = properties.get(name)
        if isinstance(value, list):
            found = [bare for one in value[:MOST_ITEMS] if isinstance(one, str) and (bare := tidy(one, MOST_WORDS))]
            if found:
                return tuple(found)
        elif (one := text(properties, name)) is not None:
            return (one,)
    return ()


def tidy(value: str, most: int) -> str:
    """A text without control characters, invisible signs and runs of space, cut to its length."""
    kept = (letter if unicodedata.category(letter)[0] != "C" else " " for letter in value[: 4 * most])
    bare = " ".join("".join(kept).split())
    return bare if len(bare) <= most else f"{bare[: most - 1]}…"


def number(properties: Properties, *names: str) -> float | None:
    """The first of these that is a number."""
    for name in names:
        value = properties.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                continue
    return None


def items(properties: Properties) -> Iterator[Item]:
    """The things that an event is about: its list of products, or the one that it names itself."""
    listed = properties.get("products") or properties.get("items")
    whole = is_gift(properties)
    if isinstance(listed, list):
        for one in listed[:MOST_ITEMS]:
            if isinstance(one, dict):
                yield _item(one, whole)
    elif text(properties, *PRODUCT) or text(properties, "name", "title", "product"):
        yield _item(properties, whole)


def _item(properties: Properties, gift: bool) -> Item:
    return Item(
        text(properties, *PRODUCT, most=200),
        text(properties, "name", "title", "product", "product_name", "webinar", most=MOST_NAME),
        text(properties, "category", "topic", most=MOST_NAME),
        gift or is_gift(properties),
    )


def is_gift(properties: Properties) -> bool:
    """Whether something was bought for somebody else: whatever the source calls it, if in doubt it was."""
    return any(_says_yes(properties.get(name)) for name in GIFT)


def _says_yes(value: JsonValue) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() not in ("", "false", "no", "0", "none")
    return bool(value)


def place(event: Event) -> str | None:
    """Where it happened, as the source calls it."""
    return text(event.properties, "place", "store", "store_name", "store_id", "location", "venue", most=MOST_NAME)


def moment(event: Event) -> datetime:
    """When it happened; a clock that runs ahead is not believed."""
    return event.at if event.received_at is None else min(event.at, event.received_at)
