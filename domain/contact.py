"""A contact: one message that counts, or may count, towards a customer's caps."""

from typing import Literal

from pydantic import AwareDatetime

from domain.channel import Channel, Purpose
from domain.frozen import Frozen

ContactState = Literal["reserved", "delivered", "released"]


class Contact(Frozen):
    """A message sent or promised; `released` ones were definitely not sent and count no more."""

    channel: Channel
    at: AwareDatetime
    purpose: Purpose = Purpose.MARKETING
    scene: str | None = None
    offer_id: str | None = None
    offer_category: str | None = None
    offer_kind: str | None = None
    pushed: bool = True
    decision_id: str | None = None
    state: ContactState = "reserved"
