"""Loading a file: read, mapped, checked and written a chunk at a time, so that any stop loses and doubles nothing.

The rows of a chunk and the new position are one transaction. A check does the same and takes it back at its end.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agent.exchange.goods import OfferWriter
from agent.exchange.happenings import EventWriter
from agent.exchange.mappings import read_mapping
from agent.exchange.orders import PurchaseWriter, may_be_one, orders_whole
from agent.exchange.people import CustomerWriter
from agent.exchange.permissions import ConsentWriter
from agent.exchange.writer import Means, Writer
from agent.rulebook import ensure_book, in_force
from agent.stores import Stores
from agent.triggers import Triggers
from domain.errors import Malformed
from domain.language import Language, Text
from policies.book import Book
from policies.zones import zone_named
from records import imports, intake
from records.connection import Connection
from tools.exchange.fields import Kind
from tools.exchange.hints import hints
from tools.exchange.mapping import LoadMapping
from tools.exchange.report import ErrorReport
from tools.exchange.rows import Row, RowReader
from tools.exchange.tables import Line, Table, fingerprint, open_table
from tools.exchange.trouble import Fault

AT_ONCE = 500
SHOWN = 5
"""Rows that a preview shows."""
FAULTS_KEPT = 1000
"""Faults that are kept in memory; the error report has them all."""
STEP = "rows"
TRIES = 5
"""How often a chunk is tried in whose way other requests stand."""
Progress = Callable[[int, int], None]


class Request(NamedTuple):
    """What is to be loaded, and how."""

    path: Path
    kind: Kind
    mapping: str
    """The text of the mapping."""
    mapping_name: str = "mapping.yaml"
    errors: Path | None = None
    check: bool = False
    encoding: str | None = None
    sheet: str | int | None = None


@dataclass(slots=True)
class LoadReport:
    """What a load did, or would do."""

    file: str
    kind: Kind
    told: str
    """How the file was read."""
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    by_reason: Counter[str] = field(default_factory=Counter)
    """How many rows fail, by column and reason."""
    preview: list[Mapping[str, str]] = field(default_factory=list)
    missing: tuple[Text, ...] = ()
    """What the table does not say and would make a difference."""
    unmapped: tuple[str, ...] = ()
    """Columns of which the mapping says nothing."""
    resumed_at: int = 0
    errors: Path | None = None


@dataclass(slots=True)
class Load:
    """One load under way."""

    stores: Stores
    request: Request
    table: Table
    reader: RowReader
    writer: Writer
    source: str
    language: Language
    report: LoadReport
    errors: ErrorReport | None

    def run(self, progress: Progress) -> LoadReport:
        """Does what is left of the file."""
        lines, position = self._resumed()
        for chunk in chunks((self.reader.read(line) for line in lines), self.request.kind):
            done = position + len(chunk)
            counts = self._write(chunk, position, done)
            self._note(chunk, counts)
            position = done
            progress(position, max(self.table.total, position))
        progress(position, position)
        if not self.request.check:
            self.stores.write(lambda c: self._finish(c, position))
        return self.report

    def _resumed(self) -> tuple[Iterator[Line], int]:
        """The lines that are left, and how many are done."""
        lines = self.table.lines()
        begun = None if self.request.check else self.stores.write(self._begin)
        position, last = begun.position if begun else 0, 0
        for line in islice(lines, position):
            last = line.number
        if position:
            self.report.resumed_at = position
            self.report.counts.update(self.stores.read(lambda c: imports.counts(c, self.source)))
        if self.errors is not None:
            self.errors.begin(last)
        return lines, position

    def _begin(self, c: Connection) -> imports.Import:
        found = imports.find(c, self.source)
        if found is not None and found.finished_at is not None:
            imports.forget(c, self.source)
            imports.count(c, self.source, dict.fromkeys(imports.counts(c, self.source), 0))
        return imports.begin(c, self.source, STEP, 0, self.stores.clock.now())

    def _finish(self, c: Connection, position: int) -> None:
        imports.finish(c, self.source, {"rows": position}, self.stores.clock.now())

    def _write(self, chunk: Sequence[Row], start: int, stop: int) -> Counter[str]:
        whole = orders_whole(chunk) if self.request.kind == "purchases" else chunk
        good = [row for row in whole if not row.failed]
        read = {row.line: len(row.faults) for row in chunk}

        def work(c: Connection) -> Counter[str]:
            for row in chunk:
                del row.faults[read[row.line] :]
            return self._in_transaction(c, chunk, good, (start, stop))

        for _ in range(TRIES):
            try:
                return self.stores.write(work)
            except intake.Repeated:
                continue
            except TakenBack as back:
                return back.counts
        return self.stores.write(work)

    def _in_transaction(
        self, c: Connection, chunk: Sequence[Row], good: Sequence[Row], span: tuple[int, int]
    ) -> Counter[str]:
        """Rows, position, counts and report together; a check ends by taking all of it back."""
        counts = self.writer.write(c, good)
        counts["rows"], counts["failed"] = len(chunk), sum(row.failed for row in chunk)
        counts["notices"] = sum(one.grade == "notice" for row in chunk for one in row.faults)
        if not self.request.check:
            imports.advance(c, self.source, (STEP, span[0]), (STEP, span[1]))
            imports.count(c, self.source, self.report.counts + counts)
        if self.errors is not None:
            # Before the commit: after a crash it is cut off behind the position, so that no row is missed.
            self.errors.add([one for row in chunk for one in row.faults])
        if self.request.check:
            raise TakenBack(counts)
        return counts

    def _note(self, chunk: Sequence[Row], counts: Counter[str]) -> None:
        report = self.report
        report.counts.update(counts)
        for row in chunk:
            if len(report.preview) < SHOWN and not row.failed:
                report.preview.append({name: _shown(value) for name, value in row.values.items()})
            for one in row.faults:
                said = one.ja if self.language == "ja" else one.en
                report.by_reason[f"{one.column}: {said}" if one.column else said] += 1
                if len(report.faults) < FAULTS_KEPT:
                    report.faults.append(one)


class TakenBack(Exception):
    """Ends the transaction of a check without a trace."""

    def __init__(self, counts: Counter[str]) -> None:
        super().__init__("a check writes nothing")
        self.counts = counts


def load(stores: Stores, request: Request, language: Language, progress: Progress) -> LoadReport:
    """Loads a file, or says what loading it would do; raises Unreadable for what is wrong with the mapping."""
    return prepared(stores, request, language).run(progress)


def prepared(stores: Stores, request: Request, language: Language) -> Load:
    """A load with everything looked at that can be looked at before the first row."""
    mapping, page = read_mapping(request.mapping, request.mapping_name, language)
    how = mapping.file.model_copy(
        update={name: value for name in ("encoding", "sheet") if (value := getattr(request, name)) is not None}
    )
    table = open_table(request.path, how, language)
    if not table.header:
        raise Malformed("FILE", request.path.name, "it is empty: there is not even a line with the names of columns.")
    page.fits(mapping, request.kind, table.header)
    zone = zone_named(mapping.timezone or stores.settings.home_timezone)
    if zone is None:
        raise Malformed("timezone", mapping.timezone, "write a name such as Asia/Tokyo.")
    now = stores.clock.now()
    reader = RowReader(mapping, request.kind, table.header, zone, mapping.country or stores.settings.home_country, now)
    report = LoadReport(request.path.name, request.kind, table.told, table.total, errors=request.errors)
    report.unmapped = tuple(name for name in table.header if name and name not in _named(mapping))
    report.missing = tuple(hints(request.kind, mapping.fields()))
    errors = ErrorReport(request.errors, request.path.name, language) if request.errors else None
    source, writer = _source(request), writer_for(stores, request, mapping, now, zone)
    return Load(stores, request, table, reader, writer, source, language, report, errors)


def writer_for(stores: Stores, request: Request, mapping: LoadMapping, now: datetime, zone: ZoneInfo) -> Writer:
    """What writes rows of that kind."""
    kind, means = request.kind, Means(mapping, stores.suppression, now, now.astimezone(zone).date(), "load")
    if kind == "customers":
        return CustomerWriter(means)
    if kind == "consents":
        return ConsentWriter(means)
    if kind == "offers":
        return OfferWriter(means)
    ways = ways_of(stores)
    return EventWriter(means, ways) if kind == "events" else PurchaseWriter(means, ways, is_check=request.check)


def ways_of(stores: Stores) -> intake.Means:
    """How the intake understands events under the rules in force."""
    ensure_book(stores)
    kept = stores.read(in_force)
    book = Book.from_document(kept.version, kept.document)
    home = ZoneInfo(stores.settings.home_timezone)
    return intake.Means(stores.suppression, book.playbook.stages, Triggers(book.scenes.values(), home).effects, home)


def chunks(rows: Iterator[Row], kind: Kind) -> Iterator[list[Row]]:
    """Rows in handy numbers; the lines of one order are never parted."""
    chunk: list[Row] = []
    for row in rows:
        if len(chunk) >= AT_ONCE and (kind != "purchases" or not may_be_one(row, chunk[-1])):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _source(request: Request) -> str:
    """What names this load, so that the same file with the same mapping goes on where it stopped."""
    told = hashlib.sha256(f"{request.mapping}\0{request.encoding}\0{request.sheet}".encode()).hexdigest()
    return f"load:{request.kind}:{fingerprint(request.path)[0][:20]}:{told[:12]}"


def _named(mapping: LoadMapping) -> set[str]:
    joined = {name for one in mapping.joined.values() for name in one.columns}
    return {*mapping.columns, *joined, *mapping.ignore}


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
