"""directive: give, show, approve, reject and retire directives from the command line."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from agent import directives as desk
from agent.endpoint import open_endpoint
from agent.given import Given, ReadClause, name_of, number_of, read_back, stands
from agent.heads import Heads
from agent.rulebook import ensure_book, in_force, playbook_of
from agent.secondreading import Ear, give_to
from agent.stores import Stores
from agent.wishing import propose as propose_drafts
from api.commands.opening import opened_stores
from api.commands.persons import ask_for_key, person_behind
from api.commands.printing import out
from api.commands.proposals import tell as show_proposal
from api.commands.simulate import tell as figures
from api.sheets import sheet
from domain.errors import Malformed
from domain.language import LANGUAGES, Language, phrase
from records import directives
from records.keys import Role

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="Steer in your own words: directives in Japanese or English.")

Name = Annotated[str, typer.Argument(help="The id of the directive, such as dir-3.")]
Key = Annotated[str | None, typer.Option("--key", envvar="TACT_KEY", help="Your key.")]
Why = Annotated[str, typer.Option(help="Why, for its author.")]
AUTHORS: tuple[Role, ...] = ("marketer", "approver", "store")
MARKS = {"understood": "✓", "ask": "?", "refuse": "✗"}
VERDICTS = {"allow": "○", "deny": "×"}


@app.command()
def give(
    text: Annotated[str, typer.Argument(help="What is to hold, in your own words; - reads standard input.")],
    key: Key = None,
    language: Annotated[str | None, typer.Option(help="ja or en, where the text does not show it.")] = None,
    replaces: Annotated[str | None, typer.Option(help="A directive in force in whose place it comes.")] = None,
) -> None:
    """Reads a directive, says what it understood, and keeps it as a draft; nothing changes yet."""
    words = Path("/dev/stdin").read_text(encoding="utf-8") if text == "-" else text
    with opened_stores() as stores:
        ensure_book(stores)
        author = person_behind(stores, ask_for_key(key, "the author"), "give directives", AUTHORS)
        number = None if replaces is None else number_of(replaces)
        tell(given(stores, words, spoken(language), author.person, number))


def given(stores: Stores, text: str, language: Language | None, author: str, replaces: int | None) -> Given:
    """The directive, read with the model that the settings name, if they name one."""
    endpoint = open_endpoint(stores)
    if endpoint is None:
        return desk.give(stores, text, language, author, stores.clock.now(), replaces)

    async def at_once(work: Callable[[], T]) -> T:
        return work()

    async def hear() -> Given:
        try:
            return await give_to(Ear(stores, endpoint.model, Heads(stores), at_once), text, language, author, replaces)
        finally:
            await endpoint.model.close()

    try:
        return asyncio.run(hear())
    finally:
        endpoint.meter.close()


@app.command(name="list")
def list_all() -> None:
    """Lists directives, newest first; approved* are those that a version gone back to left behind."""
    with opened_stores() as stores:
        ensure_book(stores)
        rules = frozenset(rule.id for rule in playbook_of(stores.read(in_force).document).rules)
        for one in stores.read(lambda c: directives.page(c, 50)):
            first = next(iter(one.text.strip().splitlines()), "")
            left = "*" if one.status == "approved" and not stands(one, rules) else ""
            out.print(f"{name_of(one.number):8} {one.status + left:10} {one.author:16} {first[:80]}", markup=False)


@app.command()
def show(name: Name) -> None:
    """Shows a directive with its reading."""
    with opened_stores() as stores:
        tell(found(stores, name))


@app.command(name="sheet")
def print_sheet(name: Name) -> None:
    """Writes the approval sheet as a page to print: ./tact directive sheet dir-3 > sheet.html."""
    with opened_stores() as stores:
        settings = stores.settings
        whole = bytes(sheet(found(stores, name), settings.language, settings.home_timezone).body).decode()
        out.print(whole, markup=False, end="")


@app.command()
def simulate(name: Name) -> None:
    """Says who would gain and who would lose a message if it were approved now."""
    with opened_stores() as stores:
        language = stores.settings.language
        figures(desk.tried(stores, number_of(name), stores.clock.now(), language), language)


@app.command()
def approve(name: Name, key: Key = None) -> None:
    """Puts its rules in force; takes another person than its author."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "approve directives", ("approver",))
        version = desk.approve(stores, number_of(name), by.person, stores.clock.now())
    out.print(f"{name} is in force: policy version {version}, approved by {by.person}.", markup=False)


