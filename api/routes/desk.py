"""The desk: marketers steer in a conversation. It answers, keeps drafts and never puts anything in force."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from agent.desk import open_desk
from agent.talk.errand import LONGEST
from agent.talk.turn import Answer
from api.door import Door, answer, parts_of, roles, wished_language
from api.naming import NO_NUL
from api.security import caller_of
from domain.frozen import Frozen
from domain.language import Language

router = APIRouter(route_class=Door, tags=["desk"])


class Saying(Frozen):
    """What a marketer says; `conversation` is that of the answer before, and a new one where it is left out."""

    text: str = Field(min_length=1, max_length=LONGEST, pattern=NO_NUL)
    conversation: str | None = Field(None, min_length=1, max_length=100, pattern=NO_NUL)
    language: Language | None = None
    """That of the answer; the text's own where it is left out."""


class UsageView(Frozen):
    """What the model was asked for this answer."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    model: str


class DeskAnswer(Frozen):
    """The answer, and what was done for it; a conversation is forgotten at `kept_until`."""

    conversation: str
    kept_until: AwareDatetime
    answer: str
    language: Language
    understood: bool
    did: tuple[str, ...]
    """What was run, in order: give, refine, simulate, compare, explain, why, …"""
    directives: tuple[str, ...]
    """The directives that were given or looked at."""
    drafts: tuple[str, ...]
    """The drafts that were kept; none of them is in force."""
    by: Literal["grammar", "model"]
    prompt: str | None
    usage: UsageView | None


@router.post("/v1/desk", response_model=DeskAnswer, summary="talk to the desk", **roles("marketer"))
async def talk(request: Request, saying: Saying) -> Response:
    """Answers a marketer: instructions become drafts, questions are looked up; nothing comes into force here."""
    person = caller_of(request).person
    wished = saying.language or (wished_language(request) if not _speaks(saying.text) else None)
    told = await open_desk(parts_of(request)).answer(saying.text, person, saying.conversation, wished)
    return answer(view(told), request)


def _speaks(text: str) -> bool:
    """Whether a text shows its own language."""
    return any(sign.isalpha() for sign in text)


def view(told: Answer) -> DeskAnswer:
    """The answer as the contract shows it."""
    used = told.usage
    return DeskAnswer(
        conversation=told.conversation,
        kept_until=told.kept_until,
        answer=told.words,
        language=told.language,
        understood=told.understood,
        did=told.did,
        directives=told.directives,
        drafts=told.kept,
        by=told.by,
        prompt=told.prompt,
        usage=None
        if not used
        else UsageView(
            calls=sum(one.calls for one in used),
            prompt_tokens=sum(one.prompt_tokens for one in used),
            completion_tokens=sum(one.completion_tokens for one in used),
            model=used[-1].model,
        ),
    )
