"""policies load, approve, reject, rollback, retire: how rules come into force from the command line."""

from pathlib import Path
from typing import Annotated

import typer

from agent import rulebook
from agent.stores import Stores
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out
from domain.errors import Malformed
from domain.language import Language, counted
from policies.change import Change
from policies.document import PLAYBOOK, read_playbook
from records import proposals
from records.proposals import Proposal

Number = Annotated[int, typer.Argument(min=1, help="The number of the proposal, as ./tact policies list shows it.")]
ApproverKey = Annotated[str | None, typer.Option("--key", envvar="TACT_KEY", help="The key of an approver.")]
SecondKey = Annotated[
    str | None, typer.Option(envvar="TACT_APPROVER_KEY", help="The key of the approver, another person.")
]


def load(
    folder: Annotated[Path, typer.Argument(help="The folder with house.yaml and scenes/.")] = PLAYBOOK,
    author_key: Annotated[str | None, typer.Option(envvar="TACT_AUTHOR_KEY", help="The key of the author.")] = None,
    approver_key: SecondKey = None,
    note: Annotated[str, typer.Option(help="What changes, for the list of versions.")] = "",
) -> None:
    """Stores a playbook as a proposal; with the key of an approver as well, it comes into force at once."""
    found(folder)
    with opened_stores() as stores:
        token = ask_for_key(author_key, "the author", "--author-key", "TACT_AUTHOR_KEY")
        author = person_behind(stores, token, "write policies", ("marketer", "approver"))
        approver = person_behind(stores, approver_key, "approve policies", ("approver",)) if approver_key else None
        playbook = read_playbook(folder, stores.settings.language)
        made = rulebook.propose_files(stores, playbook, author.person, note, stores.clock.now())
        tell(stores, made)
        if approver is not None:
            enact(stores, made.number, approver.person)


def approve(number: Number, key: ApproverKey = None) -> None:
    """Puts a proposal in force; one that can loosen anything needs another person than its author."""
    with opened_stores() as stores:
        approver = person_behind(stores, ask_for_key(key, "an approver"), "approve policies", ("approver",))
        enact(stores, number, approver.person)


def reject(
    number: Number,
    key: Annotated[str | None, typer.Option(envvar="TACT_KEY", help="Your key.")] = None,
    reason: Annotated[str, typer.Option(help="Why, for its author.")] = "",
) -> None:
    """Closes a proposal without effect."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "a marketer"), "reject policies", ("marketer", "approver"))
        rulebook.reject(stores, number, by.person, reason, stores.clock.now())
    out.print(f"The proposal {number} is rejected.", markup=False)


def rollback(
    to: Annotated[int, typer.Argument(min=1, help="The version to go back to.")], key: ApproverKey = None
) -> None:
    """Goes back to an earlier version; takes another person than who wrote the one in force, if that can loosen."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "roll policies back", ("approver",))
        made = rulebook.roll_back(stores, to, by.person, stores.clock.now())
    out.print(f"Version {made.version} is in force: the rules of version {to} again.", markup=False)


def retire(
    rule: Annotated[str, typer.Argument(help="The id of a rule or an exception.")],
    key: Annotated[str | None, typer.Option(envvar="TACT_KEY", help="Your key.")] = None,
    note: Annotated[str, typer.Option(help="Why, for the list of versions.")] = "",
) -> None:
    """Proposes the book without one rule or exception."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "a marketer"), "retire policies", ("marketer", "approver"))
        tell(stores, rulebook.retire(stores, rule, by.person, note, stores.clock.now()))


def enact(stores: Stores, number: int, approver: str) -> None:
    """Approves a proposal and says so."""
    version = rulebook.approve(stores, number, approver, stores.clock.now())
    made = stores.read(lambda c: proposals.get(c, number))
    out.print(f"Version {version} is in force: written by {made.author}, approved by {approver}.", markup=False)


def tell(stores: Stores, made: Proposal) -> None:
    """Says what a proposal changes, and who may approve it."""
    found = rulebook.difference(stores, made)
    print_changes(found.changes, stores.settings.language)
    who = "another person" if found.loosens else "any approver"
    out.print(
        f"Proposal {made.number}, {counted(len(found.changes), 'change')}: {who} puts it in force with "
        f"./tact policies approve {made.number}",
        markup=False,
    )


def print_changes(changes: tuple[Change, ...], language: Language) -> None:
    """One line a change; those that can loosen something are marked."""
    for change in changes:
        mark = "!" if change.loosens else " "
        out.print(f"{mark} {change.noun} {change.id}: {change.text.either(language)}", markup=False)


def found(path: Path) -> None:
    """Raises Malformed for a path that holds nothing to read."""
    needed = path / "house.yaml" if path.is_dir() else path
    if not needed.is_file():
        raise Malformed("FILE", str(path), f"there is no file {needed}.")
