"""Frames: the whole base in columns, read page by page from one snapshot of the database.

Longer frames name a customer by the number of the row in `customers`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from pydantic_core import from_json
from sqlalchemy import BigInteger, Text, bindparam, null, select

from domain.channel import Purpose
from domain.clock import to_micros
from domain.consent import ANY_PURPOSE, FREQUENCY, WANTS_FEWER
from domain.customer import Customer
from domain.features import LONG_AGO
from domain.together import one_person
from records import consents, contacts, members, profiles, schema
from records.connection import Connection, Row
from records.statement import Statement, prepare

PAGE = 20_000
"""Rows that are read at once."""

WORDS = ("stage", "tier", "gender", "country", "region", "language", "timezone")
MARKS = ("tags", "segments")
CUSTOMERS: Mapping[str, Any] = {
    "id": pl.String,
    **dict.fromkeys(WORDS, pl.Categorical),
    "age": pl.Int64,
    "ordered_at": pl.Int64,
    **dict.fromkeys(MARKS, pl.List(pl.Categorical)),
    "hours": pl.List(pl.UInt32),
}
PROFILE = pl.Struct(
    {
        **dict.fromkeys(("id", *WORDS), pl.String),
        "age": pl.Int64,
        **dict.fromkeys(MARKS, pl.List(pl.String)),
    }
)
HABITS = pl.Struct({"hours": pl.List(pl.UInt32), "orders": pl.Int64, "ordered_at": pl.String})
ATTRIBUTES: Mapping[str, Any] = {
    "row": pl.UInt32,
    "name": pl.String,
    "number": pl.Float64,
    "text": pl.String,
    "truth": pl.Boolean,
}
CONSENTS: Mapping[str, Any] = {
    "customer_id": pl.String,
    "topic": pl.String,
    "purpose": pl.String,
    "granted": pl.Boolean,
}
CONTACTS: Mapping[str, Any] = {
    "customer_id": pl.String,
    **dict.fromkeys(("channel", "purpose", "scene", "offer_id", "offer_category", "offer_kind"), pl.String),
    "decision_id": pl.String,
    "state": pl.String,
    "pushed": pl.Boolean,
    "at": pl.Int64,
}
AFTER, MOST = bindparam("after", type_=Text), bindparam("most", type_=BigInteger)
COLUMNS = (schema.customers.c.id, schema.customers.c.profile)
SURVIVORS = (
    select(*COLUMNS, schema.customers.c.features, schema.customers.c.absorbs)
    .where(schema.customers.c.id > AFTER, schema.customers.c.person_id.is_(None))
    .order_by(schema.customers.c.id)
    .limit(MOST)
)
PEOPLE = prepare(SURVIVORS)
PROFILES = prepare(SURVIVORS.with_only_columns(*COLUMNS, null(), schema.customers.c.absorbs))
LEDGER = prepare(
    select(
        schema.consents.c.seq,
        schema.consents.c.customer_id,
        schema.consents.c.topic,
        schema.consents.c.purpose,
        schema.consents.c.granted,
    )
    .where(schema.consents.c.seq > bindparam("after", type_=BigInteger))
    .order_by(schema.consents.c.seq)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Frames:
    """Every customer, with free attributes, the latest consents, and what was sent or promised since some day."""

    customers: pl.DataFrame
    attributes: pl.DataFrame
    consents: pl.DataFrame
    contacts: pl.DataFrame


def frames(c: Connection, since: datetime) -> Frames:
    """The base as it stands, each person once; contacts before `since` are left out, and so is what was released."""
    customers, attributes = people(c, habits=True)
    rows, merged = customers.select("id").with_row_index("row"), members.joined(c)
    ledger = pl.concat([_frame(page, CONSENTS) for page in _consents(c)])
    latest = ledger.unique(["customer_id", "topic", "purpose"], keep="last", maintain_order=True)
    sent = pl.concat([_frame(page, CONTACTS) for page in _contacts(c, since)])
    if merged:
        latest = _together(c, latest, merged)
        sent = sent.with_columns(pl.col("customer_id").replace(merged))
    return Frames(_wishing(customers, latest), attributes, _numbered(latest, rows), _numbered(sent, rows))


def people(c: Connection, *, habits: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Everybody's profile and free attributes; active hours and the newest order only where habits are asked for."""
    found, attributes, first = [_frame([], CUSTOMERS)], [_frame([], ATTRIBUTES)], 0
    absorbed = profiles.absorbed(c)
    for page in _pages(c, PEOPLE if habits else PROFILES, lambda row: row[0], ""):
        told = pl.Series([_told(absorbed, *row) for row in page], dtype=pl.String)
        features = pl.Series([row[2] for row in page], dtype=pl.String)
        found.append(_profiles(told).with_columns(*_behaved(features, known=habits)).select(*CUSTOMERS))
        attributes.append(_frame(list(_attributes(told.str.json_path_match("$.attributes"), first)), ATTRIBUTES))
        first += len(page)
    return pl.concat(found), pl.concat(attributes)


