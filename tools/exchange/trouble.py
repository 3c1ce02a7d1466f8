"""Trouble: what is wrong with a row or a cell of somebody's table, in both languages, ending in what to do."""

from typing import Literal, NamedTuple

from domain.errors import shortened
from domain.language import phrase

Grade = Literal["error", "notice"]


class Trouble(ValueError):
    """Raised while a cell is read; the sentence ends in what to do."""

    def __init__(self, *, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja, self.en = ja, en


class Fault(NamedTuple):
    """One cell that could not be used, or one row: a notice is written all the same, an error is not."""

    line: int
    column: str
    value: str
    ja: str
    en: str
    grade: Grade = "error"

    def say(self, language: str) -> str:
        """The fault as one sentence with its line."""
        quoted = f" {shortened(self.value, 40)}" if self.value else ""
        place = f"{self.column}{quoted}" if self.column else quoted.strip()
        where = phrase(language, ja=f"{self.line}行目", en=f"line {self.line}")
        said = phrase(language, ja=self.ja, en=self.en)
        return f"{where}{phrase(language, ja='、', en=', ')}{place}: {said}" if place else f"{where}: {said}"


def of_cell(line: int, column: str, value: str, trouble: Trouble) -> Fault:
    """The fault that a cell makes."""
    return Fault(line, column, value, trouble.ja, trouble.en)
