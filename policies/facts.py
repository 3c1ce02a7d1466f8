"""Facts: what rules may ask about a customer and about a message before it is sent; None is unknown."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from domain.channel import Channel, Purpose, is_pushed
from domain.clock import to_micros
from domain.consent import ConsentState, granted, wishes
from domain.contact import Contact
from domain.customer import Record, Scalar
from domain.features import DAY
from domain.language import Text
from domain.offer import Offer
from policies.windows import Counting
from policies.zones import MINUTE, LocalTime, countries_where, known_zone, local_times, where

NOTHING = Decimal(0)
NO_FACTS: Mapping[str, Scalar | Text] = {}


@dataclass(frozen=True, slots=True)
class Home:
    """The deployment: where customers are when nobody knows better, and its own public address for links."""

    country: str = "JP"
    timezone: str = "Asia/Tokyo"
    public_url: str | None = None


HERE = Home()
NO_TAGS: frozenset[str] = frozenset()


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
    """The customer's own identifiers and name, which may be shown to them."""
    zones: tuple[str, ...]
    """Every zone in which the customer may be."""
    home: Home
    customer_id: str | None = None
    calendars: tuple[str, ...] = ()
    """The countries whose national holidays may be the customer's."""
    tallies: Mapping[str, Decimal] | None = None
    """What the counters of the house hold, by key; None where they were not read, and a missing key is nothing."""
    ordered_at: int | None = None
    """When the newest order was, in microseconds, LONG_AGO for somebody who never ordered; None is unknown."""
    _counted: dict[int, tuple[Counting, tuple[int, ...]]] = field(default_factory=dict, repr=False)
    """By identity, which costs a third of hashing; each entry keeps its counting alive, so that no id comes twice."""

    def times(self, counting: Counting) -> tuple[int, ...]:
        """When each contact took place that `counting` takes, sorted, in microseconds."""
        if not self.contacts:
            return ()
        found = self._counted.get(id(counting))
        if found is None:
            taken = [to_micros(contact.at) for contact in self.contacts if counting.takes(contact, self.zones)]
            found = self._counted[id(counting)] = counting, tuple(sorted(taken))
        return found[1]

    def days_since_order(self, micros: int) -> float | None:
        """Days of 24 hours from the newest order to an instant, not rounded; NEVER or more where there was none.

        An order that a fast clock puts after the instant was just made.
        """
        if self.ordered_at is None:
            return None
        return (micros - self.ordered_at) / DAY if micros > self.ordered_at else 0.0


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
    home: Home = HERE
    price: Decimal | None = None
    margin_percent: Decimal | None = None
    offer_tags: frozenset[str] = NO_TAGS
    reference_proven: bool | None = None
    """Whether the offer's price history proves its comparison price."""
    approved: bool | None = None
    """Whether a person approved this very draft."""
    sample: float | None = None
    """A number from 0 to 1 drawn for this decision, the same at every station: see sample_of()."""
    audience_size: int | None = None
    """How many customers the mailing reaches that this message is part of."""
    asked_language: str | None = None
    """The language that the channel asked for, whatever the customer's; None where it left that to us."""


FACTS = attrgetter(*Action.__dataclass_fields__)
"""Every fact of an action, in the order of its fields."""


def situation_of(
    record: Record,
    home: Home = HERE,
    *,
    without: str | None = None,
    tallies: Mapping[str, Decimal] | None = None,
) -> Situation:
    """The facts of a customer's record; the contact of decision `without` is left out, for its own re-check."""
    customer = record.customer
    zones = where(customer.timezone, customer.country, home.country, home.timezone)
    return Situation(
        stage=customer.stage,
        tier=customer.tier,
        age=customer.age,
        gender=customer.gender,
        country=customer.country,
        region=customer.region,
        language=customer.language,
        tags=customer.tags | asked if (asked := wishes(record.consents)) else customer.tags,
        segments=customer.segments,
        attributes=customer.attributes,
        consents=record.consents,
        contacts=_counting(record.contacts, without),
        own=frozenset((*customer.identifiers.values(), *filter(None, (customer.display_name,)))),
        zones=zones,
        home=home,
        customer_id=customer.id,
        calendars=(customer.country,) if customer.country else countries_where(zones) or (home.country,),
        tallies=tallies,
        ordered_at=record.last_order,
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
    approved: bool | None = None,
    sample: float | None = None,
    audience_size: int | None = None,
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
    )
    # Named in the call, these would double its cost.
    action.items, action.facts, action.home = items, facts, situation.home
    action.approved, action.sample, action.audience_size = approved, sample, audience_size
    if offer is not None:
        _state_offer(action, offer)
    return action


