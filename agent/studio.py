"""The graph as LangGraph Studio opens it: an ask in, each step to look at, a decision out. See langgraph.json."""

from functools import cache

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from pydantic import JsonValue
from typing_extensions import TypedDict

from agent import nodes
from agent.conductor import walk_of
from agent.graph import through_drafting
from agent.parts import Parts, build_parts
from agent.settings import Settings
from agent.state import Walk
from domain.decision import Ask


class Studied(TypedDict, total=False):
    """An ask as JSON, the walk on its way, and the decision as JSON."""

    ask: dict[str, JsonValue]
    walk: Walk
    decision: dict[str, JsonValue]


@cache
def parts() -> Parts:
    """One set of parts for the life of the studio, on TACT_HOME."""
    return build_parts(Settings())


def make_graph() -> CompiledStateGraph[Studied, None, Studied, Studied]:
    """The three steps of every walk between an ask and a decision that people can read."""
    instruments = parts().instruments
    converse = through_drafting(instruments)

    async def read(state: Studied) -> Studied:
        ask = Ask.model_validate(state["ask"])
        return {"walk": walk_of(ask, instruments.settings.language, instruments.clock)}

    async def decide(state: Studied) -> Studied:
        return {"walk": await nodes.decide(state["walk"], instruments)}

    async def write(state: Studied) -> Studied:
        return {"walk": await nodes.write(state["walk"], instruments, converse)}

    async def commit(state: Studied) -> Studied:
        walk = await nodes.commit(state["walk"], instruments)
        answer = walk.decision.model_dump(mode="json", by_alias=True) if walk.decision else {}
        return {"walk": walk, "decision": answer}

    graph: StateGraph[Studied, None, Studied, Studied] = StateGraph(Studied)
    graph.add_node("read", read)
    graph.add_node("decide", decide)
    graph.add_node("write", write)
    graph.add_node("commit", commit)
    graph.add_edge(START, "read")
    graph.add_edge("read", "decide")
    graph.add_edge("decide", "write")
    graph.add_edge("write", "commit")
    graph.add_edge("commit", END)
    return graph.compile()
