"""Directives: what marketers wrote, how each was read, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, bindparam, select, update

from domain.clock import from_micros, to_micros
from domain.errors import NotFound, Refused
from records import schema, versions
from records.connection import Connection, Row
from records.statement import insert_into, prepare

table = schema.directives

Status = Literal["draft", "approved", "rejected", "retired"]
BEFORE: dict[Status, Status] = {"approved": "draft", "rejected": "draft", "retired": "approved"}
"""From which state a directive may come into each other one."""

ADD = insert_into(table)
GET = prepare(select(table).where(table.c.number == bindparam("number")))
PAGE = prepare(
    select(table).where(table.c.number < bindparam("before")).order_by(table.c.number.desc()).limit(bindparam("most"))
)
IN_FORCE = prepare(select(table).where(table.c.status == "approved").order_by(table.c.number))
SIMULATED = prepare(
    update(table)
    .where(table.c.number == bindparam("which"))
    .values(simulated_at=bindparam("when", type_=BigInteger), impact=bindparam("figures"))
)
READ_ANEW = prepare(
    update(table)
    .where(table.c.number == bindparam("which"), table.c.clauses == bindparam("before"))
    .values(clauses=bindparam("after"))
)
DECIDE = prepare(
    update(table)
    .where(table.c.number == bindparam("which"), table.c.status == bindparam("before"))
    .values(
        status=bindparam("after"),
        decided_by=bindparam("by"),
        decided_at=bindparam("when", type_=BigInteger),
        reason=bindparam("why"),
        version=bindparam("policy_version", type_=BigInteger),
    )
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive; `clauses` is JSON as its reader wrote it, `version` the policy version that its last turn made.

    `impact` holds the figures of the last simulation as JSON, None before the first.
    """

    number: int
    text: str
    language: str
    clauses: str
    author: str
    created_at: datetime
    status: Status = "draft"
    simulated_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    version: int | None = None
    impact: str | None = None


def number(c: Connection) -> int:
    """The next directive's number; on PostgreSQL others wait until this transaction ends."""
    return versions.bump(c, "directive")


def add(c: Connection, directive: Directive) -> None:
    """Keeps a new directive."""
    c.run(
        ADD,
        number=directive.number,
        text=directive.text,
        language=directive.language,
        clauses=directive.clauses,
        author=directive.author,
        created_at=to_micros(directive.created_at),
        status=directive.status,
        simulated_at=None,
        decided_by=None,
        decided_at=None,
        reason=None,
        version=None,
        impact=None,
    )


def get(c: Connection, which: int) -> Directive:
    """The directive under that number."""
    row = c.one(GET, number=which)
    if row is None:
        raise NotFound("directive", f"dir-{which}")
    return _read(row)


def page(c: Connection, limit: int, before: int = 1 << 53) -> list[Directive]:
    """The directives below `before`, newest first."""
    return [_read(row) for row in c.all(PAGE, before=before, most=limit)]


def in_force(c: Connection) -> list[Directive]:
    """Every approved directive that was not retired, oldest first."""
    return [_read(row) for row in c.all(IN_FORCE)]


def simulated(c: Connection, which: int, now: datetime, impact: str) -> None:
    """Notes that somebody looked at what it would change, and the figures that they saw, as JSON."""
    c.run(SIMULATED, which=which, when=to_micros(now), figures=impact)


def note(c: Connection, directive: Directive, clauses: str) -> None:
    """Keeps more of what became of its reading; raises Refused where somebody else did so meanwhile."""
    if not c.run(READ_ANEW, which=directive.number, before=directive.clauses, after=clauses):
        raise Refused(f"The directive dir-{directive.number} changed meanwhile. Look at it again.")


def decide(
    c: Connection,
    which: int,
    after: Status,
    by: str,
    now: datetime,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> None:
    """Brings a directive into its next state; raises Refused where it is no longer in the one before."""
    before = BEFORE[after]
    moved = c.run(
        DECIDE, which=which, before=before, after=after, by=by, when=to_micros(now), why=reason, policy_version=version
    )
    if not moved:
        found = get(c, which)
        raise Refused(f"The directive dir-{which} is {found.status}; only one that is {before} can be {after}.")


def _read(row: Row) -> Directive:
    which, text, language, clauses, author, created_at, status, simulated_at, by, decided_at, reason, *last = row
    version, impact = last
    return Directive(
        which,
        text,
        language,
        clauses,
        author,
        from_micros(created_at),
        status,
        None if simulated_at is None else from_micros(simulated_at),
        by,
        None if decided_at is None else from_micros(decided_at),
        reason,
        version,
        impact,
    )
