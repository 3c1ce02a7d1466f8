"""Product categories of the Complete Journey: what policies call them and the plain words for them."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from domain.language import Text

TABLE = Path(__file__).with_name("categories.csv")

STRAYS = {
    "BEERALEMALT LIQUORS": "BEERS/ALES",
    "GIFT BASKETS BEER": "BEERS/ALES",
    "VODKAS(42 UNDER PROOF)": "LIQUOR",
    "CIGARETTES": "CIGARETTES",
    "CHEWING TOBACCO": "TOBACCO OTHER",
    "CIG LIGHTERS/LTR FLUID/PIPES": "TOBACCO OTHER",
    "GASOLINE-REG UNLEADED": "FUEL",
}
"""Product types that the source also files under another or no category; they belong where their name says."""

RESTRICTED = frozenset({"alcohol", "tobacco"})


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the source.

    `policy` is the word that rules use (alcohol, tobacco, food, …), None for what nobody buys for itself. A bottle
    without alcohol on the shelf of beers counts as alcohol: the shelf may be stricter than the bottle, never looser.
    A `private` category is never turned into a memory and never worded.
    """

    id: str
    source: str
    policy: str | None
    private: bool
    words: Text

    @property
    def restricted(self) -> bool:
        """Whether the law says who may buy it."""
        return self.policy in RESTRICTED


@cache
def categories() -> Mapping[str, Category]:
    """All categories that have a row in the table, by the name that the source gives them."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["source"]: _category(row) for row in csv.DictReader(lines)}


def category(source: str) -> Category:
    """The category that the source calls `source`; one without a row is readable, but private: unknown means no."""
    known = categories().get(source)
    if known is not None:
        return known
    words = re.sub(r"[^a-z0-9&]+", " ", source.lower()).strip()
    return Category(slug(source), source, None, True, Text(en=words or source))


def slug(source: str) -> str:
    """The id of a category: `FLUID MILK PRODUCTS` is fluid-milk-products."""
    return re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")


def shelf(products: pl.DataFrame) -> pl.DataFrame:
    """Products with the id of the category that they belong to (null: none), the strays brought home."""
    restricted = [each.source for each in categories().values() if each.restricted]
    stray = pl.col("product_type").is_in(list(STRAYS)) & ~pl.col("product_category").is_in(restricted).fill_null(False)
    source = pl.when(stray).then(pl.col("product_type").replace(STRAYS)).otherwise(pl.col("product_category"))
    named = products.select("product_id", source.alias("source"))
    return named.select(
        "product_id",
        pl.col("source").replace_strict(_ids(named["source"]), default=None, return_dtype=pl.String).alias("category"),
    )


def by_id(sources: Iterable[str]) -> Mapping[str, Category]:
    """Categories by id, the table's and those of `sources` that have no row."""
    found = [*categories().values(), *(category(source) for source in sources)]
    return {each.id: each for each in found}


def _ids(sources: pl.Series) -> dict[str, str]:
    return {source: category(source).id for source in sources.unique().drop_nulls()}


def _category(row: Mapping[str, str]) -> Category:
    words = Text(en=row["en"], ja=row["ja"])
    return Category(slug(row["source"]), row["source"], row["policy"] or None, bool(row["private"]), words)
