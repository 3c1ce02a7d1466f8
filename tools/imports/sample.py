"""Imports the hand-written sample: a department store's customers, offers, memories and earlier messages."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.errors import Refused
from domain.offer import Offer
from records import catalogue, consents, imports, memories, profiles
from records.connection import Connection
from records.context import ContextStore
from records.database import Database
from records.embedding import Encoder
from records.imports import Import
from records.tombstones import OPEN, Gate
from tools.imports.entries import Person, SampleAsk, read_asks, read_offers, read_people
from tools.imports.report import ImportReport, Progress, Stopwatch, left_out, silent
from tools.imports.shifting import WEEK, whole_weeks
from tools.imports.steps import Step, Write, nothing, walk
from tools.imports.vectors import Vectors, mend, turn_away

SOURCE = "sample"
FOLDER = Path(__file__).parents[2] / "samples" / "department_store"
REFERENCE = date(2026, 11, 24)
"""The day in whose week the sample was written."""
ZONE = "Asia/Tokyo"
NOTE = "Everything in the sample is made up, consents too (evidence method 'sample')."


@dataclass(frozen=True)
class Visit:
    """Everything that one import of the sample brings."""

    folder: Path
    run: Import
    vectors: Vectors
    gate: Gate = OPEN

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The customers."""
        return read_people(self.folder, self.run.offset_days)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The offers."""
        return read_offers(self.folder, self.run.offset_days)

    def steps(self) -> tuple[Step, ...]:
        """Offers, then customers, then what the vector store knows of both."""
        offers, people = len(self.offers), len(self.people)
        return (
            Step("offers", offers, max(offers, 1), self._offers),
            Step("customers", people, max(people, 1), self._customers),
            Step("context", people, max(people, 1), self._context),
            Step("offer vectors", offers, max(offers, 1), self._offer_vectors),
        )

    def _offers(self, start: int, stop: int) -> Write:
        def write(c: Connection) -> None:
            catalogue.upsert(c, self.offers[start:stop], self.run.started_at)

        return write

    def _customers(self, start: int, stop: int) -> Write:
        chosen, now = self.people[start:stop], self.run.started_at
        told = self.vectors.memories([one.memories for one in chosen])

        def write(c: Connection) -> None:
            out = self.gate.customers(c, [one.customer for one in chosen])
            here = [one for one in chosen if one.customer.id not in out]
            profiles.upsert(c, [one.customer for one in here], now)
            profiles.save_features(c, [(one.customer.id, one.features) for one in here], now)
            consents.append(c, [consent for one in here for consent in one.consents])
            memories.put(c, [memory for memory in told if memory.customer_id not in out])
            imports.put_contacts(c, [(one.customer.id, contact) for one in here for contact in one.contacts])

        return write

    def _context(self, start: int, stop: int) -> Write:
        here = [one for one in self.people[start:stop] if one.customer.id not in self.gate.kept_out]
        return self.vectors.put_customers([(one.customer, one.features, one.memories) for one in here])

    def _offer_vectors(self, start: int, stop: int) -> Write:
        self.vectors.put_offers(self.offers[start:stop])
        return nothing

    def counts(self) -> dict[str, int]:
        """What the import brought, by noun."""
        return {
            "customers": len(self.people),
            "offers": len(self.offers),
            "memories": sum(len(one.memories) for one in self.people),
            "consents": sum(len(one.consents) for one in self.people),
            "contacts": sum(len(one.contacts) for one in self.people),
            "context records": len(self.people),
        }


def import_sample(
    database: Database,
    context: ContextStore,
    encoder: Encoder,
    clock: Clock,
    *,
    unshifted: bool = False,
    progress: Progress = silent,
    folder: Path = FOLDER,
    gate: Gate = OPEN,
) -> ImportReport:
    """Brings in the sample once; ask its questions with `load_asks(report.offset_days)`."""
    watch = Stopwatch()
    now = clock.now()
    offset = 0 if unshifted else whole_weeks(REFERENCE, now.astimezone(ZoneInfo(ZONE)).date())
    run = database.write(lambda c: imports.begin(c, SOURCE, "offers", offset, now))
    if unshifted and run.offset_days:
        raise Refused(
            f"This TACT_HOME holds the sample with dates moved by {run.offset_days} days. Use another TACT_HOME."
        )
    if run.finished_at is None:
        visit = Visit(folder, run, Vectors(encoder, context), gate)
        with watch.phase("read"):
            steps = visit.steps()
        walk(database, run, steps, progress, watch)
        run = replace(run, finished_at=clock.now())
        database.write(lambda c: imports.finish(c, SOURCE, visit.counts(), clock.now()))
        turn_away(database, context)
    else:
        mend(database, context, encoder, progress, watch)
    counts = database.read(lambda c: imports.counts(c, SOURCE))
    moved = f"All dates moved by {run.offset_days} days ({run.offset_days // WEEK} weeks)."
    return ImportReport(SOURCE, counts, run.offset_days, (NOTE, moved, *left_out(gate)), watch.seconds)


def load_asks(offset_days: int = 0, folder: Path = FOLDER) -> tuple[SampleAsk, ...]:
    """The sample's questions, in the week into which the import moved its customers."""
    return read_asks(folder, offset_days)
