"""Identifiers: the addresses and numbers by which a customer is known, in one written form each."""

import unicodedata

from sqlalchemy import bindparam, select

from records import schema
from records.connection import Connection
from records.statement import prepare

OWNER = prepare(
    select(schema.identifiers.c.customer_id).where(
        schema.identifiers.c.kind == bindparam("kind"), schema.identifiers.c.value == bindparam("value")
    )
)


def normalised(kind: str, value: str) -> str:
    """The one form under which equal identifiers are equal strings."""
    plain = unicodedata.normalize("NFKC", value).strip()
    if kind == "email":
        return plain.lower()
    if kind == "phone":
        return plain[: plain.startswith("+")] + "".join(digit for digit in plain if digit in "0123456789")
    return plain


def owner(c: Connection, kind: str, value: str) -> str | None:
    """The id of the customer who has this identifier."""
    row = c.one(OWNER, kind=kind, value=normalised(kind, value))
    return None if row is None else str(row[0])
