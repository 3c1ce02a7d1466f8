"""Words: what events say about consent. A later word holds, whenever it comes in, and none is written twice.

A no is written for everybody who may have said it (records/reaching.py); a yes only for the one who did.

A hard bounce, a report of spam and a block say more than a withdrawal: each is kept under a method of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from domain.arrival import Arrival
from domain.channel import PUSHED, Channel, Purpose
from domain.consent import ANY_PURPOSE, Consent, Evidence, said_at
from domain.event import Event
from domain.happening import Happening
from records import complaints, consents, withdrawal
from records.answers import Owner
from records.connection import Connection
from records.reaching import reached

METHODS: Mapping[Happening, str] = {
    Happening.UNSUBSCRIBED: "unsubscribed",
    Happening.COMPLAINED: complaints.METHOD,
    Happening.BOUNCED: "hard_bounce",
    Happening.BLOCKED: "channel_blocked",
    Happening.FOLLOWED: "channel_followed",
}
HARD = frozenset({"hard", "permanent", "hardbounce", "hard_bounce", "invalid"})
FOLLOWED: Mapping[str, Channel] = {"line": Channel.LINE, "push": Channel.PUSH}
"""Where somebody who follows us allows us to write: a friend on LINE, an app whose notifications are on."""
BY_NAME: Mapping[str, Channel] = {"email": Channel.EMAIL, "push": Channel.PUSH, "sms": Channel.SMS}


class Heard(NamedTuple):
    """What became of words about consent."""

    withdrawn: tuple[tuple[str, str], ...] = ()
    """Customer and channel of everything that was withdrawn."""
    complaints: Mapping[str, int] = {}
    """When each customer complained, in milliseconds: whoever sent the event, the message was theirs."""


SILENCE = Heard()


def listen(
    c: Connection, events: Sequence[Event], arrivals: Sequence[Arrival], known: Mapping[str, Owner], now: datetime
) -> Heard:
    """Writes what the events say about consent; `arrivals` are the events as they came in."""
    about = [event for event in events if event.happening in METHODS]
    if not about:
        return SILENCE
    came = {one.message_id: one for one in arrivals}
    lines = [line for event in about for line in lines_of(c, event, came.get(event.message_id), known, now)]
    stands = {one: consents.ledger(c, one) for one in {line.customer_id for line in lines}}
    fresh: list[Consent] = []
    for line in sorted(lines, key=when):
        before = [*stands[line.customer_id], *(one for one in fresh if one.customer_id == line.customer_id)]
        if is_news(line, before):
            fresh.append(line)
    withdrawal.append(c, fresh)
    complained: dict[str, int] = {}
    for line in fresh:
        if (at := complaints.complained_at(line)) is not None:
            complained[line.customer_id] = max(at, complained.get(line.customer_id, 0))
    return Heard(tuple((line.customer_id, line.topic) for line in fresh if not line.granted), complained)


def lines_of(
    c: Connection, event: Event, arrival: Arrival | None, known: Mapping[str, Owner], now: datetime
) -> Iterator[Consent]:
    """What one event says, for everybody whom it concerns; nothing where a bounce is not said to be for good."""
    happening = event.happening
    if happening is None or (happening is Happening.BOUNCED and not is_hard(event)):
        return
    if happening is Happening.FOLLOWED:
        said = {event.customer_id: followed(event)} if is_own(arrival) else {}
    else:
        channels = channels_of(event, happening, known)
        people = reached(c, event, arrival, known.get(event.decision_id or ""))
        said = {
            one.customer_id: channels if one.channels is None else tuple(sorted(one.channels.intersection(channels)))
            for one in people
        }
    for customer_id, topics in said.items():
        for channel in topics:
            yield Consent(
                customer_id=customer_id,
                topic=channel.value,
                purpose=purpose_of(event, happening),
                granted=happening is Happening.FOLLOWED,
                evidence=Evidence(
                    method=METHODS[happening], at=event.at, source=f"{complaints.SOURCE}{event.message_id}"
                ),
                at=now,
            )


def is_own(arrival: Arrival | None) -> bool:
    """Whether an event says who did it; whoever has a forwarded message knows its decision too."""
    return arrival is not None and bool(arrival.user_id or arrival.anonymous_id or arrival.identifiers)


def followed(event: Event) -> tuple[Channel, ...]:
    """The channel that a yes is about: LINE, or the one that is named where following it means a yes."""
    named = event.properties.get("channel", Channel.LINE.value)
    channel = FOLLOWED.get(named.strip().lower()) if isinstance(named, str) else None
    return () if channel is None else (channel,)


def channels_of(event: Event, happening: Happening, known: Mapping[str, Owner]) -> tuple[Channel, ...]:
    """The channel that a no names, that of its decision, or the one its name says; unknown means all of them."""
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
    if happening is Happening.BLOCKED:
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
    return when(last) <= when(line) and not again


def when(line: Consent) -> datetime:
    """When the customer said it, as far as we know."""
    return said_at(line.evidence, line.at)