@app.command()
def propose(name: Name, key: Key = None) -> None:
    """Makes a proposal of the goals, use cases and priorities that it drafts; nothing changes by that."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "a marketer"), "propose drafts", ("marketer", "approver"))
        show_proposal(stores, propose_drafts(stores, number_of(name), by.person, stores.clock.now()))


@app.command()
def reject(name: Name, key: Key = None, reason: Why = "") -> None:
    """Closes a draft without effect."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "reject directives", ("approver",))
        desk.reject(stores, number_of(name), by.person, stores.clock.now(), reason)
    out.print(f"{name} is rejected.", markup=False)


@app.command()
def retire(name: Name, key: Key = None, reason: Why = "") -> None:
    """Takes its rules out of force again; takes another person than its author."""
    with opened_stores() as stores:
        by = person_behind(stores, ask_for_key(key, "an approver"), "retire directives", ("approver",))
        version = desk.retire(stores, number_of(name), by.person, stores.clock.now(), reason)
    out.print(f"{name} is out of force: policy version {version}.", markup=False)


def spoken(language: str | None) -> Language | None:
    """The language that was named; raises Malformed for one that is not ours."""
    known: Language | None = next((one for one in LANGUAGES if one == language), None)
    if language is not None and known is None:
        raise Malformed("--language", language, f"choose one of {', '.join(LANGUAGES)}.")
    return known


def found(stores: Stores, name: str) -> Given:
    """The directive under that name."""
    return desk.found(stores, number_of(name))


def tell(given: Given) -> None:
    """Prints how a directive was read, clause by clause, in its author's language, and what became of it."""
    language = given.spoken
    out.print(f"{given.id} ({given.directive.status}, {given.directive.author})", markup=False)
    for clause in given.reading.clauses:
        tell_clause(clause)
    said = read_back(given.reading, language)
    if said:
        out.print(said, markup=False)
    for example in given.examples:
        out.print(f"  {VERDICTS[example.verdict]} {example.text.either(language)}", markup=False)
    for one in given.precedence:
        out.print(f"  {one.text.either(language)}", markup=False)
    for words in dict.fromkeys(flaw.text.either(language) for flaw in given.conflicts):
        out.print(f"! {words}", markup=False)
    if given.directive.status == "draft":
        out.print(_next(given, language), markup=False)


def tell_clause(clause: ReadClause) -> None:
    """Prints one clause with what is asked about it."""
    out.print(f"{MARKS[clause.status]} {clause.text}", markup=False)
    if clause.question:
        out.print(f"    {clause.question}", markup=False)


def _next(given: Given, language: Language) -> str:
    if given.reading.wishes and given.reading.proposal is None:
        return phrase(
            language,
            ja=f"下書きは提案にしてから、別の人が承認します：./tact directive propose {given.id}",
            en=f"Its drafts become a proposal, which another person approves: ./tact directive propose {given.id}",
        )
    if given.reading.open_question is not None:
        return phrase(
            language,
            ja="すべて読み取れるまで承認できません。言い直して、もう一度出してください。",
            en="It cannot be approved before all of it is understood. Write it again in other words.",
        )
    return phrase(
        language,
        ja=f"承認は別の人が行います：./tact directive approve {given.id}",
        en=f"Another person approves it: ./tact directive approve {given.id}",
    )
