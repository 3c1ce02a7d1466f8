"""A mapping: which column of somebody's table is which field of ours, as one document that people write."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from domain.frozen import Frozen
from domain.slip import Slip
from tools.exchange import cells
from tools.exchange.fields import Kind
from tools.exchange.tables import FileFormat

Reads = Literal["text", "number", "money", "date", "datetime", "flag", "list", "phone", "postcode"]
READERS: Mapping[Reads, cells.Reader] = {
    "text": cells.text,
    "number": cells.number,
    "money": cells.money,
    "date": cells.day,
    "datetime": cells.instant,
    "flag": cells.flag,
    "list": cells.words,
    "phone": cells.phone,
    "postcode": cells.postcode,
}
EVIDENCE = ("evidence.method", "evidence.source", "evidence.at")


def as_text(given: object) -> object:
    """A value as the cell in which it would stand."""
    if given is None:
        raise Slip(
            ja="値がありません。書き足すか、行ごと消してください", en="there is no value. Write one, or remove the line"
        )
    if isinstance(given, bool):
        return "true" if given else "false"
    return str(given) if isinstance(given, int | float) else given


Said = Annotated[str, BeforeValidator(as_text)]


class Column(Frozen):
    """What becomes of one column."""

    to: str | None = None
    into: tuple[str, ...] = ()
    """Several fields: the cell is cut at `split`."""
    reads: Reads | None = None
    """How a field of one's own is read; text where nothing is said."""
    values: Mapping[str, Said] = Field(default_factory=dict)
    """What stands in the cells, and what it means."""
    format: str | None = None
    """A date as in strptime, such as %d.%m.%Y."""
    split: str | None = Field(None, min_length=1)
    """The sign between several values."""
    pad: int | None = Field(None, ge=1, le=64)
    """The length to which zeros are added in front: for numbers that a spreadsheet shortened."""
    prefix: str = ""
    """What is set in front."""


class Joined(Frozen):
    """One field from several columns."""

    columns: tuple[str, ...] = Field(min_length=2)
    with_: str = Field(" ", alias="with")


def _one_word(given: object) -> object:
    return {"to": given} if isinstance(given, str) else given


class LoadMapping(Frozen):
    """How one kind of file is read."""

    as_: Kind | None = Field(None, alias="as")
    file: FileFormat = FileFormat()
    mode: Literal["merge", "replace"] = "merge"
    """merge: what the file does not say stays as it is; replace: what it does not say is no longer known."""
    bad_cells: Literal["row", "cell"] = "row"
    """row: a cell that cannot be read keeps its row out; cell: it is left out alone, with a notice."""
    identify: str = "id"
    """The identifier by which a customer is found."""
    language: str | None = None
    country: str | None = Field(None, pattern="^[A-Z]{2}$")
    timezone: str | None = None
    columns: Mapping[str, Annotated[Column, BeforeValidator(_one_word)]] = Field(default_factory=dict)
    joined: Mapping[str, Joined] = Field(default_factory=dict)
    constants: Mapping[str, Said] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    """Columns that are left out knowingly."""

    def fields(self) -> frozenset[str]:
        """Every field that gets a value from somewhere."""
        told = [field for one in self.columns.values() for field in ((one.to,) if one.to else one.into)]
        return frozenset((*told, *self.joined, *self.constants))
