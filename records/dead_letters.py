"""Dead letters: events that could not be used, kept with field and reason until somebody replays or drops them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, Text, bindparam, cast, func, or_, select, update

from domain.arrival import Refusal
from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Refused
from records import schema
from records.connection import Connection, Row
from records.statement import insert_new_without, prepare

table = schema.dead_letters

Status = Literal["waiting", "replayed", "dropped"]

ADD = insert_new_without(table, "seq")
STATUS = cast(bindparam("status"), Text)
GET = prepare(select(*table.c).where(table.c.seq == bindparam("seq")))
PAGE = prepare(
    select(*table.c)
    .where(or_(STATUS == "", table.c.status == STATUS), table.c.seq > bindparam("after", type_=BigInteger))
    .order_by(table.c.seq)
    .limit(bindparam("most"))
)
SETTLE = prepare(
    update(table)
    .where(table.c.seq == bindparam("key"), table.c.status == "waiting")
    .values(status=bindparam("next"), decided_by=bindparam("by"), decided_at=bindparam("now", type_=BigInteger))
)
BLAME = prepare(
    update(table)
    .where(table.c.seq == bindparam("key"), table.c.status == "waiting")
    .values(field=bindparam("part"), reason=bindparam("why"))
)
WAITING = prepare(select(func.count()).select_from(table).where(table.c.status == "waiting"))


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One event that could not be used; `document` is the event as it came, in JSON."""

    seq: int
    received_at: datetime
    source: str
    type: str | None
    message_id: str | None
    field: str
    reason: str
    document: str
    status: Status
    decided_by: str | None = None
    decided_at: datetime | None = None


def keep(c: Connection, refusals: Sequence[Refusal], received_at: datetime) -> int:
    """Keeps what could not be used and says how much of it is new: a request that is sent again adds nothing."""
    if not refusals:
        return 0
    rows = [
        {
            "received_at": to_micros(received_at),
            "source": one.source,
            "type": one.type,
            "message_id": one.message_id,
            "field": one.field,
            "reason": one.reason,
            "document": one.document,
            "digest": digest(one),
            "status": "waiting",
            "decided_by": None,
            "decided_at": None,
        }
        for one in refusals
    ]
    return c.many(ADD, rows)


def digest(one: Refusal) -> str:
    """What makes a dead letter the same as another: who sent it, its id or else its content, and what is wrong."""
    content = one.message_id
    if content is None:
        found = json.loads(one.document)
        if isinstance(found, dict):
            found.pop("sentAt", None)
        content = json.dumps(found, sort_keys=True)
    named = "\0".join((one.source, content, one.field))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def get(c: Connection, seq: int) -> DeadLetter:
    """The dead letter of that number; raises NotFound."""
    row = c.one(GET, seq=seq)
    if row is None:
        raise NotFound("dead letter", str(seq))
    return _read(row)


def page(c: Connection, most: int, status: Status | Literal[""] = "waiting", after: int = 0) -> list[DeadLetter]:
    """Dead letters of one status, or of any, the oldest first."""
    return [_read(row) for row in c.all(PAGE, status=status, after=after, most=most)]


def settle(c: Connection, seq: int, status: Status, by: str, now: datetime) -> None:
    """Notes what became of one that waits; raises NotFound, or Refused where it waits no more."""
    if not c.run(SETTLE, key=seq, next=status, by=by, now=to_micros(now)):
        stands = get(c, seq)
        raise Refused(f"The dead letter {seq} was {stands.status} by {stands.decided_by!r}. Nothing was changed.")


def blame(c: Connection, seq: int, field: str, reason: str) -> None:
    """Notes why one could not be replayed either; it goes on waiting."""
    c.run(BLAME, key=seq, part=field, why=reason)


def waiting(c: Connection) -> int:
    """How many wait."""
    row = c.one(WAITING)
    return int(row[0]) if row else 0


def _read(row: Row) -> DeadLetter:
    seq, received_at, source, type, message_id, field, reason, document, _, status, by, decided_at = row
    at = None if decided_at is None else from_micros(decided_at)
    return DeadLetter(seq, from_micros(received_at), source, type, message_id, field, reason, document, status, by, at)
