"""Matching: pairs of customers who may be one person, until people decide; what they decided is not asked again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, Float, Text, and_, bindparam, or_, select, update

from domain.clock import from_micros, to_micros
from domain.errors import AlreadyDecided, Malformed, NotFound
from domain.frozen import Frozen
from records import merging, schema
from records.connection import Connection, Row
from records.members import person_of
from records.page import Page
from records.statement import insert_new, insert_or_update, prepare

matches = schema.matches

MatchStatus = Literal["open", "accepted", "rejected", "merged", "apart"]
CLAIMED = 0.5
"""The score of a pair that an identifier suggests and no comparison has looked at."""

PAIR = (matches.c.left_id == bindparam("one"), matches.c.right_id == bindparam("other"))
SUGGEST = insert_new(matches)
PUT = insert_or_update(matches)
GET = prepare(select(*matches.c).where(*PAIR))
DECIDE = prepare(
    update(matches)
    .where(*PAIR)
    .values(status=bindparam("status"), decided_by=bindparam("by"), decided_at=bindparam("at", type_=BigInteger))
)
IS_APART = prepare(
    select(matches.c.status).where(*PAIR, or_(matches.c.status == "apart", matches.c.status == "rejected"))
)
SCORE, LEFT, RIGHT = bindparam("score", type_=Float), bindparam("left", type_=Text), bindparam("right", type_=Text)
BEHIND = or_(
    matches.c.score < SCORE,
    and_(
        matches.c.score == SCORE,
        or_(matches.c.left_id > LEFT, and_(matches.c.left_id == LEFT, matches.c.right_id > RIGHT)),
    ),
)
PAGE = prepare(
    select(*matches.c)
    .where(matches.c.status == bindparam("status"), BEHIND)
    .order_by(matches.c.score.desc(), matches.c.left_id, matches.c.right_id)
    .limit(bindparam("most"))
)


class Match(Frozen):
    """Two customers who may be one person, how likely that is, and why."""

    id: str
    left: str
    right: str
    score: float
    evidence: str
    status: MatchStatus
    created_at: AwareDatetime
    decided_by: str | None
    decided_at: AwareDatetime | None


class Pair(NamedTuple):
    """Two customers, in the order in which they are kept."""

    left: str
    right: str

    @property
    def id(self) -> str:
        """The pair as one word, for an address."""
        return f"{len(self.left)}.{self.left}.{self.right}"


def pair(one: str, other: str) -> Pair:
    """The two in order."""
    return Pair(*sorted((one, other)))


def pair_of(id: str) -> Pair:
    """The pair behind its one word; raises NotFound for one that we did not write."""
    length, _, rest = id.partition(".")
    size = int(length) if length.isascii() and length.isdecimal() and len(length) < 4 else 0
    if not 0 < size < len(rest) - 1 or rest[size] != ".":
        raise NotFound("match", id)
    return Pair(rest[:size], rest[size + 1 :])


def suggest(c: Connection, one: str, other: str, score: float, evidence: str, now: datetime) -> bool:
    """Puts the pair into the queue unless it was there before, whatever became of it."""
    return c.run(SUGGEST, **_row(pair(one, other), score, evidence, "open", now)) > 0


def scored(c: Connection, found: Iterable[tuple[Pair, float, str]], now: datetime) -> int:
    """Writes what a comparison found, over earlier suggestions but never over what people decided."""
    written = 0
    for those, score, evidence in found:
        row = c.one(GET, one=those.left, other=those.right)
        if row is None or row[4] == "open":
            written += c.run(PUT, **_row(those, score, evidence, "open", now))
    return written


def apart(c: Connection, one: str, other: str) -> bool:
    """Whether people said that these two are not one person."""
    those = pair(one, other)
    return c.one(IS_APART, one=those.left, other=those.right) is not None


def is_decided(c: Connection, those: Pair) -> bool:
    """Whether anybody, or we ourselves, decided about the pair before."""
    row = c.one(GET, one=those.left, other=those.right)
    return row is not None and row[4] != "open"


def keep_apart(c: Connection, one: str, other: str, by: str, now: datetime) -> None:
    """Notes that they are two people, so that nothing joins them by itself."""
    those = pair(one, other)
    c.run(SUGGEST, **_row(those, 0.0, "", "apart", now))
    c.run(DECIDE, one=those.left, other=those.right, status="apart", by=by, at=to_micros(now))


def get(c: Connection, id: str) -> Match:
    """The pair with what is known about it."""
    those = pair_of(id)
    row = c.one(GET, one=those.left, other=those.right)
    if row is None:
        raise NotFound("match", id)
    return _read(row)


def page(c: Connection, status: MatchStatus, limit: int, cursor: str = "") -> Page[Match]:
    """Pairs of that status, the likeliest first, from where the last page ended."""
    score, left, right = 2.0, "", ""
    if cursor:
        try:
            last = _last(c, cursor)
        except NotFound as error:
            raise Malformed("cursor", cursor, "take `next` of the page before as it is, or leave it out.") from error
        score, left, right = last.score, last.left, last.right
    found = [_read(row) for row in c.all(PAGE, status=status, score=score, left=left, right=right, most=limit + 1)]
    items = tuple(found[:limit])
    return Page(items, items[-1].id if len(found) > limit else None)


def accept(c: Connection, id: str, by: str, now: datetime) -> Match:
    """Makes the two one person; the one who was known first survives."""
    found = open_match(c, id)
    survivor, gone = merging.elder(c, person_of(c, found.left), person_of(c, found.right))
    _decide(c, found, "accepted", by, now)
    if survivor != gone:
        merging.merge(c, survivor, gone, kind="match", by=by, now=now, score=found.score, evidence=found.evidence)
    return get(c, id)


def reject(c: Connection, id: str, by: str, now: datetime) -> Match:
    """Notes that they are two people."""
    _decide(c, open_match(c, id), "rejected", by, now)
    return get(c, id)


def joined_by_hand(c: Connection, one: str, other: str, by: str, now: datetime) -> None:
    """Notes in the queue, where the pair is there, that a person joined the two, whatever was decided before."""
    those = pair(one, other)
    c.run(DECIDE, one=those.left, other=those.right, status="accepted", by=by, at=to_micros(now))


def merged(c: Connection, those: Pair, score: float, evidence: str, now: datetime) -> None:
    """Notes that the pair was joined without a person."""
    c.run(PUT, **_row(those, score, evidence, "merged", now))


def open_match(c: Connection, id: str) -> Match:
    """The pair where nobody has decided yet."""
    found = get(c, id)
    if found.status != "open":
        raise AlreadyDecided(id, found.status, found.decided_by or "tact", "match")
    return found


def _last(c: Connection, cursor: str) -> Match:
    """The pair behind which a page begins."""
    try:
        return get(c, cursor)
    except NotFound as error:
        raise Malformed("cursor", cursor, "take `next` of the page before as it is, or leave it out.") from error


def _decide(c: Connection, found: Match, status: MatchStatus, by: str, now: datetime) -> None:
    c.run(DECIDE, one=found.left, other=found.right, status=status, by=by, at=to_micros(now))


def _row(those: Pair, score: float, evidence: str, status: MatchStatus, now: datetime) -> dict[str, object]:
    return {
        "left_id": those.left,
        "right_id": those.right,
        "score": score,
        "evidence": evidence,
        "status": status,
        "created_at": to_micros(now),
        "decided_by": None,
        "decided_at": None,
    }


def _read(row: Row) -> Match:
    left, right, score, evidence, status, created_at, by, at = row
    return Match(
        id=Pair(left, right).id,
        left=left,
        right=right,
        score=score,
        evidence=evidence,
        status=status,
        created_at=from_micros(created_at),
        decided_by=by,
        decided_at=None if at is None else from_micros(at),
    )
