"""A deed: one event while it is added to what is known of its customer."""

from domain.behaviour import Behaviour
from domain.clock import EPOCH, MICROSECOND
from domain.commerce import short
from domain.event import Event
from domain.sums import counted

MILLISECOND = 1000 * MICROSECOND


class Deed:
    """One event while it is added: who did it, when, and what it says."""

    __slots__ = ("at", "behaviour", "event", "properties")

    def __init__(self, behaviour: Behaviour, event: Event) -> None:
        self.behaviour, self.event, self.properties = behaviour, event, event.properties
        at = event.at if event.received_at is None or event.at <= event.received_at else event.received_at
        self.at = max((at - EPOCH) // MILLISECOND, 0)

    @property
    def tie(self) -> str:
        """What orders two events of one instant."""
        return short(self.event.message_id)

    def theirs(self) -> None:
        """Something that the customer did by themselves."""
        behaviour, at = self.behaviour, self.at
        behaviour.first = min(behaviour.first or at, at)
        behaviour.last = max(behaviour.last, at)


def keep_latest(into: dict[str, list[int]], name: str, row: list[int]) -> None:
    """Keeps the later row under a name."""
    known = into.get(name)
    if known is None or row > known:
        into[name] = row


def count_in(into: dict[str, list[int]], name: str, row: list[int]) -> None:
    """Adds a row to the one under a name; its last column is an instant."""
    known = into.get(name)
    into[name] = row if known is None else counted(known, row)
