"""Imports: how far each source has come, kept in the same transaction as the rows that brought it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from domain.clock import from_micros, to_micros
from domain.contact import Contact
from domain.errors import Refused
from records.connection import Connection, Row
from records.contacts import PUT as PUT_CONTACT
from records.contacts import contact_row
from records.schema import imports, versions
from records.statement import insert_new, insert_or_update, prepare

COLUMNS = (
    imports.c.step,
    imports.c.position,
    imports.c.offset_days,
    imports.c.started_at,
    imports.c.finished_at,
)
FIND = prepare(select(*COLUMNS).where(imports.c.source == bindparam("source")))
BEGIN = insert_new(imports)
ADVANCE = prepare(
    update(imports)
    .where(imports.c.source == bindparam("from_source"))
    .where(imports.c.step == bindparam("from_step"))
    .where(imports.c.position == bindparam("from_position"))
    .values(step=bindparam("step"), position=bindparam("position"))
)
FINISH = prepare(
    update(imports).where(imports.c.source == bindparam("from_source")).values(finished_at=bindparam("finished_at"))
)
FORGET = prepare(delete(imports).where(imports.c.source == bindparam("source")))
COUNTS = prepare(select(versions.c.name, versions.c.value).where(versions.c.name.startswith(bindparam("prefix"))))
PUT_COUNT = insert_or_update(versions)


@dataclass(frozen=True, slots=True)
class Import:
    """One source: everything before `position` of `step`, and every earlier step, is in the database."""

    source: str
    step: str
    position: int
    offset_days: int
    started_at: datetime
    finished_at: datetime | None


def find(c: Connection, source: str) -> Import | None:
    """How far `source` has come, None where it was never begun."""
    row = c.one(FIND, source=source)
    return _import(source, row) if row else None


def begin(c: Connection, source: str, step: str, offset_days: int, now: datetime) -> Import:
    """Begins `source` at `step`, or finds what an earlier run left: its offset and its start stay as they were."""
    c.run(
        BEGIN,
        source=source,
        step=step,
        position=0,
        offset_days=offset_days,
        started_at=to_micros(now),
        finished_at=None,
    )
    row = c.one(FIND, source=source)
    if row is None:
        raise Refused(f"The import of {source!r} cannot begin: another process has just ended it. Start again.")
    return _import(source, row)


def advance(c: Connection, source: str, at: tuple[str, int], to: tuple[str, int]) -> None:
    """Moves `source` on; call it first in the transaction, so that of two imports at once only one goes on."""
    params = {"from_source": source, "from_step": at[0], "from_position": at[1], "step": to[0], "position": to[1]}
    if c.run(ADVANCE, **params) != 1:
        raise Refused(f"Another process imports {source!r} too and is further. Let it finish, then start again.")


def finish(c: Connection, source: str, counts: Mapping[str, int], now: datetime) -> None:
    """Marks `source` as complete, with what it holds by noun."""
    c.run(FINISH, from_source=source, finished_at=to_micros(now))
    c.many(PUT_COUNT, [{"name": f"{_prefix(source)}{noun}", "value": count} for noun, count in counts.items()])


def count(c: Connection, source: str, counts: Mapping[str, int]) -> None:
    """Notes what `source` holds so far, by noun."""
    c.many(PUT_COUNT, [{"name": f"{_prefix(source)}{noun}", "value": value} for noun, value in counts.items()])


def counts(c: Connection, source: str) -> Mapping[str, int]:
    """What a complete `source` holds, by noun."""
    prefix = _prefix(source)
    return {name.removeprefix(prefix): value for name, value in c.all(COUNTS, prefix=prefix)}


def forget(c: Connection, source: str) -> None:
    """Lets the next import of `source` begin anew; the rows stay and are written over."""
    c.run(FORGET, source=source)


def put_contacts(c: Connection, contacts: Iterable[tuple[str, Contact]]) -> None:
    """Writes messages that other systems sent before us, by customer; a contact without an id gets one of its own."""
    c.many(
        PUT_CONTACT,
        [
            contact_row(one.decision_id or f"{customer_id}:{one.channel}:{to_micros(one.at)}", customer_id, one)
            for customer_id, one in contacts
        ],
    )


def _prefix(source: str) -> str:
    return f"import/{source}/"


def _import(source: str, row: Row) -> Import:
    step, position, offset_days, started_at, finished_at = row
    ended = None if finished_at is None else from_micros(finished_at)
    return Import(source, step, position, offset_days, from_micros(started_at), ended)
