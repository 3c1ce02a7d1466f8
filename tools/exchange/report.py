"""The report of a load: every row that was not written and every notice, as a CSV that opens in Excel."""

import csv
from collections.abc import Iterable
from pathlib import Path

from domain.errors import Malformed
from domain.language import phrase
from tools.exchange.guarding import guarded
from tools.exchange.trouble import Fault

HEADERS = ("file", "line", "column", "value", "grade", "what to do")


class ErrorReport:
    """Appended to chunk by chunk; after a stop it goes on behind the rows that are in the database."""

    def __init__(self, path: Path, file: str, language: str) -> None:
        self.path, self.file, self.language = path, file, language

    def begin(self, last: int) -> None:
        """Keeps what an earlier run noted up to line `last`, and nothing behind it; 0 begins anew."""
        kept = self._kept(last) if last and self.path.is_file() else []
        try:
            with self.path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([HEADERS, *kept])
        except OSError as error:
            why = f"it cannot be written ({error.strerror}). Give another place with --errors."
            raise Malformed("--errors", str(self.path), why) from error

    def _kept(self, last: int) -> list[list[str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file) if len(row) == len(HEADERS) and _before(row[1], last)]

    def add(self, faults: Iterable[Fault]) -> None:
        """Writes faults behind the others."""
        rows = [
            (
                self.file,
                one.line,
                guarded(one.column),
                guarded(one.value),
                one.grade,
                phrase(self.language, ja=one.ja, en=one.en),
            )
            for one in faults
        ]
        if rows:
            with self.path.open("a", encoding="utf-8", newline="", errors="backslashreplace") as file:
                csv.writer(file).writerows(rows)


def _before(line: str, last: int) -> bool:
    return line.isdigit() and int(line) <= last