def about(way: Action, offer: Offer) -> Action:
    """The message that goes the same way and is about `offer`."""
    # Half a dozen are built for each ask: set one by one, the fields cost a third of a call of the class.
    action = object.__new__(Action)
    action.channel, action.purpose, action.at, action.micros = way.channel, way.purpose, way.at, way.micros
    action.pushed, action.zones, action.locals = way.pushed, way.zones, way.locals
    action.consented, action.scene, action.language = way.consented, way.scene, way.language
    action.items, action.facts, action.home = way.items, way.facts, way.home
    action.approved, action.sample, action.audience_size = way.approved, way.sample, way.audience_size
    action.asked_language = way.asked_language
    _state_offer(action, offer)
    return action


def listed(action: Action) -> Iterator[Action]:
    """The same message about each further offer that it lists."""
    for item in action.items:
        if action.offer is None or item.id != action.offer.id:
            yield about(replace(action, items=()), item)


def worded(action: Action, language: str, items: tuple[Offer, ...], asked: str | None = None) -> Action:
    """The message once it has words: their language, whether that was asked for, and the offers of a list."""
    action = _copy(action)
    action.language, action.items, action.asked_language = language, items, asked
    return action


def _copy(action: Action) -> Action:
    # A fifth of the cost of dataclasses.replace, twice an ask.
    return Action(*FACTS(action))


def _state_offer(action: Action, offer: Offer) -> None:
    # Read from the dict that holds them: an attribute of a validated value costs six times as much.
    said = offer.__dict__
    action.offer = offer
    action.kind = said["kind"]
    action.category = said["category"]
    action.brand = said["brand"]
    action.offer_id = said["id"]
    action.in_stock = said["in_stock"]
    action.currency = said["currency"]
    action.price = said["price"]
    action.margin_percent = said["margin_percent"]
    action.offer_tags = said["tags"]
    action.reference_proven = _proven(action, offer)
    action.percent_off, action.amount_off = offer.deepest_discount


def _proven(action: Action, offer: Offer) -> bool | None:
    """Whether the offer's history proves its comparison price on the day of the message; one without needs no proof."""
    return True if not offer.compares else offer.compares_truly(at_home(action))


def at_home(action: Action) -> date:
    """The day of the action in the deployment's zone, in which offers are valid."""
    return action.at.astimezone(known_zone(action.home.timezone)).date()


def moved(situation: Situation, action: Action, micros: int, at: datetime) -> Action:
    """The same message at another instant."""
    later = _copy(action)
    later.at, later.micros = at, micros
    later.locals = local_times(situation.zones, micros // MINUTE)
    if later.offer is not None:
        later.reference_proven = _proven(later, later.offer)
    return later


def sent_to(situation: Situation, action: Action) -> Action:
    """The same message to the same customer, as they are known by now."""
    known = _copy(action)
    known.zones, known.locals = situation.zones, local_times(situation.zones, action.micros // MINUTE)
    known.consented = granted(situation.consents, action.channel, action.purpose)
    return known


def fraction(salt: str, name: str) -> float:
    """A number from 0 (included) to 1 (not included) that always belongs to this salt and name."""
    drawn = hashlib.sha256(f"{salt}|{name}".encode()).digest()
    return int.from_bytes(drawn[:6], "big") / 2**48


def sample_of(decision_id: str) -> float:
    """The number that decides whether a decision belongs to a share for review."""
    return fraction("sample", decision_id)
