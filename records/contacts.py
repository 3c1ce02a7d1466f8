"""Contacts: the messages that count towards a customer's caps, one row a promise."""

from datetime import datetime
from functools import lru_cache, reduce
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, literal_column, select, update

from domain.channel import Channel, Purpose
from domain.clock import from_micros, to_micros
from domain.contact import Contact, ContactState
from records import schema
from records.connection import Connection
from records.statement import insert_into, insert_or_update, prepare

table = schema.contacts

ADD = insert_into(table, "reason", "released_at")
PUT = insert_or_update(table)
RELEASE = prepare(
    update(table)
    .where(table.c.decision_id == bindparam("key"), table.c.state != "released")
    .values(state="released", reason=bindparam("why"), released_at=bindparam("when", type_=BigInteger))
)

COLUMNS = (
    table.c.channel,
    table.c.purpose,
    table.c.scene,
    table.c.offer_id,
    table.c.offer_category,
    table.c.offer_kind,
    table.c.decision_id,
    table.c.state,
    table.c.pushed,
    table.c.at,
)
"""What read() takes, in its order."""

# The kind of an offer is any text, also one with spaces: it stands last, and nothing may be put behind it.
KEYWORDS: tuple[ColumnElement[str], ...] = (
    table.c.channel,
    table.c.purpose,
    table.c.state,
    func.coalesce(table.c.offer_kind, literal_column("''")),
)
PACKED = (
    reduce(lambda told, word: told.concat(literal_column("' '")).concat(word), KEYWORDS),
    table.c.scene,
    table.c.offer_id,
    table.c.offer_category,
    table.c.decision_id,
    table.c.pushed,
    table.c.at,
)
"""What unpacked() takes, in its order: KEYWORDS as one text, split at the first spaces, since only its last has any."""

PURPOSE = prepare(select(table.c.purpose).where(table.c.decision_id == bindparam("key")))
PAGE = prepare(
    select(table.c.customer_id, *COLUMNS)
    .where(
        table.c.decision_id > bindparam("after"),
        table.c.at >= bindparam("since", type_=BigInteger),
        table.c.state != "released",
    )
    .order_by(table.c.decision_id)
    .limit(bindparam("most"))
)


def add(c: Connection, decision_id: str, customer_id: str, contact: Contact) -> None:
    """Writes what a new decision promises."""
    c.run(ADD, **_promised(decision_id, customer_id, contact))


def put(c: Connection, decision_id: str, customer_id: str, contact: Contact) -> None:
    """Writes what a decision promises, over what it promised before."""
    c.run(PUT, **contact_row(decision_id, customer_id, contact))


def contact_row(decision_id: str, customer_id: str, contact: Contact) -> dict[str, Any]:
    """A promise as it is counted."""
    return {**_promised(decision_id, customer_id, contact), "reason": None, "released_at": None}


def _promised(decision_id: str, customer_id: str, contact: Contact) -> dict[str, Any]:
    # From the dict that holds them: an attribute of a validated value costs six times as much.
    said = {**contact.__dict__, "decision_id": decision_id, "customer_id": customer_id}
    said["channel"], said["purpose"], said["at"] = str(said["channel"]), str(said["purpose"]), to_micros(said["at"])
    return said


def release(c: Connection, decision_id: str, reason: str, now: datetime) -> bool:
    """Lets a promise count no more and says whether it counted until now."""
    return c.run(RELEASE, key=decision_id, why=reason, when=to_micros(now)) > 0


def purpose_of(c: Connection, decision_id: str) -> str | None:
    """What a message was promised for, None where none was."""
    row = c.one(PURPOSE, key=decision_id)
    return None if row is None else str(row[0])


def page(c: Connection, since: datetime | None, most: int, after: str = "") -> list[tuple[str, Contact]]:
    """Messages to anybody that still count, each with its customer, in the order of decision ids behind `after`."""
    rows = c.all(PAGE, since=0 if since is None else to_micros(since), most=most, after=after)
    return [(row[0], contact) for row in rows if (contact := read(tuple(row[1:]))) is not None]


def read(row: tuple[Any, ...]) -> Contact | None:
    """The promise in a row of COLUMNS, None where the row has none."""
    return None if row[7] is None else _contact(*row)


def unpacked(row: tuple[Any, ...]) -> Contact:
    """The promise in a row of PACKED."""
    keywords, scene, offer_id, offer_category, decision_id, pushed, at = row
    channel, purpose, state, offer_kind = keywords.split(" ", len(KEYWORDS) - 1)
    return _contact(
        channel, purpose, scene, offer_id, offer_category, offer_kind or None, decision_id, state, pushed, at
    )


@lru_cache(maxsize=4096)
def _contact(
    channel: str,
    purpose: str,
    scene: str | None,
    offer_id: str | None,
    offer_category: str | None,
    offer_kind: str | None,
    decision_id: str,
    state: ContactState,
    pushed: int,
    at: int,
) -> Contact:
    """The promise that these columns hold; the last ones are kept, as a decision reads each twice."""
    return Contact(
        channel=Channel(channel),
        purpose=Purpose(purpose),
        scene=scene,
        offer_id=offer_id,
        offer_category=offer_category,
        offer_kind=offer_kind,
        decision_id=decision_id,
        state=state,
        pushed=bool(pushed),
        at=from_micros(at),
    )