def _behaved(features: pl.Series, *, known: bool) -> tuple[pl.Series, pl.Series]:
    """Active hours, and when the newest order was: LONG_AGO for never, null where nobody looked or knows."""
    read = features.str.json_decode(HABITS)
    at = read.struct.field("ordered_at").str.to_datetime("%+", time_unit="us", time_zone="UTC").dt.epoch("us")
    hours, none = read.struct.field("hours").fill_null([]), read.struct.field("orders").fill_null(0) == 0
    never = pl.select(pl.when(at.is_null() & none & known).then(LONG_AGO).otherwise(at)).to_series()
    return hours.alias("hours"), never.alias("ordered_at")


def _told(absorbed: Mapping[str, Sequence[Customer]], id: str, profile: str, _: str | None, absorbs: str | None) -> str:
    """The profile, with what absorbed customers say where there are any."""
    if absorbs is None:
        return profile
    return one_person(Customer.model_validate_json(profile), absorbed.get(id, ())).model_dump_json()


def _together(c: Connection, latest: pl.DataFrame, merged: Mapping[str, str]) -> pl.DataFrame:
    """What holds of everybody, people who were merged counted once; of most only the survivor ever said anything."""
    spoke = set(latest["customer_id"]) & set(merged)
    people = sorted({merged[id] for id in spoke})
    alone = latest.filter(~pl.col("customer_id").is_in([*spoke, *people]))
    states = {person: consents.state(c, person) for person in people}
    rows = [(person, *about, granted) for person, state in states.items() for about, granted in state.items()]
    return pl.concat([alone, _frame(rows, CONSENTS)])


def _wishing(customers: pl.DataFrame, latest: pl.DataFrame) -> pl.DataFrame:
    """The customers, with the tag of those who asked to hear from us less."""
    fewer = latest.filter(
        (pl.col("topic") == FREQUENCY) & ~pl.col("granted") & pl.col("purpose").is_in([ANY_PURPOSE, Purpose.MARKETING])
    )["customer_id"]
    if fewer.is_empty():
        return customers
    tagged = pl.concat_list(pl.col("tags").cast(pl.List(pl.String)), pl.lit(WANTS_FEWER)).list.unique()
    asked = pl.col("id").is_in(fewer.cast(pl.String).implode())
    tags = pl.when(asked).then(tagged).otherwise(pl.col("tags").cast(pl.List(pl.String)))
    return customers.with_columns(tags=tags.cast(pl.List(pl.Categorical)))


def _profiles(told: pl.Series) -> pl.DataFrame:
    """The fields of profiles that rules ask about."""
    read = told.str.json_decode(PROFILE).struct.unnest()
    marks = [pl.col(name).fill_null([]).cast(pl.List(pl.Categorical)) for name in MARKS]
    return read.with_columns(*(pl.col(name).cast(pl.Categorical) for name in WORDS), *marks)


def _attributes(told: pl.Series, first: int) -> Iterator[tuple[object, ...]]:
    """Each attribute of a page of customers, under the number of its row, as number, text or truth."""
    for row, document in enumerate(told.to_list(), first):
        named: dict[str, Any] = from_json(document) if document and document != "{}" else {}
        for name, value in named.items():
            if isinstance(value, bool):
                yield row, name, None, None, value
            elif isinstance(value, str):
                yield row, name, None, value, None
            elif value is not None:
                yield row, name, float(value), None, None


def _consents(c: Connection) -> Iterator[list[Row]]:
    yield []
    for page in _pages(c, LEDGER, lambda row: row[0], 0):
        yield [(*row[1:4], bool(row[4])) for row in page]


def _contacts(c: Connection, since: datetime) -> Iterator[list[Row]]:
    yield []
    for page in _pages(c, contacts.PAGE, lambda row: row[7], "", since=to_micros(since)):
        yield [(*row[:9], bool(row[9]), row[10]) for row in page]


def _pages(
    c: Connection, statement: Statement, key: Callable[[Row], Any], after: Any, **more: Any
) -> Iterator[list[Row]]:
    """The rows of a long answer, a page at a time, each beginning behind the last row of the one before."""
    while page := c.all(statement, after=after, most=PAGE, **more):
        yield page
        after = key(page[-1])


def _frame(rows: Sequence[Row | tuple[object, ...]], columns: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=columns, orient="row")


def _numbered(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The frame with the customer's row in the place of the id; what belongs to nobody any more is left out."""
    joined = frame.join(rows, left_on="customer_id", right_on="id", how="inner", maintain_order="left")
    return joined.drop("customer_id")
