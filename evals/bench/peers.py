"""Peers: an ordinary tool-calling agent in the place of our three steps, with the same reads, rules, words and writes.

LangChain's `create_agent` looks at the same things through four tools, one after another or all at once, and answers
with a candidate and its words. What it does is what our own steps do: the record is read once, the rules judge every
candidate, the words are inspected, and the same transaction makes the decision final.
"""

import asyncio
import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from agent import nodes
from agent.briefing import brief_of
from agent.drafting import slots_for
from agent.graph import Through
from agent.instruments import Instruments
from agent.rendering import render
from agent.sight import Sight, as_text
from agent.state import Candidate, Draft, Walk
from tools.choice import Choice
from tools.drafts import read_draft

MANNER = (
    "You choose and write the next message for one customer. Look the customer up, find the offers that are permitted, "
    "and check channels and times before you answer. Answer with JSON: the id of a candidate as 'candidate', and the "
    "parts of a message for its channel (subject, preheader, opening, closing, action, title, body)."
)


class Errand:
    """One ask on its way through the agent: what its tools have found so far."""

    def __init__(self, walk: Walk, instruments: Instruments) -> None:
        self._walk, self._instruments = walk, instruments
        self._deciding: asyncio.Future[Walk] | None = None
        self._sight: Sight | None = None

    async def walk(self) -> Walk:
        """The walk with record, verdicts and scores on it: read and judged once, by whichever tool asks first."""
        if self._deciding is None:
            self._deciding = asyncio.ensure_future(nodes.decide(self._walk, self._instruments))
        return await self._deciding

    async def sight(self) -> Sight:
        """What tools say of it; the same for every tool of this errand."""
        walk = await self.walk()
        if self._sight is None:
            self._sight = Sight(walk, walk.permitted, self._instruments)
        return self._sight

    async def done(self, answer: str) -> Walk:
        """The decision: the answer's words inspected as ours are, then committed; a hold stays one."""
        walk = await self.walk()
        if not walk.held:
            walk = walk.with_(draft=await self._draft(walk, json.loads(answer)))
        return await nodes.commit(walk, self._instruments)

    async def _draft(self, walk: Walk, answer: Mapping[str, str]) -> Draft:
        candidate, permitted = (await self.sight())[answer["candidate"]], walk.permitted
        slots = slots_for(walk, candidate, permitted, self._instruments.stores)
        brief = brief_of(walk, candidate, slots, self._instruments, ())
        read = read_draft(json.dumps(answer), brief)
        if read.variant is None:
            raise ValueError(f"the agent wrote no message for {candidate.action.channel.value}: {read.faults}")
        rendered = render(walk, candidate, read.variant, slots, self._instruments)
        if rendered.message is None or rendered.problems:
            raise ValueError(f"the agent's words break {rendered.problems}")
        return Draft(candidate, certain(candidate, permitted), tuple(permitted), read.variant, rendered.message)


CURRENT: ContextVar[Errand] = ContextVar("errand")
"""The errand of the task that a tool runs in."""


def certain(candidate: Candidate, permitted: list[Candidate]) -> Choice:
    """A choice that no draw had a part in."""
    return Choice(permitted.index(candidate), tuple(float(one is candidate) for one in permitted), 0.0)


@tool
async def look_up_customer() -> str:
    """What may be known of the customer."""
    return as_text((await CURRENT.get().sight()).recall())


@tool
async def find_offers() -> str:
    """The offers, channels and times that are permitted, with the facts of each."""
    return f"[{','.join((await CURRENT.get().sight()).candidates())}]"


@tool
async def check_channels() -> str:
    """How well each channel suits the customer now."""
    return as_text((await CURRENT.get().sight()).channels())


@tool
async def check_scores() -> str:
    """How likely a response to each candidate is."""
    sight = await CURRENT.get().sight()
    return as_text(sight.score(sight.ids))


TOOLS = (look_up_customer, find_offers, check_channels, check_scores)


def through_peer(instruments: Instruments, manner: str) -> Through:
    """The agent as a walk; `manner` is what the model behind it is told to be: sequential or parallel."""
    settings = instruments.settings
    model = ChatOpenAI(
        model_name=manner,
        openai_api_base=settings.llm_base_url,
        openai_api_key=SecretStr("none"),
        request_timeout=settings.llm_read_seconds,
        max_retries=0,
    )
    agent: Any = create_agent(model, list(TOOLS), system_prompt=MANNER)

    async def through(walk: Walk) -> Walk:
        errand = Errand(walk, instruments)
        CURRENT.set(errand)
        asked = f"What is the next message? Channels: {', '.join(channel.value for channel in walk.ask.channels)}"
        ended = await agent.ainvoke({"messages": [{"role": "user", "content": asked}]})
        return await errand.done(ended["messages"][-1].content)

    return through
