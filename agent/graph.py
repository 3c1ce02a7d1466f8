"""The walk of one ask as a LangGraph graph: decide, write; inside write the drafting subgraph, behind it the commit."""

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

from langchain_core.runnables import Runnable, RunnableConfig
from langgraph.channels import EphemeralValue
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.pregel import NodeBuilder, Pregel

from agent import nodes
from agent.conversation import Conversation, Converse, inspect, speak, talking
from agent.instruments import Instruments
from agent.state import Walk

Through = Callable[[Walk], Awaitable[Walk]]
"""Takes a walk from its ask to its decision."""


class Step(Runnable[Walk, Walk]):
    """What a node of the walk does. A plain function would be traced twice: as a node, and again inside it."""

    def __init__(self, step: Through) -> None:
        self._step = step

    def invoke(self, input: Walk, config: RunnableConfig | None = None, **kwargs: Any) -> Walk:
        """Refuses: a step waits for stores and models."""
        raise TypeError("the walk is asynchronous. Use ainvoke.")

    async def ainvoke(self, input: Walk, config: RunnableConfig | None = None, **kwargs: Any) -> Walk:
        """Takes the walk one step further."""
        return await self._step(input)


class Talked(TypedDict):
    """The one channel of the drafting subgraph."""

    talk: Conversation


def build_drafting(instruments: Instruments) -> CompiledStateGraph[Talked, None, Talked, Talked]:
    """Compiles speak <-> inspect: a draft, and revisions of it as long as the rules object and there is time."""

    async def draft(state: Talked) -> Talked:
        return {"talk": await speak(state["talk"], instruments)}

    async def read(state: Talked) -> Talked:
        return {"talk": inspect(state["talk"], instruments)}

    def onward(state: Talked) -> str:
        return END if state["talk"].over else "draft"

    graph: StateGraph[Talked, None, Talked, Talked] = StateGraph(Talked)
    graph.add_node("draft", draft)
    graph.add_node("inspect", read)
    graph.add_edge(START, "draft")
    graph.add_edge("draft", "inspect")
    graph.add_conditional_edges("inspect", onward, ["draft", END])
    return graph.compile()


def through_drafting(instruments: Instruments) -> Converse:
    """The drafting subgraph as a function from a conversation to its end."""
    graph = build_drafting(instruments)

    async def converse(talk: Conversation) -> Conversation:
        # The first draft is nearly always the last one: only what goes round again pays for the graph.
        talk = inspect(await speak(talk, instruments), instruments)
        if talk.over:
            return talk
        ended = await graph.ainvoke({"talk": talk})
        talked: Conversation = ended["talk"]
        return talked

    return converse


def build_graph(instruments: Instruments) -> Pregel[Walk, None, Walk, Walk]:
    """Builds decide -> write, each on the channel before it; no checkpointer, since the decision log is the record.

    A node may be run again, by a retry or a replay, so that none of them writes: the commit follows the graph.
    """
    converse = through_drafting(instruments)

    async def decide(walk: Walk) -> Walk:
        return await nodes.decide(walk, instruments)

    async def write(walk: Walk) -> Walk:
        return await nodes.write(walk, instruments, converse)

    return Pregel(
        nodes={
            "decide": NodeBuilder().subscribe_only("asked").do(Step(decide)).write_to("decided"),
            "write": NodeBuilder().subscribe_only("decided").do(Step(write)).write_to("written"),
        },
        channels={channel: EphemeralValue(Walk) for channel in ("asked", "decided", "written")},
        input_channels="asked",
        output_channels="written",
    )


def through_graph(instruments: Instruments) -> Through:
    """The graph and the commit behind it as a function from walk to walk."""
    graph = build_graph(instruments)

    async def through(walk: Walk) -> Walk:
        ended = await graph.ainvoke(walk, version="v2")
        return await nodes.commit(ended.value, instruments)

    return through


def through_nodes(instruments: Instruments) -> Through:
    """The same three steps one after another without a graph: what the benchmark holds the graph against."""
    converse = talking(instruments)

    async def through(walk: Walk) -> Walk:
        walk = await nodes.decide(walk, instruments)
        walk = await nodes.write(walk, instruments, converse)
        return await nodes.commit(walk, instruments)

    return through
