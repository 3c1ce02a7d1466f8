"""The command line: ./tact COMMAND."""

import importlib
from pathlib import Path
from typing import Any, NamedTuple

import typer
from pydantic import ValidationError
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from api.commands.printing import refuse
from domain.errors import Malformed, TactError


class Entry(NamedTuple):
    """Where a command is written, and what the overview says of it."""

    module: str
    name: str
    says: str


ENTRIES = {
    "demo": Entry("demo", "demo", "Loads sample data and prints next messages with their reasons."),
    "serve": Entry("serve", "serve", "Starts the service and runs until it is told to stop."),
    "ask": Entry("ask", "ask", "Asks for the next message for one customer and prints it with its reasons."),
    "import": Entry("imports", "app", "Brings data in: a household panel, or a small bilingual sample."),
    "load": Entry("load", "load", "Loads a CSV, Excel or Parquet file through a mapping; --check only looks."),
    "events": Entry("events", "app", "Events that could not be used: looks at them, replays or drops them."),
    "audience": Entry("audience", "app", "Exports who may be told something, as a file for a delivery tool."),
    "inventory": Entry("inventory", "inventory", "Says which scenes your data can run today, and what is missing."),
    "keys": Entry("keys", "app", "Makes, lists and revokes keys."),
    "stop": Entry("stopping", "stop", "Silences everything at once, or one scene, channel or region."),
    "lift": Entry("stopping", "lift", "Starts sending again; takes another person than the one who stopped."),
    "simulate": Entry("simulate", "simulate", "Says who gains and who loses a message by changed rules."),
    "policies": Entry("policies", "app", "Checks rule files, and puts them in force."),
    "desk": Entry("desk", "desk", "A conversation in which you steer: give, refine, simulate, compare, ask why."),
    "directive": Entry("directive", "app", "Steers in your own words: read back, then approved by somebody else."),
    "llm": Entry("llm", "app", "The model: which it is, what it was asked, and whether it answers."),
    "segment": Entry("segment", "app", "Gives words a meaning once, to use them in directives."),
    "mandates": Entry("mandates", "app", "Says for whom each person speaks: headquarters, a store or an agency."),
    "compose": Entry("compose", "compose", "Has a model write copy ahead of time; what passes every rule is kept."),
    "variants": Entry("variants", "app", "Shows the copy that was written ahead, and takes it out of use."),
    "review": Entry("review", "app", "Shows words that wait for a person; they approve, edit or reject them."),
    "identity": Entry("identity", "app", "Who is one person: compares customers, joins them and parts them again."),
    "privacy": Entry("privacy", "app", "Exports, erases and readmits customers; lets go of what is old."),
    "journeys": Entry("journeys", "app", "Scenes that start by themselves: what waits, and what became of the rest."),
    "outbox": Entry("journeys", "box", "Shows messages that wait to be handed over."),
    "worker": Entry("worker", "worker", "Carries out what is due in a process of its own, beside the service."),
    "verify": Entry("upkeep", "verify", "Checks seal, message and verdicts of a decision."),
    "backup": Entry("saving", "backup", "Writes everything into a folder while the service runs."),
    "restore": Entry("saving", "restore", "Brings a backup back into an empty place."),
    "memories": Entry("memories", "app", "What is remembered of customers: follows what was recorded, and shows it."),
    "brief": Entry("brief", "brief", "Prints what to know before speaking to a customer: sales, store or call centre."),
    "features": Entry("features", "app", "What behaviour comes to: shows it, and rebuilds it from the events."),
    "index": Entry("upkeep", "index", "Rebuilds the vector store from the database."),
    "doctor": Entry("upkeep", "doctor", "Looks at everything an ask needs and says what to do."),
    "rehearse": Entry("rehearse", "rehearse", "For `make bench` alone: the service as the benchmark compares it."),
    "version": Entry("version", "version", "Prints the version."),
}


class Commands(TyperGroup):
    """Loads a command only when it runs: the overview and small commands need none of the large libraries."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # typer hides its own class
        """The names in the order of the table."""
        return list(ENTRIES)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # as above
        """The command as the overview shows it."""
        entry = ENTRIES.get(cmd_name)
        return TyperCommand(cmd_name, help=entry.says) if entry else None

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]  # as above
        """The command that runs."""
        refuse_bytes(args)
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(ENTRIES[name]) if name in ENTRIES else command, rest

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # as above
        """Runs the command; what we foresee, and what was typed wrongly, ends in one sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except TactError as error:
            refuse(error)
            raise typer.Exit(1) from error
        except (OSError, ValidationError, UnicodeError, OverflowError) as error:
            told = mistaken(error)
            if told is None:
                raise
            refuse(told)
            raise typer.Exit(1) from error


def mistaken(error: Exception) -> Malformed | None:
    """What was given wrongly, where it can be told from the error; None for a fault of our own."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        field = "--" + ".".join(map(str, first["loc"])).replace("_", "-")
        empty = first["type"] == "string_too_short" and not first["input"]
        why = "it is empty" if empty else first["msg"].removeprefix("Value error, ").rstrip(".")
        return Malformed(field, first["input"], f"{why}. Correct it and try again.")
    if isinstance(error, OverflowError):
        return Malformed("A number", "…", "it is larger than anything that is stored. Give a smaller one.")
    if isinstance(error, UnicodeDecodeError):
        return Malformed("A file", error.object[:20], "it is not UTF-8 text. Save it as UTF-8.")
    # A pipe that nobody reads any more has no name: typer ends the command without a word.
    if isinstance(error, OSError) and error.filename is not None:
        why = f"{error.strerror}. Check the path, and what you may read and write there."
        return Malformed("The path", str(error.filename), why)
    return None


def refuse_bytes(args: list[str]) -> None:
    """Words that are no UTF-8 text can be kept nowhere; a path may be made of any bytes."""
    for word in args:
        if (
            not word.isprintable()
            and any("\ud800" <= letter <= "\udfff" for letter in word)
            and not Path(word).exists()
        ):
            raise Malformed("The argument", word, "it is not UTF-8 text. Type it in UTF-8.")


def load(entry: Entry) -> Any:
    """The command itself."""
    found = getattr(importlib.import_module(f"api.commands.{entry.module}"), entry.name)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False)
    alone.command()(found)
    return get_command(alone)


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def tact() -> None:
    """Tact decides whether to speak to a customer now, on which channel, about what and in which words."""


def main() -> None:
    """Runs the command line."""
    app(prog_name="tact")


if __name__ == "__main__":
    main()
