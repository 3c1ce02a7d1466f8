"""Frames from records, as records/frames.py makes them from a database, and one message to many customers."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from domain.clock import to_micros
from domain.customer import Record, Scalar
from policies.columns.base import NO_ATTRIBUTES, NO_CONSENTS, NO_CONTACTS, Base
from policies.facts import Action, Home, Situation, action_of

CUSTOMERS: Mapping[str, Any] = {
    "id": pl.String,
    **dict.fromkeys(("stage", "tier", "gender", "country", "region", "language", "timezone"), pl.Categorical),
    "age": pl.Int64,
    "ordered_at": pl.Int64,
    "tags": pl.List(pl.Categorical),
    "segments": pl.List(pl.Categorical),
}


def base_of(records: Sequence[Record], home: Home, tallies: Mapping[str, Decimal] | None = None) -> Base:
    """The records in columns."""
    return Base(
        customers=pl.DataFrame([_customer(one) for one in records], schema=CUSTOMERS),
        attributes=pl.DataFrame(list(_attributes(records)), schema=NO_ATTRIBUTES.schema, orient="row"),
        consents=pl.DataFrame(list(_consents(records)), schema=NO_CONSENTS.schema, orient="row"),
        contacts=pl.DataFrame(list(_contacts(records)), schema=NO_CONTACTS.schema),
        home=home,
        tallies=tallies,
    )


def _customer(record: Record) -> dict[str, object]:
    one = record.customer
    known = {name: getattr(one, name) for name in CUSTOMERS if name != "ordered_at"}
    return {**known, "ordered_at": record.last_order, "tags": sorted(one.tags), "segments": sorted(one.segments)}


def _attributes(records: Sequence[Record]) -> Iterator[tuple[int, str, float | None, str | None, bool | None]]:
    for row, record in enumerate(records):
        for name, value in record.customer.attributes.items():
            number, text, truth = told_apart(value)
            if (number, text, truth) != (None, None, None):
                yield row, name, number, text, truth


def told_apart(value: Scalar) -> tuple[float | None, str | None, bool | None]:
    """A free attribute as number, text or truth."""
    if isinstance(value, bool):
        return None, None, value
    if isinstance(value, str):
        return None, value, None
    return (float(value) if value is not None else None), None, None


def _consents(records: Sequence[Record]) -> Iterator[tuple[int, str, str, bool]]:
    for row, record in enumerate(records):
        for (topic, purpose), granted in record.consents.items():
            yield row, topic, purpose, granted


def _contacts(records: Sequence[Record]) -> Iterator[dict[str, object]]:
    for row, record in enumerate(records):
        for one in record.contacts:
            known = {name: getattr(one, name) for name in NO_CONTACTS.columns if name not in ("row", "at")}
            yield {"row": row, "at": to_micros(one.at), **known}


def same_message(s: Situation, a: Action) -> Action:
    """The message to somebody else."""
    direction = "inbound" if a.channel == "call" and not a.pushed else None
    return action_of(
        s,
        a.channel,
        a.purpose,
        a.at,
        a.scene,
        a.offer,
        direction,
        language=a.language,
        approved=a.approved,
        sample=a.sample,
        audience_size=a.audience_size,
    )
