"""Segments: words that the company gives a meaning once, so that directives can use them from then on."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from agent import vocabulary
from agent.parts import Parts
from agent.vocabulary import Defined
from api.door import Door, answer, language_of, parts_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut, position
from api.security import caller_of
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import Language
from policies.audience import Audience
from policies.boundary.reach import people
from policies.canonical import Written
from records import segments

router = APIRouter(route_class=Door, tags=["segments"])


class Definition(Frozen):
    """A word, and whom it means: an audience, or words that rules know already."""

    term: str = Field(min_length=1, max_length=200)
    audience: Audience | None = None
    as_: str | None = Field(None, alias="as", min_length=1, max_length=500)
    language: Language | None = None


class Word(Frozen):
    """Why."""

    reason: str = Field("", max_length=500)


class SegmentView(Frozen):
    """A definition: whom the word means, how many customers that is now, and what became of it."""

    id: str
    term: str
    status: Literal["draft", "approved", "rejected", "retired"]
    means: str
    audience: Written[Audience]
    said: str | None
    customers: int
    author: str
    created_at: AwareDatetime
    decided_by: str | None
    decided_at: AwareDatetime | None
    reason: str | None


class SegmentPage(Page[SegmentView]):
    """Definitions, newest first."""


@router.post("/v1/segments", response_model=SegmentView, status_code=201, summary="define a word", **roles("marketer"))
async def define(request: Request, given: Definition) -> Response:
    """Keeps a definition as a draft; directives use the word once somebody else approved it."""
    parts, author = parts_of(request), caller_of(request).must_be_somebody("define words")
    meant = given.audience if given.audience is not None else given.as_
    if meant is None or (given.audience is not None and given.as_ is not None):
        raise Malformed("audience", None, "give either an audience, or under 'as' the words that say who is meant.")
    language, now = language_of(request), parts.clock.now()

    def keep() -> SegmentView:
        return view(vocabulary.define(parts.stores, given.term, meant, given.language, author, now), language)

    return answer(await parts.instruments.pool.run(keep), request, 201)


@router.get(
    "/v1/segments", response_model=SegmentPage, summary="list defined words", **roles("marketer", "analyst", "store")
)
async def list_segments(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every definition with what became of it."""
    parts, before, language = parts_of(request), position(cursor) or 1 << 53, language_of(request)
    found = await parts.read(lambda c: segments.page(c, limit + 1, before))
    items, following = cut(found, limit, lambda one: str(one.number))
    heads = parts.instruments.heads

    def look() -> tuple[SegmentView, ...]:
        return tuple(view(one, language) for one in vocabulary.all_told(parts.stores, items, heads))

    return answer(SegmentPage(items=await parts.instruments.pool.run(look), next=following), request)


@router.get(
    "/v1/segments/{id}",
    response_model=SegmentView,
    summary="read a defined word",
    responses={404: {}},
    **roles("marketer", "analyst", "store"),
)
async def read_segment(request: Request, id: Identifier) -> Response:
    """Whom a word means, and how many customers that is now."""
    return answer(await _seen(request, id), request)


@router.post(
    "/v1/segments/{id}/approve",
    response_model=SegmentView,
    summary="approve a defined word",
    responses={404: {}},
    **roles("approver"),
)
async def approve(request: Request, id: Identifier) -> Response:
    """From now on directives are read with it; another person than its author decides that."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("approve definitions")
    now = parts.clock.now()
    await parts.instruments.pool.run(lambda: vocabulary.approve(parts.stores, id, by, now))
    return answer(await _seen(request, id), request)


@router.post(
    "/v1/segments/{id}/reject",
    response_model=SegmentView,
    summary="reject a defined word",
    responses={404: {}},
    **roles("approver"),
)
async def reject(request: Request, id: Identifier, word: Word | None = None) -> Response:
    """Closes a draft without effect."""
    return answer(await _closed(request, id, "rejected", word), request)


@router.post(
    "/v1/segments/{id}/retire",
    response_model=SegmentView,
    summary="retire a defined word",
    responses={404: {}},
    **roles("approver"),
)
async def retire(request: Request, id: Identifier, word: Word | None = None) -> Response:
    """Nobody's directive is read with it any more; rules that were stay as they are."""
    return answer(await _closed(request, id, "retired", word), request)


async def _closed(request: Request, id: str, turn: Literal["rejected", "retired"], word: Word | None) -> SegmentView:
    parts, by = parts_of(request), caller_of(request).must_be_somebody("decide about definitions")
    now, reason = parts.clock.now(), word.reason if word else ""
    await parts.instruments.pool.run(lambda: vocabulary.close(parts.stores, id, turn, by, now, reason))
    return await _seen(request, id)


async def _seen(request: Request, id: str) -> SegmentView:
    parts: Parts = parts_of(request)
    language = language_of(request)
    return await parts.instruments.pool.run(lambda: view(vocabulary.found(parts.stores, id), language))


def view(defined: Defined, language: Language) -> SegmentView:
    """A definition in the reader's language."""
    one = defined.segment
    return SegmentView(
        id=defined.id,
        term=one.term,
        status=one.status,
        means=people(defined.audience, language),
        audience=defined.audience,
        said=one.said,
        customers=defined.customers,
        author=one.author,
        created_at=one.created_at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        reason=one.reason,
    )
