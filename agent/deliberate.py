"""Deliberation: a model with tools chooses among what the rules permit, bounded in steps, tokens and time.

It takes the place of the draw, not of the rules: it sees permitted candidates alone, under ids made for this walk, and
can do nothing but look at them. Whatever else it does, and where it is late, the deterministic choice stands.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from time import monotonic
from typing import Literal, TypedDict, get_args

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from pydantic import ValidationError

from agent.calls import Astray, tools
from agent.instruments import Instruments
from agent.live import room
from agent.sight import Sight
from agent.state import Candidate, Deliberation, Walk
from agent.verdict import MOST_REASONS, SHAPE, Verdict, bare, in_plain_words
from domain.errors import BudgetSpent, ModelBroken, ModelFailed, ModelTooLate
from domain.language import Language
from domain.variant import Angle
from prompts.library import edition, prompt
from tools.model import Model, Request, Said, ToolCall, Usage

MOST_STEPS = 6
"""Answers of the model in one deliberation; the last has to be its choice."""

MOST_CALLS = 8
"""Tools that one answer may call."""

MOST_TOKENS = 24_000
"""Tokens read and written in one deliberation."""

LONGEST_ANSWER = 700
"""Tokens of one answer."""

SHARE = 0.7
"""Of the time that models have: the rest is for the words."""

LEAST = 0.1
"""Seconds below which no model is asked: the answer would be paid for and come too late."""

PROMPTS = ("deliberate", "deliberate_case")

GRACE = 0.02
"""Seconds in which a model's own limit of time may speak first: it knows more of the failure."""

Odd = Literal["late", "steps", "tokens", "budget", "model", "tool", "arguments", "candidate", "answer"]
"""Why a deliberation came to nothing."""


@dataclass(frozen=True, slots=True)
class Thinking:
    """One deliberation on its way: what was said, what it used, and how it ended."""

    sight: Sight
    model: Model
    scene: str
    language: Language
    until: float
    """On the process's own clock."""
    said: tuple[Said, ...]
    used: tuple[Usage, ...] = ()
    pending: tuple[ToolCall, ...] = ()
    verdict: Verdict | None = None
    odd: Odd | None = None

    @property
    def is_last(self) -> bool:
        """Whether the next answer has to be the choice."""
        return len(self.used) == MOST_STEPS - 1

    @property
    def tokens(self) -> int:
        """Read and written so far."""
        return sum(one.prompt_tokens + one.completion_tokens for one in self.used)


class Thought(TypedDict):
    """The one channel of the graph."""

    thinking: Thinking


async def deliberate(walk: Walk, permitted: Sequence[Candidate], instruments: Instruments) -> Deliberation | None:
    """What a model makes of the choice; None where there is no model, or nothing to choose."""
    model, seconds = instruments.model, room(walk, instruments) * SHARE
    if model is None or walk.scene is None or len(permitted) < 2:
        return None
    if seconds < LEAST:
        return Deliberation(None, None, (), summed((), model.name), 0, odd="late")
    until, language = monotonic() + seconds, language_of(walk)
    sight = Sight(walk, permitted, instruments)
    thinking = Thinking(sight, model, walk.scene.id, language, until, told_to(walk, sight, language))
    return _deliberation(await _thought_through(thinking, seconds), edition(language, *PROMPTS))


def told_to(walk: Walk, sight: Sight, language: Language) -> tuple[Said, ...]:
    """What the model hears first: how to choose, then the use case and the candidates."""
    if walk.scene is None or walk.book is None:
        raise ValueError("only a scene is deliberated on, under a book")
    manner = prompt(language, PROMPTS[0]).render(
        sender=walk.book.sender.name.either(language),
        steps=MOST_STEPS,
        angles=get_args(Angle),
        most_reasons=MOST_REASONS,
    )
    case = prompt(language, PROMPTS[1]).render(
        name=walk.scene.name.either(language),
        card=walk.scene.card.either(language),
        goal=walk.scene.goal.kpi if walk.scene.goal else None,
        # The name of a placement is free text of whoever asks: that there is one is all that a model is told.
        placed=walk.ask.placement is not None,
        candidates=sight.candidates(),
    )
    return Said("system", manner), Said("user", case)


def language_of(walk: Walk) -> Language:
    """The language of the reasons: that of explanations."""
    return "ja" if walk.language == "ja" else "en"


async def _thought_through(thinking: Thinking, seconds: float) -> Thinking:
    """Goes round the graph until there is a verdict or a reason why there is none."""
    try:
        async with asyncio.timeout(seconds + GRACE):
            ended = await circle().ainvoke({"thinking": thinking}, {"recursion_limit": 2 * MOST_STEPS + 2})
    except TimeoutError:
        return replace(thinking, odd="late")
    thought: Thinking = ended["thinking"]
    return thought


