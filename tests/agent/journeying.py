"""Journeys on the stage: events as the intake writes them, and runs carried from their time to their end."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from agent.journeys import Journeys
from domain.clock import to_micros
from domain.event import Event
from records import due, mooting, outbox, schema
from records.connection import Connection
from records.outbox import Entry
from records.run import Run
from records.statement import insert_new
from tests.agent.stage import Scenery, run

ADD = insert_new(schema.events)


@dataclass
class Walks:
    """The stage, and the journeys that events start on it."""

    stage: Scenery
    journeys: Journeys = field(init=False)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.journeys = Journeys(self.stage.parts.instruments, self.stage.parts.conductor)

    @property
    def now(self) -> datetime:
        """The instant on the stage."""
        return self.stage.clock.now()

    def happens(
        self, name: str, customer: str = "anna", at: datetime | None = None, id: str | None = None, **properties: Any
    ) -> Event:
        """Takes one event in, as the intake does in its transaction."""
        event = Event(
            message_id=id or f"m-{next(self.numbers)}",
            type="track",
            customer_id=customer,
            at=at or self.now,
            received_at=self.now,
            name=name,
            properties=properties,
        )
        book = run(self.stage.parts.instruments.pool.run(self.stage.parts.shelf.load))[0]
        effects = self.journeys.triggers_of(book).effects(event)
        self.stage.write(lambda c: taken(c, event, effects.starts, effects.cancels, self.now))
        return event

    def later(self, **by: float) -> None:
        """Moves the clock."""
        self.stage.clock.move(timedelta(**by))

    def carry(self, id: str) -> str:
        """One wake-up of a run."""
        return run(carried(self.journeys, id))

    def runs(self, customer: str = "anna") -> Mapping[str, Run]:
        """The customer's runs by scene; the last one where there are several."""
        page = self.stage.parts.stores.read(lambda c: due.page(c, 100, customer_id=customer))
        return {one.due.scene: one for one in reversed(page.items)}

    def only(self, scene: str, customer: str = "anna") -> Run:
        """The one run of a scene."""
        page = self.stage.parts.stores.read(lambda c: due.page(c, 100, customer_id=customer, scene=scene))
        (found,) = page.items
        return found

    def box(self, state: outbox.State = "ready") -> tuple[Entry, ...]:
        """What lies in the outbox."""
        return self.stage.parts.stores.read(lambda c: outbox.page(c, 100, state=state)).items


async def carried(journeys: Journeys, id: str) -> str:
    """All three steps, as far as they go."""
    said: str = await journeys.check(id)
    return await journeys.settle(id, await journeys.conduct(id)) if said == "go" else said


def taken(c: Connection, event: Event, starts: Any, cancels: Any, now: datetime) -> None:
    """What the intake writes of journeys."""
    row = {
        "message_id": event.message_id,
        "customer_id": event.customer_id,
        "type": event.type,
        "name": event.name,
        "source": None,
        "properties": json.dumps(event.properties),
        "at": to_micros(event.at),
        "received_at": to_micros(now),
        "context": None,
        "decision_id": None,
    }
    if c.run(ADD, **row):
        due.start(c, starts)
        mooting.cancel(c, event.customer_id, cancels, now)
