"""Thinking: a model hears a marketer and calls errands as tools, bounded in steps, calls, tokens and time."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from agent.rulebook import in_force, playbook_of
from agent.talk.errand import AnyErrand, Hand, Help, Unheard, Why
from agent.talk.found import Found
from agent.talk.hearing import heard
from agent.talk.masks import showable
from agent.talk.running import run
from agent.talk.tools import read, shown, strange, tools
from agent.talk.turn import PROMPT, Turn
from domain.errors import ModelBroken, ModelFailed
from prompts.library import prompt
from tools.model import Request, Said, ToolCall

MOST_STEPS = 6
"""Answers of the model in one turn."""

MOST_CALLS = 4
"""Tools that one answer may call."""

MOST_TOKENS = 30_000

LEAST = 0.2

LONGEST_ANSWER = 700


async def listened(turn: Turn) -> Turn:
    """What the grammar hears; and the text as a model may see it, where one is to be asked."""
    errands = heard(turn.text, turn.counter.talk)
    turn = replace(turn, errands=errands)
    if turn.model is None or settled(errands) or not showable(turn.text):
        return turn
    named = [one.customer for one in errands if isinstance(one, Why)]
    covered = await turn.counter.read(lambda c: turn.masks.cover(turn.text, c, also=named))
    system = await system_prompt(turn)
    before = [
        one
        for said in turn.counter.talk.exchanges
        for one in (Said("user", said.said), Said("assistant", said.answered))
    ]
    said = (Said("system", system), *before, Said("user", covered))
    return replace(turn, asks_model=True, shown=covered, said=said)


def settled(errands: Sequence[AnyErrand]) -> bool:
    """Whether the text asks for what only people may do, or how to use the desk: no model has a say in that."""
    return any(isinstance(one, Hand) for one in errands) or all(isinstance(one, Help) for one in errands)


async def system_prompt(turn: Turn) -> str:
    """How the model is to work."""
    language = turn.counter.language
    latest = await turn.counter.read(in_force)
    sender = playbook_of(latest.document).sender.name.either(language)
    return prompt(language, PROMPT).render(sender=sender, steps=MOST_STEPS)


async def thought(turn: Turn) -> Turn:
    """One answer of the model: calls of tools, words for the marketer, or the end of its turn."""
    left = turn.until - monotonic()
    if turn.model is None or left < LEAST:
        return replace(turn, odd="late", pending=())
    last = len(turn.used) == MOST_STEPS - 1
    request = Request(
        task="desk",
        messages=turn.said,
        tools=() if last else tools(turn.counter.language),
        max_tokens=LONGEST_ANSWER,
        temperature=0.2,
    )
    try:
        reply = await turn.model.ask(request, left)
    except ModelFailed:
        return replace(turn, odd="model", pending=())
    turn = replace(turn, used=(*turn.used, reply.usage), pending=())
    if not reply.calls:
        words = reply.text.strip()
        return replace(turn, spoken=words, is_cut=reply.is_cut) if words else replace(turn, odd="model")
    if last or turn.tokens >= MOST_TOKENS:
        return replace(turn, odd="steps" if last else "tokens")
    calls = reply.calls[:MOST_CALLS]
    return replace(turn, said=(*turn.said, Said("assistant", reply.text, calls)), pending=calls)


async def called(turn: Turn) -> Turn:
    """What came of the pending calls, as the model may see it; a call that is none is answered with what is wrong."""
    for asked in turn.pending:
        turn, answer = await one_call(turn, asked)
        turn = replace(turn, said=(*turn.said, Said("tool", answer, call_id=asked.id)))
    return replace(turn, pending=())


async def one_call(turn: Turn, asked: ToolCall) -> tuple[Turn, str]:
    """One call, run like any errand."""
    try:
        errand = read(asked, turn.masks)
    except ModelBroken as broken:
        return turn, f'{{"refused": "{broken.why}"}}'.replace("\n", " ")
    own_words = [turn.text, *(turn.masks.uncover(one.said) for one in turn.counter.talk.exchanges)]
    refused = strange(errand, own_words, turn.found)
    if refused is not None:
        return turn, f'{{"refused": "{refused}"}}'
    turn, found = await ran(turn, errand)
    return turn, await turn.counter.read(lambda c: shown(found, turn.masks, c))


async def done(turn: Turn) -> Turn:
    """The grammar's errands, one after another, each on what the one before left behind."""
    for errand in turn.errands:
        turn, _ = await ran(turn, errand)
    return turn


async def ran(turn: Turn, errand: AnyErrand) -> tuple[Turn, Found]:
    """One errand, and the talk with what it was about."""
    found = await run(errand, turn.counter)
    talk = turn.counter.talk.about(*found.directives) if found.directives else turn.counter.talk
    talk = talk.with_(last=errand.kind, customer=found.customer or talk.customer)
    counter = replace(turn.counter, talk=talk)
    kind = "give" if isinstance(errand, Unheard) and found.kept else errand.kind
    return replace(turn, counter=counter, found=(*turn.found, found), did=(*turn.did, kind)), found
