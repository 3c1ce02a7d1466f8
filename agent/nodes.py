"""The three steps of a walk: decide what, write how, commit it."""

from time import monotonic

from agent import commitment, drafting, holds
from agent.conversation import Converse
from agent.deliberate import deliberate
from agent.instruments import Instruments
from agent.remembering import remember
from agent.state import Walk
from agent.waiting import in_turn
from agent.weighing import weigh


async def decide(walk: Walk, instruments: Instruments) -> Walk:
    """Reads the record, applies the rules and weighs what may be said; holds where nothing may."""
    remembered = await remember(walk, instruments)
    walk = remembered.walk
    if walk.held or walk.book is None or walk.situation is None:
        return walk
    if bits := walk.book.screen(walk.situation):
        return holds.by_screen(walk, bits)
    walk = walk.with_(candidates=weigh(remembered, instruments))
    return walk if walk.permitted else holds.by_mask(walk)


async def write(walk: Walk, instruments: Instruments, converse: Converse) -> Walk:
    """Chooses among what is permitted and puts it into words; a hold passes through untouched."""
    if walk.held:
        return walk
    permitted = walk.permitted
    walk = await in_turn(walk, permitted, instruments)
    if walk.held:
        return walk
    if walk.scene is not None and walk.scene.mode == "deliberate" and instruments.model is not None:
        walk = walk.with_(thought=await deliberate(walk, permitted, instruments))
    return await drafting.draft(walk, permitted, instruments, converse)


async def commit(walk: Walk, instruments: Instruments) -> Walk:
    """Makes the decision final: counted, reserved, sealed and recorded in one transaction."""
    walk = await commitment.commit(walk, instruments)
    if walk.draft is not None and walk.draft.penned is not None and walk.draft.penned.ended is not None:
        instruments.reserve.note(monotonic() - walk.draft.penned.ended)
    return walk
