"""Settling: of everything that could be remembered, what stands and what has ended, and why.

Any order in which facts came, and any way in which they were split up, settles in the same: nothing is decided by what
was settled before. What has ended is kept for a while, out of every reading, so that it can be explained.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from domain.memory import Distance, Ended, Memory
from tools.distill.telling import ASKED, ATTENDED, BOUGHT, CARTED, DOWNLOADED, GUESSED, REGISTERED, SAVED
from tools.distill.vocabulary import Vocabulary

PREFERENCES = frozenset(
    {"survey", "profile", "preference", "preferences", "conversation", "call", "review", "chat", "interview"}
)
"""Sources in which a newer word about the same topic takes the place of the older one."""
DELIBERATE = frozenset({Distance.TOLD_US, Distance.DID_WITH_US})

TAKEN = frozenset({SAVED.source, BOUGHT.source, CARTED.source, DOWNLOADED.source, REGISTERED.source, ATTENDED.source})
"""Acts that say more of a thing than having looked at it."""

Ending = Callable[[Memory, Sequence[Memory]], Ended | None]


def settled(memories: Iterable[Memory], vocabulary: Vocabulary, now: datetime, most: int) -> tuple[Memory, ...]:
    """At most `most` memories that stand, as many that have ended, and the marks of what a customer had us forget.

    What is past its time is gone.
    """
    alive = [one for one in unique(memories) if one.expires_at is None or one.expires_at > now]
    open_ = [one for one in alive if not is_out(one)]
    standing, ended = judged(open_, vocabulary)
    standing.sort(key=worth, reverse=True)
    crowded = [over(one, Ended(at=one.at, why="crowded_out")) for one in standing[most:]]
    back = [one for one in alive if is_out(one) and not forgotten(one)]
    past = sorted([*ended, *crowded, *back], key=lambda one: (one.at, one.id), reverse=True)
    return (*standing[:most], *past[:most], *(one for one in alive if forgotten(one)))


def unique(memories: Iterable[Memory]) -> list[Memory]:
    """Each memory once, as it was known last, judged as if it had never been settled; oldest first."""
    latest: dict[str, Memory] = {}
    for one in memories:
        if one.id not in latest or latest[one.id].at < one.at:
            latest[one.id] = one
    fresh = (
        one if one.ended is None or is_out(one) else one.model_copy(update={"ended": None}) for one in latest.values()
    )
    return sorted(fresh, key=lambda one: (one.at, one.id))


def is_out(memory: Memory) -> bool:
    """Whether it ended by something that was done, and not by the memories beside it."""
    return memory.ended is not None and memory.ended.why in ("taken_back", "forgotten")


def forgotten(memory: Memory) -> bool:
    """Whether it is the mark of what the customer had us forget."""
    return memory.ended is not None and memory.ended.why == "forgotten"


def judged(memories: Sequence[Memory], vocabulary: Vocabulary) -> tuple[list[Memory], list[Memory]]:
    """What stands and what has ended: first the words, newest first, then what was done, then its traces."""
    standing: list[Memory] = []
    ended: list[Memory] = []

    def settle(some: Iterable[Memory], by: Ending) -> None:
        for one in some:
            end = by(one, standing)
            if end is None:
                standing.append(one)
            else:
                ended.append(over(one, end))

    told = [one for one in reversed(memories) if one.distance is Distance.TOLD_US]
    done = [one for one in memories if one.distance is Distance.DID_WITH_US]
    rest = [one for one in memories if one.distance not in DELIBERATE]
    settle(told, lambda one, those: newer_word(one, those, vocabulary))
    settle(done, lambda one, those: contradicted(one, those, vocabulary))
    settle(rest, lambda one, those: contradicted(one, those, vocabulary) or overtaken(one, those))
    return standing, ended


def newer_word(old: Memory, standing: Sequence[Memory], vocabulary: Vocabulary) -> Ended | None:
    """The newer word of the customer that takes the place of an older one."""
    if old.source == ASKED.source:
        return None
    for new in standing:
        if new.at <= old.at or new.source == ASKED.source:
            continue
        both = new.source in PREFERENCES and old.source in PREFERENCES
        if both and new.topic is not None and new.topic == old.topic:
            return Ended(at=new.at, why="newer_word", by=new.id)
        if new.against != old.against and related(new, old, vocabulary):
            return Ended(at=new.at, why="contradicted", by=new.id)
    return None


def contradicted(one: Memory, standing: Sequence[Memory], vocabulary: Vocabulary) -> Ended | None:
    """A word of the customer against what was done or guessed; it holds until they say otherwise."""
    if one.gift or (one.topic is None and one.offer_id is None):
        return None
    for word in standing:
        if word.against and word.distance is Distance.TOLD_US and covers(word, one, vocabulary):
            return Ended(at=max(word.at, one.at), why="contradicted", by=word.id)
    return None


def overtaken(trace: Memory, standing: Sequence[Memory]) -> Ended | None:
    """A deliberate act on the very same thing, not before its trace: buying says more than having looked."""
    if trace.distance is not Distance.TRACE or trace.offer_id is None:
        return None
    for act in standing:
        if act.source in TAKEN and not act.gift and act.offer_id == trace.offer_id and act.at >= trace.at:
            return Ended(at=act.at, why="act_over_trace", by=act.id)
    return None


def related(one: Memory, other: Memory, vocabulary: Vocabulary) -> bool:
    """Whether two memories are about the same, or one about a part of the other."""
    return covers(one, other, vocabulary) or covers(other, one, vocabulary)


def covers(wide: Memory, narrow: Memory, vocabulary: Vocabulary) -> bool:
    """Whether what is said in the one is said of the other, too."""
    return any(vocabulary.covers(about, narrow.topic, narrow.offer_id) for about in (wide.topic, wide.offer_id))


def worth(memory: Memory) -> tuple[int, datetime, str]:
    """What a memory is worth where there is room for few: the nearest first, then the newest."""
    if memory.sensitive or memory.gift:
        rank = 1
    elif memory.distance is Distance.TOLD_US:
        rank = 6
    elif memory.source in (BOUGHT.source, "habit"):
        rank = 5
    elif memory.distance is Distance.DID_WITH_US:
        rank = 4
    elif memory.source == GUESSED.source:
        rank = 3
    else:
        rank = 2
    return rank, memory.at, memory.id


def over(memory: Memory, end: Ended) -> Memory:
    """The memory as it is kept when it has ended."""
    return memory.model_copy(update={"ended": end})
