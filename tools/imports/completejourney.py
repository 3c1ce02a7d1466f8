"""Imports the Complete Journey: 2,469 households, their purchases, campaigns and coupons, and what follows from them.

What lies after the moment of the import is in the purchases, but in no feature and no memory: nobody knows it yet.
"""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.errors import Refused
from records import imports
from records.context import ContextStore
from records.database import Database
from records.embedding import Encoder
from records.imports import Import
from records.tombstones import OPEN, Gate
from tools.imports.arrival import Arrival
from tools.imports.consents import NOTE as CONSENT_NOTE
from tools.imports.frames import SOURCE, ZONE, data_folder, last_day, read_journey
from tools.imports.report import ImportReport, Progress, Stopwatch, left_out, silent
from tools.imports.shifting import WEEK, whole_weeks
from tools.imports.steps import walk
from tools.imports.vectors import Vectors, mend, turn_away

PROVENANCE = (
    "Complete Journey (84.51°/dunnhumby study data, as packaged); "
    "packager labels it simulated-from-real. For evaluation only."
)
NAMELESS = "The data names no channels and no people: households have no display name and no address."


def import_completejourney(
    database: Database,
    context: ContextStore,
    encoder: Encoder,
    clock: Clock,
    *,
    unshifted: bool = False,
    progress: Progress = silent,
    folder: Path | None = None,
    gate: Gate = OPEN,
) -> ImportReport:
    """Brings in whatever is not there yet; the first run fixes the offset of all dates, later ones keep it."""
    watch = Stopwatch()
    found = database.read(lambda c: imports.find(c, SOURCE))
    _refuse_mixture(found, unshifted)
    if found is None or found.finished_at is None:
        found = _bring(database, context, encoder, clock, unshifted, progress, folder or data_folder(), watch, gate)
    else:
        mend(database, context, encoder, progress, watch)
    counts = database.read(lambda c: imports.counts(c, SOURCE))
    return ImportReport(SOURCE, counts, found.offset_days, (*_notes(found), *left_out(gate)), watch.seconds)


def _bring(
    database: Database,
    context: ContextStore,
    encoder: Encoder,
    clock: Clock,
    unshifted: bool,
    progress: Progress,
    folder: Path,
    watch: Stopwatch,
    gate: Gate,
) -> Import:
    now = clock.now()
    today = now.astimezone(ZoneInfo(ZONE)).date()
    with watch.phase("read"):
        offset = 0 if unshifted else whole_weeks(last_day(folder), today)
        run = database.write(lambda c: imports.begin(c, SOURCE, "offers", offset, now))
        arrival = Arrival(read_journey(folder, run.offset_days), run, Vectors(encoder, context), gate)
    walk(database, run, arrival.steps(), progress, watch)
    counts, ended = arrival.counts(), clock.now()
    database.write(lambda c: imports.finish(c, SOURCE, counts, ended))
    turn_away(database, context)
    return replace(run, finished_at=ended)


def _refuse_mixture(found: Import | None, unshifted: bool) -> None:
    if found is not None and unshifted != (found.offset_days == 0):
        there = "shifted" if found.offset_days else "unshifted"
        raise Refused(
            f"This TACT_HOME holds the Complete Journey with {there} dates ({found.offset_days} days). "
            "Use another TACT_HOME, or import the same way as before."
        )


def _notes(run: Import) -> tuple[str, ...]:
    moved = (
        f"All dates moved by {run.offset_days} days ({run.offset_days // WEEK} weeks), on {run.started_at:%Y-%m-%d}."
        if run.offset_days
        else "All dates are as in the data."
    )
    return (PROVENANCE, moved, CONSENT_NOTE, NAMELESS)
