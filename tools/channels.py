"""Channel choice: how well a channel suits a customer, an offer and a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.channel import Channel
from domain.contact import Contact
from domain.moment import Moment

PRIOR: dict[Channel, float] = {
    Channel.EMAIL: 0.45,
    Channel.SMS: 0.35,
    Channel.PUSH: 0.50,
    Channel.LINE: 0.55,
    Channel.WEB: 0.60,
    Channel.APP: 0.65,
    Channel.AD: 0.20,
    Channel.SIGNAGE: 0.20,
    Channel.CALL: 0.30,
}
"""How readily a message is noticed, before anything is known of the customer: ordering matters, not the values."""

AT_ONCE = frozenset({Channel.PUSH, Channel.SMS, Channel.APP, Channel.WEB, Channel.SIGNAGE, Channel.CALL})
"""Channels that are seen within minutes."""

HURRY = timedelta(hours=6)
TIRING = timedelta(days=7)


def suits(channel: Channel, moment: Moment, expires_in: timedelta | None) -> float:
    """Fitness of a channel, 0..1: what ends within hours needs a channel that is seen at once."""
    fitness = PRIOR[channel]
    if expires_in is not None and expires_in < HURRY:
        fitness += 0.35 if channel in AT_ONCE else -0.35
    if moment.device in {"ios", "android"} and channel in {Channel.PUSH, Channel.APP}:
        fitness += 0.1
    return min(max(fitness, 0.0), 1.0)


def lately(contacts: Sequence[Contact], now: datetime) -> list[Contact]:
    """The pushed messages of these days, which tire."""
    return [contact for contact in contacts if contact.pushed and abs(now - contact.at) < TIRING]


def fatigue(recent: Sequence[Contact], channel: Channel) -> float:
    """How tired the customer may be of what was pushed lately, 0..1; messages of the same channel weigh double."""
    if not recent:
        return 0.0
    return min(sum(0.3 if contact.channel is channel else 0.15 for contact in recent), 1.0)
