"""worker: journeys in a process of their own, beside any number of services on the same records."""

import asyncio
import signal
from typing import Annotated

import typer

from agent.parts import Parts, build_parts
from api.carrying import carry_on
from api.commands.opening import read_settings
from api.commands.printing import notes


def worker(
    release: Annotated[
        str | None, typer.Option(hidden=True, help="The version of the application, for trials.")
    ] = None,
) -> None:
    """Carries out what is due until it is told to stop (Ctrl-C or SIGTERM); several may run at once."""
    settings = read_settings()
    parts = build_parts(settings)
    notes.print(f"Carrying out what is due in {parts.settings.database.rpartition('@')[2]}. Ctrl-C ends it.")
    asyncio.run(_until_told(parts, release))


async def _until_told(parts: Parts, release: str | None) -> None:
    """Runs until a signal comes, or the worker itself ends."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, told.set)
    carrying = asyncio.create_task(carry_on(parts, version=release))
    ended = asyncio.create_task(told.wait())
    await asyncio.wait({carrying, ended}, return_when=asyncio.FIRST_COMPLETED)
    carrying.cancel()
    await asyncio.gather(carrying, return_exceptions=True)
    ended.cancel()
    await parts.leave()
