"""Embeddings from an endpoint: the company's own texts as vectors; what is about a customer never gets here."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.errors import Unavailable
from records.embedding import ELSEWHERE, FloatMatrix, sound, unit

Embed = Callable[[Sequence[str]], bytes]
"""The body that the endpoint answers with for some texts."""

BATCH = 64
LONGEST = 2000
"""Letters of one text that are sent."""


Coordinate = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e15, le=1e15)]
"""Far from where squares of a single-precision number overflow."""


class Row(BaseModel):
    """One vector, and which of the texts it is of."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    index: int
    embedding: list[Coordinate] = Field(min_length=1, max_length=16_384)


class Rows(BaseModel):
    """An answer of the endpoint."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    data: list[Row]


class EndpointEncoder:
    """Encodes texts by a model somewhere else; see records.embedding.is_here for what it may be given."""

    def __init__(self, model: str, embed: Embed) -> None:
        self._model, self._embed = model, embed

    @property
    def name(self) -> str:
        """Another model makes other vectors."""
        return f"{ELSEWHERE}{self._model}"

    @cached_property
    def dimensions(self) -> int:
        """How long a vector is: asked once, with a text that says nothing."""
        return len(read(self._embed(["."]), 1)[0])

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """One row of unit length for each text."""
        rows = [row for some in self._batches(texts) for row in read(self._embed(some), len(some))]
        if {len(row) for row in rows} - {self.dimensions}:
            raise Unavailable("The embedding model", "its vectors are not all of one length", 5.0)
        return unit(np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions))

    def _batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        for start in range(0, len(texts), BATCH):
            yield [sound(text)[:LONGEST] or "." for text in texts[start : start + BATCH]]


def read(body: bytes, count: int) -> list[list[float]]:
    """The vectors in the order of the texts; raises Unavailable where the answer cannot be read."""
    try:
        rows = sorted(Rows.model_validate_json(body).data, key=lambda row: row.index)
    except ValidationError as error:
        raise Unavailable("The embedding model", "its server sent no vectors that can be read", 5.0) from error
    if [row.index for row in rows] != list(range(count)):
        raise Unavailable("The embedding model", "it did not send one vector for each text", 5.0)
    return [row.embedding for row in rows]
