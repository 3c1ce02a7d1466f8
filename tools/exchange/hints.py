"""Hints: what a table does not say that Tact could use, told at a check."""

from collections.abc import Iterator

from domain.language import Text
from tools.exchange.fields import Kind

ADDRESSES = frozenset({"email", "phone", "line_id", "device_id"})


def hints(kind: Kind, known: frozenset[str]) -> Iterator[Text]:
    """Each thing that is missing and would make a difference, with the difference."""
    if kind == "customers":
        yield from _of_customers(known)
    elif kind == "offers":
        yield from _of_offers(known)
    elif kind == "purchases" and "category" not in known:
        yield Text(
            ja="カテゴリの列がありません。好みや買い足しの時期がわかりにくくなります。",
            en="No category: habits and the time to buy again are harder to see.",
        )


def _of_customers(known: frozenset[str]) -> Iterator[Text]:
    if not any(name.startswith("consent.") for name in known):
        yield Text(
            ja="許諾の列がありません。別に --as consents で読み込むまで、メールなどは届けられません。",
            en="No consents: until they are loaded with --as consents, nothing is sent to anybody.",
        )
    if not known & ADDRESSES:
        yield Text(
            ja="メール・電話・LINE ID の列がありません。宛先がわかりません。",
            en="No e-mail address, telephone number or LINE id: nobody has an address.",
        )
    if "birth_date" not in known and "age" not in known:
        yield Text(
            ja="生年月日がありません。お誕生月の施策と、年齢の確認が必要な商品は動きません。",
            en="No birth date: the birthday month, and whatever asks for an age, cannot be played.",
        )
    if "points" in known and "points_expire" not in known:
        yield Text(
            ja="ポイントの有効期限がありません。失効のお知らせは動きません。",
            en="No date on which points expire: customers cannot be told in time.",
        )


def _of_offers(known: frozenset[str]) -> Iterator[Text]:
    for language, name in (("ja", "日本語"), ("en", "英語")):
        if f"name.{language}" not in known:
            english = "Japanese" if language == "ja" else "English"
            yield Text(
                ja=f"{name}の名称がありません。その言語のお客様には名前のまま出せません。",
                en=f"No names in {english}: customers who read it are shown other offers.",
            )
    if "stock" not in known and "in_stock" not in known:
        yield Text(
            ja="在庫の列がありません。売り切れの商品をご案内することがあります。",
            en="No stock: something sold out may be shown.",
        )
    if "price" not in known:
        yield Text(ja="価格がありません。価格は書かれません。", en="No prices: no copy can state one.")
