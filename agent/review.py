"""Review: the second graph, in which a draft waits for a person, through restarts and on any process.

It holds an id and nothing else, so that nothing in it has to be erased. What a person said travels beside it and is
never checkpointed: the row of the review, written in one transaction, says whether it stands. Nothing is written or
sent before the interrupt, since a resume runs that node again; and a row that is decided already is not written twice.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from agent.stores import Stores
from domain.errors import Unavailable
from records import reviews
from records.postgresql import PostgresEngine, Raw
from records.sqlite_connection import lent

FILE = "reviews.db"
"""Beside a SQLite database the checkpoints have a file of their own in TACT_HOME; PostgreSQL holds both."""

PATIENCE, BREATH = 10.0, 0.05
"""Seconds to wait for another process that makes the tables, and between two looks."""

TURNS = 3
"""Times that a verdict is taken to a graph that somebody else begins anew in that moment."""


class Held(TypedDict):
    """All that is checkpointed: which review."""

    review: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a draft; `settle` writes it down if it may stand, else the draft goes on waiting."""

    settle: Callable[[], bool]


Graph = CompiledStateGraph[Held, Said, Held, Held]


def wait(state: Held) -> Held:
    """Stands still until a person speaks."""
    return {"review": interrupt({"review": state["review"]})}


def settle(state: Held, runtime: Runtime[Said]) -> Command[Literal["wait", "__end__"]]:
    """Lets what was said stand, or waits for better words."""
    return Command(goto="__end__") if runtime.context.settle() else Command(goto="wait")


def build_graph(saver: BaseCheckpointSaver[str]) -> Graph:
    """Compiles wait -> settle, and back to wait while nothing stands."""
    graph: StateGraph[Held, Said, Held, Held] = StateGraph(Held, context_schema=Said)
    graph.add_node("wait", wait)
    graph.add_node("settle", settle)
    graph.add_edge(START, "wait")
    graph.add_edge("wait", "settle")
    return graph.compile(checkpointer=saver)


def begin(stores: Stores, review_id: str) -> None:
    """Lets a draft wait; one that waits already goes on waiting, one that is decided or not in the queue does not.

    Whoever asked does not wait for this: a person may have spoken before it begins, or while it does.
    """
    if stores.read(lambda c: reviews.is_undecided(c, review_id)):
        with checkpoints(stores) as saver:
            _at_its_interrupt(saver, review_id)
            if not stores.read(lambda c: reviews.is_undecided(c, review_id)):
                saver.delete_thread(review_id)


def resume(stores: Stores, review_id: str, said: Said) -> None:
    """Goes on with what a person said.

    A thread that is not at its interrupt (the process died in between, or a backup was restored) starts again there.
    One that somebody else ended a moment ago hears nothing: the row says who was first. One that was begun anew in
    that moment hears it the next time.
    """
    was_heard = False

    def hear() -> bool:
        nonlocal was_heard
        was_heard = True
        return said.settle()

    onward: Command[Literal["settle"]] = Command(update={"review": review_id}, resume=review_id)
    with checkpoints(stores) as saver:
        for _ in range(TURNS):
            graph = _at_its_interrupt(saver, review_id)
            graph.invoke(onward, thread(review_id), context=Said(hear), durability="exit")
            if not stores.read(lambda c: reviews.is_undecided(c, review_id)):
                saver.delete_thread(review_id)
                return
            if was_heard:
                return
    raise Unavailable("The review", "others began it anew at the same time", 1.0)


def forget(stores: Stores, review_ids: Iterable[str]) -> None:
    """Deletes what the graph kept of these reviews."""
    threads = tuple(review_ids)
    if threads:
        with checkpoints(stores) as saver:
            for one in threads:
                saver.delete_thread(one)


def is_waiting(graph: Graph, review_id: str) -> bool:
    """Whether the thread of a review stands at its interrupt."""
    return bool(graph.get_state(thread(review_id)).interrupts)


def thread(review_id: str) -> RunnableConfig:
    """Where a review's checkpoints are."""
    return {"configurable": {"thread_id": review_id}}


def _at_its_interrupt(saver: BaseCheckpointSaver[str], review_id: str) -> Graph:
    graph = build_graph(saver)
    if not is_waiting(graph, review_id):
        saver.delete_thread(review_id)
        graph.invoke({"review": review_id}, thread(review_id), durability="exit")
    return graph


@contextmanager
def checkpoints(stores: Stores) -> Iterator[BaseCheckpointSaver[str]]:
    """Where checkpoints are kept, opened for one step: people take minutes, and a server may restart in between."""
    engine = stores.database.engine
    if isinstance(engine, PostgresEngine):
        with engine.lent() as connection:
            saver = PostgresSaver(connection)  # type: ignore[arg-type]  # each of its cursors says how rows look
            _make_tables(saver, connection)
            yield saver
    else:
        with lent(stores.settings.home / FILE) as lite:
            yield SqliteSaver(lite)


def _make_tables(saver: PostgresSaver, connection: Raw) -> None:
    """Makes what is missing, one process at a time.

    The others look again and again: one that waited inside a statement would hold up CREATE INDEX CONCURRENTLY.
    """
    until = time.monotonic() + PATIENCE
    while not _are_made(saver, connection):
        if connection.execute("SELECT pg_try_advisory_lock(7461637402)").fetchone() == (True,):
            try:
                saver.setup()
            finally:
                connection.execute("SELECT pg_advisory_unlock(7461637402)")
        elif time.monotonic() > until:
            raise Unavailable("The store of reviews", "another process has been making its tables for too long")
        else:
            time.sleep(BREATH)


def _are_made(saver: PostgresSaver, connection: Raw) -> bool:
    if connection.execute("SELECT to_regclass('checkpoint_migrations')").fetchone() == (None,):
        return False
    return connection.execute("SELECT max(v) FROM checkpoint_migrations").fetchone() == (len(saver.MIGRATIONS) - 1,)
