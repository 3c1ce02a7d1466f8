"""Tables: the rows of a CSV, Excel or Parquet file as text, each with its line, never more of them than are needed."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import phrase
from tools.exchange.encodings import NAMES, NO_TEXT, Encoding, codec_of, detect
from tools.exchange.trouble import Fault

LIST = "\x1f"
"""Stands between the items of a cell that holds a list."""
SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", ",": ",", "\t": "\t", ";": ";", "|": "|"}
TEXTS, BOOKS, PARQUET = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xls", ".ods"), (".parquet", ".pq")
HALVES = re.compile("[\ud800-\udfff]")
ROWS_AT_ONCE = 10_000
BLOCK = 1024 * 1024


class FileFormat(Frozen):
    """How the file is written, where that is not to be found out from the file."""

    encoding: str | None = None
    """utf-8 or cp932 (Shift_JIS)."""
    separator: str | None = None
    """comma, tab, semicolon or pipe."""
    sheet: str | int | None = None
    """The name of a sheet, or its number from 1."""
    header: int = 1
    """The line with the names of the columns; what stands above it is passed over."""


class Line(NamedTuple):
    """One row: the line in which it begins, its cells, and what is wrong with the row as a whole."""

    number: int
    cells: Sequence[str]
    fault: Fault | None = None


class Table(Protocol):
    """A file that is read from the beginning, as often as one likes."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def total(self) -> int:
        """About how many rows there are."""
        ...

    @property
    def told(self) -> str:
        """How the file is read: encoding and separator, or the sheet."""
        ...

    def lines(self) -> Iterator[Line]:
        """Every row behind the header."""
        ...


def open_table(path: Path, how: FileFormat, language: str = "en") -> Table:
    """The table in a file; raises Malformed where there is none or it is of a kind that nobody reads."""
    if not path.is_file():
        raise Malformed("FILE", str(path), "there is no such file.")
    kind = path.suffix.lower()
    if kind in TEXTS:
        return TextTable(path, how)
    if kind in BOOKS:
        return FrameTable(_sheet(path, how), "Excel", how.header)
    if kind in PARQUET:
        return ParquetTable(path)
    known = ", ".join((*TEXTS, *BOOKS, *PARQUET))
    raise Malformed(
        "FILE",
        path.name,
        phrase(language, ja=f"読める形式は {known} です。", en=f"files that can be read end in {known}."),
    )


def fingerprint(path: Path) -> tuple[str, int]:
    """What tells a file from every other, and how many line feeds it has."""
    digest, feeds = sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            feeds += block.count(b"\n")
    return digest.hexdigest(), feeds


class TextTable:
    """A CSV file; bytes that its encoding does not have are kept as such and make a fault of their row."""

    def __init__(self, path: Path, how: FileFormat) -> None:
        self.path, self.how = path, how
        self.looks = detect(path).encoding
        self.encoding = _encoding(how.encoding) if how.encoding else self.looks
        self.separator = _separator(how.separator) if how.separator else self._guess()
        first = next(self._rows(), None)
        self.header = tuple(_clean(name) for name in first.cells) if first else ()
        self.total = max(fingerprint(path)[1] - how.header + (1 if not _ends_in_feed(path) else 0), 0)

    @property
    def told(self) -> str:
        """Encoding and separator."""
        name = next(name for name in ("comma", "tab", "semicolon", "pipe") if SEPARATORS[name] == self.separator)
        return f"{'Shift_JIS (CP932)' if self.encoding == 'cp932' else self.encoding.upper()}, {name}"

    def lines(self) -> Iterator[Line]:
        """Every row behind the header that is not empty."""
        rows = self._rows()
        next(rows, None)
        width = len(self.header)
        for row in rows:
            if row.fault is None and not any(cell.strip() for cell in row.cells):
                continue
            yield row if row.fault or len(row.cells) == width else _ragged(row, width)

    def _rows(self) -> Iterator[Line]:
        """The header and everything behind it."""
        with self.path.open(encoding=codec_of(self.encoding), errors="surrogateescape", newline="") as file:
            above = 0
            for _ in range(self.how.header - 1):
                above += bool(file.readline())
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            while True:
                number = above + reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Line(number, (), _broken(number, str(error)))
                    continue
                yield _checked(number, cells, self.encoding)

    def _guess(self) -> str:
        """The sign that stands most often in the header outside quotes."""
        with self.path.open(encoding=codec_of(self.encoding), errors="replace", newline="") as file:
            for _ in range(self.how.header - 1):
                file.readline()
            plain = "".join(file.readline(BLOCK).split('"')[::2])
        return max((",", "\t", ";", "|"), key=plain.count)


