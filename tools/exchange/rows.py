"""Rows: one line of a table as values by field, through the mapping, with every cell that cannot be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tools.exchange.cells import Local, Reader, Value, identifier, key, plain
from tools.exchange.fields import Kind, field_of
from tools.exchange.mapping import READERS, Column, LoadMapping
from tools.exchange.tables import Line
from tools.exchange.trouble import Fault, Trouble, of_cell

ESSENTIAL = frozenset({"id", "at", "event", "granted", "channel", "purpose", "order_id", "amount", "price", "quantity"})


@dataclass(slots=True)
class Row:
    """What one line says; a field whose cell is empty is not among the values."""

    line: int
    values: dict[str, Value] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    sources: Mapping[str, str] = field(default_factory=dict)
    """The column behind each field."""

    def fault(self, name: str, *, ja: str, en: str, grade: str = "error") -> None:
        """Notes what is wrong with a field."""
        shown = str(self.values.get(name, ""))
        found = Fault(
            self.line, self.sources.get(name, name), shown, ja, en, "notice" if grade == "notice" else "error"
        )
        self.faults.append(found)

    @property
    def failed(self) -> bool:
        """Whether the row cannot be written."""
        return any(one.grade == "error" for one in self.faults)


@dataclass(frozen=True, slots=True)
class Step:
    """One field: where its text comes from and how it is read."""

    name: str
    column: str
    places: tuple[int, ...]
    glue: str
    read: Reader
    local: Local
    how: Column
    meanings: Mapping[str, str]
    piece: int | None = None
    names: bool = False
    """Whether the cell names somebody, so that it has to before anything is set in front of it."""


class RowReader:
    """Reads lines of one table by one mapping."""

    def __init__(
        self, mapping: LoadMapping, kind: Kind, header: Sequence[str], zone: ZoneInfo, country: str, now: datetime
    ) -> None:
        self.header = tuple(header)
        self._lenient = mapping.bad_cells == "cell"
        self._local = Local(zone, country, now=now)
        self._steps = tuple(self._plan(mapping, kind))
        self._constants = {
            name: known.read(value, self._local)
            for name, value in mapping.constants.items()
            if (known := field_of(kind, name)) is not None
        }
        self.sources = {step.name: step.column for step in self._steps}

    def read(self, line: Line) -> Row:
        """The values of a line; its faults name column and cell."""
        row = Row(line.number, dict(self._constants), sources=self.sources)
        if line.fault is not None:
            row.faults.append(self._named(line.fault))
            return row
        for step in self._steps:
            self._take(row, step, line.cells)
        return row

    def _take(self, row: Row, step: Step, cells: Sequence[str]) -> None:
        said = step.glue.join(filter(None, (cells[place].strip() for place in step.places)))
        if step.piece is not None:
            pieces = said.split(step.how.split or ",")
            said = pieces[step.piece].strip() if step.piece < len(pieces) else ""
        said = step.meanings.get(key(said), said) if step.meanings else said
        if not said.strip():
            return
        if step.how.pad and plain(said).isdigit():
            said = plain(said).zfill(step.how.pad)
        try:
            if step.names:
                identifier(said, step.local)
            row.values[step.name] = step.read(step.how.prefix + said, step.local)
        except Trouble as trouble:
            fault = of_cell(row.line, step.column, said, trouble)
            row.faults.append(fault._replace(grade="notice") if self._may_lack(step.name) else fault)

    def _may_lack(self, name: str) -> bool:
        """Whether a row is good without this field: never without who, when, and what was allowed."""
        return self._lenient and name not in ESSENTIAL and not name.startswith(("consent.", "evidence."))

    def _plan(self, mapping: LoadMapping, kind: Kind) -> list[Step]:
        steps = []
        for name, how in mapping.columns.items():
            place = (self.header.index(name),)
            for piece, target in enumerate((how.to,) if how.to else how.into):
                steps.append(self._step(kind, str(target), name, place, "", how, None if how.to else piece))
        for target, joined in mapping.joined.items():
            places = tuple(self.header.index(name) for name in joined.columns)
            steps.append(
                self._step(kind, target, "+".join(joined.columns), places, joined.with_, Column(to=target), None)
            )
        return steps

    def _step(
        self, kind: Kind, target: str, column: str, places: tuple[int, ...], glue: str, how: Column, piece: int | None
    ) -> Step:
        known = field_of(kind, target)
        read = READERS[how.reads] if how.reads else known.read if known else READERS["text"]
        local = self._local._replace(format=how.format, split=None if how.into else how.split)
        meanings = {key(said): meant for said, meant in how.values.items()}
        names = known is not None and known.read is identifier
        return Step(target, column, places, glue, read, local, how, meanings, piece, names)

    def _named(self, fault: Fault) -> Fault:
        """A fault of the n-th cell by the name of its column."""
        if fault.column.startswith("#") and (place := int(fault.column[1:])) <= len(self.header):
            return fault._replace(column=self.header[place - 1])
        return fault
