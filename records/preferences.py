"""Preferences: what a customer chose by themselves, and what they had us forget."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.channel import Purpose
from domain.consent import ANY_PURPOSE, Consent, ConsentState, Evidence, granted, wishes
from domain.memory import Distance, Ended, Memory
from records import consents, following, memories, withdrawal
from records.connection import Connection
from records.members import person_of

METHOD, SOURCE, TEXT = "preference-page", "/p", "preferences-1"
STAFF_NOTE = "staff_note"
"""The source of what somebody of ours wrote about the customer."""
TAKEN_BACK = "—"
"""What stands in the place of a text that the customer had us forget."""


def wants_fewer(state: ConsentState) -> bool:
    """Whether the customer asked to hear from us less."""
    return bool(wishes(state))


def choose(c: Connection, customer_id: str, wishes: Mapping[str, bool], now: datetime) -> int:
    """Writes down what differs from what holds, with the page as evidence; says how many lines that was."""
    person, state = person_of(c, customer_id), consents.state(c, customer_id)
    lines = [
        line(person, topic, wish, state, now)
        for topic, wish in wishes.items()
        if granted(state, topic, Purpose.MARKETING) is not wish
    ]
    if lines:
        withdrawal.append(c, lines)
    return len(lines)


def line(person: str, topic: str, wish: bool, state: ConsentState, now: datetime) -> Consent:
    """One line of the ledger; a yes after a general no has to be general too, or the no would stand over it."""
    general = wish and state.get((topic, ANY_PURPOSE)) is False
    return Consent(
        customer_id=person,
        topic=topic,
        purpose=ANY_PURPOSE if general else Purpose.MARKETING,
        granted=wish,
        evidence=Evidence(method=METHOD, at=now, text_version=TEXT, source=SOURCE),
        at=now,
    )


def remembered(c: Connection, customer_id: str, now: datetime) -> tuple[list[Memory], int]:
    """What is remembered and may be shown behind a link, newest first, and how much more there is.

    What is sensitive, was a gift, or was written by staff is not shown to whoever holds a mail in their hand.
    """
    alive = [
        one
        for one in memories.of_customer(c, customer_id)
        if one.ended is None and (one.expires_at is None or one.expires_at > now)
    ]
    open_ = [one for one in alive if not (one.sensitive or one.gift or one.source == STAFF_NOTE)]
    return open_, len(alive) - len(open_)


def mark_of(memory: Memory, now: datetime) -> Memory:
    """What is left of a memory that the customer had us forget; a guess could be made again for ever."""
    blank = dict.fromkeys(("word", "quote", "place", "vector", "topic", "offer_id"))
    until = None if memory.distance is Distance.INFERRED else memory.expires_at
    ended = Ended(at=now, why="forgotten")
    return memory.model_copy(update={**blank, "text": TAKEN_BACK, "expires_at": until, "ended": ended})


def forget(c: Connection, customer_id: str, ids: Sequence[str], now: datetime) -> int:
    """Takes these memories back: their words are gone, and what is left says only that they may not be made again."""
    wanted = set(ids)
    shown, _ = remembered(c, customer_id, now)
    gone = [one for one in shown if one.id in wanted]
    memories.put(c, [mark_of(one, now) for one in gone])
    if gone:
        following.touch(c, {one.customer_id for one in gone}, now)
    return len(gone)
