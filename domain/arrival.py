"""An arrival: an event as it came in, read and timed, before anybody knows whose it is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from pydantic import JsonValue

from domain.customer import IdentifierKind
from domain.event import EventType
from domain.happening import Happening, meaning

Document = dict[str, JsonValue]
NOTHING: Document = {}
"""Never written to."""
NOBODY: Mapping[IdentifierKind, str] = MappingProxyType({})

LONGEST_ID, LONGEST_NAME, LONGEST_MESSAGE_ID = 200, 200, 255
OF_EVERYBODY = frozenset(
    {"null", "undefined", "none", "nil", "nan", "[object object]", "anonymous", "guest", "unknown"}
)
"""What broken integrations and tables write as the id of everybody."""


def is_of_everybody(id: str) -> bool:
    """Whether an id is one of those that stand for nobody in particular."""
    return id.strip().casefold() in OF_EVERYBODY


class Arrival(NamedTuple):
    """One event of a source; `at` is on our clock, whatever the sender's showed."""

    message_id: str
    type: EventType
    at: datetime
    source: str
    user_id: str | None = None
    anonymous_id: str | None = None
    identifiers: Mapping[IdentifierKind, str] = NOBODY
    name: str | None = None
    properties: Document = NOTHING
    traits: Document = NOTHING
    context: Document = NOTHING
    decision_id: str | None = None
    group_id: str | None = None
    previous_id: str | None = None
    """The id that an alias joins to `user_id`."""

    @property
    def happening(self) -> Happening | None:
        """What it means to us."""
        return meaning(self.type, self.name)


class Refusal(NamedTuple):
    """An event that cannot be used: the field, why, and the event itself as JSON that any database stores."""

    field: str
    reason: str
    document: str
    source: str
    type: str | None = None
    message_id: str | None = None
    user_id: str | None = None
    anonymous_id: str | None = None
    identifiers: Mapping[IdentifierKind, str] = NOBODY
    """Whom it names, as far as that can be read."""
