"""The seal: proof that an envelope is what left the commit, unaltered, for this customer and not too old."""

import hashlib
import hmac
from datetime import datetime

from domain.clock import to_micros
from domain.envelope import Envelope
from domain.errors import SealBroken
from domain.message import Message

KEY_BYTES = 32


class Seal:
    """Signs with HMAC-SHA256 under one secret key, which never shows."""

    __slots__ = ("__keyed",)

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise ValueError(f"a seal needs a key of at least {KEY_BYTES} bytes. Derive it from the master secret.")
        self.__keyed = hmac.new(key, digestmod=hashlib.sha256)

    def __repr__(self) -> str:
        return "Seal(…)"

    def __reduce__(self) -> str:
        raise TypeError("a seal is not copied or stored. Build it from the key where it is needed.")

    def sign(self, data: bytes) -> str:
        """The signature of `data`, in hex."""
        signing = self.__keyed.copy()
        signing.update(data)
        return signing.hexdigest()

    def check(self, data: bytes, signature: str) -> bool:
        """Whether the signature is ours; takes the same time whatever the difference."""
        return hmac.compare_digest(self.sign(data).encode(), signature.encode("utf-8", "surrogatepass"))

    def close(
        self,
        decision_id: str,
        customer_id: str,
        message: Message,
        policy_version: int,
        verdicts: str,
        reservation: str | None,
        send_at: datetime,
        valid_until: datetime,
    ) -> Envelope:
        """The sealed envelope of a message that passed every rule."""
        envelope = Envelope(
            decision_id=decision_id,
            customer_id=customer_id,
            channel=message.channel,
            message=message,
            digest=message.digest(),
            policy_version=policy_version,
            verdicts=verdicts,
            reservation=reservation,
            send_at=send_at,
            valid_until=valid_until,
            seal="",
        )
        # The one field that is made from all others; a copy would cost as much as the whole envelope.
        object.__setattr__(envelope, "seal", self.sign(envelope.sealed_bytes()))
        return envelope

    def open(self, envelope: Envelope, *, decision_id: str, customer_id: str, now: datetime) -> Message:
        """The message, if the envelope is whole, ours, for this decision and customer, and still valid."""
        try:
            sealed, digest = envelope.sealed_bytes(), envelope.message.digest()
        except TypeError as error:  # A number beyond 64 bits, or half a surrogate pair: it cannot even be written.
            raise SealBroken(decision_id, "it holds what nobody can have sealed") from error
        if not self.check(sealed, envelope.seal):
            raise SealBroken(decision_id, "its seal is not ours")
        if not hmac.compare_digest(envelope.digest, digest):
            raise SealBroken(decision_id, "its message was altered after sealing")
        if envelope.channel is not envelope.message.channel:
            raise SealBroken(decision_id, f"it was sealed for {envelope.channel}, not {envelope.message.channel}")
        if envelope.decision_id != decision_id:
            raise SealBroken(decision_id, f"it belongs to decision {envelope.decision_id!r}")
        if envelope.customer_id != customer_id:
            raise SealBroken(decision_id, "it was made for another customer")
        if to_micros(now) >= to_micros(envelope.valid_until):
            raise SealBroken(decision_id, f"it was valid until {envelope.valid_until.isoformat()}")
        return envelope.message
