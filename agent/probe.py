"""A probe: one situation in the words of the contract, told whole, so that rules can be tried without any record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, field_validator

from domain.channel import Channel, Purpose, is_pushed
from domain.clock import EARLIEST, LATEST, SPAN
from domain.consent import ANY_PURPOSE, ConsentState
from domain.contact import Contact, ContactState
from domain.customer import Customer, Record, Scalar
from domain.frozen import Frozen
from domain.instant import Instant
from domain.language import LANGUAGES, Language, Text
from domain.message import Block, Cite, Item, Message, Picture
from domain.offer import Image, Margin, Money, Offer, OfferKind, Percent
from domain.past_price import PastPrice
from policies.facts import Action, Home, Situation, action_of, situation_of
from policies.zones import zone_named

STATED_DISCOUNT = {"discount_percent", "discount_amount", "list_price"}
LONGEST_PART = 20_000
KANA = range(0x3041, 0x3100)


def _within_reach(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ValueError(f"give a time {SPAN}")
    return at


def _joined(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    return {name: ", ".join(map(str, value)) if _is_list(value) else value for name, value in given.items()}


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str | int | float) for one in value)


def _in_both(name: Any) -> Any:
    return {"ja": name, "en": name} if isinstance(name, str) else name


Part = Annotated[str, Field(max_length=LONGEST_PART)]
"""A part of a message: nobody writes more, and reading more would hold the service up."""
Facts = Annotated[Mapping[str, Scalar | Text], BeforeValidator(_joined)]
"""Facts by name; a list is read as its words with commas between them."""
Reachable = Annotated[Instant, AfterValidator(_within_reach)]
InBoth = Annotated[Text, BeforeValidator(_in_both)]
"""A text that stands for both languages where one string is given."""


class ProbedCustomer(Customer):
    """The customer of a probe; what is left out is unknown, but tags and segments, which are then none."""

    id: str = Field("probe", min_length=1, max_length=200)
    timezone: str | None = "Asia/Tokyo"
    consents: Mapping[str, bool | Mapping[Purpose, bool]] = Field(default_factory=dict)
    """By channel or purpose: yes or no for all, or by purpose."""
    ordered_at: Instant | Literal["never"] | None = None
    """When the newest order was, or that there never was one; left out, nobody knows."""

    @field_validator("attributes", mode="before")
    @classmethod
    def _lists_are_words(cls, given: Any) -> Any:
        return _joined(given)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str | None) -> str | None:
        if name is not None and zone_named(name) is None:
            raise ValueError("write an IANA name such as Asia/Tokyo, or null where it is unknown")
        return name

    @field_validator("consents")
    @classmethod
    def _about_something(cls, told: Mapping[str, Any]) -> Mapping[str, Any]:
        known = (*Channel, *Purpose, "location")
        wrong = [topic for topic in told if topic not in known]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is no channel and no purpose; write one of {', '.join(known)}")
        return told

    def state(self) -> ConsentState:
        """The consents as the ledger keeps them; a no for a purpose stands over a yes for a channel."""
        state: dict[tuple[str, str], bool] = {}
        for topic, told in self.consents.items():
            for purpose, yes in ({ANY_PURPOSE: told} if isinstance(told, bool) else told).items():
                if topic not in tuple(Purpose):
                    state[topic, purpose] = yes and state.get((topic, purpose), True)
                    continue
                for channel in Channel:
                    state[channel, topic] = yes and state.get((channel, topic), True)
        return state


class ProbedOffer(Frozen):
    """The offer of a probe: null is left out, and any further named field is a fact that copy may state."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Scalar | Text | tuple[str | int | float, ...]]

    id: str | None = Field(None, min_length=1, max_length=200)
    kind: OfferKind | None = None
    name: InBoth | None = None
    category: str | None = Field(None, max_length=100)
    brand: str | None = Field(None, max_length=200)
    url: str | None = Field(None, max_length=2000)
    image: Image | None = None
    price: Money | None = None
    list_price: Money | None = None
    price_history: tuple[PastPrice, ...] | None = Field(None, max_length=400)
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
    facts: Mapping[str, Scalar | Text] | None = None
    tags: frozenset[str] | None = None
    applies_to: frozenset[str] | None = None

    def offer(self) -> Offer:
        """The offer with its further facts in their place."""
        told = {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
        further = {name: value for name, value in (self.__pydantic_extra__ or {}).items() if value is not None}
        facts = {**(self.facts or {}), **_joined(further)}
        return Offer.model_validate({"id": "offer", "kind": "product", "name": Text(), **told, "facts": facts})


class ProbedContact(Frozen):
    """One message that the customer was sent before."""

    channel: Channel
    at: Reachable
    purpose: Purpose = Purpose.MARKETING
    scene: str | None = Field(None, max_length=100)
    offer_id: str | None = Field(None, max_length=200)
    offer_category: str | None = Field(None, max_length=100)
    direction: Literal["inbound", "outbound"] | None = None
    state: ContactState = "delivered"

    def contact(self) -> Contact:
        """The line as the record keeps it."""
        return Contact(
            pushed=is_pushed(self.channel, self.direction), **self.model_dump(exclude={"direction"}, mode="python")
        )


class ProbedAction(Frozen):
    """The message that may be sent."""

    channel: Channel
    purpose: Purpose = Purpose.MARKETING
    at: Reachable
    scene: str | None = Field(None, max_length=100)
    offer: ProbedOffer | None = None
    direction: Literal["inbound", "outbound"] | None = None
    approved: bool | None = None
    """Whether a person approved this very message; left out is unknown."""


class ProbedCopy(Frozen):
    """The rendered message, part by part."""

    channel: Channel | None = None
    language: Language | None = None
    subject: Part | None = None
    preheader: Part | None = None
    title: Part | None = None
    body: Part | None = None
    text: Part | None = None
    html: Annotated[str, Field(max_length=4 * LONGEST_PART)] | None = None
    url: Part | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    image: Picture | None = None
    blocks: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    cites: tuple[Cite, ...] = ()

    def message(self, channel: Channel, language: str | None) -> Message:
        """The message on `channel`, in the language told here, else `language`, else the one its letters show."""
        told = self.language or next((known for known in LANGUAGES if known == language), None) or self._seems()
        return Message(channel=channel, language=told, **{name: getattr(self, name) for name in PARTS})

    def _seems(self) -> Language:
        shown = (self.subject, self.preheader, self.title, self.body, self.text, self.html)
        return "ja" if any(ord(letter) in KANA for part in shown for letter in part or "") else "en"


PARTS = tuple(name for name in ProbedCopy.model_fields if name not in ("channel", "language"))


def situation_in(customer: ProbedCustomer, history: tuple[ProbedContact, ...], home: Home) -> Situation:
    """The customer of a probe as the rules see them; nothing was sent to anybody else."""
    known = Customer.model_validate(
        {name: getattr(customer, name) for name in Customer.model_fields if name in customer.model_fields_set}
        | {"id": customer.id, "timezone": customer.timezone}
    )
    contacts = tuple(one.contact() for one in history)
    record = Record(customer=known, consents=customer.state(), contacts=contacts)
    if customer.ordered_at is not None:
        record = record.who_ordered(None if customer.ordered_at == "never" else customer.ordered_at)
    return situation_of(record, home, tallies={})


def action_in(s: Situation, probed: ProbedAction, facts: Mapping[str, Scalar | Text]) -> Action:
    """The message of a probe as the rules see it; an offer that does not say what it is may be a coupon."""
    offer = probed.offer.offer() if probed.offer is not None else None
    action = action_of(
        s,
        probed.channel,
        probed.purpose,
        probed.at,
        probed.scene,
        offer,
        probed.direction,
        facts=facts,
        approved=probed.approved,
    )
    if probed.offer is not None and probed.offer.kind is None:
        action.kind = None
        if all(getattr(probed.offer, name) is None for name in STATED_DISCOUNT):
            action.percent_off = action.amount_off = None
    return action
