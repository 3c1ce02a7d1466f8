"""Due: scenes that wait for their time, one row for each customer and cause, written with the event that starts them.

A row goes waiting -> taken -> done or cancelled, and back to waiting when it is to be tried again. Its reason says what
became of it, as `kind:detail`: lost:winback, moot:ordered, held:frequency_cap, expired.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import BigInteger, Text, and_, bindparam, case, delete, func, null, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement

from domain.clock import from_micros, to_micros
from domain.errors import NotFound
from domain.journey import Due
from records import schema
from records.connection import Connection
from records.members import members
from records.page import Page, cursor_behind, place
from records.run import Run, State, read, row_of
from records.statement import SQLITE, Statement, prepare

table = schema.due

NOW, AT, ID = bindparam("now", type_=BigInteger), bindparam("until", type_=BigInteger), bindparam("which", type_=Text)
BEHIND = bindparam("behind", type_=BigInteger)
OPEN = or_(table.c.state == "waiting", table.c.state == "taken")


def _starting(dialect: Dialect) -> ClauseElement:
    """One row for each cause; a later event of the same cause moves what waits, and revives what was undone."""
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.columns}
    made = (sqlite.insert(table) if dialect is SQLITE else postgresql.insert(table)).inline().values(values)
    moved = {name: made.excluded[name] for name in ("at", "document", "planned", "updated_at")}
    undone = and_(table.c.state == "cancelled", table.c.reason.like("undone:%"))
    again = {"state": "waiting", "reason": null(), "wakes": table.c.wakes + case((undone, 1), else_=0)}
    return made.on_conflict_do_update(
        index_elements=["id"],
        set_={**moved, **again},
        where=and_(
            or_(and_(table.c.state == "waiting", table.c.reason.is_(None)), undone), table.c.at < made.excluded.at
        ),
    )


START = Statement(_starting)
OF_CUSTOMER = prepare(
    select(table).where(table.c.customer_id == bindparam("customer_id"), table.c.state == bindparam("state"))
)
NEXT = prepare(
    select(table.c.id, table.c.at, table.c.wakes)
    .where(
        table.c.state == "waiting",
        table.c.planned == bindparam("planned", type_=BigInteger),
        table.c.at <= AT,
        or_(table.c.at > BEHIND, and_(table.c.at == BEHIND, table.c.id > ID)),
    )
    .order_by(table.c.at, table.c.id)
    .limit(bindparam("most", type_=BigInteger))
)
STUCK = prepare(
    select(table).where(table.c.state == "taken", table.c.updated_at < AT).limit(bindparam("most", type_=BigInteger))
)
GET = prepare(select(table).where(table.c.id == ID))
TAKE = prepare(
    update(table)
    .where(table.c.id == ID, table.c.state == "waiting", table.c.at <= NOW)
    .values(state="taken", updated_at=NOW)
)
RETURN = prepare(
    update(table)
    .where(table.c.id == ID, table.c.state == "taken")
    .values(
        state="waiting",
        at=AT,
        reason=bindparam("why", type_=Text),
        attempts=table.c.attempts + bindparam("tries", type_=BigInteger),
        wakes=table.c.wakes + 1,
        updated_at=NOW,
    )
)
WAKE_ANEW = prepare(
    update(table).where(table.c.id == ID, OPEN).values(state="waiting", wakes=table.c.wakes + 1, updated_at=NOW)
)
END = prepare(
    update(table)
    .where(table.c.id == ID, OPEN)
    .values(
        state=bindparam("after", type_=Text),
        reason=bindparam("why", type_=Text),
        decision_id=bindparam("decision", type_=Text),
        updated_at=NOW,
    )
)
PAGE = select(table).where(
    or_(table.c.created_at < NOW, and_(table.c.created_at == NOW, table.c.id < ID)),
    or_(bindparam("state", type_=Text).is_(None), table.c.state == bindparam("state", type_=Text)),
    or_(bindparam("scene", type_=Text).is_(None), table.c.scene == bindparam("scene", type_=Text)),
)
PAGE_OF_ALL = prepare(
    PAGE.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(bindparam("most", type_=BigInteger))
)
PAGE_OF_ONE = prepare(
    PAGE.where(table.c.customer_id == bindparam("customer_id", type_=Text))
    .order_by(table.c.created_at.desc(), table.c.id.desc())
    .limit(bindparam("most", type_=BigInteger))
)
NUMBER = select(table.c.scene, table.c.state, table.c.reason, func.count()).group_by(
    table.c.scene, table.c.state, table.c.reason
)
COUNT_OPEN = prepare(NUMBER.where(OPEN))
COUNT_ENDED = prepare(NUMBER.where(table.c.updated_at >= AT, ~OPEN))
OLD = prepare(select(table.c.id).where(table.c.updated_at < AT, ~OPEN).limit(bindparam("most", type_=BigInteger)))
FORGET = prepare(delete(table).where(table.c.id == bindparam("old"), ~OPEN))


class Waiting(NamedTuple):
    """What is needed to wake a run."""

    id: str
    at: datetime
    wakes: int


def start(c: Connection, dues: Iterable[Due]) -> int:
    """Writes what events have started; a cause that is known starts nothing, but its wait begins again."""
    latest: dict[str, Due] = {}
    for one in dues:
        if one.id not in latest or latest[one.id].at < one.at:
            latest[one.id] = one
    # In one order, so that two transactions never wait for each other.
    return c.many(START, [row_of(latest[id]) for id in sorted(latest)]) if latest else 0


def waiting(
    c: Connection, until: datetime, most: int, after: tuple[int, str] = (-1, ""), *, planned: bool = False
) -> list[Waiting]:
    """What waits and is due by `until`, the earliest first, from behind a time and an id.

    Either what events started, or what the daily pass found.
    """
    rows = c.all(NEXT, until=to_micros(until), most=most, behind=after[0], which=after[1], planned=int(planned))
    return [Waiting(id, from_micros(at), wakes) for id, at, wakes in rows]


def name_of(id: str, wakes: int) -> str:
    """The name of a run's next wake-up."""
    return id if wakes == 0 else f"{id}~{wakes}"


