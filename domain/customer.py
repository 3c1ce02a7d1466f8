"""A customer: who somebody is to us, as far as we know."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from domain.clock import to_micros
from domain.consent import ConsentState
from domain.contact import Contact
from domain.features import LONG_AGO, Features
from domain.frozen import Frozen
from domain.memory import Memory
from domain.word import Word


class Stage(Word):
    """Where a customer stands with us."""

    PROSPECT = "prospect"
    NEW = "new"
    ACTIVE = "active"
    LOYAL = "loyal"
    AT_RISK = "at_risk"
    DORMANT = "dormant"
    CHURNED = "churned"


class Tier(Word):
    """Membership rank, lowest first; a company shows it under its own names."""

    REGULAR = "regular"
    SILVER = "silver"
    GOLD = "gold"
    PREMIUM = "premium"

    @property
    def rank(self) -> int:
        """The place in the order regular < silver < gold < premium."""
        return tuple(Tier).index(self)


IdentifierKind = Literal["email", "phone", "loyalty_id", "device_id", "line_id", "anonymous_id"]
IDENTIFIER_KINDS: tuple[IdentifierKind, ...] = ("email", "phone", "loyalty_id", "device_id", "line_id", "anonymous_id")

Scalar = str | int | float | bool | None


class Customer(Frozen):
    """What we know of one person; a field that is None is unknown, and unknown means no for a hard rule."""

    id: str = Field(min_length=1, max_length=200)
    identifiers: dict[IdentifierKind, str] = Field(default_factory=dict)
    display_name: str | None = Field(None, max_length=200)
    language: str | None = Field(None, max_length=10)
    timezone: str | None = Field(None, max_length=60)
    country: str | None = Field(None, pattern="^[A-Z]{2}$")
    region: str | None = Field(None, max_length=100)
    stage: Stage | None = None
    tier: Tier | None = None
    age: int | None = Field(None, ge=0, le=130)
    gender: Literal["female", "male", "other"] | None = None
    attributes: dict[str, Scalar] = Field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()


class Record(Frozen):
    """Everything the decision may use about one customer, read at one instant."""

    customer: Customer
    features: Features = Features()
    consents: ConsentState = Field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    memories: tuple[Memory, ...] = ()

    def who_ordered(self, at: datetime | None) -> Self:
        """The record of the same person, known by the newest order alone; None for somebody who never ordered."""
        return self.model_copy(update={"features": Features(ordered_at=at)})

    @property
    def last_order(self) -> int | None:
        """When the newest order was, in microseconds: LONG_AGO for somebody who never ordered.

        None where nobody knows: the record was made without features, or they were given orders without a time.
        """
        if "features" not in self.__pydantic_fields_set__:
            return None
        behaved = self.features
        if behaved.ordered_at is None:
            return None if behaved.orders else LONG_AGO
        return to_micros(behaved.ordered_at)
