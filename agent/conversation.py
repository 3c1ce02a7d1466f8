"""A conversation with a model about one message: it drafts, the rules read, and what they object to goes back, twice.

Nothing about a customer but the brief goes into it. What is objected to is told in the sentences of the rules and in
the model's own words; what was filled in after it stays here.
"""

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from time import monotonic

from agent.instruments import Instruments
from agent.rendering import render
from agent.state import Candidate, Penned, Walk
from domain.errors import ModelFailed
from domain.language import phrase
from domain.message import Message
from domain.variant import Variant
from policies.finding import Finding
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.sensitive_attribute import SensitiveAttribute
from tools.brief import Brief, messages_of, revision_of
from tools.copywriting import Slots
from tools.drafts import Fault, Read, read_draft
from tools.model import Request, Said, Usage
from tools.shapes import SHAPES

MOST_REVISIONS = 2
MOST_WRONG = 5
"""Objections that one revision is told of; more than that is a new draft rather than a revision."""

LEAST = 0.05
"""Seconds below which no model is asked: the answer would be paid for and come too late."""

FRESH, CAREFUL = 0.7, 0.3
"""Temperature of a first draft and of a revision."""

MOST_TOKENS = {"email": 1000, "call": 700, "line": 600}
USUAL_TOKENS = 400

COUNTED = frozenset({"length"})
"""Findings whose reason is a count; the reasons of others may quote what was filled in."""

SUGGESTS = (ForbiddenPhrase, ClaimEvidence, SensitiveAttribute)
"""Rules that may say what to write instead."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation stands; each step replaces it by a fuller one."""

    walk: Walk
    candidate: Candidate
    slots: Slots
    brief: Brief
    until: float
    """The end of the model's time, on the process's own clock."""
    penned: Penned
    messages: tuple[Said, ...]
    patient: bool = False
    """Whether nobody waits for the words: then those for whom somebody does go first."""
    answer: str | None = None
    """What the model said last, until it is read."""
    clean: tuple[Variant, Message] | None = None
    """Words that nothing is held against."""
    second: tuple[Variant, Message] | None = None
    """Words that no rule forbids, though a wish is not met."""
    wrong: tuple[Finding, ...] = ()
    over: bool = False

    @property
    def left(self) -> float:
        """Seconds that the model still has."""
        return self.until - monotonic()


Converse = Callable[[Conversation], Awaitable[Conversation]]
"""Takes a conversation from its brief to its end."""


def begin(walk: Walk, candidate: Candidate, slots: Slots, brief: Brief, penned: Penned, until: float) -> Conversation:
    """A conversation before its first word."""
    return Conversation(walk, candidate, slots, brief, until, penned, messages_of(brief))


async def speak(talk: Conversation, instruments: Instruments) -> Conversation:
    """One call of the model; a failure ends the conversation."""
    if instruments.model is None:
        raise ValueError("a conversation needs a model")
    first, channel = talk.penned.calls == 0, talk.candidate.action.channel
    request = Request(
        task="draft" if first else "revise",
        messages=talk.messages,
        scene=talk.brief.scene,
        shape=SHAPES[channel],
        max_tokens=MOST_TOKENS.get(channel, USUAL_TOKENS),
        temperature=FRESH if first else CAREFUL,
        patient=talk.patient,
    )
    try:
        reply = await instruments.model.ask(request, talk.left)
    except ModelFailed as failed:
        return replace(talk, over=True, penned=replace(talk.penned, failed=failed.code, ended=monotonic()))
    return replace(talk, answer=reply.text, penned=counted(talk.penned, reply.usage))


def counted(penned: Penned, usage: Usage) -> Penned:
    """The provenance with one more answer in it."""
    return replace(
        penned,
        model=usage.model,
        calls=penned.calls + 1,
        revisions=penned.calls,
        prompt_tokens=penned.prompt_tokens + usage.prompt_tokens,
        completion_tokens=penned.completion_tokens + usage.completion_tokens,
        seconds=round(penned.seconds + usage.seconds, 4),
        ended=monotonic(),
    )


def inspect(talk: Conversation, instruments: Instruments) -> Conversation:
    """The answer as a message, read by the rules; what is wrong with it is said for the next turn, if there is one."""
    if talk.over or talk.answer is None:
        return talk
    read = read_draft(talk.answer, talk.brief)
    if read.variant is None:
        return _again(talk, read, tuple(map(_finding, read.faults)))
    rendered = render(talk.walk, talk.candidate, read.variant, talk.slots, instruments)
    if rendered.message is not None and rendered.is_clean:
        return replace(talk, clean=(read.variant, rendered.message), wrong=(), over=True)
    if rendered.message is not None and not rendered.problems and talk.second is None:
        talk = replace(talk, second=(read.variant, rendered.message))
    return _again(talk, read, rendered.problems or rendered.remarks)


def _again(talk: Conversation, read: Read, wrong: tuple[Finding, ...]) -> Conversation:
    """The conversation with its objections said, or at its end where there is no turn or no time left."""
    talk = replace(talk, wrong=wrong)
    if talk.penned.revisions >= MOST_REVISIONS or talk.left < max(LEAST, talk.penned.seconds / talk.penned.calls):
        return replace(talk, over=True, penned=replace(talk.penned, failed="inspection"))
    sentences = tuple(dict.fromkeys(_sentence(talk, read, finding) for finding in wrong))[:MOST_WRONG]
    return replace(talk, messages=revision_of(talk.brief, talk.messages[:2], talk.answer or "", sentences))


def _finding(fault: Fault) -> Finding:
    return Finding(rule=f"draft.{fault.kind}", type="broken_copy", part=fault.part, text=fault.text, why=fault.why)


def _sentence(talk: Conversation, read: Read, finding: Finding) -> str:
    """An objection for the model: the rule's own sentence, and the words only where the model wrote them itself."""
    language = talk.brief.language
    quoted = finding.text if finding.text and _plain(finding.text) in _plain(read.words) else ""
    # The name of a block or an item comes from whoever asked: only what kind of part it is goes back.
    part, said = finding.part.partition("[")[0], _said(talk, finding)
    if not quoted:
        return phrase(language, ja=f"{part}：{said}", en=f"{part}: {said}")
    return phrase(language, ja=f"{part}の「{quoted}」：{said}", en=f"{part}, “{quoted}”: {said}")


def _said(talk: Conversation, finding: Finding) -> str:
    language = talk.brief.language
    if finding.type in COUNTED or finding.rule.startswith("draft."):
        return finding.why.either(language)
    rules = talk.walk.book.rules if talk.walk.book else ()
    rule = next((rule for rule in rules if rule.id == finding.rule), None)
    if rule is None:
        return phrase(language, ja="使えない差し込みがあります。", en="It places a slot that cannot be filled.")
    better = rule.better.either(language) if isinstance(rule, SUGGESTS) and rule.better else ""
    return rule.said[language] + better


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def talking(instruments: Instruments) -> Converse:
    """The whole conversation as plain calls, one step after another."""

    async def converse(talk: Conversation) -> Conversation:
        while not talk.over:
            talk = inspect(await speak(talk, instruments), instruments)
        return talk

    return converse
