"""Sample consents for data that has none: always the same for the same customer, and each says that it is made up."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b

from domain.consent import Consent, Evidence

METHOD = "sample"
NOTHING = 0.06
"""The part of customers about whose wishes nothing is known at all."""

SHARES: Mapping[str, tuple[float, float]] = {
    "email": (0.80, 0.10),
    "push": (0.55, 0.10),
    "sms": (0.35, 0.15),
    "line": (0.15, 0.02),
    "call": (0.10, 0.20),
    "web": (0.90, 0.03),
    "app": (0.85, 0.03),
    "ad": (0.40, 0.20),
    "location": (0.30, 0.20),
}
"""Topic: the parts that said yes and that said no; of the rest nothing is known."""

NOTE = (
    "The data holds no consents: sample consents were set, the same for the same household every time "
    "(evidence method 'sample'). Delete them before anything real is sent."
)


def sample_consents(customer_id: str, source: str, at: datetime) -> tuple[Consent, ...]:
    """Yes, no or nothing for every topic, drawn from a hash of the customer's id."""
    if _draw(customer_id, "nothing") < NOTHING:
        return ()
    drawn = ((topic, _answer(_draw(customer_id, topic), *shares)) for topic, shares in SHARES.items())
    evidence = Evidence(method=METHOD, at=at, source=source)
    return tuple(
        Consent(customer_id=customer_id, topic=topic, granted=answer, evidence=evidence, at=at)
        for topic, answer in drawn
        if answer is not None
    )


def _answer(draw: float, yes: float, no: float) -> bool | None:
    return True if draw < yes else False if draw < yes + no else None


def _draw(customer_id: str, topic: str) -> float:
    """A number in 0..1 that looks random and never changes; Python's own hash differs from run to run."""
    digest = blake2b(f"{customer_id}|{topic}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
