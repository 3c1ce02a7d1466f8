"""An event: something a customer did or that was done to them, in the shape of the Segment specification."""

from typing import Literal

from pydantic import AwareDatetime, Field, JsonValue

from domain.frozen import Frozen
from domain.happening import Happening, meaning

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
    context: dict[str, JsonValue] = Field(default_factory=dict)
    """What we keep of where it happened: page, place, device kind, locale, time zone; no network address."""
    decision_id: str | None = None
    """The decision whose message it answers."""
    received_at: AwareDatetime | None = None

    @property
    def happening(self) -> Happening | None:
        """What it means to us."""
        return meaning(self.type, self.name)
