"""policies: check YAML files, look at the rules in force and at what changes, and try rules out."""

import json
import sys
from pathlib import Path
from typing import Annotated, get_args

import typer
from pydantic import ValidationError

from agent import rulebook
from agent.heads import Heads
from agent.trial import TrialRequest, trial
from agent.vocabulary import words_of
from api.commands import proposals as governing
from api.commands.opening import opened_stores, read_settings
from api.commands.printing import minute, out, show_table
from api.faults import faults
from domain.errors import Malformed, Unreadable
from domain.language import counted
from policies.book import Book
from policies.boundary.reach import said_whole
from policies.document import Page, read_playbook
from policies.facts import Home
from policies.schema import FILES, Document, text_of
from records import book as versions
from records import proposals

app = typer.Typer(no_args_is_help=True, help="Check rule files, and put them in force.")
for governed in (governing.load, governing.approve, governing.reject, governing.rollback, governing.retire):
    app.command()(governed)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Rule files, scene files, or folders with a house.yaml.")],
) -> None:
    """Reads the files and names every mistake with file, line and a suggestion; changes nothing."""
    problems = [problem for path in files for problem in problems_in(path)]
    if problems:
        raise Unreadable(problems)
    count = sum(len(list(path.rglob("*.yaml"))) if path.is_dir() else 1 for path in files)
    out.print(f"{counted(count, 'file')} read, no mistakes.")


@app.command("list")
def list_versions(most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20) -> None:
    """Lists the versions of the book and the proposals, newest first."""
    with opened_stores() as stores:
        kept, made = stores.read(lambda c: (versions.page(c, most), proposals.page(c, most)))
    show_table(
        ("version", "at", "author", "approver", "note"),
        ((str(one.version), minute(one.created_at), one.author, one.approver or "", one.note) for one in kept),
    )
    show_table(
        ("proposal", "at", "author", "status", "from version", "note"),
        ((str(one.number), minute(one.created_at), one.author, one.status, str(one.base), one.note) for one in made),
    )


@app.command()
def show(
    version: Annotated[int | None, typer.Argument(min=1, help="A version; else the one in force.")] = None,
) -> None:
    """Says every rule of a version in one sentence."""
    with opened_stores() as stores:
        kept = stores.read(lambda c: versions.get(c, version) if version else rulebook.in_force(c))
    language = read_settings().language
    book = Book.from_document(kept.version, kept.document)
    packs = ", ".join(book.playbook.packs) or "–"
    out.print(f"Version {kept.version}, packs: {packs}", markup=False)
    for rule in book.rules:
        out.print(f"{rule.id} ({rule.kind}, {rule.layer}): {said_whole(rule, language)}", markup=False)


@app.command()
def diff(
    before: Annotated[int, typer.Argument(min=1, help="A version.")],
    after: Annotated[int | None, typer.Argument(min=1, help="Another version; else the one in force.")] = None,
) -> None:
    """Says what changes between two versions; what can loosen anything is marked with !."""
    with opened_stores() as stores:
        old = stores.read(lambda c: versions.get(c, before))
        new = stores.read(lambda c: versions.get(c, after) if after else rulebook.in_force(c))
    found = rulebook.compared(old.document, new.document)
    governing.print_changes(found.changes, read_settings().language)
    out.print(f"{counted(len(found.changes), 'change')} from version {old.version} to {new.version}.", markup=False)


@app.command()
def findings(
    folder: Annotated[Path | None, typer.Argument(help="A folder with house.yaml; else the book in force.")] = None,
) -> None:
    """Says what is probably not meant in the rules: rules that never speak, customers whom nobody may reach."""
    with opened_stores() as stores:
        if folder is not None:
            governing.found(folder)
            document = Book(0, read_playbook(folder, stores.settings.language)).to_document()
        else:
            document = stores.read(rulebook.in_force).document
        found = rulebook.examined(stores, document)
        language = stores.settings.language
    for flaw in found:
        out.print(f"{flaw.kind} ({', '.join(flaw.rules)}): {flaw.text.either(language)}", markup=False)
    out.print(f"{counted(len(found), 'finding')}.")


@app.command()
def schema(
    document: Annotated[str, typer.Argument(help="One of " + ", ".join(FILES) + ".")] = "house",
    write: Annotated[bool, typer.Option("--write", help="Writes all schemas beside the playbook instead.")] = False,
) -> None:
    """Prints the JSON Schema by which editors complete and check rule files."""
    if write:
        for name, path in FILES.items():
            path.write_text(text_of(name), encoding="utf-8")
        out.print(f"{len(FILES)} schemas written.")
        return
    chosen = next((name for name in get_args(Document) if name == document), None)
    if chosen is None:
        raise Malformed("DOCUMENT", document, f"give one of {', '.join(FILES)}.")
    out.print(text_of(chosen), markup=False, end="")


@app.command("try")
def try_rules(
    request: Annotated[
        Path, typer.Argument(help="A request as POST /v1/policies/try takes it, in JSON; - reads standard input.")
    ],
) -> None:
    """Says what directives, packs and rules say of one situation, as JSON; nothing is stored."""
    asked = request_in(request)
    with opened_stores() as stores:
        settings, words, now = stores.settings, stores.read(words_of), stores.clock.now()
        home = Home(settings.home_country, settings.home_timezone, settings.public_url)
        answered = trial(asked, home, now, asked.language or settings.language, words, Heads(stores))
    out.print(answered.model_dump_json(indent=1), markup=False)


def request_in(path: Path) -> TrialRequest:
    """The request in a file; raises Malformed naming the field that cannot be used."""
    if str(path) != "-":
        governing.found(path)
    text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    try:
        return TrialRequest.model_validate(json.loads(text))
    except ValidationError as error:
        first = faults(error.errors())[0]
        raise Malformed(first.field, "", first.detail) from error
    except json.JSONDecodeError as error:
        raise Malformed("FILE", str(path), f"it is not JSON ({error}).") from error


def problems_in(path: Path) -> list[str]:
    """Every mistake in a file or folder."""
    governing.found(path)
    try:
        if path.is_dir():
            read_playbook(path)
            return []
        return problems_on(Page("en", path.name, path.read_text(encoding="utf-8")), path.parent.name)
    except Unreadable as error:
        return list(error.problems)
    except UnicodeDecodeError:
        return [f"{path.name}: this is not UTF-8 text. Save the file as UTF-8."]


def problems_on(page: Page, folder: str) -> list[str]:
    """Every mistake in one file; a file of rules may also hold the sender."""
    if folder == "scenes":
        page.scene()
    elif folder == "packs":
        page.pack()
    elif page.name == "stages.yaml":
        page.stages()
    else:
        page.policy()
        if isinstance(page.data, dict) and "sender" in page.data:
            page.sender()
    return page.told()
