"""llm: the model that the settings name, what it was asked and what that cost, and a small one for this machine."""

import asyncio
import importlib
import threading
from collections.abc import Coroutine
from contextlib import closing
from datetime import timedelta
from time import perf_counter
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.table import Column

from agent.endpoint import Endpoint, open_endpoint, tariff_of
from agent.settings import Settings
from agent.stores import open_stores
from api.commands.opening import opened_stores, read_settings
from api.commands.printing import notes, out, show_table
from domain.errors import Malformed, ModelCut, ModelFailed, Refused
from domain.language import counted
from records import usage
from records.usage import Used
from tools.meter import MILLION
from tools.model import Request, Said, Shape

app = typer.Typer(no_args_is_help=True, help="The model: what it is, what it was asked, and whether it answers.")

TRIAL = "Write one friendly sentence that says that the shop has fresh coffee."
LINE = Shape(
    "line",
    {
        "type": "object",
        "properties": {"body": {"type": "string", "minLength": 1, "maxLength": 200}},
        "required": ["body"],
        "additionalProperties": False,
    },
)


@app.command()
def status(days: Annotated[int, typer.Option(help="How many days to show.", min=1, max=366)] = 7) -> None:
    """Says which model is set, and what was asked of it on the latest days, by scene and task."""
    settings = read_settings()
    show_settings(settings)
    with opened_stores() as stores:
        today = stores.clock.now().astimezone(ZoneInfo(settings.home_timezone)).date()
        found = stores.read(lambda c: usage.since(c, (today - timedelta(days=days - 1)).isoformat()))
    if not found:
        out.print("Nothing was asked of a model on these days.")
        return
    show_usage(found, settings)


@app.command("try")
def try_model(
    text: Annotated[str, typer.Argument(help="What to ask; nothing about a customer.")] = TRIAL,
    seconds: Annotated[float, typer.Option(help="How long it may take.", min=0.1, max=600)] = 60.0,
) -> None:
    """Asks the model three ways: as words that stream, as a whole, and as JSON of a given shape."""
    # Left alone after failures, a model would answer only the first of the three ways, and a trial is to try them all.
    settings = read_settings().model_copy(update={"llm_failures": 0})
    with closing(open_stores(settings)) as stores:
        endpoint = open_endpoint(stores)
        if endpoint is None:
            raise Malformed(
                "TACT_LLM_BASE_URL", None, "set it to the address of a model. ./tact llm serve-local has one."
            )
        try:
            answered = asyncio.run(tried(endpoint, text, seconds))
        finally:
            endpoint.meter.close()
    if not answered:
        raise typer.Exit(1)


@app.command("serve-local")
def serve_local(
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8081,
    threads: Annotated[int, typer.Option(help="Threads that compute.", min=1, max=64)] = 1,
) -> None:
    """Serves a small model on this machine until it is told to stop; weak, but real. `make llm` installs it."""
    try:
        local = importlib.import_module("tools.local")
    except ModuleNotFoundError as error:
        raise Refused("No model is installed on this machine. Run `make llm` once, then try again.") from error
    serving = local.serve_local(port, threads)
    notes.print(f"{local.NAME} on {serving.base_url}. In another terminal:", markup=False)
    out.print(f"export TACT_LLM_BASE_URL={serving.base_url} TACT_LLM_MODEL={local.NAME}", markup=False, soft_wrap=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        notes.print("The model is stopped.")


def show_settings(settings: Settings) -> None:
    """Which model is set and within which limits, never its key."""
    if settings.llm_base_url is None:
        out.print("No model is set: copy comes from approved variants and templates. Set TACT_LLM_BASE_URL for one.")
        return
    key = "with a key" if settings.llm_api_key else "without a key"
    out.print(f"{settings.llm_model or '(TACT_LLM_MODEL is missing)'} at {settings.llm_base_url}, {key}", markup=False)
    tariff = tariff_of(settings)
    tokens = "no limit" if tariff.tokens_per_day is None else f"{tariff.tokens_per_day:,}"
    money = "no limit" if tariff.money_per_day is None else f"{tariff.money_per_day} {tariff.currency}"
    out.print(f"Tokens a day: {tokens}. Money a day: {money}.", markup=False)


def show_usage(found: list[Used], settings: Settings) -> None:
    """What was used, a row for each day, scene, task and model; tokens read are `in`, tokens written `out`."""
    heads = ("calls", "failed", "in", "out", settings.llm_currency)
    show_table(
        ("day", "scene", "task", "model", *(Column(head, justify="right", no_wrap=True) for head in heads)),
        map(usage_row, found),
    )


def usage_row(one: Used) -> tuple[str, ...]:
    """One line of the table."""
    counts = (one.calls, one.failed, one.prompt_tokens, one.completion_tokens)
    return one.day, one.scene, one.task, one.model, *(f"{count:,}" for count in counts), f"{one.micros / MILLION:.4f}"


async def tried(endpoint: Endpoint, text: str, seconds: float) -> bool:
    """Whether the model answered in all three ways; says how."""
    asked = Request("desk", (Said("user", text),), max_tokens=100)
    shaped = Request("desk", (Said("user", text),), shape=LINE, max_tokens=100)
    try:
        return all(
            [
                await told("streamed", streamed(endpoint, asked, seconds)),
                await told("whole", whole(endpoint, asked, seconds)),
                await told("as JSON", whole(endpoint, shaped, seconds)),
            ]
        )
    finally:
        await endpoint.model.close()


async def told(how: str, asking: Coroutine[None, None, str]) -> bool:
    """Says what came of one way of asking."""
    began = perf_counter()
    try:
        said = await asking
    except ModelFailed as error:
        out.print(f"✗ {how}: {error}", markup=False)
        return False
    out.print(f"✓ {how}, {perf_counter() - began:.2f} s: {said}", markup=False)
    return True


async def streamed(endpoint: Endpoint, asked: Request, seconds: float) -> str:
    """The words of a streamed answer, and in how many pieces they came."""
    pieces, note = list[str](), ""
    try:
        async for words in endpoint.model.stream(asked, seconds):
            pieces.append(words)
    except ModelCut as cut:
        if not pieces:
            raise
        note = f"; {cut.why}"
    return f"{''.join(pieces)!r} in {len(pieces)} pieces{note}"


async def whole(endpoint: Endpoint, asked: Request, seconds: float) -> str:
    """The words of an answer, and the tokens that they took."""
    reply = await endpoint.model.ask(asked, seconds)
    used, note = reply.usage, "; its answer was cut off there" if reply.is_cut else ""
    tokens = f"{counted(used.prompt_tokens, 'token')} read, {used.completion_tokens:,} written"
    return f"{reply.text!r} ({tokens}, {counted(used.calls, 'call')}{note})"
