"""memories: follows what was recorded, and shows what is remembered of somebody and why."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer

from agent.endpoint import endpoint_encoder
from agent.following import Follower
from agent.pool import Pool
from agent.stores import open_stores
from api.commands.opening import opened_stores, read_settings
from api.commands.printing import notes, out
from domain.errors import NotFound, StoreOwned
from domain.language import counted
from domain.memory import Memory
from records import accesses, memories, profiles
from records.context import ContextStore, open_context
from records.embedding import SentenceEncoder

app = typer.Typer(no_args_is_help=True)


@app.callback()
def over_memories() -> None:
    """What is remembered of customers, with its source."""


@app.command("follow")
def follow(
    stay: Annotated[bool, typer.Option("--stay", help="Go on until stopped, instead of once.")] = False,
) -> None:
    """Turns what was recorded into memories; a service does this by itself, so that only batches need it."""
    with opened_follower() as follower:
        if stay:
            asyncio.run(follower.run())
        else:
            out.print(f"{counted(asyncio.run(follower.catch_up()), 'customer')} followed.")


@contextmanager
def opened_follower() -> Iterator[Follower]:
    """A follower of its own; where a service holds the vector store, that service brings it up to date."""
    settings = read_settings()
    encoder = endpoint_encoder(settings) or SentenceEncoder()
    with ExitStack() as opened:
        stores = open_stores(settings)
        opened.callback(stores.close)
        context: ContextStore | None = None
        try:
            context = open_context(settings.home / "context", settings.chroma_url, encoder)
            opened.callback(context.close)
        except StoreOwned as error:
            notes.print(f"Memories alone are written: the vector store belongs to {error.owner}, which follows it.")
        pool = Pool(settings.readers, settings.max_waiting)
        opened.callback(pool.close)
        yield Follower(stores, encoder, context, pool)


@app.command("show")
def show(customer: Annotated[str, typer.Argument(help="The customer's id.")]) -> None:
    """Shows what is remembered of a customer, how we know it, and why some of it is not read any more."""
    with opened_stores() as stores:
        known = stores.read(lambda c: profiles.customer(c, customer))
        if known is None:
            raise NotFound("customer", customer)
        kept = stores.read(lambda c: memories.of_customer(c, customer))
        now = stores.clock.now()
        stores.write(
            lambda c: accesses.note(c, person=None, role="command", customer_id=known.id, what="memories", now=now)
        )
    for memory in kept:
        out.print(line(memory), markup=False, highlight=False)


def line(memory: Memory) -> str:
    """One memory on one line."""
    marks = [name for name in ("against", "sensitive", "gift") if getattr(memory, name)]
    if memory.ended is not None:
        marks.append(f"ended: {memory.ended.why}" + (f" by {memory.ended.by}" if memory.ended.by else ""))
    quote = f" “{memory.quote}”" if memory.quote else ""
    mark = f"  [{', '.join(marks)}]" if marks else ""
    return f"{memory.at:%Y-%m-%d}  {memory.distance:<11} {memory.text}{quote}{mark}"
