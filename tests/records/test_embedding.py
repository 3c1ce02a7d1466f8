"""The real encoder: offline, in two languages, and never surprised by a text."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from records.embedding import SentenceEncoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """The encoder, loaded on its first text."""
    return SentenceEncoder()


def test_texts_of_one_meaning_are_near_in_both_languages(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["コーヒー豆をよく買う", "often buys coffee beans", "repairs the roof of a house"])
    assert rows.shape == (3, encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]


def test_any_text_has_a_vector(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["", "   ", "\0", "\ud800 half", "☕️" * 300])
    assert np.isfinite(rows).all()
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_many_threads_and_large_batches_agree_with_one_text_at_a_time(encoder: SentenceEncoder) -> None:
    texts = [f"text number {number}" for number in range(300)]
    together = encoder.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda text: encoder.encode([text])[0], texts[:8]))
    assert np.allclose(together[:8], alone, atol=1e-5)
