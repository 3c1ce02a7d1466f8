"""Categories: what policies call them, and the words for them."""

import csv
import re

import polars as pl
import pytest

from tools.imports.categories import TABLE, by_id, categories, category, shelf
from tools.imports.frames import data_folder, read_journey

ALCOHOL = {"BEERS/ALES", "DOMESTIC WINE", "IMPORTED WINE", "LIQUOR", "MISC WINE"}
TOBACCO = {"CIGARETTES", "CIGARS", "TOBACCO OTHER"}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
DRINKS = (
    r"BEERALE|MALT LIQ|VODKA|WHISKE?Y|\bRUMS?\b|TEQUILA|\bGIN\b|BRANDY|COGNAC|SCHNAPPS|SCOTCH|LIQUEUR| WINES\b|VERMOUTH"
)


@pytest.fixture(scope="module")
def products() -> pl.DataFrame:
    """Every product of the source."""
    return pl.read_parquet(data_folder() / "products.parquet")


def test_every_category_of_the_data_has_a_row_with_words_in_both_languages(products: pl.DataFrame) -> None:
    assert set(categories()) == set(products["product_category"].drop_nulls())
    for each in categories().values():
        assert each.words.en
        assert JAPANESE.search(each.words.ja or ""), each.source
        assert not JAPANESE.search(each.words.en)


def test_ids_and_rows_are_unique() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == len(categories()) == len(by_id(()))


def test_the_words_of_what_is_bought_most() -> None:
    milk = category("FLUID MILK PRODUCTS")
    assert (milk.id, milk.policy, milk.words.en, milk.words.ja) == ("fluid-milk-products", "food", "milk", "牛乳")
    assert category("COFFEE").words.ja == "コーヒー"


def test_alcohol_and_tobacco_are_exact() -> None:
    assert {each.source for each in categories().values() if each.policy == "alcohol"} == ALCOHOL
    assert {each.source for each in categories().values() if each.policy == "tobacco"} == TOBACCO
    assert category("SMOKING CESSATIONS").policy == "health"
    assert category("SMOKED MEATS").policy == "food"
    assert category("CHARCOAL AND LIGHTER FLUID").policy == "household"


def test_every_drink_with_alcohol_stands_on_a_shelf_of_alcohol(products: pl.DataFrame) -> None:
    shelves = {each.id for each in categories().values() if each.policy == "alcohol"}
    named = shelf(products).join(products, on="product_id")
    drinks = named.filter(
        pl.col("product_type").str.contains(DRINKS) & ~pl.col("product_type").str.contains("COOKING|VINEGAR")
    )
    assert drinks.height > 500
    outside = drinks.filter(~pl.col("category").is_in(list(shelves)).fill_null(False))
    assert outside.select("product_type", "category").unique().to_dicts() == []


def test_strays_come_home(products: pl.DataFrame) -> None:
    named = shelf(products).join(products, on="product_id")
    found = {
        (kind, name)
        for kind, name in named.filter(pl.col("department") == "MISCELLANEOUS")
        .select("product_type", "category")
        .iter_rows()
        if kind in ("BEERALEMALT LIQUORS", "CIGARETTES", "CHEWING TOBACCO", "GASOLINE-REG UNLEADED")
    }
    assert found == {
        ("BEERALEMALT LIQUORS", "beers-ales"),
        ("CIGARETTES", "cigarettes"),
        ("CHEWING TOBACCO", "tobacco-other"),
        ("GASOLINE-REG UNLEADED", "fuel"),
    }
    assert set(named.filter(pl.col("product_type") == "BEERALE -NON ALCOHOLIC")["category"]) == {"beers-ales"}


def test_what_nobody_may_word_is_private() -> None:
    for source in (
        *ALCOHOL,
        *TOBACCO,
        "LAXATIVES",
        "FAMILY PLANNING",
        "INFANT FORMULA",
        "ADULT INCONTINENCE",
        "VITAMINS",
    ):
        assert category(source).private, source
    assert not category("COFFEE").private


def test_a_category_without_a_row_is_readable_and_private() -> None:
    new = category("PLANT MILKS/OAT & NUT")
    assert (new.id, new.words.en, new.words.ja) == ("plant-milks-oat-nut", "plant milks oat & nut", None)
    assert new.private
    assert new.policy is None
    assert by_id(["PLANT MILKS/OAT & NUT"])["plant-milks-oat-nut"] == new


def test_most_lines_have_a_category() -> None:
    lines = read_journey(data_folder()).lines
    assert lines["category"].null_count() / lines.height < 0.005
