"""Directives: what marketers write in their own words, read back, tried out, and approved by somebody else."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from agent import directives as desk
from agent.given import number_of
from agent.secondreading import give_and_ask
from agent.wishing import propose as propose_drafts
from api.directives import DirectiveLine, DirectiveView, line, view
from api.door import Door, answer, book_of, language_of, parts_of, roles, wished_language
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut, position
from api.routes.proposals import ProposalView
from api.routes.proposals import view as proposal_view
from api.routes.simulation import SimulationView, view_of
from api.security import caller_of
from api.sheets import sheet
from domain.frozen import Frozen
from domain.language import Language
from records import directives

router = APIRouter(route_class=Door, tags=["directives"])

LONGEST = 10_000


class Draft(Frozen):
    """What a marketer wrote."""

    text: str = Field(min_length=1, max_length=LONGEST)
    language: Language | None = None
    replaces: str | None = Field(None, max_length=200)
    """A directive in force in whose place this one comes, once it is approved."""


class Word(Frozen):
    """Why."""

    reason: str = Field("", max_length=500)


class DirectivePage(Page[DirectiveLine]):
    """Directives, newest first."""


@router.post(
    "/v1/directives",
    response_model=DirectiveView,
    status_code=201,
    summary="give a directive",
    responses={404: {}},
    **roles("marketer", "store"),
)
async def give(request: Request, draft: Draft) -> Response:
    """Reads a directive and keeps it as a draft; nothing changes until somebody else approves it."""
    parts, author = parts_of(request), caller_of(request).must_be_somebody("give directives")
    replaces = None if draft.replaces is None else number_of(draft.replaces)
    given = await give_and_ask(parts.instruments, draft.text, draft.language, author, replaces)
    return answer(view(given, wished_language(request)), request, 201)


@router.get("/v1/directives", response_model=DirectivePage, summary="list directives", **roles("marketer", "analyst"))
async def list_directives(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every directive with what became of it."""
    before = position(cursor) or 1 << 53
    parts = parts_of(request)
    found, book = await parts.read(lambda c: directives.page(c, limit + 1, before)), await book_of(request)
    rules = frozenset(rule.id for rule in book.rules)
    items, following = cut(found, limit, lambda one: str(one.number))
    return answer(DirectivePage(items=tuple(line(one, rules) for one in items), next=following), request)


@router.get(
    "/v1/directives/{id}",
    response_model=DirectiveView,
    summary="read a directive",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def read_directive(request: Request, id: Identifier) -> Response:
    """The text, its reading clause by clause, and what is wrong with it among the rules in force."""
    return answer(await _seen(request, number_of(id)), request)


@router.get(
    "/v1/directives/{id}/sheet",
    response_class=HTMLResponse,
    summary="print a directive for approval",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def approval_sheet(request: Request, id: Identifier) -> Response:
    """A page for a company's own circulation: text, reading, examples, impact, and lines for names and dates."""
    parts, number, language = parts_of(request), number_of(id), language_of(request)
    given = await parts.instruments.pool.run(lambda: desk.found(parts.stores, number))
    return sheet(given, language, parts.settings.home_timezone)


@router.post(
    "/v1/directives/{id}/simulate",
    response_model=SimulationView,
    summary="simulate a directive",
    responses={404: {}},
    **roles("marketer"),
)
async def simulate(request: Request, id: Identifier) -> Response:
    """Who would gain and who would lose a message if it were approved now."""
    parts, number, language = parts_of(request), number_of(id), language_of(request)
    now = parts.clock.now()
    found = await parts.instruments.pool.run(lambda: desk.tried(parts.stores, number, now, language))
    return answer(view_of(found), request)


@router.post(
    "/v1/directives/{id}/approve",
    response_model=DirectiveView,
    summary="approve a directive",
    responses={404: {}},
    **roles("approver"),
)
async def approve(request: Request, id: Identifier) -> Response:
    """Puts its rules in force for every ask from now on; another person than its author decides that."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("approve directives")
    number, now = number_of(id), parts.clock.now()
    await parts.instruments.pool.run(lambda: desk.approve(parts.stores, number, by, now))
    return answer(await _seen(request, number), request)


@router.post(
    "/v1/directives/{id}/propose",
    response_model=ProposalView,
    status_code=201,
    summary="propose the drafts of a directive",
    responses={404: {}},
    **roles("marketer"),
)
async def propose(request: Request, id: Identifier) -> Response:
    """Makes a policy proposal of the goals, use cases and priorities that it drafts; nothing changes by that."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("propose the drafts of a directive")
    number, now, language = number_of(id), parts.clock.now(), language_of(request)

    def make() -> ProposalView:
        return proposal_view(parts, propose_drafts(parts.stores, number, by, now), language)

    return answer(await parts.instruments.pool.run(make), request, 201)


@router.post(
    "/v1/directives/{id}/reject",
    response_model=DirectiveView,
    summary="reject a directive",
    responses={404: {}},
    **roles("approver"),
)
async def reject(request: Request, id: Identifier, word: Word | None = None) -> Response:
    """Closes a draft without effect."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("reject directives")
    number, now = number_of(id), parts.clock.now()
    await parts.instruments.pool.run(lambda: desk.reject(parts.stores, number, by, now, word.reason if word else ""))
    return answer(await _seen(request, number), request)


@router.post(
    "/v1/directives/{id}/retire",
    response_model=DirectiveView,
    summary="retire a directive",
    responses={404: {}},
    **roles("approver"),
)
async def retire(request: Request, id: Identifier, word: Word | None = None) -> Response:
    """Takes its rules out of force again."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("retire directives")
    number, now = number_of(id), parts.clock.now()
    await parts.instruments.pool.run(lambda: desk.retire(parts.stores, number, by, now, word.reason if word else ""))
    return answer(await _seen(request, number), request)


async def _seen(request: Request, number: int) -> DirectiveView:
    parts, wished = parts_of(request), wished_language(request)

    def look() -> DirectiveView:
        return view(desk.found(parts.stores, number), wished)

    return await parts.instruments.pool.run(look)
