"""Reservation: what a message adds to the tallies of the house is taken in the commit, judged on what stood there."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.charge import Charge
from records import tallies
from records.connection import Connection
from records.outcome import Judge, Outcome
from records.recall import Recall

NOTHING = Decimal(0)


def reserved(c: Connection, current: Recall, own: tuple[Charge, ...], judge: Judge) -> Outcome:
    """What the judge decides on tallies that nobody else can change any more; what its message adds is taken.

    `own` is what the decision holds already and `current` leaves out. A hold takes nothing, waits for nobody, and
    leaves `own` as it is.
    """
    outcome = judge(current)
    gone = tallies.replaced(own, outcome.charges)
    if outcome.outcome == "hold" or tallies.millionths(outcome.charges) == tallies.millionths(gone):
        return outcome
    before = tallies.exchange(c, gone, outcome.charges)
    counted = {charge.key: before[charge.key] for charge in outcome.charges if charge.key in before}
    if all(current.tallies.get(key, NOTHING) == used for key, used in counted.items()):
        return outcome
    again = judge(replace(current, tallies={**current.tallies, **counted}))
    if again.charges != outcome.charges:
        if again.outcome != "hold":
            raise ValueError("what a message adds to the tallies may not depend on what is counted already")
        tallies.exchange(c, outcome.charges, gone)
    return again


def apart(c: Connection, recall: Recall, decision_id: str) -> tuple[Recall, tuple[Charge, ...]]:
    """What is true but for the decision's own promise, and what it holds on the tallies that still count."""
    own = tallies.charged(c, decision_id) if recall.tallies else ()
    return without(recall, decision_id, own), own


def without(recall: Recall, decision_id: str, own: Sequence[Charge] = ()) -> Recall:
    """The same, as if that decision had promised nothing; `own` is what it holds on the tallies."""
    others = tuple(one for one in recall.record.contacts if one.decision_id != decision_id)
    held = {charge.key: charge.amount for charge in own}
    rest = {key: used - held.get(key, NOTHING) for key, used in recall.tallies.items()}
    return replace(recall, record=recall.record.model_copy(update={"contacts": others}), tallies=rest, rows=())
