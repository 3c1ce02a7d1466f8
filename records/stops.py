"""Stops: the emergency switch; anybody may throw it, and somebody else has to lift it."""

from datetime import datetime

from sqlalchemy import BigInteger, bindparam, select, update

from domain.clock import from_micros, to_micros
from domain.errors import Malformed, NotFound, SecondPerson
from domain.person import same_person
from domain.stop import Stop
from records import schema
from records.connection import Connection
from records.regions import refuse_misspelt
from records.statement import insert_into, prepare

table = schema.stops

ADD = insert_into(table)
ACTIVE = prepare(select(table.c.document).where(table.c.lifted_at.is_(None)).order_by(table.c.at, table.c.id))
SINCE = prepare(
    select(table.c.document, table.c.lifted_at, table.c.lifted_by)
    .where(
        (table.c.at >= bindparam("start", type_=BigInteger))
        | (table.c.lifted_at >= bindparam("start", type_=BigInteger))
    )
    .order_by(table.c.at, table.c.id)
)
GET = prepare(select(table.c.document).where(table.c.id == bindparam("id"), table.c.lifted_at.is_(None)))
LIFT = prepare(
    update(table)
    .where(table.c.id == bindparam("key"), table.c.lifted_at.is_(None))
    .values(lifted_at=bindparam("at", type_=BigInteger), lifted_by=bindparam("by"))
)


def add(c: Connection, stop: Stop) -> None:
    """Puts a stop into force; raises Malformed for one without a reason, or of a region whose name is misspelt."""
    if not stop.reason.strip():
        raise Malformed("reason", stop.reason, "say why: whoever reads the holds, or lifts the stop, needs it.")
    if stop.region is not None:
        refuse_misspelt(c, stop.region)
    c.run(ADD, id=stop.id, document=stop.model_dump_json(), at=to_micros(stop.at), lifted_at=None, lifted_by=None)


def lift(c: Connection, stop_id: str, by: str, now: datetime) -> Stop:
    """Ends a stop that is in force; whoever threw it cannot be the one who lifts it."""
    row = c.one(GET, id=stop_id)
    if row is None:
        raise NotFound("stop in force", stop_id)
    stop = Stop.model_validate_json(row[0])
    if same_person(stop.by, by):
        raise SecondPerson(f"the stop {stop_id!r}", stop.by)
    c.run(LIFT, key=stop_id, at=to_micros(now), by=by)
    return stop


def active(c: Connection) -> tuple[Stop, ...]:
    """The stops in force, oldest first."""
    return tuple(Stop.model_validate_json(row[0]) for row in c.all(ACTIVE))


def since(c: Connection, start: datetime) -> list[tuple[Stop, datetime | None, str | None]]:
    """The stops that were thrown or lifted since then, each with when and by whom it was lifted."""
    rows = c.all(SINCE, start=to_micros(start))
    return [(Stop.model_validate_json(row[0]), from_micros(row[1]) if row[1] else None, row[2]) for row in rows]
