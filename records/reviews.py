"""Reviews: drafts that wait for a person, what each person said of them, and what the next draft can learn from that.

A row is the truth about a review; whoever resumes one asks here first. A verdict is final: of two at once one stands.
The document of a message is encrypted under its customer's key, and nothing else in the row names anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, LargeBinary, Text, and_, bindparam, func, or_, select, update

from domain.channel import Channel
from domain.clock import from_micros, to_micros
from domain.errors import AlreadyDecided, NotFound
from records import schema
from records.connection import Connection, Row
from records.page import Page, cursor_behind, place
from records.statement import insert_new, prepare

table = schema.reviews

Kind = Literal["message", "variant"]
Status = Literal["waiting", "approved", "edited", "rejected"]
Verdict = Literal["approved", "edited", "rejected"]

NOW, AT, ID = bindparam("now", type_=BigInteger), bindparam("at", type_=BigInteger), bindparam("beside", type_=Text)
IS_OPEN = and_(table.c.status == "waiting", or_(table.c.expires_at.is_(None), table.c.expires_at > NOW))

ADD = insert_new(table)
GET = prepare(select(table).where(table.c.id == bindparam("id")))
OF_SUBJECT = prepare(
    select(table).where(table.c.subject == bindparam("subject")).order_by(table.c.created_at.desc()).limit(1)
)
OPEN_OF_CUSTOMER = prepare(select(table).where(table.c.customer_id == bindparam("customer_id"), IS_OPEN))
QUEUE = prepare(
    select(table)
    .where(IS_OPEN, or_(table.c.created_at > AT, and_(table.c.created_at == AT, table.c.id > ID)))
    .order_by(table.c.created_at, table.c.id)
    .limit(bindparam("most"))
)
DECIDED = prepare(
    select(table)
    .where(
        table.c.status == bindparam("status"),
        or_(table.c.created_at < AT, and_(table.c.created_at == AT, table.c.id < ID)),
    )
    .order_by(table.c.created_at.desc(), table.c.id.desc())
    .limit(bindparam("most"))
)
DECIDE = prepare(
    update(table)
    .where(table.c.id == bindparam("which"), IS_OPEN)
    .values(
        status=bindparam("after"),
        decided_by=bindparam("by"),
        decided_at=bindparam("now", type_=BigInteger),
        reason=bindparam("why", type_=Text),
        document=func.coalesce(bindparam("words", type_=LargeBinary), table.c.document),
    )
)
LESSONS = prepare(
    select(table.c.reason)
    .where(
        table.c.scene == bindparam("scene"),
        or_(table.c.status == "rejected", table.c.status == "edited"),
        table.c.reason.is_not(None),
    )
    .order_by(table.c.decided_at.desc(), table.c.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Review:
    """A draft that waits, or waited; `subject` is the id of the decision or variant that it is about.

    `document` is what is shown and approved, as agent/waiting.py packs it; of a message it is a ciphertext.
    """

    id: str
    kind: Kind
    subject: str
    scene: str | None
    document: bytes
    created_at: datetime
    customer_id: str | None = None
    channel: Channel | None = None
    expires_at: datetime | None = None
    """When nobody may approve it any more; None where it waits as long as it takes."""
    status: Status = "waiting"
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def waits(self, now: datetime) -> bool:
        """Whether a person may still decide."""
        return self.status == "waiting" and (self.expires_at is None or now < self.expires_at)


def id_of(subject: str) -> str:
    """The review of a decision or variant: one each, so that adding it twice adds it once."""
    return f"r-{subject}"


def add(c: Connection, review: Review) -> bool:
    """Puts a draft into the queue; False where it was there already."""
    row = {
        "id": review.id,
        "kind": review.kind,
        "subject": review.subject,
        "scene": review.scene,
        "customer_id": review.customer_id,
        "channel": review.channel.value if review.channel else None,
        "status": "waiting",
        "document": review.document,
        "created_at": to_micros(review.created_at),
        "expires_at": None if review.expires_at is None else to_micros(review.expires_at),
        "decided_by": None,
        "decided_at": None,
        "reason": None,
    }
    return c.run(ADD, **row) > 0


def get(c: Connection, id: str) -> Review:
    """The review under that id."""
    row = c.one(GET, id=id)
    if row is None:
        raise NotFound("review", id)
    return _read(row)


def is_undecided(c: Connection, id: str) -> bool:
    """Whether there is such a review, and nobody has decided it yet."""
    row = c.one(GET, id=id)
    return row is not None and _read(row).status == "waiting"


def of_subject(c: Connection, subject: str) -> Review | None:
    """The review of a decision or variant, None where it never waited."""
    row = c.one(OF_SUBJECT, subject=subject)
    return None if row is None else _read(row)


def waiting_for(
    c: Connection, customer_id: str, scene: str | None, channels: Sequence[Channel], now: datetime
) -> Review | None:
    """The draft for this customer and scene, on one of these channels, that waits already."""
    found = (_read(row) for row in c.all(OPEN_OF_CUSTOMER, customer_id=customer_id, now=to_micros(now)))
    return next((one for one in found if one.scene == scene and one.channel in channels), None)


def waiting(c: Connection, now: datetime, limit: int, cursor: str | None = None) -> Page[Review]:
    """The queue: what waits, the longest first, from where the last page ended."""
    at, beside = place(cursor) if cursor else (-1, "")
    return _page(c.all(QUEUE, now=to_micros(now), at=at, beside=beside, most=limit + 1), limit)


def decided(c: Connection, status: Verdict, limit: int, cursor: str | None = None) -> Page[Review]:
    """What was decided that way, newest first."""
    at, beside = place(cursor)
    return _page(c.all(DECIDED, status=status, at=at, beside=beside, most=limit + 1), limit)


def decide(
    c: Connection,
    id: str,
    verdict: Verdict,
    by: str,
    now: datetime,
    *,
    reason: str | None = None,
    document: bytes | None = None,
) -> Review:
    """Writes a verdict down; raises AlreadyDecided where another one stands or the draft waited too long.

    `document` is what an edit makes of the draft; None leaves it as it is.
    """
    moved = c.run(DECIDE, which=id, after=verdict, by=by, now=to_micros(now), why=reason, words=document)
    found = get(c, id)
    if not moved:
        raise AlreadyDecided(found.id, found.status, found.decided_by)
    return found


def lessons(c: Connection, scene: str, limit: int) -> tuple[str, ...]:
    """Why people rejected or edited drafts of a scene, the latest first, each reason once."""
    return tuple(dict.fromkeys(str(row[0]) for row in c.all(LESSONS, scene=scene, most=limit)))


def _page(rows: list[Row], limit: int) -> Page[Review]:
    items = tuple(_read(row) for row in rows[:limit])
    last = items[-1] if len(rows) > limit else None
    return Page(items, cursor_behind(to_micros(last.created_at), last.id) if last else None)


def _read(row: Row) -> Review:
    id, kind, subject, scene, customer_id, channel, status, document, created_at, expires_at, by, at, reason = row
    found = Review(id, kind, subject, scene, bytes(document), from_micros(created_at))
    return replace(
        found,
        customer_id=customer_id,
        channel=None if channel is None else Channel(channel),
        expires_at=None if expires_at is None else from_micros(expires_at),
        status=status,
        decided_by=by,
        decided_at=None if at is None else from_micros(at),
        reason=reason,
    )
