"""What is bought together: how often two topics lie in the same basket."""

from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tools.imports.categories import by_id
from tools.imports.frames import Journey

MOST = 8
WEAKEST = 0.05
CHUNK = 20_000


def bought_together(journey: Journey, now: datetime) -> dict[str, tuple[tuple[str, float], ...]]:
    """By topic its strongest neighbours: the cosine over baskets before `now`, scaled so that the strongest pair is 1.

    Private topics are left out on both sides: nobody is to be led from diapers, or to them.
    """
    topics = sorted(each.id for each in by_id(()).values() if each.policy is not None and not each.private)
    pairs = journey.before(now).filter(pl.col("category").is_in(topics)).select("basket_id", "category").unique()
    alike = _cosines(_counts(pairs, topics))
    strongest = float(alike.max(initial=0.0))
    return {
        topic: found for index, topic in enumerate(topics) if (found := _neighbours(topics, alike[index], strongest))
    }


def _counts(pairs: pl.DataFrame, topics: list[str]) -> NDArray[np.float64]:
    """Baskets that hold both of two topics, by (topic, topic)."""
    columns = pairs["category"].replace_strict(topics, range(len(topics)), return_dtype=pl.Int64).to_numpy()
    rows = pairs["basket_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    counts = np.zeros((len(topics), len(topics)))
    for first in range(0, int(rows.max(initial=-1)) + 1, CHUNK):
        inside = (rows >= first) & (rows < first + CHUNK)
        baskets = np.zeros((CHUNK, len(topics)), dtype=np.float32)
        baskets[rows[inside] - first, columns[inside]] = 1
        counts += baskets.T @ baskets
    return counts


def _cosines(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.sqrt(np.maximum(np.diag(counts), 1))
    alike: NDArray[np.float64] = counts / np.outer(lengths, lengths)
    np.fill_diagonal(alike, 0)
    return alike


def _neighbours(topics: list[str], alike: NDArray[np.float64], strongest: float) -> tuple[tuple[str, float], ...]:
    best = np.argsort(-alike, kind="stable")[:MOST]
    return tuple(
        (topics[index], round(float(alike[index]) / strongest, 4)) for index in best if alike[index] >= WEAKEST
    )
