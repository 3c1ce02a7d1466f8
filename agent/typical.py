"""Typical customers: nobody in particular, with just the facts that copy asks for, so that it can be read ahead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.channel import Channel, is_pushed
from domain.consent import ANY_PURPOSE, ConsentState
from domain.customer import Customer, Record, Scalar, Stage
from domain.language import Language, phrase
from domain.memory import Distance, Memory
from domain.moment import Cart, CartItem, Moment
from domain.offer import Offer
from domain.sender import Sender
from domain.variant import Variant
from policies.facts import Home
from tools.copy.slots import Slots

NAMES: Mapping[Language, str] = {"ja": "見本", "en": "Robin"}
WAYS: Mapping[str, tuple[Distance, str]] = {
    "taste": (Distance.TOLD_US, "survey"),
    "told": (Distance.TOLD_US, "conversation"),
    "asked": (Distance.TOLD_US, "question"),
    "saved": (Distance.TOLD_US, "favourites"),
    "bought": (Distance.DID_WITH_US, "purchase"),
    "viewed": (Distance.TRACE, "page"),
}
"""How a memory has to be known so that copy may say it in each of its ways."""
POINTS, FIGURE = 1240, 3
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody typical: what rules see of them, and what copy may fill in."""

    record: Record
    slots: Slots


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when typical customers are met."""

    home: Home
    sender: Sender
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The clock at home."""
        return ZoneInfo(self.home.timezone)

    @property
    def today(self) -> date:
        """The day at home."""
        return self.now.astimezone(self.zone).date()


def persons(variant: Variant, offer: Offer, occasion: Occasion) -> Iterator[Person]:
    """Everybody whom the copy should be read for: the least it needs, the same with a name, and once for each block."""
    yield person(variant, offer, variant.needs, occasion)
    yield person(variant, offer, variant.needs, occasion, named=True)
    for passage in variant.copy_.blocks:
        yield person(variant, offer, variant.needs | passage.needs, occasion, named=True)


def person(variant: Variant, offer: Offer, needs: frozenset[str], occasion: Occasion, *, named: bool = False) -> Person:
    """Somebody of whom just these facts are known."""
    language, name = variant.language, NAMES[variant.language] if named or "name" in needs else None
    account = figures(needs, occasion.today)
    memory = remembered(variant, offer, needs, occasion.now)
    customer = Customer(
        id="typical",
        display_name=name,
        language=language,
        country=occasion.home.country,
        timezone=occasion.home.timezone,
        stage=Stage.ACTIVE,
        age=40,
        attributes=dict(account),
    )
    slots = Slots(
        offer=offer,
        language=language,
        sender=occasion.sender,
        today=occasion.today,
        zone=occasion.zone,
        name=name,
        memory=memory,
        account=account,
        moment=around(offer, needs),
        unsubscribe_url=way_out(variant, occasion.home),
        preferences_url=way_to_see(variant, occasion.home, "p"),
        why_url=way_to_see(variant, occasion.home, "why"),
        placement=variant.placement.replace("*", "1") if variant.placement else None,
    )
    memories = (memory,) if memory else ()
    return Person(Record(customer=customer, consents=agreed(), memories=memories), slots)


def around(offer: Offer, needs: frozenset[str]) -> Moment:
    """The moment in which cart and call are as the copy needs them."""
    cart = Cart(items=(CartItem(offer=offer.id),)) if any(need.startswith("cart.") for need in needs) else None
    return Moment(cart=cart, direction="inbound" if "call.inbound" in needs else None)


def remembered(variant: Variant, offer: Offer, needs: frozenset[str], now: datetime) -> Memory | None:
    """A memory that may be said in the way that the copy says it; None where it says none."""
    ways = [need.removeprefix("memory.") for need in sorted(needs) if need.startswith("memory.")]
    if not ways:
        return None
    distance, source = next((WAYS[way] for way in ways if way in WAYS), (_distance(variant), "conversation"))
    word = offer.category or offer.name.get(variant.language)
    if variant.language == "ja" or word is None or not word.isascii():
        word = phrase(variant.language, ja="コーヒー", en="coffee")
    return Memory(
        id="typical",
        customer_id="typical",
        text=word,
        distance=distance,
        source=source,
        at=now - timedelta(days=3),
        topic=offer.id,
        offer_id=offer.id,
        word=word,
    )


def _distance(variant: Variant) -> Distance:
    return next((one for one in Distance if one in variant.personal), Distance.TOLD_US)


def figures(needs: frozenset[str], today: date) -> Mapping[str, Scalar]:
    """The account figures that the copy states, as fresh as they have to be."""
    names = {need.removeprefix("account.") for need in needs if need.startswith("account.")}
    known: dict[str, Scalar] = dict.fromkeys(sorted(names), FIGURE)
    if names & {"points", "points_expire"}:
        known |= {"points": POINTS, "points_at": today.isoformat(), "points_expire": (today + KEPT_FOR).isoformat()}
    return known


def way_out(variant: Variant, home: Home) -> str | None:
    """Where the customer would unsubscribe, on channels that carry it."""
    carries = variant.channel in (Channel.EMAIL, Channel.SMS) and variant.tone != "service"
    return f"{(home.public_url or '').rstrip('/')}/u/typical" if carries and home.public_url else None


def way_to_see(variant: Variant, home: Home, path: str) -> str | None:
    """Where the customer would see what they receive, or why: in mails that carry a way out."""
    carries = variant.channel is Channel.EMAIL and variant.tone != "service"
    return f"{(home.public_url or '').rstrip('/')}/{path}/typical" if carries and home.public_url else None


def agreed() -> ConsentState:
    """Consent to every channel that asks for it."""
    return {(channel.value, ANY_PURPOSE): True for channel in Channel if is_pushed(channel)}
