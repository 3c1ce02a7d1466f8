"""Outcomes: what a judge decides inside the commit, what is kept of it, and who is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from domain.channel import Channel
from domain.charge import Charge
from domain.contact import Contact
from records.recall import Recall

Verdict = Literal["message", "hold"]


@dataclass(frozen=True, slots=True)
class Waits:
    """A draft that a person has to see first; `document` is kept encrypted, and shown to them until it expires."""

    scene: str | None
    document: bytes
    expires_at: datetime


class Outcome(NamedTuple):
    """What a judge decided; `personal` is kept encrypted, `public` as it is."""

    decision_id: str
    at: datetime
    outcome: Verdict
    channel: Channel | None
    policy_version: int
    contact: Contact | None
    public: str
    personal: bytes
    charges: tuple[Charge, ...] = ()
    """What the message adds to the tallies of the house; nothing for a hold."""
    waits: Waits | None = None
    """The words that wait for a person, where this is why it is a hold."""
    prepared: str | None = None
    """The words made ahead that it uses, which no other decision may use after it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision as it was kept; `personal` is None once the customer's key is destroyed."""

    decision_id: str
    customer_id: str
    at: datetime
    outcome: Verdict
    channel: Channel | None
    policy_version: int
    contact: Contact | None
    public: str
    personal: bytes | None
    ciphertext: bytes
    seal: str
    released_because: str | None = None

    def sealed_bytes(self) -> bytes:
        """What the seal signs."""
        return self.public.encode() + self.ciphertext

    def again(self) -> Outcome:
        """The outcome as it was committed."""
        return Outcome(
            self.decision_id,
            self.at,
            self.outcome,
            self.channel,
            self.policy_version,
            self.contact,
            self.public,
            self.personal or b"",
        )


Judge = Callable[[Recall], Outcome]
"""Decides on what is true now; it runs inside the transaction and may be stopped with it at any point.

It is asked a second time where somebody else changed a tally between the first reading and the lock. What a message
adds may not depend on what is counted already.
"""
Rejudge = Callable[[Recall, Stored], Outcome]
Sign = Callable[[bytes], str]
