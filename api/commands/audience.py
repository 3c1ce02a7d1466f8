"""audience: who may be told something, as a file for a delivery tool."""

from pathlib import Path
from typing import Annotated, TypeVar

import typer

from agent.exchange.audience import Chosen, Exported
from agent.exchange.audience import export as exported
from agent.rulebook import ensure_book, in_force
from api.commands.directive import Key, spoken
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import notes, out
from domain.channel import Channel, Purpose
from domain.errors import Malformed
from domain.language import Language, counted, phrase
from policies.book import Book

app = typer.Typer(no_args_is_help=True, help="Who may be told something, as a file for a delivery tool.")


@app.callback()
def audience() -> None:
    """Who may be told something, as a file for a delivery tool."""


@app.command()
def export(
    file: Annotated[Path, typer.Option("--out", help="A file that ends in .csv, .xlsx or .parquet.")],
    scene: Annotated[str | None, typer.Option(help="Who would get this scene now, under all rules.")] = None,
    segment: Annotated[str | None, typer.Option(help="Whom a defined word means.")] = None,
    where: Annotated[str | None, typer.Option(help="Words that say who is meant, such as 'gold members'.")] = None,
    channel: Annotated[str | None, typer.Option(help="On which channel they are to be told something.")] = None,
    purpose: Annotated[str, typer.Option(help="marketing, service or transactional.")] = "marketing",
    columns: Annotated[str, typer.Option(help="Columns with commas between them, such as id,email,tier.")] = "",
    encoding: Annotated[str, typer.Option(help="utf-8 (with the mark that Excel needs) or cp932.")] = "utf-8",
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells as they are: for machines, not spreadsheets.")
    ] = False,
    key: Key = None,
    language: Annotated[str | None, typer.Option(help="ja or en, where the words do not show it.")] = None,
) -> None:
    """Writes only customers who consented to this channel and purpose; the export is noted for each of them."""
    chosen = Chosen(
        scene,
        segment,
        where,
        _one_of(Channel, channel, "--channel") if channel else None,
        _one_of(Purpose, purpose, "--purpose"),
        tuple(name.strip() for name in columns.split(",") if name.strip()),
        spoken(language),
    )
    with opened_stores() as stores:
        by = person_behind(
            stores, ask_for_key(key, "a marketer"), "export audiences", ("marketer", "approver", "privacy")
        )
        ensure_book(stores)
        kept = stores.read(in_force)
        book = Book.from_document(kept.version, kept.document)
        done = exported(stores, book, chosen, file, encoding, raw=raw, person=by.person, role=by.role)
        tell(done, stores.settings.language)


def tell(done: Exported, language: Language) -> None:
    """How many were written and who was left out."""
    rows, meant = done.written.rows, done.meant
    no_word, no_address = done.without_consent, done.without_address
    said = phrase(
        language,
        ja=f"{done.path}：{rows:,}人（対象 {meant:,}、許諾なし {no_word:,}、宛先なし {no_address:,}）",
        en=f"{done.path}: {counted(rows, 'customer')} (of {meant:,} meant; {no_word:,} without consent, "
        f"{no_address:,} without an address)",
    )
    out.print(said, markup=False)
    if done.written.replaced:
        told = phrase(
            language,
            ja=f"{done.written.replaced:,}個のセルに、この文字コードにない文字がありました。〓 に置き換えています。",
            en=f"〓 stands for characters that this encoding lacks, in {counted(done.written.replaced, 'cell')}.",
        )
        notes.print(told, markup=False)
        for one in done.written.lacking:
            place = phrase(language, ja=f"{one.row}行目", en=f"row {one.row}")
            notes.print(f"  {place} {one.column}: {one.characters}", markup=False)


Named = TypeVar("Named", Channel, Purpose)


def _one_of(kind: type[Named], given: str, option: str) -> Named:
    try:
        return kind(given.lower())
    except ValueError:
        raise Malformed(option, given, f"write one of {', '.join(kind)}.") from None
