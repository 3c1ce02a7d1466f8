"""Context: what the customer is like in one vector, and which memory belongs to an offer."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from domain.memory import Distance, Memory
from domain.offer import Offer
from tools.topics import usable

Floats = NDArray[np.float32]

NEAREST = (Distance.TOLD_US, Distance.DID_WITH_US, Distance.TRACE, Distance.INFERRED)


def likeness(memories: Sequence[Memory], stored: Floats | None, moment: Floats | None) -> Floats | None:
    """The customer's vector for this ask: memories weighed by nearness to the moment, else their stored context."""
    vectors = [memory.vector for memory in memories if memory.vector and usable(memory)]
    if not vectors:
        return stored
    if len({len(vector) for vector in vectors}) > 1:
        # Some are of an earlier encoder; memories come newest first.
        vectors = [vector for vector in vectors if len(vector) == len(vectors[0])]
    rows = np.frombuffer(b"".join(vectors), dtype=np.float16).reshape(len(vectors), -1).astype(np.float32)
    if moment is None or moment.shape != rows.shape[1:]:
        return stored if stored is not None else _unit(np.add.reduce(rows))
    weights = np.exp(4 * (rows @ moment))
    return _unit(weights @ rows / weights.sum() + moment)


def memory_for(offer: Offer, memories: Sequence[Memory], now: datetime) -> Memory | None:
    """The memory that explains the offer to the customer: about the same thing, the nearest, wordable and newest."""
    about = {offer.id, *offer.applies_to}
    fitting = [
        memory
        for memory in memories
        if (memory.topic in about or memory.offer_id in about)
        and usable(memory)
        and (memory.expires_at is None or memory.expires_at > now)
    ]
    return min(fitting, key=_nearness, default=None)


def _nearness(memory: Memory) -> tuple[int, bool, float]:
    return NEAREST.index(memory.distance), memory.word is None, -memory.at.timestamp()


def _unit(vector: Floats) -> Floats | None:
    length = float(vector @ vector) ** 0.5
    return vector / np.float32(length) if length else None
