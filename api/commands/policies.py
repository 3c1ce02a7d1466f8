"""policies: check YAML files, and put a playbook in force under two names."""

from pathlib import Path
from typing import Annotated

import typer

from agent.rulebook import propose
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out
from domain.errors import Malformed, Unreadable
from policies.document import PLAYBOOK, Page, read_playbook

app = typer.Typer(no_args_is_help=True, help="Check rule files, and put them in force.")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Rule files, scene files, or folders with a house.yaml.")],
) -> None:
    """Reads the files and names every mistake with file, line and a suggestion; changes nothing."""
    problems = [problem for path in files for problem in problems_in(path)]
    if problems:
        raise Unreadable(problems)
    out.print(f"{len(files)} read, no mistakes.")


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(help="The folder with house.yaml and scenes/.")] = PLAYBOOK,
    author_key: Annotated[str | None, typer.Option(envvar="TACT_AUTHOR_KEY", help="The key of the author.")] = None,
    approver_key: Annotated[
        str | None, typer.Option(envvar="TACT_APPROVER_KEY", help="The key of the approver, another person.")
    ] = None,
    note: Annotated[str, typer.Option(help="What changes, for the list of versions.")] = "",
) -> None:
    """Puts a playbook in force; its author and its approver are two different persons."""
    found(folder)
    with opened_stores() as stores:
        author = person_behind(
            stores, ask_for_key(author_key, "the author"), "write policies", ("marketer", "approver")
        )
        approver = person_behind(stores, ask_for_key(approver_key, "the approver"), "approve policies", ("approver",))
        version = propose(stores, folder, author.person, approver.person, note, stores.clock.now())
    out.print(
        f"Version {version} is in force: written by {author.person}, approved by {approver.person}.", markup=False
    )


def problems_in(path: Path) -> list[str]:
    """Every mistake in a file or folder."""
    found(path)
    try:
        if path.is_dir():
            read_playbook(path)
            return []
        return problems_on(Page("en", path.name, path.read_text(encoding="utf-8")), path.parent.name == "scenes")
    except Unreadable as error:
        return list(error.problems)
    except UnicodeDecodeError:
        return [f"{path.name}: this is not UTF-8 text. Save the file as UTF-8."]


def problems_on(page: Page, is_scene: bool) -> list[str]:
    """Every mistake in one file; a file of rules may also hold the sender."""
    if is_scene:
        page.scene()
    else:
        page.rules()
        if isinstance(page.data, dict) and "sender" in page.data:
            page.sender()
    return page.told()


def found(path: Path) -> None:
    """Raises Malformed for a path that holds nothing to read."""
    needed = path / "house.yaml" if path.is_dir() else path
    if not needed.is_file():
        raise Malformed("FILE", str(path), f"there is no file {needed}.")
