"""People for the examples: none of them exists."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from domain.channel import Channel, Purpose
from domain.charge import Charge
from domain.consent import Consent, Evidence
from domain.contact import Contact
from domain.customer import Customer, Stage, Tier
from domain.memory import Distance, Memory
from records.outcome import Judge, Outcome, Stored
from records.recall import Recall
from tests.clock import START

WEEK = timedelta(days=7)


def customer(id: str = "c-1", **changes: object) -> Customer:
    """A customer with everything that a profile can hold."""
    known = {
        "id": id,
        "identifiers": {"email": f"{id}@example.com", "loyalty_id": f"L-{id}"},
        "display_name": "見本 花子",
        "language": "ja",
        "timezone": "Asia/Tokyo",
        "country": "JP",
        "stage": Stage.ACTIVE,
        "tier": Tier.GOLD,
        "age": 41,
        "attributes": {"points": 1200, "rank_gap": None, "student": False},
        "tags": frozenset({"coffee", "tea"}),
    }
    return Customer.model_validate({**known, **changes})


def consent(customer_id: str, topic: str, granted: bool, purpose: str = "*") -> Consent:
    """One line of the ledger."""
    evidence = Evidence(method="form", at=START, text_version="2026-01", source="web")
    return Consent(
        customer_id=customer_id,
        topic=topic,
        purpose="*" if purpose == "*" else Purpose(purpose),
        granted=granted,
        evidence=evidence,
        at=START,
    )


def memory(customer_id: str, name: str, days_ago: float = 0, **changes: object) -> Memory:
    """Something we remember of the customer."""
    known = {
        "id": f"{customer_id}/{name}",
        "customer_id": customer_id,
        "text": f"buys {name} about every 9 days",
        "distance": Distance.DID_WITH_US,
        "source": "purchases",
        "at": START - timedelta(days=days_ago),
        "topic": name,
    }
    return Memory.model_validate({**known, **changes})


def promise(decision_id: str, at: datetime = START) -> Contact:
    """One mail that counts."""
    return Contact(
        channel=Channel.EMAIL,
        at=at,
        scene="winback",
        offer_id="offer-1",
        offer_category="coffee",
        decision_id=decision_id,
    )


def sends(decision_id: str, at: datetime = START) -> Outcome:
    """An outcome that promises one mail."""
    contact = promise(decision_id, at)
    return Outcome(decision_id, at, "message", Channel.EMAIL, 3, contact, '{"scene":"winback"}', "秘密".encode())


def holds(decision_id: str, at: datetime = START) -> Outcome:
    """An outcome that promises nothing."""
    return Outcome(decision_id, at, "hold", None, 3, None, '{"hold":"frequency_cap"}', b"")


def once_a_week(decision_id: str, now: datetime = START) -> Judge:
    """Sends unless something was promised within a week."""

    def judge(recall: Recall) -> Outcome:
        recent = [one for one in recall.record.contacts if one.pushed and abs(one.at - now) < WEEK]
        return holds(decision_id, now) if recent else sends(decision_id, now)

    return judge


def always(decision_id: str, now: datetime = START) -> Judge:
    """Sends whatever was sent before."""
    return lambda recall: sends(decision_id, now)


def spends(decision_id: str, most: int | Mapping[str, Decimal], *charges: Charge) -> Judge:
    """Sends if every tally that it adds to has room: `most` is the limit of all of them, or one for each."""

    def judge(recall: Recall) -> Outcome:
        for charge in charges:
            limit = most if isinstance(most, int) else most[charge.key]
            if recall.tallies.get(charge.key, Decimal(0)) + charge.amount > limit:
                return holds(decision_id)
        return sends(decision_id)._replace(charges=charges)

    return judge


def same_again(recall: Recall, stored: Stored) -> Outcome:
    """Hands over what was decided, unless anything else was promised within a week."""
    if any(abs(one.at - stored.at) < WEEK for one in recall.record.contacts):
        return holds(stored.decision_id, stored.at)
    return stored.again()


def signed(data: bytes) -> str:
    """A seal that shows what it was put on."""
    return f"{len(data)}:{data[:8].hex()}"
