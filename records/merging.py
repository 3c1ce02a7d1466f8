"""Merging: two customers become one person, and can become two again; no row is rewritten."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, bindparam, func, select, update

from domain.clock import from_micros, to_micros
from domain.errors import Malformed, NotFound
from domain.frozen import Frozen
from domain.newcomer import is_provisional
from domain.together import Joining
from records import following, parting, recount, schema
from records.connection import Connection
from records.members import is_member, members, person_of
from records.parting import Together
from records.statement import insert_into, prepare

customers, merges = schema.customers, schema.merges

MergeKind = Literal["anonymous", "alias", "identifier", "link", "match", "person"]
"""Why: a browser or an identifier that became somebody's, a pair that `identity resolve` found, or a person's word."""

BY_HAND = frozenset(("link", "match", "person"))
"""Kinds that may join two who were parted before."""

LOCK = prepare(select(customers.c.id, customers.c.person_id).where(customers.c.id == bindparam("id")).with_for_update())
SINCE = prepare(select(customers.c.created_at).where(customers.c.id == bindparam("id")))
LAST_WORD = prepare(select(func.coalesce(func.max(schema.consents.c.seq), 0)))
ADD = insert_into(merges, "seq", "undone_at", "undone_by")
STANDING = prepare(
    select(merges.c.seq, merges.c.words, merges.c.at)
    .where(merges.c.customer_id == bindparam("id"), merges.c.undone_at.is_(None))
    .order_by(merges.c.seq.desc())
)
OF_PERSON = prepare(
    select(merges.c.words, merges.c.person_id, merges.c.customer_id)
    .where(is_member(merges.c.customer_id), merges.c.undone_at.is_(None))
    .order_by(merges.c.seq)
)
UNDO = prepare(
    update(merges)
    .where(merges.c.seq == bindparam("number", type_=BigInteger))
    .values(undone_at=bindparam("undone_at", type_=BigInteger), undone_by=bindparam("undone_by"))
)
POINT = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"))
    # What a person of other members was like: it is made anew where they are followed.
    .values(person_id=bindparam("person_id"), absorbs=bindparam("absorbs"), encoder=None, vector=None)
)
ABSORBS = prepare(select(customers.c.absorbs).where(customers.c.id == bindparam("id")))
HISTORY = prepare(
    select(*merges.c).where(is_member(merges.c.customer_id) | is_member(merges.c.person_id)).order_by(merges.c.seq)
)
STALE = prepare(
    update(schema.behaviours).where(schema.behaviours.c.customer_id == bindparam("key")).values(holds_until=0)
)
TRIES = 8
"""How often a merge looks again where another one was quicker."""


class Merge(Frozen):
    """One merge, with its reason, and who undid it where somebody did."""

    person_id: str
    customer_id: str
    kind: str
    score: float | None
    evidence: str
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str | None


def merge(
    c: Connection,
    person_id: str,
    customer_id: str,
    *,
    kind: MergeKind,
    by: str,
    now: datetime,
    score: float | None = None,
    evidence: str = "",
) -> bool:
    """Makes the customer one with the person, who survives; False where they are one already."""
    person, gone = _locked(c, person_id, customer_id)
    if person == gone:
        return False
    words = c.one(LAST_WORD)
    c.run(
        ADD,
        person_id=person,
        customer_id=gone,
        kind=kind,
        score=score,
        evidence=evidence,
        words=int(words[0]) if words else 0,
        at=to_micros(now),
        by=by,
    )
    stay, come = members(c, person), members(c, gone)
    _absorb(c, person, come)
    recount.joined(c, stay, come, now)
    if kind in BY_HAND:
        parting.rejoin(c, person)
    _follow(c, [person, *come], [person], now)
    return True


def split(c: Connection, customer_id: str, by: str, now: datetime) -> str:
    """Undoes the merge by which the customer was absorbed and answers with whom they leave; each has what it had.

    A no, a complaint, an open enquiry and the messages of the time between are for both.
    """
    left = person_of(c, customer_id)
    found = c.one(STANDING, id=customer_id)
    if found is None:
        raise Malformed("customer", customer_id, "it is not merged into anybody. Name an absorbed customer.")
    for id in sorted({left, customer_id}):
        c.one(LOCK, id=id)
    c.run(UNDO, number=found[0], undone_at=to_micros(now), undone_by=by)
    everybody = members(c, left)
    parents = {joining.customer_id: joining.person_id for joining in joinings(c, left)}
    apart = [id for id in everybody if _root(id, parents) == customer_id]
    stay = [id for id in everybody if id not in apart]
    _point(c, customer_id, [id for id in apart if id != customer_id])
    _point(c, left, [id for id in stay if id != left])
    for side in (stay, apart):
        recount.parted(c, side, now)
    parting.part(c, left, customer_id, Together(int(found[1]), int(found[2])), now)
    _follow(c, everybody, [left, customer_id], now)
    return left


def elder(c: Connection, one: str, other: str) -> tuple[str, str]:
    """Who survives, and who is absorbed: who said who they are before who did not, else who was known first."""
    first, second = sorted((one, other), key=lambda id: (is_provisional(id), _known_since(c, id), id))
    return first, second


def joinings(c: Connection, survivor: str) -> tuple[Joining, ...]:
    """The merges that make up a person, oldest first."""
    return tuple(Joining(*row) for row in c.all(OF_PERSON, id=survivor))


def history(c: Connection, customer_id: str) -> tuple[Merge, ...]:
    """Every merge that the person took part in, those that were undone included, oldest first."""
    return tuple(
        Merge(
            person_id=person,
            customer_id=gone,
            kind=kind,
            score=score,
            evidence=evidence,
            at=from_micros(at),
            by=by,
            undone_at=None if undone_at is None else from_micros(undone_at),
            undone_by=undone_by,
        )
        for _, person, gone, kind, score, evidence, _, at, by, undone_at, undone_by in c.all(
            HISTORY, id=person_of(c, customer_id)
        )
    )


def _known_since(c: Connection, customer_id: str) -> int:
    row = c.one(SINCE, id=customer_id)
    if row is None:
        raise NotFound("customer", customer_id)
    return int(row[0])


def _locked(c: Connection, one: str, other: str) -> tuple[str, str]:
    """The survivors of both, held until the end of the transaction; locked in the order of ids, as others do."""
    for _ in range(TRIES):
        wanted = person_of(c, one), person_of(c, other)
        for id in sorted(set(wanted)):
            if c.one(LOCK, id=id) is None:
                raise NotFound("customer", id)
        if (person_of(c, one), person_of(c, other)) == wanted:
            return wanted
    raise NotFound("customer", one)


def _point(c: Connection, survivor: str, absorbed: Iterable[str]) -> None:
    """Writes who is who: the survivor lists the absorbed, each of them names the survivor."""
    gone = sorted(absorbed)
    rows = [{"key": id, "person_id": survivor, "absorbs": None} for id in gone]
    c.many(POINT, [*rows, {"key": survivor, "person_id": None, "absorbs": json.dumps(gone) if gone else None}])


def _absorb(c: Connection, survivor: str, absorbed: Iterable[str]) -> None:
    """Adds to whom the survivor absorbs; those who were absorbed before are not written again."""
    row = c.one(ABSORBS, id=survivor)
    before: list[str] = json.loads(row[0]) if row is not None and row[0] else []
    gone = sorted(absorbed)
    rows = [{"key": id, "person_id": survivor, "absorbs": None} for id in gone]
    everybody = json.dumps(sorted({*before, *gone}))
    c.many(POINT, [*rows, {"key": survivor, "person_id": None, "absorbs": everybody}])


def _root(id: str, parents: Mapping[str, str]) -> str:
    while id in parents:
        id = parents[id]
    return id


def _follow(c: Connection, everybody: Iterable[str], survivors: Iterable[str], now: datetime) -> None:
    """Lets features, memories and the context record of everybody who took part be made anew."""
    following.touch(c, tuple(everybody), now)
    c.many(STALE, [{"key": id} for id in survivors])
