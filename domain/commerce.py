"""Commerce: what the e-commerce properties of an event say, as far as they can be read; what cannot is left out."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pydantic import JsonValue

from domain.money import currency_of, minor

Properties = Mapping[str, JsonValue]
MOST_PRODUCTS = 100
LONGEST = 64
"""Characters of an id, a category or a name that are kept."""
LARGEST = 10**18
"""Numbers that are ids are smaller than that."""
YES = frozenset({"true", "yes", "1", "on"})


class Product(NamedTuple):
    """One product of an event."""

    id: str | None
    category: str | None
    amount: int | None
    """Price times quantity in minor units."""
    quantity: int
    gift: bool

    @property
    def topic(self) -> str | None:
        """What it is about: its category, or itself where it has none."""
        return self.category or self.id


class Sale(NamedTuple):
    """What an order says: the money in minor units, what was a gift apart."""

    key: str | None
    currency: str
    own: int
    gift: int
    coupon: bool
    products: tuple[Product, ...]

    @property
    def topics(self) -> list[str]:
        """The topics of what they bought for themselves, in order."""
        return sorted({one.topic for one in self.products if one.topic and not one.gift})


def sale(properties: Properties) -> Sale:
    """An order as far as its properties can be read."""
    currency = currency_of(properties.get("currency"))
    found, whole = tuple(one for one in products(properties) if one.quantity), flagged(properties, "gift", "is_gift")
    listed = sum(one.amount or 0 for one in found)
    total = amount(properties, currency, "total", "revenue", "value", "subtotal")
    paid = max(listed if total is None else total, 0)
    gifts = paid if whole else min(sum(one.amount or 0 for one in found if one.gift), paid)
    if found and all(one.gift for one in found):
        gifts = paid
    coupon = text(properties.get("coupon")) is not None or bool(amount(properties, currency, "discount"))
    kept = tuple(one._replace(gift=True) for one in found) if whole else found
    return Sale(order_key(properties), currency, paid - gifts, gifts, coupon, kept)


def order_key(properties: Properties) -> str | None:
    """The name under which an order is recognised when it is reported again; None where it has no number."""
    number = named(properties, "order_id", "checkout_id")
    return short(number) if number else None


def products(properties: Properties) -> tuple[Product, ...]:
    """The products of an event: its list, or the one that its own properties describe."""
    currency, listed = currency_of(properties.get("currency")), properties.get("products")
    if isinstance(listed, list):
        return tuple(_product(one, currency) for one in listed[:MOST_PRODUCTS] if isinstance(one, dict))
    one = _product(properties, currency)
    return (one,) if one.topic else ()


def _product(given: Properties, currency: str) -> Product:
    price = minor(given.get("price"), currency)
    quantity = _quantity(given.get("quantity"))
    return Product(
        named(given, "product_id", "sku", "offer_id"),
        category(given.get("category")),
        price * quantity if price is not None and price >= 0 else None,
        quantity,
        flagged(given, "gift", "is_gift"),
    )


def category(value: JsonValue) -> str | None:
    """A category; of a list the last, which is the narrowest."""
    if isinstance(value, list):
        value = value[-1] if value else None
    return text(value)


def amount(properties: Properties, currency: str, *names: str) -> int | None:
    """The first of these properties that is an amount."""
    for name in names:
        if name in properties and (found := minor(properties[name], currency)) is not None:
            return found
    return None


def text(value: JsonValue) -> str | None:
    """A short text, or a number as one; None for what is empty or neither."""
    if isinstance(value, str):
        return value.strip()[:LONGEST].strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else None


def texts(properties: Properties, *names: str) -> Iterator[str]:
    """Every text among these properties."""
    for name in names:
        if (found := text(properties.get(name))) is not None:
            yield found


def named(properties: Properties, *names: str) -> str | None:
    """The first of these ids that an event says, written `order_id` or `orderId`."""
    for name in names:
        found = text(properties.get(name))
        if found is None and "_" in name:
            found = text(properties.get(camel(name)))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=256)
def camel(name: str) -> str:
    """The same name as it is written in camel case."""
    first, *rest = name.split("_")
    return first + "".join(one.capitalize() for one in rest)


def flagged(properties: Properties, *names: str) -> bool:
    """Whether one of these properties says yes."""
    for name in names:
        value = properties.get(name)
        if value is True or value == 1 or (isinstance(value, str) and value.strip().lower() in YES):
            return True
    return False


def short(value: str) -> str:
    """A name by which a repeat is recognised, without what it says."""
    return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _quantity(value: JsonValue) -> int:
    number = minor(value, "JPY")
    return number if number is not None and 0 <= number < 100_000 else 1
