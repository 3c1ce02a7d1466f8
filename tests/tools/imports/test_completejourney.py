"""The import of the Complete Journey, on both databases: whole, twice, stopped and killed."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from signal import SIGKILL
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from domain.clock import from_micros
from domain.customer import Stage
from domain.errors import Refused
from domain.memory import Distance
from records import catalogue, imports, memories, profiles, purchases
from records.context import ContextStore, open_context
from records.database import Database, open_database
from tests.clock import START, FrozenClock
from tests.records.databases import migrated
from tests.tools.imports.everything import all_memories, everything, ledgers, remembered
from tests.tools.imports.fakes import HashEncoder
from tools.imports.completejourney import import_completejourney
from tools.imports.report import ImportReport

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, slice_folder: Path) -> dict[str, Any]:
    """What an import that nothing disturbs leaves behind."""
    folder = tmp_path_factory.mktemp("straight")
    database, encoder = open_database(f"sqlite:///{migrated(folder / 'tact.db')}"), HashEncoder()
    context = open_context(folder / "context", None, encoder)
    report = import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    left = {"rows": everything(database), "context": remembered(context), "report": report}
    context.close()
    database.close()
    return left


def test_it_brings_everything(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path, straight: dict[str, Any]
) -> None:
    seen: list[tuple[str, int, int]] = []
    report = import_completejourney(
        database, context, encoder, FrozenClock(), folder=slice_folder, progress=lambda *at: seen.append(at)
    )
    lines = pl.read_parquet(slice_folder / "transactions.parquet")
    redeemed = pl.read_parquet(slice_folder / "coupon_redemptions.parquet")
    assert report.counts["customers"] == 24 == database.read(profiles.count)
    assert database.read(purchases.counts) == (lines.height, redeemed.height)
    assert (report.counts["purchases"], report.counts["redemptions"]) == (lines.height, redeemed.height)
    assert report.counts["offers"] == len(database.read(catalogue.ids))
    assert report.counts["memories"] == database.read(memories.count) > 10
    assert context.counts() == {"customers": 24, "offers": report.counts["offers"]}
    assert everything(database) == straight["rows"]
    assert remembered(context) == straight["context"]
    assert [step for step, done, total in seen if done == total] == [
        "offers",
        "customers",
        "purchases",
        "redemptions",
        "neighbours",
        "memories",
        "context",
        "offer vectors",
    ]
    assert set(report.seconds) >= {"read", "customers", "purchases", "memories", "context"}


def test_the_report_says_where_it_comes_from_and_what_is_made_up(straight: dict[str, Any]) -> None:
    report: ImportReport = straight["report"]
    said = "\n".join(report.notes)
    assert report.offset_days == 3255
    assert "simulated-from-real" in said
    assert "evaluation only" in said
    assert "3255 days (465 weeks)" in said
    assert "sample consents were set" in said


def test_dates_end_in_the_week_of_the_import_and_nothing_known_lies_ahead(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    last, earlier = database.read(lambda c: purchases.newest(c, "hh-2070", 2))
    assert last.at.astimezone(ZoneInfo("America/New_York")).date() == date(2026, 11, 29)
    assert (last.at, last.basket_id, last.line) == (earlier.at, earlier.basket_id, earlier.line - 1)
    people = database.read(lambda c: [profiles.features(c, one.id) for one in profiles.page(c, 100)])
    assert all(one.last_at is not None and one.last_at < START for one in people if one.orders)


def test_memories_name_habits_and_never_what_is_private(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    found = all_memories(database)
    assert all(memory.distance is Distance.DID_WITH_US for memory in found)
    assert all(memory.vector is not None and len(memory.vector) == 2 * encoder.dimensions for memory in found)
    assert not {memory.topic for memory in found} & {"beers-ales", "cigarettes", "infant-formula", "analgesics"}
    assert len(encoder.texts) == len(set(encoder.texts)), "each distinct text is encoded once"


def test_twice_is_the_same_and_quick(
    database: Database,
    context: ContextStore,
    encoder: HashEncoder,
    slice_folder: Path,
    straight: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tools.imports.report.perf_counter", process_time)
    first = import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    later = FrozenClock(START + timedelta(days=30))
    again = import_completejourney(database, context, encoder, later, folder=Path("is never read again"))
    assert (again.counts, again.offset_days, again.notes) == (first.counts, first.offset_days, first.notes)
    assert everything(database) == straight["rows"]
    assert sum(again.seconds.values()) < 2, "in the processor's time"


def test_a_lost_vector_store_is_made_whole_again(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path, straight: dict[str, Any]
) -> None:
    import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    people, offers = context.ids()
    context.remove(people[3:])
    context.remove_offers(offers[:5])
    seen: list[str] = []
    import_completejourney(
        database, context, encoder, FrozenClock(), progress=lambda step, done, total: seen.append(step)
    )
    assert remembered(context) == straight["context"]
    assert set(seen) == {"context"}


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def stop_after(calls: int) -> Iterator[None]:
    """Goes on for so many calls, then stops."""
    yield from [None] * calls
    raise Stopped


@pytest.mark.no_cover
@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("calls", [1, 4])
def test_stopped_again_and_again_it_loses_and_doubles_nothing(
    database: Database,
    context: ContextStore,
    encoder: HashEncoder,
    slice_folder: Path,
    straight: dict[str, Any],
    calls: int,
) -> None:
    clock, stops = FrozenClock(), 0
    while stops < 100:
        going = stop_after(calls + stops % 3)
        try:
            import_completejourney(
                database, context, encoder, clock, folder=slice_folder, progress=lambda *at, going=going: next(going)
            )
            break
        except Stopped:
            stops += 1
            clock.move(timedelta(days=3))
    assert stops > 3
    assert everything(database) == straight["rows"]
    assert remembered(context) == straight["context"]


@pytest.mark.parametrize(("step", "position"), [("customers", 10), ("purchases", 4_000), ("context", 5)])
def test_killed_in_the_middle_it_loses_and_doubles_nothing(
    database_url: str, tmp_path: Path, slice_folder: Path, straight: dict[str, Any], step: str, position: int
) -> None:
    store, encoder = tmp_path / "killed", HashEncoder()
    arguments = [database_url, str(store), str(slice_folder), step, str(position)]
    program = [sys.executable, "-m", "tests.tools.imports.killed", *arguments]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, timeout=600, check=False)
    assert ended.returncode == -SIGKILL, ended.stderr.decode()
    database, context = open_database(database_url), open_context(store, None, encoder)
    left = database.read(lambda c: imports.find(c, "completejourney"))
    assert left is not None
    assert left.finished_at is None
    import_completejourney(database, context, encoder, FrozenClock(START + timedelta(days=9)), folder=slice_folder)
    assert everything(database) == straight["rows"]
    assert remembered(context) == straight["context"]
    context.close()
    database.close()


def test_unshifted_dates_are_those_of_the_data_and_the_clock_is_the_present(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    then = datetime(2017, 10, 1, tzinfo=UTC)
    report = import_completejourney(database, context, encoder, FrozenClock(then), unshifted=True, folder=slice_folder)
    assert report.offset_days == 0
    assert "All dates are as in the data." in report.notes
    lines = pl.read_parquet(slice_folder / "transactions.parquet")
    assert report.counts["purchases"] == lines.height
    newest = database.read(lambda c: purchases.newest(c, "hh-2070", 1))
    assert newest[0].at == datetime(2018, 1, 1, 4, 1, 20, tzinfo=UTC)
    people = database.read(lambda c: [(one, profiles.features(c, one.id)) for one in profiles.page(c, 100)])
    assert all(features.last_at < then for _, features in people if features.last_at is not None)
    assert {customer.stage for customer, _ in people} >= {Stage.ACTIVE}


def test_shifted_and_unshifted_do_not_mix(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    import_completejourney(database, context, encoder, FrozenClock(), unshifted=True, folder=slice_folder)
    with pytest.raises(Refused, match="holds the Complete Journey with unshifted dates"):
        import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)


def test_consents_are_samples_and_written_once(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    report = import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)
    found = ledgers(database)
    assert len(found) == report.counts["consents"] > 24
    assert {line.evidence.method for line in found} == {"sample"}


def test_an_import_of_another_version_is_not_continued(
    database: Database, context: ContextStore, encoder: HashEncoder, slice_folder: Path
) -> None:
    database.write(lambda c: imports.begin(c, "completejourney", "unheard of", 7, from_micros(0)))
    with pytest.raises(Refused, match="'unheard of', which this version does not have"):
        import_completejourney(database, context, encoder, FrozenClock(), folder=slice_folder)


@pytest.mark.no_cover
def test_the_whole_of_it(
    tmp_path: Path, context: ContextStore, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.imports.report.perf_counter", process_time)
    database = open_database(f"sqlite:///{tmp_path / 'whole.db'}")
    database.migrate()
    report = import_completejourney(database, context, encoder, FrozenClock())
    assert database.read(profiles.count) == 2_469 == context.counts()["customers"]
    assert database.read(purchases.counts) == (1_469_307, 2_102)
    assert report.counts["memories"] > 5_000
    assert sum(report.seconds.values()) < 60, "in the processor's time"
    database.close()
