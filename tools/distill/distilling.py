"""Distilling: everything that is recorded of one person, as the few memories that a decision may lean on.

Pure: the same records give the same memories, with the same ids. Those whose events are gone live on until their time
is over; what the customer had us forget is not made again from what came before; those that were written by others, as
in an import, are taken as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.customer import Stage
from domain.event import Event
from domain.memory import Memory
from tools.distill import telling
from tools.distill.acts import acts
from tools.distill.guesses import guesses
from tools.distill.settling import forgotten, settled
from tools.distill.telling import Teller
from tools.distill.traces import traces
from tools.distill.vocabulary import Vocabulary
from tools.distill.words import words


class Known(NamedTuple):
    """What is recorded of one customer; a person may be several customers that were joined."""

    customer_id: str
    language: str
    stage: Stage | None
    events: Sequence[Event]
    kept: Sequence[Memory]


def distilled(
    person: Sequence[Known], vocabulary: Vocabulary, now: datetime, most: int
) -> Mapping[str, tuple[Memory, ...]]:
    """The memories of each of the customers that are one person: settled together, kept apart."""
    marks = {one.id: one for known in person for one in known.kept if forgotten(one)}
    found_now = (fact for known in person for fact in found(known, vocabulary))
    facts = [fact for fact in found_now if fact.id not in marks or said_since(fact, marks[fact.id])]
    fresh = {fact.id for fact in facts}
    old = (one for known in person for one in known.kept if one.id not in fresh)
    kept = [one for one in old if forgotten(one) or not guessed(one)]
    final = settled([*facts, *kept], vocabulary, now, most)
    return {known.customer_id: tuple(one for one in final if one.customer_id == known.customer_id) for known in person}


def found(known: Known, vocabulary: Vocabulary) -> Iterator[Memory]:
    """Everything that the events of one customer say."""
    teller = Teller(known.customer_id, known.language, vocabulary)
    events = sorted(known.events, key=lambda event: (event.at, event.message_id))
    told = list(words(teller, events))
    yield from told
    yield from acts(teller, events)
    yield from traces(teller, events)
    yield from guesses(teller, events, told, known.stage)


def said_since(fact: Memory, mark: Memory) -> bool:
    """Whether it was said or done after the customer had us forget it; a guess leans on older events as well."""
    return mark.ended is not None and fact.at > mark.ended.at and not guessed(fact)


def guessed(memory: Memory) -> bool:
    """Whether it is a guess of ours, which holds only as long as we would guess it again."""
    return memory.source == telling.GUESSED.source
