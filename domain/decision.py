"""A decision: the answer to one ask, and the record that explains it."""

from functools import cached_property
from typing import Literal

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from domain.channel import Channel
from domain.customer import IDENTIFIER_KINDS
from domain.frozen import Frozen, as_json
from domain.language import Language
from domain.message import Message
from domain.moment import Moment


class Who(Frozen):
    """The customer of an ask: our id or exactly one identifier."""

    id: str | None = Field(None, min_length=1, max_length=200)
    email: str | None = Field(None, min_length=3, max_length=320)
    phone: str | None = Field(None, min_length=3, max_length=40)
    loyalty_id: str | None = Field(None, min_length=1, max_length=200)
    device_id: str | None = Field(None, min_length=1, max_length=200)
    line_id: str | None = Field(None, min_length=1, max_length=200)
    anonymous_id: str | None = Field(None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _exactly_one(self) -> "Who":
        if sum(getattr(self, kind) is not None for kind in ("id", *IDENTIFIER_KINDS)) != 1:
            raise ValueError("give exactly one of id, " + ", ".join(IDENTIFIER_KINDS))
        return self

    def key(self) -> tuple[str, str]:
        """(kind, value) of the one field given."""
        for kind in ("id", *IDENTIFIER_KINDS):
            value: str | None = getattr(self, kind)
            if value is not None:
                return kind, value
        raise ValueError("an ask names a customer")


class Placement(Frozen):
    """Where inside the channel the message goes, and how many items it may hold."""

    id: str = Field(min_length=1, max_length=200)
    items: int = Field(1, ge=1, le=20)


class Ask(Frozen):
    """One question: what is the next message for this customer?"""

    customer: Who
    channels: tuple[Channel, ...] = Field(min_length=1, max_length=9)
    placement: Placement | None = None
    scene: str | None = Field(None, max_length=100)
    moment: Moment = Moment()
    deadline_ms: int = Field(300, ge=1, le=60_000)
    language: Language | None = None
    dry_run: bool = False


class Reason(Frozen):
    """Why nothing is sent: the rule, its type and a sentence."""

    rule: str
    type: str
    text: str


Next = Literal["skip", "defer", "other_channel"]


class Hold(Frozen):
    """Silence, with its reasons and the earliest time at which it could change."""

    reasons: tuple[Reason, ...]
    retry_at: AwareDatetime | None = None
    then: Next = "skip"
    """What marketers want done: drop this occasion, ask again at `retry_at`, or ask for another channel."""


class WhyNot(Frozen):
    """A candidate that was not taken."""

    candidate: str
    reason: str


class Explanation(Frozen):
    """The decision in plain words."""

    summary: str
    because: tuple[str, ...] = ()
    why_not: tuple[WhyNot, ...] = ()
    would_change_if: tuple[str, ...] = ()


class CopyOrigin(Frozen):
    """Who wrote the words."""

    origin: Literal["variant", "model", "template"]
    variant_id: str | None = None
    model: str | None = None


class Decision(Frozen):
    """What a channel gets for its ask; the contract's response."""

    model_config = ConfigDict(populate_by_name=True)

    decision_id: str
    outcome: Literal["message", "hold"]
    message: Message | None = None
    hold: Hold | None = None
    explanation: Explanation
    copy_: CopyOrigin | None = Field(None, alias="copy")
    propensity: float | None = None
    """How likely just this message was; None where another was drawn first and no words for it passed."""
    policy_version: int
    send_at: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None

    @cached_property
    def spoken(self) -> bytes:
        """What the channel gets, as JSON, written once for it and for the record.

        The facts that the words lean on are for the record alone, which keeps them beside it.
        """
        said: dict[str, object] = {"copy" if name == "copy_" else name: value for name, value in self.__dict__.items()}
        if self.message is not None:
            message = {**self.message.as_fields()}
            del message["cites"]
            said["message"] = message
        return as_json(said)
