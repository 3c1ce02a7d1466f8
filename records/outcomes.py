"""Outcomes over a stretch of time: messages that were decided on, by channel, and asks that ended in silence."""

from datetime import datetime

from sqlalchemy import BigInteger, Text, bindparam, func, select

from domain.channel import Channel
from domain.clock import to_micros
from records import schema
from records.connection import Connection
from records.statement import prepare

table = schema.decisions
Counts = dict[tuple[str, Channel | None], int]

COUNT = prepare(
    select(table.c.outcome, table.c.channel, func.count())
    .where(
        # The id of a decision begins with its time, and only ids have an index over everybody.
        table.c.id >= bindparam("first", type_=Text),
        table.c.id < bindparam("last", type_=Text),
        table.c.at >= bindparam("start", type_=BigInteger),
        table.c.at < bindparam("end", type_=BigInteger),
    )
    .group_by(table.c.outcome, table.c.channel)
    .order_by(table.c.outcome, table.c.channel)
)


def counts(c: Connection, start: datetime, end: datetime) -> Counts:
    """The decisions from `start` up to `end` by outcome and channel."""
    first, last = to_micros(start), to_micros(end)
    found = c.all(COUNT, first=_id(first), last=_id(last + 1000), start=first, end=last)
    return {(str(row[0]), Channel(row[1]) if row[1] else None): int(row[2]) for row in found}


def _id(micros: int) -> str:
    """Where the ids of decisions of that instant begin."""
    return f"d-{micros // 1000:011x}"
