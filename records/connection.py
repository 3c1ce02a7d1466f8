"""A connection inside one transaction: both drivers behind four verbs."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from domain.errors import Malformed
from records.statement import Statement

Dialect = Literal["sqlite", "postgresql"]
Row = tuple[Any, ...]
"""A row as the driver gives it: the columns in the order of the statement."""


class Connection(Protocol):
    """One open transaction; valid only inside the `work` that was given it."""

    @property
    def dialect(self) -> Dialect: ...

    def all(self, statement: Statement, /, **params: Any) -> list[Row]:
        """Every row of the answer."""
        ...

    def one(self, statement: Statement, /, **params: Any) -> Row | None:
        """The first row of the answer, None where there is none."""
        ...

    def run(self, statement: Statement, /, **params: Any) -> int:
        """Changes rows and says how many."""
        ...

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]], /) -> int:
        """Runs the statement once for each of `rows` and says how many rows changed in all."""
        ...


def unstorable(error: UnicodeEncodeError) -> Malformed:
    """A text that no database takes, as an error that shows it."""
    return Malformed("text", error.object, "it holds half of a surrogate pair. Send valid Unicode.")
