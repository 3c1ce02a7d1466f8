"""Sheets: rows of text written as CSV, Excel or Parquet, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from domain.errors import Malformed
from tools.exchange.encodings import NAMES
from tools.exchange.guarding import guarded

MARK = "〓"
"""Stands for a character that the encoding does not have, as Japanese printers have always shown it."""
MOST_TOLD = 20
KINDS = (".csv", ".xlsx", ".parquet")


class Lacking(NamedTuple):
    """A cell with characters that the encoding does not have."""

    row: int
    column: str
    characters: str


class Written(NamedTuple):
    """How many rows were written, and the cells in which characters had to be replaced."""

    rows: int
    lacking: tuple[Lacking, ...] = ()
    replaced: int = 0


def writable(path: Path, encoding: str) -> None:
    """Raises Malformed where no sheet can be written there in that way."""
    if path.suffix.lower() not in KINDS:
        raise Malformed("--out", path.name, f"files end in {', '.join(KINDS)}.")
    if encoding.lower() not in NAMES:
        raise Malformed("--encoding", encoding, "write utf-8 or cp932 (Shift_JIS).")
    if not path.parent.is_dir():
        raise Malformed("--out", str(path), "there is no such folder.")


def write_sheet(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8", *, raw: bool = False
) -> Written:
    """Writes a sheet in one piece: under the name stands the old file or the whole new one."""
    writable(path, encoding)
    beside = path.with_name(f".{path.name}.part")
    kind = path.suffix.lower()
    try:
        if kind == ".csv":
            done = _csv(beside, header, rows, encoding, raw)
        elif kind == ".xlsx":
            done = _workbook(beside, header, rows)
        else:
            done = _parquet(beside, header, rows)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return done


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str, raw: bool) -> Written:
    codec = NAMES[encoding.lower()]
    count, replaced, lacking = 0, 0, list[Lacking]()
    with path.open("w", encoding="utf-8-sig" if codec == "utf-8" else codec, newline="") as file:
        out = csv.writer(file)
        out.writerow([_fitting(name, codec)[0] for name in header])
        for count, row in enumerate(rows, 1):
            cells = []
            for name, cell in zip(header, row, strict=True):
                fitting, missing = _fitting(cell if raw else guarded(cell), codec)
                cells.append(fitting)
                replaced += bool(missing)
                if missing and len(lacking) < MOST_TOLD:
                    lacking.append(Lacking(count, name, missing))
            out.writerow(cells)
    return Written(count, tuple(lacking), replaced)


def _fitting(cell: str, codec: str) -> tuple[str, str]:
    """The cell as the encoding can hold it, and the characters that it does not have."""
    if cell.isascii() or codec.startswith("utf"):
        return cell, ""
    missing = "".join(dict.fromkeys(sign for sign in cell if not _has(sign, codec)))
    for sign in missing:
        cell = cell.replace(sign, MARK)
    return cell, missing


def _has(sign: str, codec: str) -> bool:
    try:
        sign.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Every cell as text: leading zeros stay, and nothing becomes a formula."""
    try:
        import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
    except ImportError:
        raise Malformed("--out", path.name, "Excel needs the extra 'bulk': pip install 'tact[bulk]'.") from None
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet, count = book.add_worksheet("audience"), 0
    for place, name in enumerate(header):
        sheet.write_string(0, place, name)
    for count, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(count, place, cell)
    book.close()
    return Written(count)


def _parquet(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(header, pl.String), orient="row")
    frame.write_parquet(path)
    return Written(frame.height)
