"""An envelope: a rendered message that was approved, under a seal."""

from pydantic import AwareDatetime, Field

from domain.channel import Channel
from domain.frozen import Frozen, as_json
from domain.message import Message


class Envelope(Frozen):
    """The only thing that may be handed out; the seal covers every field, the message through `digest`."""

    decision_id: str
    customer_id: str
    channel: Channel
    message: Message
    digest: str
    policy_version: int = Field(ge=0, lt=2**63)
    verdicts: str
    """The bits of every rule that ran, in hex, in the order of the policy version."""
    reservation: str | None
    send_at: AwareDatetime
    valid_until: AwareDatetime
    seal: str

    def sealed_bytes(self) -> bytes:
        """What the seal signs: every field but message and seal, as JSON in the order in which they are declared."""
        fields = {**self.__dict__}
        del fields["message"], fields["seal"]
        return as_json(fields)
