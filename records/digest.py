"""What the vector store says of a customer and of an offer: one text each, the same in an import and in a rebuild."""

from collections.abc import Sequence

from domain.customer import Customer
from domain.features import Features
from domain.memory import Distance, Memory
from domain.offer import Offer

MOST_MEMORIES = 12
OFTEN = 12

Facts = dict[str, str | int | float | bool]


def digest(customer: Customer, memories: Sequence[Memory], *, here: bool = True) -> str:
    """What the customer is like, in their memories' own words; nothing sensitive, bought in or meant for others.

    Where the text is not encoded `here` it holds only what our own records worded.
    """
    memories = memories if here else tuple(memory for memory in memories if worded_by_us(memory))
    newest = sorted(memories, key=lambda memory: (-memory.at.timestamp(), memory.id))
    spoken = [memory.text for memory in newest if speaks(memory)]
    return "; ".join([*spoken[:MOST_MEMORIES], f"{customer.stage or 'unknown'} customer"])


def speaks(memory: Memory) -> bool:
    """Whether a memory says what the customer is like: what they refuse looks like what they want to an encoder."""
    private = memory.sensitive or memory.gift or memory.distance is Distance.BOUGHT_IN
    about_nothing = memory.quote is not None and memory.topic is None
    return not (private or about_nothing or memory.against or memory.ended)


def worded_by_us(memory: Memory) -> bool:
    """Whether nobody wrote the words of a memory: they were made from what was bought or done."""
    return memory.distance is Distance.DID_WITH_US


def coarse_facts(customer: Customer, features: Features) -> Facts:
    """What may narrow a search over customers: few values each, and none that names a person."""
    known = {
        "stage": customer.stage,
        "tier": customer.tier,
        "country": customer.country,
        "region": customer.region,
        "language": customer.language,
    }
    facts: Facts = {name: str(value) for name, value in known.items() if value is not None}
    facts["often"] = features.orders_90d >= OFTEN
    facts["uses_coupons"] = features.coupon_orders > 0
    return facts


def offer_text(offer: Offer) -> str:
    """What an offer is about, in both languages, as the encoder reads it."""
    parts = (offer.name.ja, offer.name.en, offer.category, offer.brand, *sorted(offer.applies_to))
    return " / ".join(part for part in parts if part)