def stuck(c: Connection, before: datetime, most: int) -> list[Run]:
    """What was taken long ago and never ended: whoever took it is gone."""
    return [read(row) for row in c.all(STUCK, until=to_micros(before), most=most)]


def get(c: Connection, id: str) -> Run:
    """The run under that id."""
    found = find(c, id)
    if found is None:
        raise NotFound("journey", id)
    return found


def find(c: Connection, id: str) -> Run | None:
    """The run under that id, None where there is none any more."""
    row = c.one(GET, which=id)
    return None if row is None else read(row)


def take(c: Connection, id: str, now: datetime) -> bool:
    """Makes the run ours if its time has come and nobody else has it."""
    return c.run(TAKE, which=id, now=to_micros(now)) > 0


def put_back(c: Connection, id: str, at: datetime, reason: str, now: datetime, *, tried: bool) -> None:
    """Lets a run that was taken wait again until `at`."""
    c.run(RETURN, which=id, until=to_micros(at), why=reason, tries=int(tried), now=to_micros(now))


def wake_anew(c: Connection, ids: Iterable[str], now: datetime) -> None:
    """Lets runs wait under a new number: what was to wake them is gone, or woke them too early."""
    for id in ids:
        c.run(WAKE_ANEW, which=id, now=to_micros(now))


def end(
    c: Connection,
    id: str,
    state: Literal["done", "cancelled"],
    reason: str | None,
    now: datetime,
    decision_id: str | None = None,
) -> bool:
    """Ends a run with its reason; False where it has ended before."""
    return c.run(END, which=id, after=state, why=reason, decision=decision_id, now=to_micros(now)) > 0


def of_customer(c: Connection, customer_id: str, state: State) -> list[Run]:
    """The runs under one id in this state, without those of others who are the same person."""
    return [read(row) for row in c.all(OF_CUSTOMER, customer_id=customer_id, state=state)]


def of_person(c: Connection, customer_id: str, *states: State) -> list[Run]:
    """The runs of a customer in these states, those of everybody who is the same person included."""
    return [run for one in members(c, customer_id) for state in states for run in of_customer(c, one, state)]


def page(
    c: Connection,
    limit: int,
    cursor: str | None = None,
    *,
    state: State | None = None,
    scene: str | None = None,
    customer_id: str | None = None,
) -> Page[Run]:
    """Runs, the newest first, from where the last page ended."""
    at, beside = place(cursor)
    wanted = {"now": at, "which": beside, "most": limit + 1, "state": state, "scene": scene}
    rows = (
        c.all(PAGE_OF_ALL, **wanted) if customer_id is None else c.all(PAGE_OF_ONE, customer_id=customer_id, **wanted)
    )
    items = tuple(read(row) for row in rows[:limit])
    last = items[-1].due if len(rows) > limit else None
    return Page(items, cursor_behind(to_micros(last.created_at), last.id) if last else None)


def counts(c: Connection, since: datetime) -> Mapping[tuple[str, State, str], int]:
    """How many runs are open, and how many ended from then on, by scene, state and the kind of their reason."""
    found: Counter[tuple[str, State, str]] = Counter()
    for scene, state, reason, number in [*c.all(COUNT_OPEN), *c.all(COUNT_ENDED, until=to_micros(since))]:
        found[scene, state, (reason or "").partition(":")[0]] += number
    return found


def old(c: Connection, before: datetime, most: int) -> list[str]:
    """Some of what ended before."""
    return [row[0] for row in c.all(OLD, until=to_micros(before), most=most)]


def forget(c: Connection, ids: Sequence[str]) -> int:
    """Deletes runs that have ended and says how many that were."""
    return c.many(FORGET, [{"old": id} for id in ids]) if ids else 0
