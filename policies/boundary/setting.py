"""Settings: one customer and one message, written down so that a single fact can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import ValidationError

from domain.channel import Channel, Purpose
from domain.clock import to_micros
from domain.consent import ConsentState
from domain.contact import Contact
from domain.customer import Customer, Record, Scalar
from domain.features import NEVER
from domain.language import Text
from domain.offer import Offer
from policies.facts import Action, Home, Situation, action_of, situation_of

Value = object
OFFER_LINES = {
    "kind": "kind",
    "category": "category",
    "brand": "brand",
    "offer_id": "id",
    "in_stock": "in_stock",
    "currency": "currency",
    "price": "price",
    "margin_percent": "margin_percent",
    "offer_tags": "tags",
    "percent_off": "discount_percent",
    "amount_off": "discount_amount",
}
"""The facts of an offer, and what its own field is called."""
CUSTOMER_LINES = frozenset(
    ("stage", "tier", "age", "gender", "country", "region", "language", "tags", "segments", "id")
)
MESSAGE_LINES = frozenset(("channel", "purpose", "scene", "approved", "sample", "audience_size", "days_since_order"))
SOME_OFFER: Mapping[str, Value] = {"id": "offer", "kind": "product", "price": Decimal(5000), "currency": "JPY"}


@dataclass(frozen=True)
class Setting:
    """A customer, their history and one message; what is not written is not known."""

    home: Home
    at: datetime
    channel: Channel = Channel.EMAIL
    purpose: Purpose = Purpose.MARKETING
    scene: str | None = None
    direction: str | None = None
    language: str | None = None
    approved: bool | None = None
    sample: float | None = None
    audience_size: int | None = None
    customer: Mapping[str, Value] = field(default_factory=dict)
    attributes: Mapping[str, Scalar] = field(default_factory=dict)
    offer: Mapping[str, Value] | None = None
    consents: ConsentState = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    tallies: Mapping[str, Decimal] = field(default_factory=dict)
    days_since_order: int | None = None
    """NEVER for somebody who never ordered."""

    def facts(self) -> tuple[Situation, Action]:
        """What the rules see of it."""
        s = self.situation()
        offer = None if self.offer is None else Offer.model_validate({"name": Text(ja="品", en="item"), **self.offer})
        action = action_of(
            s,
            self.channel,
            self.purpose,
            self.at,
            self.scene,
            offer,
            self.direction,
            language=self.language,
            approved=self.approved,
            sample=self.sample,
            audience_size=self.audience_size,
        )
        return s, action

    @property
    def possible(self) -> bool:
        """Whether there can be such a customer and such an offer: nobody is 140 years old."""
        try:
            self.facts()
        except ValidationError:
            return False
        return True

    def situation(self) -> Situation:
        """The customer and their history."""
        told = {"id": "customer", "timezone": self.home.timezone, **self.customer, "attributes": dict(self.attributes)}
        record = Record(
            customer=Customer.model_validate(told), consents=dict(self.consents), contacts=tuple(self.contacts)
        )
        days = self.days_since_order
        if days is not None:
            record = record.who_ordered(None if days >= NEVER else self.at - timedelta(days=days))
        return situation_of(record, self.home, tallies=self.tallies)

    @property
    def micros(self) -> int:
        """The instant of the message."""
        return to_micros(self.at)

    def about(self, **lines: Value) -> "Setting":
        """The same message about an offer with these lines."""
        return replace(self, offer={**(self.offer or SOME_OFFER), **lines})

    def of(self, **lines: Value) -> "Setting":
        """The same message to a customer with these lines."""
        return replace(self, customer={**self.customer, **lines})

    def placed(self, name: str, value: Value, *, attribute: bool = False) -> "Setting | None":
        """The same with one fact of the rules set; None where it cannot be set by itself."""
        if attribute:
            return replace(self, attributes={**self.attributes, name: value})  # type: ignore[dict-item]  # the attribute is of the type that the rule compares with
        if name in OFFER_LINES:
            return self.about(**{OFFER_LINES[name]: value})
        if name in CUSTOMER_LINES:
            return self.of(**{name: value})
        if name in MESSAGE_LINES:
            return replace(self, **{name: value})  # type: ignore[arg-type]  # each is of the type of its field
        return self._placed_by_hand(name, value)

    def _placed_by_hand(self, name: str, value: Value) -> "Setting | None":
        match name:
            case "customer_id":
                return self.of(id=value)
            case "message_language":
                return replace(self, language=str(value))
            case "pushed":
                return replace(self, direction="outbound" if value else "inbound")
            case "consented":
                return replace(self, consents={(self.channel, self.purpose): bool(value)})
            case "offer":
                return self.about() if value else replace(self, offer=None)
            case _:
                return None
