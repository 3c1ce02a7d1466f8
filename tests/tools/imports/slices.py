"""Slices of the real data: a few households with everything that belongs to them, in files like the package's."""

from pathlib import Path
from shutil import copy

import polars as pl

from tools.imports.frames import data_folder

WHOLE = ("products", "coupons", "campaign_descriptions")
BY_HOUSEHOLD = ("transactions", "demographics", "campaigns", "coupon_redemptions")
LAST = 2070
"""The household of the last basket: with it, a slice ends on the same day as the data."""


def write_slice(folder: Path, households: int) -> Path:
    """Files with every n-th household, so that old and new, small and large ones are among them."""
    source = data_folder()
    everybody = (
        pl.read_parquet(source / "transactions.parquet", columns=["household_id"])["household_id"].unique().sort()
    )
    chosen = [*everybody.gather_every(everybody.len() // (households - 1)).head(households - 1), LAST]
    for name in WHOLE:
        copy(source / f"{name}.parquet", folder)
    for name in BY_HOUSEHOLD:
        table = pl.read_parquet(source / f"{name}.parquet")
        table.filter(pl.col("household_id").is_in(chosen)).write_parquet(folder / f"{name}.parquet")
    return folder
