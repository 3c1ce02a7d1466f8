"""The walk of one ask as a LangGraph graph: three nodes, straight edges."""

from collections.abc import Awaitable, Callable
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent import nodes
from agent.instruments import Instruments
from agent.state import Walk

Through = Callable[[Walk], Awaitable[Walk]]
"""Takes a walk from its ask to its decision."""


class Walked(TypedDict):
    """The one channel of the graph: a frozen Walk that every node replaces."""

    walk: Walk


def build_graph(instruments: Instruments) -> CompiledStateGraph[Walked, None, Walked, Walked]:
    """Compiles decide -> write -> commit; no checkpointer, since the decision log is the record."""

    async def decide(state: Walked) -> Walked:
        return {"walk": await nodes.decide(state["walk"], instruments)}

    async def write(state: Walked) -> Walked:
        return {"walk": await nodes.write(state["walk"], instruments)}

    async def commit(state: Walked) -> Walked:
        return {"walk": await nodes.commit(state["walk"], instruments)}

    graph: StateGraph[Walked, None, Walked, Walked] = StateGraph(Walked)
    graph.add_node("decide", decide)
    graph.add_node("write", write)
    graph.add_node("commit", commit)
    graph.add_edge(START, "decide")
    graph.add_edge("decide", "write")
    graph.add_edge("write", "commit")
    graph.add_edge("commit", END)
    return graph.compile()


def through_graph(instruments: Instruments) -> Through:
    """The graph as a function from walk to walk."""
    graph = build_graph(instruments)

    async def through(walk: Walk) -> Walk:
        ended = await graph.ainvoke({"walk": walk})
        walked: Walk = ended["walk"]
        return walked

    return through


def through_nodes(instruments: Instruments) -> Through:
    """The same three steps one after another without a graph: what the benchmark holds the graph against."""

    async def through(walk: Walk) -> Walk:
        walk = await nodes.decide(walk, instruments)
        walk = await nodes.write(walk, instruments)
        return await nodes.commit(walk, instruments)

    return through
