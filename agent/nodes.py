"""The three steps of a walk: decide what, write how, commit it."""

from agent import commitment, drafting, holds
from agent.instruments import Instruments
from agent.remembering import remember
from agent.state import Walk
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
    return walk if any(not one.bits for one in walk.candidates) else holds.by_mask(walk)


async def write(walk: Walk, instruments: Instruments) -> Walk:
    """Chooses among what is permitted and puts it into words; a hold passes through untouched."""
    if walk.held:
        return walk
    return drafting.draft(walk, [one for one in walk.candidates if not one.bits], instruments)


async def commit(walk: Walk, instruments: Instruments) -> Walk:
    """Makes the decision final: counted, reserved, sealed and recorded in one transaction."""
    return await commitment.commit(walk, instruments)
