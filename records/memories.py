"""Memories: short facts about customers, each with a vector to rank it by."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import bindparam, delete, select

from domain.clock import to_micros
from domain.memory import Memory
from records import schema
from records.connection import Connection
from records.statement import counting, insert_or_update, prepare

table = schema.memories

PUT = insert_or_update(table)
OF_CUSTOMER = prepare(
    select(table.c.document, table.c.vector)
    .where(table.c.customer_id == bindparam("id"))
    .order_by(table.c.at.desc(), table.c.id)
)
REMOVE = prepare(delete(table).where(table.c.id == bindparam("key")))
FORGET = prepare(delete(table).where(table.c.customer_id == bindparam("id")))
COUNT = counting(table)


def put(c: Connection, memories: Iterable[Memory]) -> None:
    """Writes memories; one under a known id replaces it."""
    c.many(
        PUT,
        [
            {
                "id": one.id,
                "customer_id": one.customer_id,
                "document": one.model_dump_json(exclude={"vector"}),
                "vector": one.vector,
                "at": to_micros(one.at),
                "expires_at": None if one.expires_at is None else to_micros(one.expires_at),
            }
            for one in memories
        ],
    )


def of_customer(c: Connection, customer_id: str) -> tuple[Memory, ...]:
    """All memories of the customer, expired ones too, newest first."""
    return tuple(
        Memory.model_validate_json(document).model_copy(update={"vector": vector})
        for document, vector in c.all(OF_CUSTOMER, id=customer_id)
    )


def remove(c: Connection, ids: Sequence[str]) -> int:
    """Deletes memories by id and says how many there were."""
    return c.many(REMOVE, [{"key": id} for id in ids]) if ids else 0


def forget(c: Connection, customer_id: str) -> int:
    """Deletes all memories of the customer and says how many there were."""
    return c.run(FORGET, id=customer_id)


def count(c: Connection) -> int:
    """How many memories there are."""
    row = c.one(COUNT)
    return int(row[0]) if row else 0


def packed(vector: npt.NDArray[np.float32]) -> bytes:
    """A vector as it is stored with a memory: float16, half the bytes at no loss that ranking would notice."""
    return vector.astype(np.float16).tobytes()


def unpacked(memories: Sequence[Memory]) -> npt.NDArray[np.float32]:
    """The vectors of memories that all have one, a row each."""
    data = b"".join(one.vector or b"" for one in memories)
    return np.frombuffer(data, dtype=np.float16).reshape(len(memories), -1).astype(np.float32)
