"""What all tables share: their list, and the columns that most of them have."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, MetaData, Text, column

REVISION = "0009"
"""The migration that this code needs; compared with the stored one before alembic is even imported."""

metadata = MetaData()

# SQLite counts rows by itself only in a column declared INTEGER.
Sequence = BigInteger().with_variant(Integer, "sqlite")


def required(name: str, kind: type[Text | BigInteger | Boolean | Float[float] | LargeBinary]) -> Column[object]:
    """A column that always has a value."""
    return Column(name, kind, nullable=False)


def key(name: str, kind: type[Text | BigInteger] = Text) -> Column[object]:
    """A column of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def where_known(name: str) -> dict[str, Any]:
    """Leaves the rows out of an index in which the column says nothing."""
    known = column(name).is_not(None)
    return {"sqlite_where": known, "postgresql_where": known}
