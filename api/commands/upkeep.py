"""doctor, index, backup, restore and verify: what keeps the service and its records sound."""

import os
from contextlib import closing
from typing import Annotated

import typer
from rich.text import Text

from agent.endpoint import endpoint_encoder
from agent.settings import Settings
from agent.stores import open_stores
from agent.verification import verify as verify_decision
from api import checkup
from api.checkup import Check
from api.commands.opening import misspelt, opened_stores, read_settings
from api.commands.printing import notes, out, progress_bars
from domain.errors import SecretLost, StoreOwned, TactError
from domain.language import counted
from records.context import open_context
from records.embedding import SentenceEncoder
from records.rebuild import rebuild

index = typer.Typer(no_args_is_help=True)


@index.callback()
def over_index() -> None:
    """The vector store, which can always be rebuilt."""


def verify(decision: Annotated[str, typer.Argument(help="The id of the decision.")]) -> None:
    """Checks seal, message and verdicts of a decision from its record alone; exit code 1 if anything is wrong."""
    with opened_stores() as stores:
        found = verify_decision(stores, decision)
    for finding in found.findings:
        out.print(f"✗ {finding}", markup=False)
    if not found.ok:
        raise typer.Exit(1)
    out.print(
        f"{decision}: {'erased, seal intact' if found.erased else 'seal, message and verdicts hold'}", markup=False
    )


@index.command("rebuild")
def rebuild_index() -> None:
    """Makes the vector store whole from the database; stopping it loses nothing, the next run goes on."""
    settings = read_settings()
    encoder = endpoint_encoder(settings) or SentenceEncoder()
    with (
        closing(open_stores(settings)) as stores,
        closing(open_context(settings.home / "context", settings.chroma_url, encoder)) as store,
        progress_bars() as bars,
    ):
        task = bars.add_task("customers", total=None)
        written = rebuild(
            store, stores.database, encoder, lambda done, total: bars.update(task, completed=done, total=total)
        )
    out.print(f"{counted(written, 'record')} written; the vector store is whole.")


def doctor() -> None:
    """Looks at everything an ask needs and says what to do: ✗ is a fault (exit code 1), ! something to know."""
    settings = read_settings()
    checks = examine(settings)
    for check in checks:
        out.print(Text(f"{mark(check)} {check.name:<9} {check.found}"))
        if not check.ok:
            out.print(Text(f"            {check.advice}", style="yellow"))
    if not checkup.of(checks).ready:
        notes.print("Asks cannot be answered until what is marked above is done.")
        raise typer.Exit(1)


def mark(check: Check) -> str:
    """How well it is: a fault stops asks from being answered."""
    if check.ok:
        return "✓"
    return "✗" if check.needed else "!"


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, also when the database itself does not open."""
    try:
        stores = open_stores(settings)
    except SecretLost as error:
        return (Check(name="secret", ok=False, found=str(error), advice="Until then no command opens the database."),)
    except TactError as error:
        if (shared := checkup.shared_secret(settings.secret)) is not None:
            return (shared,)
        advice = "Check TACT_HOME and TACT_DATABASE_URL, or restore a backup."
        return (Check(name="database", ok=False, found=str(error), advice=advice),)
    with closing(stores):
        return (
            checkup.attempt("database", lambda: checkup.schema(stores)),
            checkup.attempt("policies", lambda: stores.read(checkup.policies)),
            checkup.attempt("secret", lambda: checkup.secret(stores)),
            checkup.attempt("keys", lambda: stores.read(checkup.key_ring)),
            checkup.attempt("data", lambda: stores.read(checkup.data)),
            checkup.attempt("stops", lambda: stores.read(checkup.stopped)),
            look_at_context(settings),
            checkup.environment(misspelt(os.environ)),
            checkup.model(settings),
            checkup.clock(settings, stores.clock.now()),
            checkup.disk(settings),
        )


def look_at_context(settings: Settings) -> Check:
    """The vector store, or who holds it: a running service is no fault."""
    try:
        encoder = endpoint_encoder(settings) or SentenceEncoder()
        with (
            closing(open_stores(settings)) as stores,
            closing(open_context(settings.home / "context", settings.chroma_url, encoder)) as store,
        ):
            return checkup.context_whole(store, stores)
    except StoreOwned as error:
        return Check(name="context", ok=True, found=f"in use: {error.owner}", needed=False)
    except TactError as error:
        return Check(name="context", ok=False, found=str(error), advice="Try ./tact index rebuild.")
