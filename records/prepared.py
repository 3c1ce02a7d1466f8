"""Prepared messages: words that were written ahead for one customer and scene, encrypted, good for a while and once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Text, and_, bindparam, delete, or_, select, update

from domain.clock import from_micros, to_micros
from records import schema
from records.connection import Connection
from records.statement import insert_into, prepare
from records.vault import Vault

table = schema.prepared
NOW = bindparam("now", type_=BigInteger)

ADD = insert_into(table)
CLEAR = prepare(
    delete(table).where(
        or_(
            and_(table.c.customer_id == bindparam("who"), table.c.scene == bindparam("about")),
            table.c.expires_at <= NOW,
        )
    )
)
FIND = prepare(
    select(table.c.id, table.c.document, table.c.created_at, table.c.expires_at)
    .where(
        and_(
            table.c.customer_id == bindparam("customer_id"),
            table.c.scene == bindparam("scene"),
            table.c.taken_by.is_(None),
            table.c.expires_at > NOW,
        )
    )
    .order_by(table.c.created_at.desc(), table.c.id)
)
IS_THERE = prepare(select(schema.customers.c.id).where(schema.customers.c.id == bindparam("id")).with_for_update())
TAKE = prepare(
    update(table)
    .where(table.c.id == bindparam("which"), table.c.taken_by.is_(None))
    .values(taken_by=bindparam("decision", type_=Text))
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Words for one customer and scene; `document` is what agent/preparing.py packed."""

    id: str
    document: bytes
    created_at: datetime
    expires_at: datetime


def put(c: Connection, vault: Vault, customer_id: str, scene: str, made: Sequence[Prepared], now: datetime) -> None:
    """Keeps words in the place of those made before for the same customer and scene, and drops what is over, of all.

    For somebody who was erased while they were written nothing is kept, and no key is made.
    """
    c.run(CLEAR, who=customer_id, about=scene, now=to_micros(now))
    if c.one(IS_THERE, id=customer_id) is None:
        return
    key = vault.key_for(c, customer_id)
    for one in made:
        c.run(
            ADD,
            id=one.id,
            customer_id=customer_id,
            scene=scene,
            document=key.encrypt(one.document, one.id),
            created_at=to_micros(one.created_at),
            expires_at=to_micros(one.expires_at),
            taken_by=None,
        )


def found(c: Connection, vault: Vault, customer_id: str, scene: str, now: datetime) -> tuple[Prepared, ...]:
    """What is ready for the customer and scene, the latest first; nothing once their key is destroyed."""
    rows = c.all(FIND, customer_id=customer_id, scene=scene, now=to_micros(now))
    read = ((row, vault.decrypt(c, customer_id, bytes(row[1]), row[0])) for row in rows)
    return tuple(
        Prepared(row[0], document, from_micros(row[2]), from_micros(row[3]))
        for row, document in read
        if document is not None
    )


def take(c: Connection, id: str, decision_id: str) -> bool:
    """Marks the words as used by a decision; False where another one was first."""
    return c.run(TAKE, which=id, decision=decision_id) > 0
