"""How near copy may come: which facts about a customer each channel may put into words.

Deciding with a fact and wording it are two permissions. What is guessed or bought in is never worded; an ad and a sign
word nothing personal; a lock screen may be read by others, so push and SMS name kinds and leave figures out.
"""

from datetime import date, tzinfo

from domain.channel import Channel
from domain.memory import Distance, Memory
from domain.offer import Offer

NEAR = frozenset({Distance.TOLD_US, Distance.DID_WITH_US})
NEAR_OR_TRACE = NEAR | {Distance.TRACE}

WORDABLE: dict[Channel, frozenset[Distance]] = {
    Channel.EMAIL: NEAR_OR_TRACE,
    Channel.LINE: NEAR_OR_TRACE,
    Channel.APP: NEAR_OR_TRACE,
    Channel.WEB: NEAR_OR_TRACE,
    Channel.PUSH: NEAR,
    Channel.SMS: NEAR,
    Channel.CALL: NEAR,
    Channel.AD: frozenset(),
    Channel.SIGNAGE: frozenset(),
}
FIGURES = frozenset({Channel.EMAIL, Channel.LINE, Channel.APP, Channel.WEB})
"""Channels that may state a customer's own account figures."""
LOCK_SCREEN = frozenset({Channel.PUSH, Channel.SMS})
"""Others may read along: kinds, never what exactly was bought or put in a cart."""
FIRST_WIDE_LETTER = "\u2e80"


def may_word(memory: Memory, channel: Channel, offer: Offer, language: str, today: date, zone: tzinfo) -> bool:
    """Whether copy on `channel` may lean on this memory at all."""
    if memory.word is None or memory.sensitive or memory.gift or memory.distance not in WORDABLE[channel]:
        return False
    if memory.expires_at is not None and memory.expires_at.astimezone(zone).date() <= today:
        return False
    if channel is Channel.CALL and memory.distance is Distance.DID_WITH_US and not _concerns(memory, offer):
        return False
    return reads_in(memory.word, language)


def reads_in(words: str, language: str) -> bool:
    """Whether words can stand in a sentence of `language`: Japanese letters never stand in English copy."""
    return language == "ja" or words.isascii() or all(letter < FIRST_WIDE_LETTER for letter in words)


def _concerns(memory: Memory, offer: Offer) -> bool:
    """Whether the memory is about the matter at hand, as far as ids and categories tell."""
    about = {memory.offer_id, memory.topic} - {None}
    return bool(about & ({offer.id, offer.category} | offer.applies_to))
