"""Tombstones: whom we were told to forget, as keyed hashes that name nobody and stop them from coming back.

A hash is made under a key that only this deployment has: whoever reads the table alone learns nothing, and whoever
brings an identifier can be told that it may not come in again.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, delete, func, select

from domain.clock import from_micros, to_micros
from domain.customer import Customer, IdentifierKind
from records import accesses, schema
from records.connection import Connection
from records.identifiers import WEAK, compared
from records.statement import insert_new, prepare

table = schema.tombstones

PURPOSE = "suppression"
"""What the key of the hashes is derived for, from the master secret."""
AT_ONCE = 8
"""Hashes a statement looks for."""
SERIAL = 7461637406
"""The advisory lock under which PostgreSQL keeps writers of personal data and an erasure apart."""

PUT = insert_new(table)
DROP = prepare(delete(table).where(table.c.hash == bindparam("key")))
ANY = prepare(select(table.c.hash).limit(1))
FOUND = prepare(select(table.c.hash).where(table.c.hash.in_([bindparam(f"h{place}") for place in range(AT_ONCE)])))
PAGE = prepare(
    select(table.c.hash, table.c.at)
    .where(table.c.hash > bindparam("after"))
    .order_by(table.c.hash)
    .limit(bindparam("most"))
)
BESIDE = prepare(select(func.pg_advisory_xact_lock_shared(SERIAL)))
ALONE = prepare(select(func.pg_advisory_xact_lock(SERIAL)))


class Named(Protocol):
    """Whoever says who somebody is: a claim of records/identity.py, say."""

    @property
    def user_id(self) -> str | None: ...
    @property
    def anonymous_id(self) -> str | None: ...
    @property
    def identifiers(self) -> Mapping[IdentifierKind, str]: ...


class Whole(NamedTuple):
    """A customer as a claim."""

    user_id: str | None
    identifiers: Mapping[IdentifierKind, str]
    anonymous_id: str | None = None


class Tombstone(NamedTuple):
    """One hash, and since when it is forbidden."""

    hash: str
    at: datetime


def forbidden(c: Connection, key: bytes, claim: Named) -> bool:
    """Whether the claim names somebody whom we were told to forget."""
    return bool(forbidden_among(c, key, [claim]))


def forbidden_among(c: Connection, key: bytes, claims: Sequence[Named]) -> frozenset[int]:
    """The places of those claims that name somebody whom we were told to forget.

    Nobody can be erased between this answer and the end of the transaction.
    """
    stand_beside(c)
    if c.one(ANY) is None:
        return frozenset()
    marks = [hashes_of(key, claim) for claim in claims]
    buried = _found(c, {mark for some in marks for mark in some})
    return frozenset(place for place, some in enumerate(marks) if buried.intersection(some))


def stand_beside(c: Connection) -> None:
    """Keeps erasures out until this transaction ends; others that write go on. SQLite has one writer anyway."""
    if c.dialect == "postgresql":
        c.all(BESIDE)


def stand_alone(c: Connection) -> None:
    """Waits until nobody writes what an erasure would miss, and keeps them out until this transaction ends."""
    if c.dialect == "postgresql":
        c.all(ALONE)


def hash_of(key: bytes, kind: str, value: str) -> str:
    """The hash of one identifier; `kind` is `id` for the id of a customer."""
    spoken = f"{kind}\0{plain(kind, value)}".encode("utf-8", "surrogatepass")
    return hmac.new(key, spoken, hashlib.sha256).hexdigest()


def plain(kind: str, value: str) -> str:
    """The form in which an identifier is hashed."""
    return value if kind == "id" else compared(kind, value)


def hashes_of(key: bytes, claim: Named) -> tuple[str, ...]:
    """The hashes of what a claim names somebody by.

    A browser or a device counts only where nothing else is said: somebody else in the house may use it.
    """
    strong: list[tuple[str, str]] = [(kind, value) for kind, value in claim.identifiers.items() if kind not in WEAK]
    if claim.user_id:
        strong.append(("id", claim.user_id))
    weak: list[tuple[str, str]] = [(kind, value) for kind, value in claim.identifiers.items() if kind in WEAK]
    if claim.anonymous_id:
        weak.append(("anonymous_id", claim.anonymous_id))
    return tuple(hash_of(key, kind, value) for kind, value in strong or weak)


def put(c: Connection, hashes: Iterable[str], now: datetime) -> int:
    """Forbids these hashes and says how many were not forbidden before."""
    rows = [{"hash": one, "at": to_micros(now)} for one in sorted(set(hashes))]
    return c.many(PUT, rows) if rows else 0


def lift(c: Connection, hashes: Iterable[str]) -> int:
    """Allows these hashes again and says how many were forbidden."""
    return sum(c.run(DROP, key=one) for one in set(hashes))


def known(c: Connection, mark: str) -> bool:
    """Whether the hash is forbidden."""
    return bool(_found(c, {mark}))


def readmit(c: Connection, marks: Sequence[str], *, person: str | None, role: str | None, now: datetime) -> int:
    """Allows hashes again at the person's own wish, and notes who let them in."""
    lifted = lift(c, marks)
    if lifted:
        accesses.note(c, person=person, role=role, customer_id=marks[0], what="readmit", now=now)
    return lifted


def allowed(c: Connection, key: bytes, people: Sequence[Customer]) -> tuple[list[Customer], int]:
    """Those customers whom we were not told to forget, and how many others there were."""
    buried = forbidden_among(c, key, [Whole(one.id, one.identifiers) for one in people])
    return [one for place, one in enumerate(people) if place not in buried], len(buried)


@dataclass(frozen=True, slots=True)
class Gate:
    """Keeps those out of an import whom we were told to forget; without a key it is open."""

    key: bytes | None = None
    kept_out: set[str] = field(default_factory=set)
    """The ids that were left out, for the report."""

    def customers(self, c: Connection, people: Sequence[Customer]) -> frozenset[str]:
        """The ids of those that may not come in."""
        return self._closed_to(c, [Whole(one.id, one.identifiers) for one in people])

    def ids(self, c: Connection, customer_ids: Iterable[str]) -> frozenset[str]:
        """Those ids that may not come in."""
        return self._closed_to(c, [Whole(one, {}) for one in sorted(set(customer_ids))])

    def _closed_to(self, c: Connection, people: Sequence[Whole]) -> frozenset[str]:
        if self.key is None:
            return frozenset()
        out = frozenset(str(people[place].user_id) for place in forbidden_among(c, self.key, people))
        self.kept_out.update(out)
        return out


OPEN = Gate()


def page(c: Connection, most: int, after: str = "") -> list[Tombstone]:
    """Every hash, some at a time, in their own order."""
    return [Tombstone(row[0], from_micros(row[1])) for row in c.all(PAGE, after=after, most=most)]


def _found(c: Connection, hashes: Iterable[str]) -> set[str]:
    wanted, found = sorted(hashes), set[str]()
    for begin in range(0, len(wanted), AT_ONCE):
        some = wanted[begin : begin + AT_ONCE]
        some += some[-1:] * (AT_ONCE - len(some))
        found.update(row[0] for row in c.all(FOUND, **{f"h{place}": one for place, one in enumerate(some)}))
    return found
