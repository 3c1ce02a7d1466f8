"""The desk: a marketer's conversation, sentence by sentence, with a model or without one. It never activates anything.

Without a model a grammar hears what is wanted. With one, the model calls the same errands as tools, a bounded number of
times; it sees people under names made up for the talk. What only people may do is answered before any model is asked.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from time import monotonic
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.parts import Parts
from agent.pool import Pool
from agent.stores import Stores
from agent.talk.found import Counter, Rest
from agent.talk.masks import Masks
from agent.talk.spoken import language_in
from agent.talk.talk import Talk
from agent.talk.thinking import MOST_STEPS, called, done, listened, thought
from agent.talk.turn import Answer, Turn, answered, remembered
from domain.language import Language
from records import talks
from tools.model import Model

WITHIN = 45.0
"""Seconds of a turn that a model may take; the errands have their own time."""


class Turned(TypedDict):
    """The one channel of the graph."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers marketers; `rest` is what takes the vector store, and `why_alone` says why there is none."""

    stores: Stores
    pool: Pool
    model: Model | None = None
    rest: Rest | None = None
    why_alone: dict[Language, str] = field(default_factory=dict)

    async def answer(
        self, text: str, person: str | None, conversation: str | None = None, language: Language | None = None
    ) -> Answer:
        """The answer to one text in a conversation of this person; a conversation that is over begins anew."""
        now, name = self.stores.clock.now(), conversation or f"talk-{secrets.token_hex(8)}"
        spoken = language or language_in(text, self.stores.settings.language)
        talk = await self.pool.run(lambda: self._talk(person, name, now))
        counter = Counter(self.stores, self.pool, person, spoken, now, talk, self.rest, self.why_alone.get(spoken, ""))
        turn = Turn(text, counter, self.model, Masks(list(talk.masks)), monotonic() + WITHIN)
        ended = await circle().ainvoke({"turn": turn}, {"recursion_limit": 2 * MOST_STEPS + 8})
        turn = ended["turn"]
        until = await self.pool.run(lambda: self._keep(person, name, remembered(turn), now))
        return answered(turn, name, until)

    def _talk(self, person: str | None, name: str, now: datetime) -> Talk:
        document = self.stores.read(lambda c: talks.get(c, person or "", name, now))
        return Talk() if document is None else Talk.model_validate_json(document)

    def _keep(self, person: str | None, name: str, talk: Talk, now: datetime) -> datetime:
        document = talk.model_dump_json(exclude_defaults=True)
        return self.stores.write(lambda c: talks.put(c, person or "", name, document, now))


def open_desk(parts: Parts) -> Desk:
    """The desk over all that runs."""
    instruments = parts.instruments
    return Desk(parts.stores, instruments.pool, instruments.model, Rest(instruments, parts.conductor))


@cache
def circle() -> CompiledStateGraph[Turned, None, Turned, Turned]:
    """The graph: hear, then think and act in turns where a model helps, or act alone; no checkpointer, see talks."""

    async def hear(state: Turned) -> Turned:
        return {"turn": await listened(state["turn"])}

    async def think(state: Turned) -> Turned:
        return {"turn": await thought(state["turn"])}

    async def act(state: Turned) -> Turned:
        turn = state["turn"]
        return {"turn": await called(turn) if turn.pending else await done(turn)}

    graph: StateGraph[Turned, None, Turned, Turned] = StateGraph(Turned)
    graph.add_node("hear", hear)
    graph.add_node("think", think)
    graph.add_node("act", act)
    graph.add_edge(START, "hear")
    graph.add_conditional_edges("hear", after_hearing, ["think", "act"])
    graph.add_conditional_edges("think", after_thinking, ["act", END])
    graph.add_conditional_edges("act", after_acting, ["think", END])
    return graph.compile()


def after_hearing(state: Turned) -> str:
    """A model is asked only about what people alone may not do."""
    return "think" if state["turn"].asks_model else "act"


def after_thinking(state: Turned) -> str:
    """Tools are called; without any answer of the model the grammar's errands are run."""
    turn = state["turn"]
    return "act" if turn.pending or (turn.spoken is None and not turn.found) else END


def after_acting(state: Turned) -> str:
    """The model hears what came of its calls."""
    turn = state["turn"]
    return "think" if turn.asks_model and turn.odd is None and turn.said else END
