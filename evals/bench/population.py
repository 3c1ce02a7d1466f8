"""A population: customers in columns who do not exist, as many as a benchmark wants."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl

from domain.clock import to_micros
from domain.customer import Stage, Tier
from domain.features import DAY, LONG_AGO
from policies.columns.base import Base
from policies.facts import Home

HOME = Home("JP", "Asia/Tokyo")
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
MARKS = ("vip", "b2b", "open_ticket", "do_not_contact", "coffee", "student")


def synthetic(customers: int, seed: int = 20261124) -> Base:
    """A base of so many customers, with a few percent of every fact unknown, three consents and 1.5 contacts each."""
    chance = np.random.default_rng(seed)
    whose = chance.integers(0, customers, customers * 3 // 2)
    return Base(
        customers=pl.DataFrame(
            {
                "id": np.char.add("c-", np.arange(customers).astype(str)),
                "stage": _words(chance, customers, list(Stage)),
                "tier": _words(chance, customers, list(Tier)),
                "gender": _words(chance, customers, ["female", "male"]),
                "country": _words(chance, customers, ["JP", "JP", "JP", "US", "DE"]),
                "region": _words(chance, customers, ["東京都", "北海道", "大阪府"]),
                "language": _words(chance, customers, ["ja", "en"]),
                "timezone": _words(
                    chance, customers, ["Asia/Tokyo", "Asia/Tokyo", "America/New_York", "Europe/Berlin"]
                ),
                "age": pl.select(
                    pl.when(pl.Series(chance.random(customers) > 0.05)).then(
                        pl.Series(chance.integers(12, 90, customers))
                    )
                ).to_series(),
                "ordered_at": _ordered(np.random.default_rng(seed + 1), customers),
                "tags": _marks(chance, customers),
                "segments": _marks(chance, customers),
            }
        ),
        attributes=pl.DataFrame({"row": np.arange(customers, dtype=np.uint32)}).with_columns(
            name=pl.lit("points"),
            number=pl.Series(chance.integers(0, 500, customers).astype(np.float64)),
            text=pl.lit(None, dtype=pl.String),
            truth=pl.lit(None, dtype=pl.Boolean),
        ),
        consents=_consents(chance, customers),
        contacts=_contacts(chance, whose.astype(np.uint32)),
        home=HOME,
    )


def _words(chance: np.random.Generator, count: int, words: Sequence[str]) -> pl.Series:
    """A column of words, one in twenty of them unknown."""
    known = pl.Series([str(word) for word in words])
    places = pl.Series(chance.integers(0, len(words), count))
    chosen = known.gather(places)
    return pl.select(pl.when(pl.Series(chance.random(count) > 0.05)).then(chosen)).to_series().cast(pl.Categorical)


def _ordered(chance: np.random.Generator, count: int) -> pl.Series:
    """When everybody last ordered: one in ten never did, one in twenty nobody knows of."""
    micros = to_micros(NOON) - chance.integers(0, 365 * DAY, count)
    never, unknown = (pl.Series(chance.random(count) < share) for share in (0.1, 0.05))
    return pl.select(pl.when(unknown).then(None).when(never).then(LONG_AGO).otherwise(pl.Series(micros))).to_series()


def _marks(chance: np.random.Generator, count: int) -> pl.Series:
    lists = [list(one) for size in (0, 0, 1, 2) for one in (random.Random(size).sample(MARKS, size),)]
    lists += [[mark] for mark in MARKS]
    known = pl.Series(lists, dtype=pl.List(pl.Categorical))
    return known.gather(pl.Series(chance.integers(0, len(lists), count)))


def _consents(chance: np.random.Generator, customers: int) -> pl.DataFrame:
    topics = ["email", "push", "line"]
    return pl.DataFrame(
        {
            "row": np.tile(np.arange(customers, dtype=np.uint32), len(topics)),
            "topic": pl.Series(np.repeat(np.arange(len(topics)), customers)).replace_strict(
                list(range(len(topics))), topics
            ),
            "granted": chance.random(customers * len(topics)) < 0.7,
        }
    ).with_columns(purpose=pl.lit("*"))


def _contacts(chance: np.random.Generator, whose: np.ndarray[Any, np.dtype[np.uint32]]) -> pl.DataFrame:
    micros = to_micros(NOON) - chance.integers(0, 30 * 86_400_000_000, len(whose))
    channels = pl.Series(["email", "push", "line", "sms"]).gather(pl.Series(chance.integers(0, 4, len(whose))))
    return pl.DataFrame({"row": whose, "at": micros, "channel": channels}).with_columns(
        purpose=pl.lit("marketing"),
        scene=pl.lit("newsletter"),
        offer_kind=pl.lit("product"),
        offer_category=pl.lit("food"),
        offer_id=pl.lit("o"),
        pushed=pl.lit(True),
        state=pl.lit("delivered"),
    )
