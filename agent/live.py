"""Live words: what was made ahead for this customer, else a conversation with the model while there is time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeVar

from agent.ahead import Ahead, unpack
from agent.briefing import brief_of
from agent.conversation import LEAST, Converse, begin
from agent.instruments import Instruments
from agent.lessons import lessons as lessons_of
from agent.rendering import render
from agent.state import Candidate, Penned, Walk
from domain.message import Message
from domain.variant import Variant
from policies.finding import Finding
from records import prepared
from records.connection import Connection
from tools.brief import Brief, edition_of
from tools.copywriting import Slots

T = TypeVar("T")
SPEAKING = frozenset({"live", "deliberate"})
"""Modes of a scene in which a model may be asked while a customer waits."""


@dataclass(frozen=True, slots=True)
class Live:
    """What came of it: words that may leave, or that leave a wish unmet, or none; and how."""

    penned: Penned | None = None
    clean: tuple[Variant, Message] | None = None
    second: tuple[Variant, Message] | None = None
    wrong: tuple[Finding, ...] = ()
    """What was held against the last draft."""


NOTHING = Live()


async def live(walk: Walk, candidate: Candidate, slots: Slots, instruments: Instruments, converse: Converse) -> Live:
    """The model's words for the candidate where the scene has any; nothing where it has none or there is no time."""
    if walk.scene is None or walk.recall is None or instruments.model is None:
        return NOTHING
    scene, customer, speaks = walk.scene.id, walk.recall.record.customer.id, walk.scene.mode in SPEAKING
    vault = instruments.stores.vault

    def look(c: Connection) -> tuple[tuple[prepared.Prepared, ...], tuple[str, ...]]:
        ready = prepared.found(c, vault, customer, scene, walk.now)
        return ready, lessons_of(c, scene) if speaks else ()

    ready, lessons = await glance(instruments, look)
    if not ready and not speaks:
        return NOTHING
    brief = brief_of(walk, candidate, slots, instruments, lessons)
    made = next((one for one in map(unpack, ready) if one.suits(candidate, brief)), None)
    found = _ahead(walk, candidate, slots, made, instruments) if made else NOTHING
    if found.clean or not speaks:
        return found
    return await spoken(walk, candidate, slots, brief, room(walk, instruments), converse)


async def glance(instruments: Instruments, look: Callable[[Connection], T]) -> T:
    """A statement or two; SQLite answers at once and never waits for a writer, so that a thread would cost more."""
    database = instruments.stores.database
    return database.read(look) if database.dialect == "sqlite" else await instruments.read(look)


def room(walk: Walk, instruments: Instruments) -> float:
    """Seconds that a model may take: what is left of the deadline, less what inspection and commit need after it."""
    whole = walk.ask.deadline_ms / 1000
    return (walk.deadline - instruments.clock.now()).total_seconds() - instruments.reserve.of(whole)


async def spoken(
    walk: Walk,
    candidate: Candidate,
    slots: Slots,
    brief: Brief,
    seconds: float,
    converse: Converse,
    *,
    patient: bool = False,
) -> Live:
    """What a conversation of at most so many seconds led to; a patient one lets those go first who are waited for."""
    penned = Penned(prompt=edition_of(brief.language), brief=brief.digest)
    if seconds < LEAST:
        return Live(replace(penned, failed="no-time"))
    first = begin(walk, candidate, slots, brief, penned, monotonic() + seconds)
    talk = await converse(replace(first, patient=patient))
    return Live(talk.penned, talk.clean, talk.second, talk.wrong)


def _ahead(walk: Walk, candidate: Candidate, slots: Slots, made: Ahead, instruments: Instruments) -> Live:
    """Words made ahead, read again by the rules with today's facts in them."""
    rendered = render(walk, candidate, made.variant, slots, instruments)
    if rendered.message is None or rendered.problems:
        return NOTHING
    return Live(made.penned, (made.variant, rendered.message))
