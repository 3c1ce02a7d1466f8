"""privacy: export, erase and readmit one customer; keep what may be kept and no longer; clean the files."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from agent import erasing, exporting
from agent.endpoint import endpoint_encoder
from agent.retention import retain as let_go
from agent.stores import Stores
from agent.vacuuming import clean
from api.commands.opening import opened_stores, read_settings
from api.commands.printing import notes, out
from domain.errors import Malformed, StoreOwned
from domain.language import counted
from records import accesses
from records.context import ContextStore, open_context
from records.embedding import SentenceEncoder

app = typer.Typer(no_args_is_help=True, help="Export, erase and readmit customers; let go of what is old.")

Who = Annotated[str, typer.Argument(help="The customer's id; any of them where several are one person.")]
OPERATOR = "operator"
"""The role under which the command line is written down: whoever may use it holds the master secret."""


@app.command()
def export(id: Who, to: Annotated[Path, typer.Option("--out", help="A new file for the JSON document.")]) -> None:
    """Writes everything that is held about a customer into a file that only you can read."""
    with opened_stores() as stores:
        pieces = exporting.exported(stores, id)
        now = stores.clock.now()
        stores.write(lambda c: accesses.note(c, person=None, role=OPERATOR, customer_id=id, what="export", now=now))
        to.touch(mode=0o600, exist_ok=False)
        with to.open("wb") as file:
            file.writelines(pieces)
    out.print(f"Everything held about {id} is in {to}. Hand it over safely, then delete it.", markup=False)


@app.command()
def erase(id: Who, by: Annotated[str | None, typer.Option(help="Who asked for it, for the record.")] = None) -> None:
    """Erases a customer everywhere and keeps them out; decisions stay as evidence, unreadable."""
    with ExitStack() as opened:
        stores = opened.enter_context(opened_stores())
        context = opened_context(opened, stores)
        gone = erasing.erase(stores, id, by=by, role=OPERATOR, context=context)
    if gone.already:
        out.print(f"{id} was erased before; nothing of them is here.", markup=False)
        return
    rows = ", ".join(f"{name} {count:,}" for name, count in (gone.rows or {}).items())
    out.print(f"{id} is erased ({counted(gone.members, 'id')}; {rows}).", markup=False)
    for place in gone.left:
        notes.print(f"Not reached: {place}. Run this again, or ./tact privacy retain; the service tries each hour.")
    if context is None:
        notes.print("The vector store belongs to a running service, which drops the record within the hour.")
    notes.print("Run ./tact privacy vacuum to take the last bytes out of the files, and destroy backups in their time.")


@app.command()
def readmit(
    id: Annotated[str | None, typer.Option(help="The customer's id.")] = None,
    email: Annotated[str | None, typer.Option(help="The address that may come in again.")] = None,
    phone: Annotated[str | None, typer.Option(help="The number that may come in again.")] = None,
    loyalty_id: Annotated[str | None, typer.Option(help="The membership number that may come in again.")] = None,
    line_id: Annotated[str | None, typer.Option(help="The LINE id that may come in again.")] = None,
    by: Annotated[str | None, typer.Option(help="Who says that the person asked for it.")] = None,
) -> None:
    """Lets somebody come in again who was erased and has asked to; give everything they will come in under."""
    given = {"id": id, "email": email, "phone": phone, "loyalty_id": loyalty_id, "line_id": line_id}
    names = {kind: value for kind, value in given.items() if value}
    if not names:
        raise Malformed("readmit", None, "name the person by --id, --email, --phone, --loyalty-id or --line-id.")
    with opened_stores() as stores:
        lifted = erasing.readmit(stores, names, by=by, role=OPERATOR)
    if lifted:
        out.print(f"{lifted} of {len(names)} may come in again. Write their consent down when they give it.")
    else:
        out.print("None of these was kept out.")


@app.command()
def erasures(to: Annotated[Path, typer.Option("--out", help="The file to add the list to.")]) -> None:
    """Writes the list of erasures (hashes that name nobody), to be kept apart from the backups."""
    with opened_stores() as stores:
        written = erasing.write_list(stores, to)
    out.print(f"{counted(written, 'hash', 'hashes')} written to {to}.", markup=False)


@app.command()
def reapply(listed: Annotated[Path, typer.Option("--from", help="A list of erasures.")]) -> None:
    """Erases again whoever came back with a backup that is older than their erasure."""
    with ExitStack() as opened:
        stores = opened.enter_context(opened_stores())
        again, known = erasing.reapply(stores, listed, opened_context(opened, stores))
    out.print(f"{counted(again, 'customer')} erased again; {counted(known, 'hash', 'hashes')} in force.")


@app.command()
def vacuum() -> None:
    """Takes the last bytes of what was deleted out of every file; stop the service for the vector store."""
    with opened_stores() as stores:
        done = clean(stores)
    out.print(f"Made anew: {', '.join(done.files)}.", markup=False)
    if done.strangers:
        out.print(f"{done.strangers:,} records left the vector store whose customers are gone.")
    if done.held is not None:
        notes.print(f"The vector store is in use: {done.held}. Stop it and run this again.", markup=False)


@app.command()
def retain() -> None:
    """Lets go of everything that is older than the settings allow; the service does so by itself every hour."""
    with opened_stores() as stores:
        gone = let_go(stores)
    said = ", ".join(f"{name} {count:,}" for name, count in gone.items() if count)
    out.print(f"Let go: {said}." if said else "Nothing is older than it may be.", markup=False)


def opened_context(opened: ExitStack, stores: Stores) -> ContextStore | None:
    """The vector store, None where a running service holds it."""
    settings = read_settings()
    encoder = endpoint_encoder(settings) or SentenceEncoder()
    try:
        store = open_context(stores.settings.home / "context", stores.settings.chroma_url, encoder)
    except StoreOwned:
        return None
    opened.callback(store.close)
    return store
