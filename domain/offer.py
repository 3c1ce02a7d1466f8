"""An offer: one thing a message can be about, with the facts that copy may state."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from domain.customer import Scalar
from domain.frozen import Frozen
from domain.instant import Instant
from domain.language import Text
from domain.past_price import PastPrice, proves


def as_number(value: Decimal) -> int | float:
    """A decimal as the JSON number that clients expect; 15 digits survive the way there and back."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = PlainSerializer(as_number, return_type=int | float, when_used="json")
Money = Annotated[Decimal, Field(ge=0, max_digits=15), Number]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=8), Number]
Margin = Annotated[Decimal, Field(max_digits=8), Number]
HUNDRED, NOTHING = Decimal(100), Decimal(0)
OfferKind = Literal["product", "coupon", "article", "case_study", "tutorial", "event", "service"]


class Image(Frozen):
    """A picture and the words for those who do not see it."""

    url: str
    alt: Text


class Offer(Frozen):
    """A product, coupon, article, case study, tutorial, event or service.

    Prices include tax where `tax_included`. `facts` are further named facts; one that differs by language is a Text.
    """

    id: str = Field(min_length=1, max_length=200)
    kind: OfferKind
    name: Text
    category: str | None = Field(None, max_length=100)
    brand: str | None = Field(None, max_length=200)
    url: str | None = Field(None, max_length=2000)
    image: Image | None = None
    price: Money | None = None
    list_price: Money | None = None
    price_history: tuple[PastPrice, ...] = Field((), max_length=400)
    """At which prices it was sold before, for comparing with `list_price`; empty: nobody knows."""
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    tax_included: bool | None = None
    discount_percent: Percent | None = None
    discount_amount: Money | None = None
    margin_percent: Margin | None = None
    in_stock: bool | None = None
    stock: int | None = Field(None, ge=0)
    stock_at: Instant | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    """Inclusive, in the zone of the deployment."""
    facts: Mapping[str, Scalar | Text] = Field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    applies_to: frozenset[str] = frozenset()
    """Ids of products, or categories, that a coupon, tutorial or event belongs to."""

    @cached_property
    def document(self) -> str:
        """The offer as JSON, made once: it goes into the record of every decision that takes it."""
        return self.model_dump_json(exclude_defaults=True)

    @cached_property
    def judged(self) -> str:
        """What rules ask of the offer as JSON, without its words: for the record of decisions that weighed it."""
        silent = {"name", "url", "image", "facts", "applies_to"}
        return self.model_copy(update={"name": Text()}).model_dump_json(
            exclude_defaults=True, exclude=silent - {"name"}
        )

    @property
    def discounted(self) -> bool:
        """Whether the offer takes anything off a price."""
        return bool(self.discount_percent or self.discount_amount)

    @cached_property
    def deepest_discount(self) -> tuple[Decimal | None, Decimal | None]:
        """The deepest discount that the facts state or imply, in percent and in money; None is unknown.

        Nothing stated means no discount, except for a coupon, which always takes something off.
        """
        if self.discount_percent is None and self.discount_amount is None and self.list_price is None:
            return (None, None) if self.kind == "coupon" else (NOTHING, NOTHING)
        base, cut = self.list_price or self.price, None
        if self.list_price is not None and self.price is not None:
            cut = max(self.list_price - self.price, NOTHING)
        amounts = [known for known in (self.discount_amount, cut) if known is not None]
        percents = [self.discount_percent] if self.discount_percent is not None else []
        if base:
            percents += [known * HUNDRED / base for known in amounts]
            amounts += [base * known / HUNDRED for known in percents]
        return max(percents, default=None), max(amounts, default=None)

    @cached_property
    def compares(self) -> bool:
        """Whether the offer sets its price beside another."""
        return self.list_price is not None and self.list_price != self.price

    def compares_truly(self, today: date) -> bool | None:
        """Whether past prices prove `list_price`; yes where nothing is compared, None where no history is known."""
        if self.list_price is None or not self.compares:
            return True
        if not self.price_history:
            return None
        return proves(self.price_history, self.list_price, self.valid_from, today)

    def valid_on(self, day: date) -> bool:
        """Whether the offer stands on `day`, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
