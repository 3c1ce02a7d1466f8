"""Facts: what rules may ask about a customer and about a message before it is sent; None is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from domain.channel import Channel, Purpose, is_pushed
from domain.clock import to_micros
from domain.consent import ConsentState, granted
from domain.contact import Contact
from domain.customer import Record, Scalar
from domain.language import Text
from domain.offer import Offer
from policies.windows import Counting
from policies.zones import MINUTE, LocalTime, local_times, where

HUNDRED = Decimal(100)
NOTHING = Decimal(0)
NO_FACTS: Mapping[str, Scalar | Text] = {}


@dataclass(frozen=True, slots=True)
class Home:
    """The deployment: where customers are when nobody knows better, and its own public address for links."""

    country: str = "JP"
    timezone: str = "Asia/Tokyo"
    public_url: str | None = None


@dataclass(slots=True, eq=False)
class Situation:
    """The customer as the rules see them; built once an ask."""

    stage: str | None
    tier: str | None
    age: int | None
    gender: str | None
    country: str | None
    region: str | None
    language: str | None
    tags: frozenset[str]
    segments: frozenset[str]
    attributes: Mapping[str, Scalar]
    consents: ConsentState
    contacts: tuple[Contact, ...]
    own: frozenset[str]
    """The customer's own identifiers: their e-mail address may be shown to them."""
    zones: tuple[str, ...]
    """Every zone in which the customer may be."""
    home: Home
    _counted: dict[Counting, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def times(self, counting: Counting) -> tuple[int, ...]:
        """When each contact took place that `counting` takes, sorted, in microseconds."""
        found = self._counted.get(counting)
        if found is None:
            found = tuple(sorted(to_micros(contact.at) for contact in self.contacts if counting.takes(contact)))
            self._counted[counting] = found
        return found


@dataclass(slots=True, eq=False)
class Action:
    """One message that may be sent: channel, purpose, time and offer; built once a candidate."""

    channel: Channel
    purpose: Purpose
    at: datetime
    micros: int
    pushed: bool
    zones: tuple[str, ...]
    locals: tuple[LocalTime, ...]
    """What the wall clock shows in each zone where the customer may be, without repetition."""
    consented: bool | None
    """What the ledger says of this channel and purpose."""
    scene: str | None = None
    language: str | None = None
    """The language of the message, None before there is one."""
    offer: Offer | None = None
    kind: str | None = None
    category: str | None = None
    brand: str | None = None
    offer_id: str | None = None
    in_stock: bool | None = None
    currency: str | None = None
    percent_off: Decimal | None = None
    """The discount in percent that the offer states or its prices imply; 0 where it has none."""
    amount_off: Decimal | None = None
    items: tuple[Offer, ...] = ()
    """Further offers that the message lists."""
    facts: Mapping[str, Scalar | Text] = field(default_factory=lambda: NO_FACTS)
    """Further facts that copy may state, beside the offer's and the customer's attributes."""


def situation_of(record: Record, home: Home = Home(), *, without: str | None = None) -> Situation:
    """The facts of a customer's record; the contact of decision `without` is left out, for its own re-check."""
    customer = record.customer
    return Situation(
        stage=customer.stage,
        tier=customer.tier,
        age=customer.age,
        gender=customer.gender,
        country=customer.country,
        region=customer.region,
        language=customer.language,
        tags=customer.tags,
        segments=customer.segments,
        attributes=customer.attributes,
        consents=record.consents,
        contacts=_counting(record.contacts, without),
        own=frozenset(customer.identifiers.values()),
        zones=where(customer.timezone, customer.country, home.country, home.timezone),
        home=home,
    )


def _counting(contacts: tuple[Contact, ...], without: str | None) -> tuple[Contact, ...]:
    if without is None:
        return contacts
    return tuple(contact for contact in contacts if contact.decision_id != without)


def action_of(
    situation: Situation,
    channel: Channel,
    purpose: Purpose,
    at: datetime,
    scene: str | None = None,
    offer: Offer | None = None,
    direction: str | None = None,
    *,
    language: str | None = None,
    items: tuple[Offer, ...] = (),
    facts: Mapping[str, Scalar | Text] = NO_FACTS,
) -> Action:
    """The facts of one candidate at the instant `at`, on the clocks of the customer's zones."""
    micros = to_micros(at)
    action = Action(
        channel,
        purpose,
        at,
        micros,
        is_pushed(channel, direction),
        situation.zones,
        local_times(situation.zones, micros // MINUTE),
        granted(situation.consents, channel, purpose),
        scene,
        language,
        items=items,
        facts=facts,
    )
    if offer is not None:
        _state_offer(action, offer)
    return action


def about(way: Action, offer: Offer) -> Action:
    """The message that goes the same way and is about `offer`."""
    action = Action(
        way.channel,
        way.purpose,
        way.at,
        way.micros,
        way.pushed,
        way.zones,
        way.locals,
        way.consented,
        way.scene,
        way.language,
        items=way.items,
        facts=way.facts,
    )
    _state_offer(action, offer)
    return action


def worded(action: Action, language: str, items: tuple[Offer, ...]) -> Action:
    """The message once it has words: their language, and the offers of a list, whose facts they may state."""
    return replace(action, language=language, items=items)


def _state_offer(action: Action, offer: Offer) -> None:
    action.offer = offer
    action.kind = offer.kind
    action.category = offer.category
    action.brand = offer.brand
    action.offer_id = offer.id
    action.in_stock = offer.in_stock
    action.currency = offer.currency
    action.percent_off, action.amount_off = discount_of(offer)


def moved(situation: Situation, action: Action, micros: int, at: datetime) -> Action:
    """The same message at another instant."""
    later = Action(**{name: getattr(action, name) for name in Action.__dataclass_fields__})
    later.at, later.micros = at, micros
    later.locals = local_times(situation.zones, micros // MINUTE)
    return later


def discount_of(offer: Offer) -> tuple[Decimal | None, Decimal | None]:
    """The deepest discount that the offer's facts state or imply, in percent and in money; None is unknown.

    Nothing stated means no discount, except for a coupon, which always takes something off.
    """
    if offer.discount_percent is None and offer.discount_amount is None and offer.list_price is None:
        return (None, None) if offer.kind == "coupon" else (NOTHING, NOTHING)
    base = offer.list_price or offer.price
    amounts = [amount for amount in (offer.discount_amount, _price_cut(offer)) if amount is not None]
    percents = [offer.discount_percent] if offer.discount_percent is not None else []
    if base:
        percents += [amount * HUNDRED / base for amount in amounts]
        amounts += [base * percent / HUNDRED for percent in percents]
    return max(percents, default=None), max(amounts, default=None)


def _price_cut(offer: Offer) -> Decimal | None:
    if offer.list_price is None or offer.price is None:
        return None
    return max(offer.list_price - offer.price, NOTHING)
