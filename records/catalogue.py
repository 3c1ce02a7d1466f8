"""The catalogue: every offer as a document; each change moves its version, so that readers know when to look again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select

from domain.clock import to_micros
from domain.offer import Offer
from records import schema, versions
from records.connection import Connection
from records.statement import insert_or_update, prepare

table = schema.offers

PUT = insert_or_update(table)
REMOVE = prepare(delete(table).where(table.c.id == bindparam("key")))
GET = prepare(select(table.c.document).where(table.c.id == bindparam("id")))
ALL = prepare(select(table.c.document).order_by(table.c.id))
IDS = prepare(select(table.c.id).order_by(table.c.id))
PAGE = prepare(
    select(table.c.document).where(table.c.id > bindparam("after")).order_by(table.c.id).limit(bindparam("most"))
)
MANY_OFFERS = TypeAdapter(list[Offer])


def upsert(c: Connection, offers: Iterable[Offer], now: datetime) -> int:
    """Writes offers whole and answers with the new version of the catalogue."""
    at = to_micros(now)
    rows = [{"id": one.id, "document": one.model_dump_json(), "updated_at": at} for one in offers]
    c.many(PUT, rows)
    return version(c) if not rows else versions.bump(c, "catalogue")


def remove(c: Connection, offer_id: str) -> bool:
    """Takes an offer out and says whether it was there."""
    gone = c.run(REMOVE, key=offer_id) > 0
    if gone:
        versions.bump(c, "catalogue")
    return gone


def offer(c: Connection, offer_id: str) -> Offer | None:
    """One offer, None where there is none."""
    row = c.one(GET, id=offer_id)
    return None if row is None else Offer.model_validate_json(row[0])


def all_offers(c: Connection) -> list[Offer]:
    """Every offer, in the order of their ids."""
    return _read([row[0] for row in c.all(ALL)])


def ids(c: Connection) -> list[str]:
    """The id of every offer, in order."""
    return [row[0] for row in c.all(IDS)]


def page(c: Connection, limit: int, after: str = "") -> list[Offer]:
    """The offers behind the id `after`, in the order of their ids."""
    return _read([row[0] for row in c.all(PAGE, after=after, most=limit)])


def version(c: Connection) -> int:
    """The number that every change of the catalogue moves."""
    return versions.current(c, "catalogue")


def _read(documents: Sequence[str]) -> list[Offer]:
    return MANY_OFFERS.validate_json("[" + ",".join(documents) + "]")
