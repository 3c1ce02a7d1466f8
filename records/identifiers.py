"""Identifiers: the addresses and numbers by which a customer is known, in one written form each."""

import unicodedata
from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy import bindparam, select

from domain.arrival import is_of_everybody
from domain.customer import IDENTIFIER_KINDS, IdentifierKind
from domain.errors import Malformed
from records import schema
from records.cleansing.emails import email
from records.cleansing.phones import phone
from records.connection import Connection
from records.statement import prepare

LONGEST = 320
WEAK: frozenset[IdentifierKind] = frozenset({"device_id", "anonymous_id"})
"""What names a browser or a device rather than a person: whoever used it last is behind it."""
STRONGEST_FIRST: tuple[IdentifierKind, ...] = ("loyalty_id", "email", "phone", "line_id", "device_id", "anonymous_id")

OWNER = prepare(
    select(schema.identifiers.c.customer_id).where(
        schema.identifiers.c.kind == bindparam("kind"), schema.identifiers.c.value == bindparam("value")
    )
)


def normalised(kind: str, value: str) -> str:
    """The one form under which equal identifiers are equal strings; raises Malformed for what cannot be one."""
    if kind == "email":
        return email(value)
    if kind == "phone":
        return phone(value)
    return unicodedata.normalize("NFKC", value).strip()


def identifying(kind: str, value: JsonValue) -> str:
    """An identifier that a sender names, in its one form; raises Malformed for what names nobody in particular."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or is_of_everybody(value):
        raise Malformed(kind, value, "it names nobody. Leave it out, or give the identifier of one person.")
    if not (written := normalised(kind, value)):
        raise Malformed(kind, value, "it is empty. Leave it out.")
    return written


def compared(kind: str, value: str) -> str:
    """The same for what may be anything: what cannot be an identifier is compared as it stands."""
    try:
        return normalised(kind, value)
    except Malformed:
        return unicodedata.normalize("NFKC", value).strip()


def owner(c: Connection, kind: str, value: str) -> str | None:
    """The id of the customer who has this identifier; nobody has one that cannot be read."""
    try:
        written = normalised(kind, value)
    except Malformed:
        return None
    row = c.one(OWNER, kind=kind, value=written)
    return None if row is None else str(row[0])


def readable(given: Mapping[IdentifierKind, str]) -> dict[IdentifierKind, str]:
    """Those that can be used, in their one form, the one that says most about a person first."""
    found: dict[IdentifierKind, str] = {}
    for kind in STRONGEST_FIRST:
        value = given.get(kind)
        if not value or len(value) > LONGEST:
            continue
        try:
            found[kind] = normalised(kind, value)
        except Malformed:
            continue
    return {kind: value for kind, value in found.items() if value}


assert set(STRONGEST_FIRST) == set(IDENTIFIER_KINDS)
