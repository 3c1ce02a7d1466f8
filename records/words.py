"""Words: what events say about consent. A later word holds, whenever it comes in, and none is written twice.

A hard bounce, a report of spam and a block say more than a withdrawal: each is kept under a method of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from domain.channel import PUSHED, Channel, Purpose
from domain.consent import ANY_PURPOSE, Consent, Evidence
from domain.event import Event
from domain.happening import Happening
from records import consents, withdrawal
from records.answers import Owner
from records.connection import Connection
from records.identity import is_provisional

METHODS: Mapping[Happening, str] = {
    Happening.UNSUBSCRIBED: "unsubscribed",
    Happening.COMPLAINED: "reported_as_spam",
    Happening.BOUNCED: "hard_bounce",
    Happening.BLOCKED: "channel_blocked",
    Happening.FOLLOWED: "channel_followed",
}
HARD = frozenset({"hard", "permanent", "hardbounce", "hard_bounce", "invalid"})
BY_NAME: Mapping[str, Channel] = {"email": Channel.EMAIL, "push": Channel.PUSH, "sms": Channel.SMS}


def listen(
    c: Connection, events: Sequence[Event], known: Mapping[str, Owner], now: datetime
) -> tuple[tuple[str, str], ...]:
    """Writes what the events say about consent; answers with (customer, channel) of everything withdrawn."""
    lines = [line for event in events if event.happening in METHODS for line in lines_of(event, known, now)]
    if not lines:
        return ()
    stands = {one: consents.ledger(c, one) for one in {line.customer_id for line in lines}}
    fresh: list[Consent] = []
    for line in sorted(lines, key=said_at):
        before = [*stands[line.customer_id], *(one for one in fresh if one.customer_id == line.customer_id)]
        if is_news(line, before):
            fresh.append(line)
    withdrawal.append(c, fresh)
    return tuple((line.customer_id, line.topic) for line in fresh if not line.granted)


def lines_of(event: Event, known: Mapping[str, Owner], now: datetime) -> Iterator[Consent]:
    """What one event says; nothing where a bounce is not said to be for good."""
    happening = event.happening
    if happening is None or (happening is Happening.BOUNCED and not is_hard(event)):
        return
    given = happening is Happening.FOLLOWED
    owner = known.get(event.decision_id or "")
    customer_id = owner.customer_id if owner and is_provisional(event.customer_id) else event.customer_id
    for channel in channels_of(event, happening, known):
        yield Consent(
            customer_id=customer_id,
            topic=channel.value,
            purpose=purpose_of(event, happening),
            granted=given,
            evidence=Evidence(method=METHODS[happening], at=event.at, source=f"event {event.message_id}"),
            at=now,
        )


def channels_of(event: Event, happening: Happening, known: Mapping[str, Owner]) -> tuple[Channel, ...]:
    """The channel that the event names, that of its decision, or the one its name says; unknown means all of them."""
    named = event.properties.get("channel")
    if isinstance(named, str):
        if named.strip().lower() in ("all", "*"):
            return tuple(sorted(PUSHED))
        if named.strip().lower() in tuple(Channel):
            return (Channel(named.strip().lower()),)
    owner = known.get(event.decision_id or "")
    if owner is not None and owner.channel is not None:
        return (owner.channel,)
    words = (event.name or "").lower().split()
    if words and words[0] in BY_NAME:
        return (BY_NAME[words[0]],)
    if happening in (Happening.BLOCKED, Happening.FOLLOWED):
        return (Channel.LINE,)
    return (Channel.EMAIL,) if happening is Happening.BOUNCED else tuple(sorted(PUSHED))


def purpose_of(event: Event, happening: Happening) -> Purpose | Literal["*"]:
    """What the word is about: marketing, unless the whole channel is open or closed."""
    if happening in (Happening.BOUNCED, Happening.BLOCKED, Happening.FOLLOWED):
        return ANY_PURPOSE
    named = event.properties.get("purpose")
    return Purpose(named) if isinstance(named, str) and named in tuple(Purpose) else Purpose.MARKETING


def is_hard(event: Event) -> bool:
    """Whether the address is gone for good, as far as the event says so."""
    said = event.properties
    for name in ("bounce_type", "bounceType", "type", "kind", "category"):
        value = said.get(name)
        if isinstance(value, str):
            return value.strip().lower().replace(" ", "_") in HARD
    if isinstance(said.get("hard"), bool):
        return said["hard"] is True
    code = said.get("code", said.get("status"))
    return isinstance(code, str) and code.startswith("5.1.")


def is_news(line: Consent, before: Sequence[Consent]) -> bool:
    """Whether a word changes anything: it is neither older than the last one on the same nor the same again."""
    same = [one for one in before if one.topic == line.topic and one.purpose == line.purpose]
    if not same:
        return True
    last = same[-1]
    again = last.granted == line.granted and last.evidence.method == line.evidence.method
    return said_at(last) <= said_at(line) and not again


def said_at(line: Consent) -> datetime:
    """When the customer said it."""
    return line.evidence.at or line.at
