"""One table in every format in which companies send it."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

Rows = Sequence[Sequence[str]]


def as_csv(path: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> Path:
    """A text file; every cell in quotes where it needs them."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: Rows) -> Path:
    """A workbook with one sheet of text."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("会員")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return path


def as_parquet(path: Path, rows: Rows) -> Path:
    """A Parquet file of text."""
    header, *body = rows
    columns = {name: [row[place] or None for row in body] for place, name in enumerate(header)}
    pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String)).write_parquet(path)
    return path


FORMATS: dict[str, Callable[[Path, Rows], Path]] = {
    "utf-8": lambda folder, rows: as_csv(folder / "t.csv", rows),
    "utf-8-sig": lambda folder, rows: as_csv(folder / "b.csv", rows, "utf-8-sig"),
    "cp932": lambda folder, rows: as_csv(folder / "s.csv", rows, "cp932"),
    "utf-16": lambda folder, rows: as_csv(folder / "u.csv", rows, "utf-16"),
    "tabs": lambda folder, rows: as_csv(folder / "t.tsv", rows, "cp932", "\t"),
    "semicolons": lambda folder, rows: as_csv(folder / "c.csv", rows, "utf-8", ";"),
    "xlsx": lambda folder, rows: as_xlsx(folder / "t.xlsx", rows),
    "parquet": lambda folder, rows: as_parquet(folder / "t.parquet", rows),
}
