"""Belonging: whose each event is, asked in the order in which events came, and what is said with it of the customer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic_core import to_json

from domain.arrival import Arrival, Refusal
from domain.event import Event
from domain.newcomer import is_provisional
from records import answers, behaviour, identity, traits
from records.answers import Owner
from records.connection import Connection
from records.identity import Claim
from records.members import person_of
from records.turns import known_in_turn

MOVES = frozenset({"identify", "alias"})
"""What can change whose events are whose."""


class Owned:
    """Finds out whose each event is, in the order in which they came."""

    def __init__(self, c: Connection, arrivals: Sequence[Arrival], now: datetime) -> None:
        self._c, self._now = c, now
        self.owners: Mapping[str, Owner] = answers.owners(c, [one.decision_id for one in arrivals if one.decision_id])
        self.lost: list[Refusal] = []
        self.refused_traits: dict[str, int] = {}
        self._who: dict[tuple[object, ...], str] = {}
        self._person: dict[str, str] = {}
        self._known = known_in_turn(c, [claim_of(one) for one in arrivals])

    def event(self, one: Arrival) -> Event | None:
        """The event with its customer; None where nobody can be found, which leaves a dead letter."""
        customer_id = self._customer(one)
        if customer_id is None:
            self.lost.append(_lost(one))
            return None
        if one.type == "identify" and one.traits:
            self._refuse(traits.apply(self._c, customer_id, one.traits, self._now, one.at))
        if one.type == "group" and one.group_id is not None:
            self._refuse(behaviour.group(self._c, customer_id, one.group_id, one.traits, self._now))
        return event_of(one, customer_id, self._now)

    def may_answer(self, customer_id: str, owner: str) -> bool:
        """Whether somebody answers for the customer of a decision: the same person, or nobody whom we know."""
        if customer_id == owner or is_provisional(customer_id):
            return True
        return self._person_of(customer_id) == self._person_of(owner)

    def _customer(self, one: Arrival) -> str | None:
        if one.user_id is None and one.anonymous_id is None and not one.identifiers:
            owner = self.owners.get(one.decision_id or "")
            return owner.customer_id if owner else None
        mark = (one.user_id, one.anonymous_id, *sorted(one.identifiers.items()))
        found = self._who.get(mark)
        if found is None or one.type in MOVES:
            found = self._resolved(one)
            self._who[mark] = found
        return found

    def _resolved(self, one: Arrival) -> str:
        """Asks who it was; what that joins may move whoever was found before."""
        if one.type in MOVES or (one.user_id and (one.anonymous_id or one.identifiers)):
            self._who.clear()
            self._person.clear()
        if one.type == "alias" and one.previous_id is not None:
            return identity.alias(self._c, one.previous_id, one.user_id or "", self._now, self._known)
        return identity.resolve(self._c, claim_of(one), self._now, self._known)

    def _refuse(self, names: Iterable[str]) -> None:
        """Counts traits that could not be used."""
        for name in names:
            self.refused_traits[name] = self.refused_traits.get(name, 0) + 1

    def _person_of(self, customer_id: str) -> str:
        if customer_id not in self._person:
            self._person[customer_id] = person_of(self._c, customer_id)
        return self._person[customer_id]


def claim_of(one: Arrival) -> Claim:
    """What the event says of who did it."""
    return Claim(one.user_id, one.anonymous_id, one.identifiers)


def event_of(one: Arrival, customer_id: str, received_at: datetime) -> Event:
    """The event of a customer; it was read at the door and is not read again."""
    return Event.model_construct(
        message_id=one.message_id,
        type=one.type,
        customer_id=customer_id,
        at=one.at,
        name=one.name,
        source=one.source,
        properties=one.traits if one.type in ("identify", "group") else one.properties,
        context=one.context,
        decision_id=one.decision_id,
        received_at=received_at,
    )


def _lost(one: Arrival) -> Refusal:
    """An event that names a decision alone, and one that nobody made."""
    raw = {
        "type": one.type,
        "event": one.name,
        "messageId": one.message_id,
        "timestamp": one.at.isoformat(),
        "properties": one.properties,
        "context": one.context,
    }
    reason = f"there is no decision {one.decision_id!r}, and nothing else says whose event it is"
    document = to_json(raw).decode()
    return Refusal("properties.decision_id", reason, document, one.source, one.type, one.message_id)
