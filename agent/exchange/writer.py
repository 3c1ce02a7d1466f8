"""A writer: puts the rows of one chunk into the records, inside one transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from pydantic import BaseModel, JsonValue, ValidationError

from domain.customer import IDENTIFIER_KINDS, IdentifierKind
from domain.errors import Malformed
from domain.told import TOLD
from records import profiles
from records.connection import Connection
from records.identifiers import normalised, owner
from records.identity import Claim
from records.tombstones import forbidden_among
from tools.exchange.cells import Value
from tools.exchange.mapping import LoadMapping
from tools.exchange.rows import Row

Counts = Counter[str]


class Means(NamedTuple):
    """What every writer needs."""

    mapping: LoadMapping
    key: bytes
    """Of the hashes by which we know whom to forget."""
    now: datetime
    today: date
    """In the zone of the deployment."""
    source: str
    """Where the rows come from, in words that names nobody."""


class Writer(Protocol):
    """Writes rows that could be read; what only the records know is noted as faults of their rows."""

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts: ...


def remembered_people(c: Connection, rows: Sequence[Row], means: Means, counts: Counts) -> list[Row]:
    """The rows but those about people whom we were told to forget, which are counted and not kept."""
    buried = forbidden_among(c, means.key, [claim_of(row) for row in rows])
    counts["forgotten"] += len(buried)
    return [row for place, row in enumerate(rows) if place not in buried]


def claim_of(row: Row) -> Claim:
    """Whom a row is about."""
    named = identifiers_of(row)
    anonymous = named.pop("anonymous_id", None)
    return Claim(str(row.values["id"]) if "id" in row.values else None, anonymous, named)


def identifiers_of(row: Row) -> dict[IdentifierKind, str]:
    """The identifiers of a row in the form in which they are kept; one that cannot be used is a notice of the row."""
    found: dict[IdentifierKind, str] = {}
    for kind in IDENTIFIER_KINDS:
        if kind not in row.values:
            continue
        try:
            found[kind] = normalised(kind, str(row.values[kind]))
        except Malformed as error:
            row.fault(kind, ja=f"使えません（{error.why}）", en=error.why)
            del row.values[kind]
    return found


def somebody(c: Connection, row: Row, by: str) -> str | None:
    """The id of the customer of a row, None where nobody is known by what it names."""
    if "id" in row.values and profiles.customer(c, str(row.values["id"])) is not None:
        return str(row.values["id"])
    named = identifiers_of(row)
    first = [kind for kind in named if kind == by]
    return next((found for kind in (*first, *named) if (found := owner(c, kind, named[kind]))), None)


def unknown(row: Row) -> None:
    """Notes that nobody is known by what a row names."""
    shown = next((name for name in ("id", *IDENTIFIER_KINDS) if name in row.values), "id")
    row.fault(
        shown,
        ja="このお客様は登録されていません。先に顧客を読み込んでください。",
        en="nobody is known by this. Load the customers first.",
    )


def note_misfits(row: Row, error: ValidationError) -> None:
    """Notes everything that a noun does not take."""
    for one in error.errors(include_url=False):
        place, most = ".".join(str(piece) for piece in one["loc"]), one.get("ctx", {}).get("max_length")
        if one["type"] == TOLD:
            row.fault(place, ja=one["ctx"]["ja"], en=f"{one['msg']}.")
            continue
        ja = f"長すぎます（{most}文字まで）。" if most else f"使えない値です（{one['msg']}）。"
        row.fault(place, ja=ja, en=f"{one['msg']}. Correct it there.")


def plain(value: Value) -> JsonValue:
    """A value as it stands in a document."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def nested(values: dict[str, Value]) -> dict[str, JsonValue]:
    """Fields with dots in their names as documents inside documents."""
    found: dict[str, JsonValue] = {}
    for name, value in values.items():
        *outer, last = name.split(".")
        place = found
        for piece in outer:
            inner = place.setdefault(piece, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = plain(value)
    return found


def dumped(one: BaseModel) -> dict[str, JsonValue]:
    """A noun as a document."""
    found: dict[str, JsonValue] = one.model_dump(mode="json", exclude_defaults=True)
    return found
