"""The walk of one ask as a LangGraph graph: decide, write; inside write the drafting subgraph, behind it the commit."""

from collections.abc import Awaitable, Callable
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent import nodes
from agent.conversation import Conversation, Converse, inspect, speak, talking
from agent.instruments import Instruments
from agent.state import Walk

Through = Callable[[Walk], Awaitable[Walk]]
"""Takes a walk from its ask to its decision."""


class Walked(TypedDict):
    """The one channel of the graph: a frozen Walk that every node replaces."""

    walk: Walk


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


def build_graph(instruments: Instruments) -> CompiledStateGraph[Walked, None, Walked, Walked]:
    """Compiles decide -> write; no checkpointer, since the decision log is the record.

    A node may be run again, by a retry or a replay, so that none of them writes: the commit follows the graph.
    """
    converse = through_drafting(instruments)

    async def decide(state: Walked) -> Walked:
        return {"walk": await nodes.decide(state["walk"], instruments)}

    async def write(state: Walked) -> Walked:
        return {"walk": await nodes.write(state["walk"], instruments, converse)}

    graph: StateGraph[Walked, None, Walked, Walked] = StateGraph(Walked)
    graph.add_node("decide", decide)
    graph.add_node("write", write)
    graph.add_edge(START, "decide")
    graph.add_edge("decide", "write")
    graph.add_edge("write", END)
    return graph.compile()


def through_graph(instruments: Instruments) -> Through:
    """The graph and the commit behind it as a function from walk to walk."""
    graph = build_graph(instruments)

    async def through(walk: Walk) -> Walk:
        ended = await graph.ainvoke({"walk": walk})
        walked: Walk = ended["walk"]
        return await nodes.commit(walked, instruments)

    return through


def through_nodes(instruments: Instruments) -> Through:
    """The same three steps one after another without a graph: what the benchmark holds the graph against."""
    converse = talking(instruments)

    async def through(walk: Walk) -> Walk:
        walk = await nodes.decide(walk, instruments)
        walk = await nodes.write(walk, instruments, converse)
        return await nodes.commit(walk, instruments)

    return through
