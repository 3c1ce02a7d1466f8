"""Likenesses: what each customer is like, as the vector of their context record, beside their profile.

The context store is searched by likeness; an ask knows whom it is about, and reads the vector with everything else.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from sqlalchemy import bindparam, select, update

from records import schema
from records.connection import Connection
from records.embedding import FloatVector
from records.memories import packed
from records.statement import among, prepare

customers = schema.customers

ROUNDING = 2.0**-11
"""By how much a number of a vector may differ from what was packed, and still be the same."""

OF = among(select(customers.c.id, customers.c.encoder, customers.c.vector), customers.c.id)
PUT = prepare(
    update(customers)
    .where(customers.c.id == bindparam("key"), customers.c.person_id.is_(None))
    .values(encoder=bindparam("encoder"), vector=bindparam("vector"))
)


class Likeness(NamedTuple):
    """A packed vector, and which encoder made it: vectors of two encoders cannot be compared."""

    encoder: str
    vector: bytes

    def by(self, encoder: str) -> FloatVector | None:
        """The vector as that encoder made it, None where another one did."""
        if self.encoder != encoder:
            return None
        return np.frombuffer(self.vector, dtype=np.float16).astype(np.float32)


def put(c: Connection, encoder: str, vectors: Mapping[str, FloatVector]) -> None:
    """Writes the vectors of those customers who are there; who was absorbed by another is like nobody."""
    c.many(PUT, [{"key": id, "encoder": encoder, "vector": packed(vectors[id])} for id in sorted(vectors)])


def lacking(c: Connection, encoder: str, vectors: Mapping[str, FloatVector]) -> dict[str, FloatVector]:
    """Those of the vectors that are not recorded, or otherwise."""
    rows = c.all(OF, keys=json.dumps(list(vectors)))
    kept = {id: Likeness(name, vector).by(encoder) for id, name, vector in rows if vector is not None}
    return {id: vector for id, vector in vectors.items() if not _same(kept.get(id), vector)}


def _same(kept: FloatVector | None, vector: FloatVector) -> bool:
    return kept is not None and kept.shape == vector.shape and bool(np.abs(kept - vector).max() < ROUNDING)
