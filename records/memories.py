"""Memories: short facts about customers, each with a vector to rank it by."""

import json
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import bindparam, delete, select

from domain.clock import to_micros
from domain.memory import Memory
from records import schema
from records.connection import Connection
from records.members import is_member, person_of
from records.statement import among, counting, insert_or_update, prepare

table = schema.memories

PUT = insert_or_update(table)
ROWS = select(table.c.document, table.c.vector).order_by(table.c.at.desc(), table.c.id)
OF_MEMBER = prepare(ROWS.where(table.c.customer_id == bindparam("id")))
OF_PERSON = prepare(ROWS.where(is_member(table.c.customer_id)))
FORGOTTEN = among(select(table.c.id).where(table.c.document.contains('"why":"forgotten"')), table.c.customer_id)
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
                "document": one.model_dump_json(exclude={"vector"}, exclude_defaults=True),
                "vector": one.vector,
                "at": to_micros(one.at),
                "expires_at": last_instant(one),
            }
            for one in memories
        ],
    )


def last_instant(memory: Memory) -> int | None:
    """From when on it is not read any more: its time is over, or something else took its place."""
    ends = [at for at in (memory.expires_at, memory.ended.at if memory.ended else None) if at is not None]
    return to_micros(min(ends)) if ends else None


def of_customer(c: Connection, customer_id: str) -> tuple[Memory, ...]:
    """All memories of the person, whichever customers they were joined from, ended ones too, newest first."""
    return tuple(_memory(*row) for row in c.all(OF_PERSON, id=person_of(c, customer_id)))


def of_member(c: Connection, customer_id: str) -> tuple[Memory, ...]:
    """The memories that were written under this very id."""
    return tuple(_memory(*row) for row in c.all(OF_MEMBER, id=customer_id))


def forgotten(c: Connection, customer_ids: Sequence[str]) -> frozenset[str]:
    """The ids of what these customers had us forget."""
    return frozenset(row[0] for row in c.all(FORGOTTEN, keys=json.dumps(list(customer_ids))))


def _memory(document: str, vector: bytes | None) -> Memory:
    return Memory.model_validate_json(document).model_copy(update={"vector": vector})


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