@cache
def circle() -> CompiledStateGraph[Thought, None, Thought, Thought]:
    """The graph: think, look, think again, until an end; no checkpointer, since nothing outlives the ask."""

    async def think(state: Thought) -> Thought:
        return {"thinking": await thought(state["thinking"])}

    async def look(state: Thought) -> Thought:
        return {"thinking": looked(state["thinking"])}

    graph: StateGraph[Thought, None, Thought, Thought] = StateGraph(Thought)
    graph.add_node("think", think)
    graph.add_node("look", look)
    graph.add_edge(START, "think")
    graph.add_conditional_edges("think", lambda state: "look" if state["thinking"].pending else END, ["look", END])
    graph.add_conditional_edges("look", lambda state: END if state["thinking"].odd else "think", ["think", END])
    return graph.compile()


async def thought(thinking: Thinking) -> Thinking:
    """One answer of the model: calls of tools, its verdict, or the end."""
    left = thinking.until - monotonic()
    if left < LEAST:
        return replace(thinking, odd="late")
    try:
        reply = await thinking.model.ask(request_of(thinking), left)
    except ModelFailed as failed:
        return replace(thinking, odd=odd_of(failed, thinking.is_last))
    thinking = replace(thinking, used=(*thinking.used, reply.usage))
    if not reply.calls:
        return concluded(thinking, reply.text)
    if thinking.tokens >= MOST_TOKENS or len(thinking.used) >= MOST_STEPS:
        return replace(thinking, odd="tokens" if thinking.tokens >= MOST_TOKENS else "steps")
    if len(reply.calls) > MOST_CALLS:
        return replace(thinking, odd="arguments")
    said = Said("assistant", reply.text, reply.calls)
    return replace(thinking, said=(*thinking.said, said), pending=reply.calls)


def request_of(thinking: Thinking) -> Request:
    """The next question: with tools while there are steps left, at last with nothing but the shape of a verdict."""
    last = thinking.is_last
    return Request(
        task="deliberate",
        messages=thinking.said,
        scene=thinking.scene,
        shape=SHAPE if last else None,
        tools=() if last else tools(thinking.language),
        max_tokens=LONGEST_ANSWER,
        temperature=0.2,
    )


def looked(thinking: Thinking) -> Thinking:
    """The answers to the pending calls; a call that no honest model makes ends the deliberation."""
    answers = []
    for asked in thinking.pending:
        try:
            answers.append(Said("tool", thinking.sight.call(asked), call_id=asked.id))
        except Astray as astray:
            return replace(thinking, odd=astray.stray, pending=())
    return replace(thinking, said=(*thinking.said, *answers), pending=())


def concluded(thinking: Thinking, text: str) -> Thinking:
    """The verdict in the model's words, where it is one, about a candidate that exists."""
    try:
        verdict = Verdict.model_validate_json(bare(text))
        thinking.sight[verdict.candidate]
    except ValidationError:
        return replace(thinking, odd="answer")
    except Astray as astray:
        return replace(thinking, odd=astray.stray)
    return replace(thinking, verdict=verdict)


def odd_of(failed: ModelFailed, last: bool) -> Odd:
    """How the record calls a failure of the model; no answer of the shape at the last step is no end found in time."""
    match failed:
        case ModelTooLate():
            return "late"
        case BudgetSpent():
            return "budget"
        case ModelBroken() if last:
            return "steps"
    return "model"


def _deliberation(ended: Thinking, prompt: str) -> Deliberation:
    """What is kept of a deliberation."""
    verdict, usage, steps = ended.verdict, summed(ended.used, ended.model.name), len(ended.used)
    spoken = verdict.reasons if verdict else ()
    reasons = tuple(filter(None, (in_plain_words(reason, ended.sight) for reason in spoken)))
    if verdict is None or not reasons:
        return Deliberation(None, None, (), usage, steps, prompt, ended.odd or "answer")
    return Deliberation(ended.sight[verdict.candidate], verdict.angle, reasons, usage, steps, prompt)


def summed(used: Sequence[Usage], model: str) -> Usage:
    """Everything that a deliberation used."""
    return Usage(
        model=used[-1].model if used else model,
        prompt_tokens=sum(one.prompt_tokens for one in used),
        completion_tokens=sum(one.completion_tokens for one in used),
        seconds=sum(one.seconds for one in used),
        calls=sum(one.calls for one in used),
    )
