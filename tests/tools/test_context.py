"""Context: which way a customer leans, and which memory belongs to an offer."""

from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.language import Text
from domain.memory import Distance, Memory
from domain.offer import Offer
from tests.clock import START
from tools.context import likeness, memory_for

X, Y = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)
BEANS = Offer(id="beans", kind="product", name=Text(en="Beans"), applies_to=frozenset({"coffee"}))


def memory(vector: NDArray[np.float32] | None = None, **more: object) -> Memory:
    """A memory about coffee."""
    known = {"id": "m", "customer_id": "c", "text": "x", "distance": Distance.DID_WITH_US, "source": "purchase"}
    packed = None if vector is None else vector.astype(np.float16).tobytes()
    return Memory.model_validate({**known, "at": START, "topic": "coffee", "vector": packed, **more})


def test_without_a_moment_the_stored_context_speaks_and_without_it_the_mean_of_memories() -> None:
    assert likeness([memory(X)], Y, None) is Y
    assert likeness([memory(X), memory(Y)], None, None) == pytest.approx([0.7071, 0.7071], abs=1e-3)
    assert likeness([], None, None) is None


def test_a_moment_draws_out_the_memories_near_it() -> None:
    leaning = likeness([memory(X), memory(Y)], None, X)
    assert leaning is not None and leaning[0] > 0.95
    assert likeness([], Y, X) is Y


def test_memories_of_an_earlier_encoder_do_not_speak_beside_newer_ones_nor_to_a_moment() -> None:
    longer = np.array([1, 0, 0, 0], dtype=np.float32)
    assert likeness([memory(X), memory(longer)], None, Y) == pytest.approx([0.7071, 0.7071], abs=1e-3)
    assert likeness([memory(longer)], None, X) == pytest.approx([1, 0, 0, 0])


def test_gifts_do_not_lean() -> None:
    assert likeness([memory(X, gift=True)], None, None) is None


def test_the_nearest_then_the_newest_memory_explains_an_offer() -> None:
    old = memory(id="old", distance=Distance.TOLD_US, at=START - timedelta(days=90))
    new = memory(id="new", distance=Distance.TOLD_US)
    seen = memory(id="seen")
    assert memory_for(BEANS, [seen, old, new], START) == new
    assert memory_for(BEANS, [seen], START) == seen
    assert memory_for(BEANS, [memory(topic="tea"), memory(sensitive=True)], START) is None
    assert memory_for(BEANS, [memory(expires_at=START)], START) is None
    assert memory_for(BEANS, [memory(topic=None, offer_id="beans")], START) is not None
