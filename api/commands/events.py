"""events: the events that could not be used: what they are, and how they are replayed or dropped."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from getpass import getuser
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.table import Column

from agent.intake import Intake, from_disk
from agent.pool import Pool
from agent.stores import Stores
from api.commands.opening import opened_stores
from api.commands.persons import person_behind
from api.commands.printing import out, show_table
from api.replaying import Replayed, Replays
from domain.errors import Malformed
from domain.language import Language, phrase
from records import dead_letters
from records.connection import Connection
from records.dead_letters import DeadLetter, Status

app = typer.Typer(no_args_is_help=True, help="Events that could not be used: look at them, replay or drop them.")

STATES: dict[Status, tuple[str, str]] = {
    "waiting": ("保留中", "waiting"),
    "replayed": ("取り込み済み", "replayed"),
    "dropped": ("破棄", "dropped"),
}
Numbers = Annotated[list[int] | None, typer.Argument(help="The numbers, as ./tact events dead-letters shows them.")]
Key = Annotated[str | None, typer.Option(envvar="TACT_KEY", help="Your key; without one your login is noted.")]


@app.command("dead-letters")
def list_dead_letters(
    status: Annotated[str, typer.Option(help="waiting, replayed, dropped or all.")] = "waiting",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
) -> None:
    """Lists events that could not be used, the oldest first, each with the field and the reason."""
    standing = next((one for one in STATES if one == status), None)
    if standing is None and status != "all":
        raise Malformed("--status", status, f"choose from {', '.join(STATES)} and all.")
    with opened_stores() as stores:
        found = stores.read(lambda c: dead_letters.page(c, limit, standing or ""))
        language = stores.settings.language
    if not found:
        out.print(phrase(language, ja="取り込めなかったイベントはありません。", en="There are no such events."))
        return
    heads = phrase(
        language, ja="番号 状態 受信 送信元 種別 項目 理由", en="no. status received source type field reason"
    )
    first, *rest = heads.split()
    show_table((Column(first, justify="right"), *rest), (row(one, stores, language) for one in found))


@app.command()
def replay(
    numbers: Numbers = None,
    all_: Annotated[bool, typer.Option("--all", help="Every one that waits.")] = False,
    field: Annotated[str, typer.Option(help="With --all: only those whose field this is.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="With --all: how many at most.")] = 10_000,
    key: Key = None,
) -> None:
    """Reads them once more, after something was put right; what still cannot be used waits on."""
    some = chosen(numbers, all_)
    with opened_stores() as stores:
        by, language = person(stores, key), stores.settings.language
        found = asyncio.run(replayed(stores, some, field, limit, by))
    waiting = [one for one in found if one.status == "waiting"]
    done, left = len(found) - len(waiting), len(waiting)
    said = phrase(
        language,
        ja=f"{done:,}件を取り込みました。{left:,}件は保留のままです。",
        en=f"{done:,} replayed; {left:,} wait on.",
    )
    out.print(said)
    for one in waiting[:20]:
        out.print(f"  {one.seq}  {one.field}: {one.reason}", markup=False)


@app.command()
def drop(
    numbers: Numbers = None,
    all_: Annotated[bool, typer.Option("--all", help="Every one that waits.")] = False,
    field: Annotated[str, typer.Option(help="With --all: only those whose field this is.")] = "",
    key: Key = None,
) -> None:
    """Notes that they are not to be used."""
    some = chosen(numbers, all_)
    with opened_stores() as stores:
        by, now, language = person(stores, key), stores.clock.now(), stores.settings.language
        those = some or [one.seq for one in waiting_of(stores, field)]

        def settle(c: Connection) -> None:
            for seq in those:
                dead_letters.settle(c, seq, "dropped", by, now)

        stores.write(settle)
    out.print(phrase(language, ja=f"{len(those):,}件を破棄としました。", en=f"{len(those):,} dropped."))


async def replayed(stores: Stores, some: Sequence[int], field: str, limit: int, by: str) -> list[Replayed]:
    """What became of those numbers, or of everything that waits where none is given."""
    with closing(Pool(stores.settings.readers, stores.settings.max_waiting)) as pool:
        replays = Replays(Intake(stores, pool, from_disk(stores)), stores, pool)
        if not some:
            return await replays.some(field, limit, by)
        return [await replays.by_number(seq, by) for seq in some]


def chosen(numbers: list[int] | None, everything: bool) -> list[int]:
    """The numbers given; none where everything is meant."""
    if bool(numbers) == everything:
        raise Malformed("numbers", numbers or "", "name the events by number, or say --all.")
    return numbers or []


def waiting_of(stores: Stores, field: str) -> list[DeadLetter]:
    """Everything that waits, of one field where one is named."""
    found, behind = list[DeadLetter](), 0
    while page := stores.read(partial(dead_letters.page, most=500, after=behind)):
        found += page
        behind = page[-1].seq
    return [one for one in found if field in ("", one.field)]


def person(stores: Stores, key: str | None) -> str:
    """Whoever decides: the person of a key, or the login."""
    return person_behind(stores, key, "decide about events", ("admin",)).person if key else f"login {getuser()}"


def row(one: DeadLetter, stores: Stores, language: Language) -> tuple[str, ...]:
    """One line of the list."""
    ja, en = STATES[one.status]
    received = one.received_at.astimezone(ZoneInfo(stores.settings.home_timezone)).strftime("%Y-%m-%d %H:%M")
    return (
        str(one.seq),
        phrase(language, ja=ja, en=en),
        received,
        one.source,
        one.type or "-",
        one.field,
        one.reason,
    )
