"""backup and restore: one consistent copy of everything, taken while the service runs, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from agent import erasing
from api.commands.opening import opened_stores, read_settings
from api.commands.printing import out
from domain.language import counted
from records import backup as copies
from records.backup import Manifest


def backup(folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")]) -> None:
    """Writes database and master secret into a folder; whoever holds it can read every customer."""
    with opened_stores() as stores:
        secret = stores.settings.secret
        manifest = copies.backup(stores.database, folder, secret, stores.clock.now())
    out.print(f"{rows(manifest)} in {folder}. Keep it as safe as the service itself.", markup=False)


def restore(folder: Annotated[Path, typer.Argument(help="The folder of a backup.")]) -> None:
    """Brings a backup back into an empty TACT_HOME and database, and checks that it is whole."""
    settings = read_settings()
    manifest = copies.restore(folder, settings.database, settings.secret)
    out.print(f"{rows(manifest)} are back, as of {manifest.made_at:%Y-%m-%d %H:%M %Z}.", markup=False)
    listed = settings.home / erasing.LIST
    if listed.exists():
        with opened_stores() as stores:
            again, known = erasing.reapply(stores, listed)
        out.print(
            f"Erased again, as they were after it was made: {counted(again, 'customer')} "
            f"({counted(known, 'hash', 'hashes')})."
        )
    else:
        out.print("If customers were erased since, run: ./tact privacy reapply --from LIST")
    out.print("The vector store is made anew with: ./tact index rebuild")


def rows(manifest: Manifest) -> str:
    """How much a backup holds."""
    decisions, customers = manifest.rows.get("decisions", 0), manifest.rows.get("customers", 0)
    inside = f"{counted(customers, 'customer')}, {counted(decisions, 'decision')}"
    return f"{counted(sum(manifest.rows.values()), 'row')} ({inside})"
