"""Keys: how people and systems prove who they are; only a hash of each is kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import BigInteger, bindparam, select, update

from domain.channel import Channel
from domain.clock import from_micros, to_micros
from domain.errors import Malformed
from records import schema
from records.connection import Connection, Row
from records.statement import insert_into, prepare

Role = Literal["channel", "ingest", "marketer", "approver", "store", "analyst", "privacy", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

table = schema.keys

ADD = insert_into(table)
FIELDS = (table.c.id, table.c.person, table.c.role, table.c.channels, table.c.created_at, table.c.revoked_at)
FIND = prepare(select(*FIELDS).where(table.c.hash == bindparam("hash"), table.c.revoked_at.is_(None)))
LIST = prepare(select(*FIELDS).order_by(table.c.created_at, table.c.id))
REVOKE = prepare(
    update(table)
    .where(table.c.id == bindparam("key"), table.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at", type_=BigInteger))
)


@dataclass(frozen=True, slots=True)
class Key:
    """Somebody's right to one role; without channels it is good for all of them."""

    id: str
    person: str
    role: Role
    channels: frozenset[Channel]
    created_at: datetime
    revoked_at: datetime | None = None


def add(c: Connection, role: Role, person: str, channels: Collection[Channel], now: datetime) -> str:
    """Makes a key and answers with the token, which nobody can read again."""
    if role not in ROLES:
        raise Malformed("role", role, "give one of " + ", ".join(ROLES) + ".")
    if not person.strip():
        raise Malformed("person", person, "a key belongs to a person or system: give its name.")
    token = "tact_" + secrets.token_urlsafe(32)
    c.run(
        ADD,
        id=secrets.token_hex(6),
        hash=digest(token),
        person=person.strip(),
        role=role,
        channels=" ".join(sorted(channels)),
        created_at=to_micros(now),
        revoked_at=None,
    )
    return token


def find(c: Connection, token: str) -> Key | None:
    """Whose key this is, None where it is unknown or revoked."""
    row = c.one(FIND, hash=digest(token))
    return None if row is None else _read(row)


def revoke(c: Connection, key_id: str, now: datetime) -> bool:
    """Ends a key and says whether it was good until now."""
    return c.run(REVOKE, key=key_id, at=to_micros(now)) > 0


def list_all(c: Connection) -> list[Key]:
    """Every key there ever was, oldest first."""
    return [_read(row) for row in c.all(LIST)]


def digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _read(row: Row) -> Key:
    id, person, role, channels, created_at, revoked_at = row
    ended = None if revoked_at is None else from_micros(revoked_at)
    return Key(id, person, role, frozenset(map(Channel, channels.split())), from_micros(created_at), ended)
