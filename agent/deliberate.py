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

from agent.calls import Astray, tools
from agent.instruments import Instruments
from agent.live import room
from agent.sight import Sight
from agent.state import Candidate, Deliberation, Walk
from agent.verdict import MOST_REASONS, SHAPE, Verdict, in_plain_words, verdict_in
from domain.errors import BudgetSpent, ModelBroken, ModelDown, ModelFailed, ModelRefused, ModelTooLate
from domain.language import Language
from domain.variant import Angle
from prompts.library import edition, prompt
from tools.model import Model, Request, Said, ToolCall, Usage

MOST_STEPS = 6
"""Times that the model is asked in one deliberation, repeated ones included; the last has to bring its choice."""

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

PROMPTS = ("deliberate", "deliberate_case", "deliberate_again")

GRACE = 0.02
"""Seconds in which a model's own limit of time may speak first: it knows more of the failure."""

Odd = Literal["late", "steps", "tokens", "budget", "model", "refused", "tool", "arguments", "candidate", "answer"]
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
    pressed: bool = False
    """Whether its choice could not be read, and it was told so."""
    verdict: Verdict | None = None
    odd: Odd | None = None

    @property
    def asked(self) -> int:
        """How often the model was asked, repeated requests included."""
        return sum(one.calls for one in self.used)

    @property
    def must_choose(self) -> bool:
        """Whether the next answer has to be the choice."""
        return self.pressed or self.asked >= MOST_STEPS - 1

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
    graph.add_conditional_edges("think", after_thinking, ["look", "think", END])
    graph.add_conditional_edges("look", lambda state: END if state["thinking"].odd else "think", ["think", END])
    return graph.compile()


def after_thinking(state: Thought) -> str:
    """Tools are looked at, an end is an end; a choice that could not be read is thought over."""
    thinking = state["thinking"]
    if thinking.verdict or thinking.odd:
        return END
    return "look" if thinking.pending else "think"


async def thought(thinking: Thinking) -> Thinking:
    """One answer of the model: calls of tools, its verdict, or the end."""
    left = thinking.until - monotonic()
    if left < LEAST:
        return replace(thinking, odd="late")
    try:
        reply = await thinking.model.ask(request_of(thinking), left)
    except ModelFailed as failed:
        return replace(thinking, odd=odd_of(failed, thinking))
    thinking = replace(thinking, used=(*thinking.used, reply.usage))
    if not reply.calls:
        return concluded(thinking, reply.text)
    if thinking.tokens >= MOST_TOKENS or thinking.asked >= MOST_STEPS:
        return replace(thinking, odd="tokens" if thinking.tokens >= MOST_TOKENS else "steps")
    if len(reply.calls) > MOST_CALLS:
        return replace(thinking, odd="arguments")
    said = Said("assistant", reply.text, reply.calls)
    return replace(thinking, said=(*thinking.said, said), pending=reply.calls)


def request_of(thinking: Thinking) -> Request:
    """The next question: with tools while there are steps left, at last with nothing but the shape of a verdict."""
    last = thinking.must_choose
    return Request(
        task="deliberate",
        messages=thinking.said,
        scene=thinking.scene,
        shape=SHAPE if last else None,
        tools=() if last else tools(thinking.language),
        max_tokens=LONGEST_ANSWER,
        temperature=0.2,
        # One is kept for the choice.
        attempts=MOST_STEPS - thinking.asked - (0 if last else 1),
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
    """The verdict in the model's words, about a candidate that exists; words that hold none are put right once."""
    verdict = verdict_in(text)
    if verdict is None:
        return pressed(thinking, text)
    try:
        thinking.sight[verdict.candidate]
    except Astray as astray:
        return replace(thinking, odd=astray.stray)
    return replace(thinking, verdict=verdict)


def pressed(thinking: Thinking, text: str) -> Thinking:
    """The choice asked for once more, in its shape; the end where that was done, or nothing is left for it."""
    if thinking.pressed or thinking.asked >= MOST_STEPS:
        return replace(thinking, odd="answer")
    if thinking.tokens >= MOST_TOKENS:
        return replace(thinking, odd="tokens")
    again = Said("user", prompt(thinking.language, PROMPTS[2]).render())
    return replace(thinking, said=(*thinking.said, Said("assistant", text), again), pressed=True)


def odd_of(failed: ModelFailed, thinking: Thinking) -> Odd:
    """How the record calls a failure of the model: whether it gave no answer, would give none, or one of no use."""
    match failed:
        case ModelTooLate():
            return "late"
        case BudgetSpent():
            return "budget"
        case ModelRefused():
            return "refused"
        case ModelDown():
            return "model"
        case ModelBroken():
            # It went on looking when it had to choose.
            return "steps" if thinking.must_choose and not thinking.pressed else "answer"
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
