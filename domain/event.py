"""An event: something a customer did or that was done to them, in the shape of the Segment specification."""

from typing import Literal

from pydantic import AwareDatetime, Field, JsonValue

from domain.frozen import Frozen

EventType = Literal["track", "identify", "page", "screen", "group", "alias"]


class Event(Frozen):
    """One thing that happened, online or offline."""

    message_id: str
    type: EventType
    customer_id: str
    at: AwareDatetime
    name: str | None = None
    source: str | None = None
    properties: dict[str, JsonValue] = Field(default_factory=dict)
