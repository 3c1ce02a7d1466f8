"""simulate: what a changed set of rules does to every customer, before anybody approves it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from agent.alteration import altered
from agent.rulebook import ensure_book, in_force
from agent.simulation import Counts, Simulation
from agent.simulation import simulate as simulated
from agent.stores import Stores
from api.commands.opening import opened_stores
from api.commands.printing import out, show_table
from domain.errors import Malformed
from domain.language import Language, counted, phrase
from policies.book import Book
from policies.document import read_playbook
from policies.wording import channel_name


def simulate(
    folder: Annotated[Path | None, typer.Argument(help="A whole playbook: the folder with house.yaml.")] = None,
    policy: Annotated[Path | None, typer.Option(help="A file of rules that are laid over those in force.")] = None,
    pack: Annotated[list[str] | None, typer.Option(help="A pack to switch on; may be given several times.")] = None,
    at: Annotated[datetime | None, typer.Option(help="The instant to imagine (UTC where no zone is given).")] = None,
) -> None:
    """Says who gains and who loses a message by a change of the rules; nothing is stored, nothing is sent."""
    if (folder is None) == (policy is None and not pack):
        raise Malformed("FOLDER", folder, "give the folder of a playbook, or --policy FILE and --pack NAME.")
    with opened_stores() as stores:
        ensure_book(stores)
        kept = stores.read(in_force)
        book, language = Book.from_document(kept.version, kept.document), stores.settings.language
        changed = (
            Book(book.version, read_playbook(folder, language)) if folder else _altered(book, policy, pack, language)
        )
        tell(simulated(stores, book, changed, instant(at, stores), language), language)


def _altered(book: Book, policy: Path | None, packs: list[str] | None, language: Language) -> Book:
    if policy is not None and not policy.is_file():
        raise Malformed("--policy", str(policy), "there is no such file.")
    return altered(book, policy.read_text(encoding="utf-8") if policy else None, packs or [], language)


def instant(at: datetime | None, stores: Stores) -> datetime:
    """The instant to imagine, in UTC."""
    now = stores.clock.now()
    if at is None:
        return now
    return at.replace(tzinfo=now.tzinfo) if at.tzinfo is None else at.astimezone(now.tzinfo)


def tell(found: Simulation, language: Language) -> None:
    """The figures as tables, and a few examples."""
    heads = phrase(language, ja="変更前 変更後 増 減", en="before after gained lost").split()
    rows = (
        (phrase(language, ja="全体", en="all"), *figures(found.overall)),
        *((channel_name(channel, language), *figures(counts)) for channel, counts in found.by_channel.items()),
        *((scene or "-", *figures(counts)) for scene, counts in found.by_scene.items()),
    )
    show_table(
        ("", *heads),
        rows,
        phrase(language, ja=f"お客様{found.customers:,}人", en=f"{counted(found.customers, 'customer')}"),
    )
    for one in found.examples:
        sign = "+" if one.change == "gained" else "-"
        out.print(f"{sign} {one.customer} {one.scene or '-'}/{one.channel}: {' '.join(one.says)}", markup=False)
    out.print(f"{found.seconds:.2f} s")


def figures(counts: Counts) -> list[str]:
    """Four numbers."""
    return [f"{number:,}" for number in (counts.before, counts.after, counts.gained, counts.lost)]
