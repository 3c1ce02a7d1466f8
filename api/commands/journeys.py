"""journeys and outbox: what waits to be said and why, and what became of the rest."""

from datetime import datetime
from getpass import getuser
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from agent.endings import said_of
from agent.stores import Stores
from api.commands.opening import opened_stores
from api.commands.printing import out, show_table
from domain.errors import Malformed
from domain.language import phrase
from records import due, outbox
from records.connection import Connection
from records.run import STATES, Run

app = typer.Typer(
    no_args_is_help=True, help="Scenes that start by themselves: what waits, and what became of the rest."
)
box = typer.Typer(no_args_is_help=True, help="Messages that wait to be handed over.")

HEADS = ("経緯 お客様 施策 きっかけ 時刻 状態 結果", "journey customer scene cause time state outcome")
BOX_HEADS = ("番号 お客様 チャネル 施策 送信時刻 状態 結果", "entry customer channel scene time state outcome")


@box.callback()
def over_outbox() -> None:
    """Messages that wait to be handed over."""


@app.command("list")
def list_journeys(
    state: Annotated[str, typer.Option(help="waiting, taken, done, cancelled or all.")] = "waiting",
    scene: Annotated[str | None, typer.Option(help="Only this scene.")] = None,
    customer: Annotated[str | None, typer.Option(help="Only this customer, by id.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
) -> None:
    """Lists runs, the newest first, each with its time and what became of it."""
    wanted = next((one for one in STATES if one == state), None)
    if wanted is None and state != "all":
        raise Malformed("--state", state, f"choose from {', '.join(STATES)} and all.")
    with opened_stores() as stores:
        page = stores.read(lambda c: due.page(c, limit, state=wanted, scene=scene, customer_id=customer))
        heads = phrase(stores.settings.language, ja=HEADS[0], en=HEADS[1])
        show_table(heads.split(), (row(stores, run) for run in page.items))


@app.command("show")
def show_journey(journey: Annotated[str, typer.Argument(help="The id of the run.")]) -> None:
    """Shows one run: what started it, when it is due, until when it is worth saying, and what became of it."""
    with opened_stores() as stores:
        run, language = stores.read(lambda c: due.get(c, journey)), stores.settings.language
        for ja, en, value in details(stores, run):
            out.print(f"{phrase(language, ja=ja, en=en)}: {value}", markup=False)


@app.command()
def cancel(journey: Annotated[str, typer.Argument(help="The id of the run.")]) -> None:
    """Cancels a run that waits, and takes back its message where nobody has taken it."""
    reason = f"person:{getuser()}"
    with opened_stores() as stores:
        now = stores.clock.now()

        def write(c: Connection) -> bool:
            due.get(c, journey)
            taken_back = sum(outbox.cancel(c, entry, reason, now) for entry in outbox.ready_because(c, journey))
            return due.end(c, journey, "cancelled", reason, now) or taken_back > 0

        done, language = stores.write(write), stores.settings.language
    if done:
        out.print(phrase(language, ja="取りやめました。", en="Cancelled."))
    else:
        out.print(
            phrase(language, ja="もう終わっています。何も変わりません。", en="It has ended; nothing was changed.")
        )


@box.command("list")
def list_outbox(
    state: Annotated[str, typer.Option(help="ready, left, handed, failed or cancelled.")] = "ready",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
) -> None:
    """Lists messages that wait to be handed over, those that are due first."""
    wanted = next((one for one in outbox.STATES if one == state), None)
    if wanted is None:
        raise Malformed("--state", state, f"choose from {', '.join(outbox.STATES)}.")
    with opened_stores() as stores:
        page, language = stores.read(lambda c: outbox.page(c, limit, state=wanted)), stores.settings.language
        rows = (
            (
                one.id,
                one.customer_id,
                one.channel.value,
                one.scene or "",
                clock(stores, one.send_at),
                one.state,
                said_of(one.reason, language) if one.reason else "",
            )
            for one in page.items
        )
        show_table(phrase(language, ja=BOX_HEADS[0], en=BOX_HEADS[1]).split(), rows)


def row(stores: Stores, run: Run) -> tuple[str, ...]:
    """One run as a line."""
    ended = run.state in ("done", "cancelled")
    said = said_of(run.reason, stores.settings.language) if run.reason or ended else ""
    due_at = clock(stores, run.due.at)
    return run.due.id, run.due.customer_id, run.due.scene, run.due.cause, due_at, run.state, said


def details(stores: Stores, run: Run) -> tuple[tuple[str, str, str], ...]:
    """One run, line by line."""
    return (
        ("お客様", "customer", run.due.customer_id),
        ("施策", "scene", run.due.scene),
        ("きっかけ", "cause", run.due.cause),
        ("起きた時刻", "happened", clock(stores, run.due.since)),
        ("予定", "due", clock(stores, run.due.at)),
        ("期限", "worth saying until", clock(stores, run.due.until)),
        ("対象", "about", ", ".join(run.due.about) or "-"),
        ("状態", "state", run.state),
        ("結果", "outcome", row(stores, run)[-1] or "-"),
        ("判断", "decision", run.decision_id or "-"),
    )


def clock(stores: Stores, at: datetime) -> str:
    """A time on the wall clock of the deployment."""
    return f"{at.astimezone(ZoneInfo(stores.settings.home_timezone)):%Y-%m-%d %H:%M}"
