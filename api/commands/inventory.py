"""inventory: which scenes your data can run today, and what is missing for the others."""

import json
from typing import Annotated

import typer

from agent.inventory.inventory import Inventory, Readiness
from agent.inventory.inventory import inventory as taken
from agent.rulebook import ensure_book, in_force
from api.commands.opening import opened_stores
from api.commands.printing import out, show_table
from api.routes.inventory import view_of
from domain.language import Language, counted, phrase
from policies.book import Book


def inventory(
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    needs: Annotated[bool, typer.Option("--needs", help="Also what each scene needs, with what there is.")] = False,
) -> None:
    """Says for every scene whether it runs today, for how many customers, and what to bring in where it does not."""
    with opened_stores() as stores:
        ensure_book(stores)
        kept = stores.read(in_force)
        language = stores.settings.language
        found = taken(stores, Book.from_document(kept.version, kept.document), stores.clock.now())
    if as_json:
        out.print(
            json.dumps(view_of(found, language).model_dump(mode="json"), ensure_ascii=False, indent=1), markup=False
        )
        return
    tell(found, needs, language)


def tell(found: Inventory, needs: bool, language: Language) -> None:
    """A table of scenes, then the totals."""
    heads = phrase(language, ja="施策 お客様 判定", en="scene customers verdict").split()
    title = phrase(language, ja=f"お客様 {found.customers:,}人", en=f"{counted(found.customers, 'customer')}")
    scenes = sorted(found.scenes, key=lambda scene: -scene.customers)
    show_table(heads, (row(one, needs, language) for one in scenes), title)
    for title, counts in (
        (phrase(language, ja="識別子", en="identifiers"), found.identifiers),
        (phrase(language, ja="イベント（30日）", en="events (30 days)"), found.events),
        (phrase(language, ja="ご案内できるもの", en="offers"), found.offers),
    ):
        told = ", ".join(f"{name} {count:,}" for name, count in list(counts.items())[:12])
        out.print(f"{title}: {told or '0'}", markup=False)
    out.print(f"{found.seconds:.2f} s")


def row(one: Readiness, needs: bool, language: Language) -> tuple[str, str, str]:
    """A scene, how many customers it reaches, and what stands in its way."""
    said = one.verdict.either(language)
    if needs:
        marks = [f"{'✓' if need.met else '–'} {need.says.either(language)}: {need.have:,}" for need in one.needs]
        said = "\n".join((said, *marks))
    return f"{one.scene.name.either(language)}\n{one.scene.id}", f"{one.customers:,}", said