class FrameTable:
    """A sheet of a workbook, every cell as text; formulas count as what they came to."""

    def __init__(self, frame: pl.DataFrame, told: str, header: int) -> None:
        self.frame, self.told, self.skip = frame, told, header
        first = frame.row(header - 1) if frame.height >= header else ()
        self.header = tuple(_clean(str(cell)) if cell is not None else "" for cell in first)
        while self.header and not self.header[-1]:
            self.header = self.header[:-1]
        self.total = max(frame.height - header, 0)

    def lines(self) -> Iterator[Line]:
        """Every row behind the header that is not empty."""
        width = len(self.header)
        for number, row in enumerate(self.frame.slice(self.skip).iter_rows(), self.skip + 1):
            cells = ["" if cell is None else _day(str(cell)) for cell in row]
            if any(cells):
                extra = next((cell for cell in cells[width:] if cell), None)
                yield _ragged(Line(number, cells), width) if extra else _checked(number, cells[:width], None)


class ParquetTable:
    """A Parquet file, read a part at a time; its values become text as people write them."""

    told = "Parquet"

    def __init__(self, path: Path) -> None:
        try:
            self.scan = pl.scan_parquet(path)
            self.header = tuple(self.scan.collect_schema().names())
            self.total = int(self.scan.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(path, error) from error

    def lines(self) -> Iterator[Line]:
        """Every row that is not empty; the first is line 1."""
        for start in range(0, self.total, ROWS_AT_ONCE):
            rows = self.scan.slice(start, ROWS_AT_ONCE).collect().iter_rows()
            for number, row in enumerate(rows, start + 1):
                cells = [_text(value) for value in row]
                if any(cells):
                    yield _checked(number, cells, None)


def _sheet(path: Path, how: FileFormat) -> pl.DataFrame:
    try:
        import fastexcel
    except ImportError:
        raise Malformed("FILE", path.name, "Excel needs the extra 'bulk': pip install 'tact[bulk]'.") from None
    try:
        book = fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise _unreadable(path, error) from error
    names = list(book.sheet_names)
    chosen = how.sheet if isinstance(how.sheet, str) else names[min((how.sheet or 1), len(names)) - 1]
    if chosen not in names or (isinstance(how.sheet, int) and not 1 <= how.sheet <= len(names)):
        raise Malformed("file.sheet", how.sheet, f"the workbook has the sheets {', '.join(map(repr, names))}.")
    frame: pl.DataFrame = book.load_sheet(chosen, header_row=None, skip_rows=0, dtypes="string").to_polars()
    return frame


def _unreadable(path: Path, error: Exception) -> Malformed:
    why = " ".join(str(error).split())[:200]
    return Malformed("FILE", path.name, f"it cannot be opened ({why}). Export it again; it may be cut off.")


def _encoding(name: str) -> Encoding:
    found = NAMES.get(name.strip().lower())
    if found is None:
        raise Malformed("file.encoding", name, "write utf-8, cp932 (Shift_JIS), utf-16 or euc-jp.")
    return found


def _separator(name: str) -> str:
    found = SEPARATORS.get(name.strip().lower() or name)
    if found is None:
        raise Malformed("file.separator", name, "write comma, tab, semicolon or pipe.")
    return found


def _ends_in_feed(path: Path) -> bool:
    with path.open("rb") as file, suppress(OSError):
        file.seek(-1, 2)
        return file.read() == b"\n"
    return True


def _clean(name: str) -> str:
    """The name of a column without spaces around it and line breaks inside."""
    return " ".join(name.replace("\u3000", " ").split())


def _day(cell: str) -> str:
    """A date that Excel gives a midnight is a date."""
    return cell[:10] if cell.endswith(" 00:00:00") and len(cell) == 19 else cell


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return LIST.join(_text(one) for one in value)
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _checked(number: int, cells: Sequence[str], encoding: str | None) -> Line:
    """The row, refused where a cell holds bytes that are no text."""
    strange = NO_TEXT if encoding == "cp932" else HALVES
    for place, cell in enumerate(cells, 1):
        if not cell.isascii() and strange.search(cell):
            shown = cell.encode("utf-8", "replace").decode()
            fault = Fault(
                number,
                f"#{place}",
                shown,
                f"{encoding or 'Unicode'} として読めない文字があります。文字コードを指定するか、セルを直してください。",
                f"some bytes are not {encoding or 'Unicode'}. Give the right encoding, or correct this cell.",
            )
            return Line(number, cells, fault)
        if "\0" in cell:
            fault = Fault(
                number,
                f"#{place}",
                cell.replace("\0", "␀"),
                "NUL文字があります。取り除いてください。",
                "it holds a NUL character. Remove it.",
            )
            return Line(number, cells, fault)
    return Line(number, cells)


def _ragged(row: Line, width: int) -> Line:
    fault = Fault(
        row.number,
        "",
        "",
        f"列が{len(row.cells)}個ありますが、見出しは{width}個です。引用符と区切り文字を確かめてください。",
        f"it has {len(row.cells)} cells, the header has {width}. Look at its quotes and separators.",
    )
    return row._replace(fault=fault)


def _broken(number: int, why: str) -> Fault:
    return Fault(
        number,
        "",
        "",
        f"行を読めません（{why}）。引用符が閉じているか、ファイルが途中で切れていないか確かめてください。",
        f"the row cannot be read ({why}). Check that its quotes are closed and that the file is not cut off.",
    )
