"""A run: one row of `due`, written with the event that starts it and kept until long after its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.clock import from_micros, to_micros
from domain.frozen import Frozen
from domain.journey import Due
from domain.moment import Moment
from records.connection import Row

State = Literal["waiting", "taken", "done", "cancelled"]
STATES: tuple[State, ...] = ("waiting", "taken", "done", "cancelled")


class Document(Frozen):
    """What a row keeps beside its columns."""

    cause: str
    until: int
    since: int
    about: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    moment: Moment = Moment()


@dataclass(frozen=True, slots=True)
class Run:
    """A row: what is due, and what became of it."""

    due: Due
    state: State
    attempts: int
    """How many decisions have been held."""
    wakes: int
    """How often it was looked at and put back."""
    reason: str | None
    decision_id: str | None
    updated_at: datetime


def row_of(due: Due) -> dict[str, object]:
    """A run that waits, as it is written."""
    kept = Document(
        cause=due.cause,
        until=to_micros(due.until),
        since=to_micros(due.since),
        about=due.about,
        only=due.only,
        moment=due.moment,
    )
    return {
        "id": due.id,
        "customer_id": due.customer_id,
        "scene": due.scene,
        "at": to_micros(due.at),
        "state": "waiting",
        "document": kept.model_dump_json(exclude_defaults=True),
        "attempts": 0,
        "wakes": 0,
        "reason": None,
        "decision_id": None,
        "created_at": to_micros(due.created_at),
        "updated_at": to_micros(due.created_at),
        "planned": int(due.planned),
    }


def read(row: Row) -> Run:
    """A run, as it was written."""
    id, customer_id, scene, at, state, document, attempts, wakes, reason, decision_id, made, moved, planned = row
    kept = Document.model_validate_json(document)
    due = Due(
        id=id,
        customer_id=customer_id,
        scene=scene,
        cause=kept.cause,
        at=from_micros(at),
        until=from_micros(kept.until),
        since=from_micros(kept.since),
        created_at=from_micros(made),
        about=kept.about,
        only=kept.only,
        moment=kept.moment,
        planned=bool(planned),
    )
    return Run(due, state, attempts, wakes, reason, decision_id, from_micros(moved))
