"""segment: give words a meaning that directives use from then on."""

from typing import Annotated

import typer

from agent import vocabulary
from agent.heads import Heads
from agent.vocabulary import Defined
from api.commands.directive import Key, Why, spoken
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out
from domain.language import Language
from policies.boundary.reach import people
from records import segments

app = typer.Typer(no_args_is_help=True, help="Give words a meaning once, to use them in directives.")

Name = Annotated[str, typer.Argument(help="The id of the definition, such as seg-2.")]


@app.command()
def define(
    term: Annotated[str, typer.Argument(help="The word.")],
    meaning: Annotated[str, typer.Argument(help="Whom it means, in words that rules know.")],
    key: Key = None,
    language: Annotated[str | None, typer.Option(help="ja or en, where the word does not show it.")] = None,
) -> None:
    """Keeps a definition as a draft and says how many customers it means; another person approves it."""
    with opened_stores() as stores:
        author = person_behind(stores, ask_for_key(key, "the author"), "define words", ("marketer", "approver"))
        now = stores.clock.now()
        made = vocabulary.define(stores, term, meaning, spoken(language), author.person, now)
        tell(made, stores.settings.language)


@app.command(name="list")
def list_all() -> None:
    """Lists definitions, newest first."""
    with opened_stores() as stores:
        many = stores.read(lambda c: segments.page(c, 50))
        for one in vocabulary.all_told(stores, many, Heads(stores)):
            tell(one, stores.settings.language)


@app.command()
def approve(name: Name, key: Key = None) -> None:
    """Directives are read with it from now on; takes another person than its author."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "approve definitions", ("approver",))
        vocabulary.approve(stores, name, by.person, stores.clock.now())
    out.print(f"{name} is in force, approved by {by.person}.", markup=False)


@app.command()
def reject(name: Name, key: Key = None, reason: Why = "") -> None:
    """Closes a draft without effect."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "reject definitions", ("approver",))
        vocabulary.close(stores, name, "rejected", by.person, stores.clock.now(), reason)
    out.print(f"{name} is rejected.", markup=False)


@app.command()
def retire(name: Name, key: Key = None, reason: Why = "") -> None:
    """No directive is read with it any more; takes another person than its author."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "retire definitions", ("approver",))
        vocabulary.close(stores, name, "retired", by.person, stores.clock.now(), reason)
    out.print(f"{name} is out of force.", markup=False)


def tell(defined: Defined, language: Language) -> None:
    """Prints a definition on one line."""
    one = defined.segment
    means = people(defined.audience, language)
    out.print(f"{defined.id:8} {one.status:9} {one.term} = {means} ({defined.customers:,})", markup=False)
