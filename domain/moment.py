"""A moment: what is true right now around the customer."""

from typing import Literal

from pydantic import Field

from domain.frozen import Frozen
from domain.instant import Instant


class Location(Frozen):
    """Where the customer is; `place` names a store or venue that we know."""

    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    place: str | None = Field(None, max_length=200)
    metres: float | None = Field(None, ge=0)


class Page(Frozen):
    """What the customer is looking at."""

    url: str | None = Field(None, max_length=2000)
    title: str | None = Field(None, max_length=500)


class CartItem(Frozen):
    """One line of a cart."""

    offer: str = Field(max_length=200)
    quantity: int = Field(1, ge=1, le=10_000)


class Cart(Frozen):
    """What lies in the customer's cart, and since when."""

    items: tuple[CartItem, ...] = Field((), max_length=200)
    left_at: Instant | None = None


class Moment(Frozen):
    """Place, weather, page, cart and device at the time of the ask; `at` is for dry runs."""

    at: Instant | None = None
    location: Location | None = None
    weather: str | None = Field(None, max_length=50)
    page: Page | None = None
    cart: Cart | None = None
    device: str | None = Field(None, max_length=50)
    direction: Literal["inbound", "outbound"] | None = None
