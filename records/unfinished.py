"""Unfinished: what an erasure has still to do, written down with it and crossed out when all of it is done.

It names whom to look for, so it is kept under the key of the tombstones, readable by this deployment alone.
"""

import base64
from collections.abc import Mapping
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import Text, bindparam, delete, select

from domain.frozen import Frozen
from records import passes, schema
from records.connection import Connection
from records.statement import prepare
from records.vault import NAME, CustomerKey, derive

PREFIX = "erasure:"
table = schema.passes.c

ALL = prepare(select(table.name, table.cursor).where(table.name.like(f"{PREFIX}%")).order_by(table.updated_at))
DONE = prepare(delete(schema.passes).where(table.name == bindparam("which", type_=Text)))


class Rest(Frozen):
    """Whom to look for in what the first transaction did not reach."""

    members: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    hashes: tuple[str, ...]
    reviews: tuple[str, ...]
    at: AwareDatetime


def put(c: Connection, key: bytes, rest: Rest, now: datetime) -> None:
    """Writes down what has still to be done, in the transaction of the erasure."""
    name = PREFIX + rest.hashes[0]
    locked = _cipher(key).encrypt(rest.model_dump_json().encode(), name)
    passes.put(c, name, base64.b64encode(locked).decode(), now)


def all_of(c: Connection, key: bytes) -> Mapping[str, Rest]:
    """Everything that is unfinished, oldest first, by the name under which it is crossed out."""
    return {
        name: Rest.model_validate_json(_cipher(key).decrypt(base64.b64decode(locked), name))
        for name, locked in c.all(ALL)
    }


def done(c: Connection, name: str) -> None:
    """Crosses it out."""
    c.run(DONE, which=name)


def _cipher(key: bytes) -> CustomerKey:
    return CustomerKey(b"e" * NAME, derive(key, "unfinished"))
