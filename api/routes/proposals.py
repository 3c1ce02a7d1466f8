"""Proposals: a changed playbook waits here until somebody lets it in; what can loosen takes a second person."""

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from agent import rulebook
from agent.parts import Parts
from api.door import Door, answer, language_of, parts_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut, position
from api.security import caller_of
from api.views import ChangeView, FindingView, change_views, finding_views
from domain.errors import NotFound
from domain.frozen import Frozen
from domain.language import Language
from policies.document import compose_playbook
from records import proposals
from records.proposals import Proposal

router = APIRouter(route_class=Door, tags=["policies"])

MOST_SCENES, LONGEST_FILE = 200, 200_000


class Draft(Frozen):
    """A playbook as its files say it; scenes and stages that are left out stay as they are in force."""

    house: str = Field(max_length=LONGEST_FILE)
    scenes: dict[str, str] | None = Field(None, max_length=MOST_SCENES)
    stages: str | None = Field(None, max_length=LONGEST_FILE)
    note: str = Field("", max_length=500)


class Turn(Frozen):
    """Back to an earlier version."""

    to: int = Field(ge=1, le=1 << 53)


class Word(Frozen):
    """Why."""

    reason: str = Field("", max_length=500)


class ProposalLine(Frozen):
    """A proposal, and what became of it."""

    id: str
    status: str
    base: int
    author: str
    note: str
    created_at: AwareDatetime
    decided_by: str | None
    decided_at: AwareDatetime | None
    reason: str | None
    policy_version: int | None


class ProposalView(ProposalLine):
    """A proposal with what it changes in the version that it started from, and what is probably not meant in it."""

    loosens: bool
    changes: tuple[ChangeView, ...]
    findings: tuple[FindingView, ...]


class ProposalPage(Page[ProposalLine]):
    """Proposals, newest first."""


@router.post(
    "/v1/policies/proposals",
    response_model=ProposalView,
    status_code=201,
    summary="propose rules",
    **roles("marketer"),
)
async def propose(request: Request, draft: Draft) -> Response:
    """Keeps a playbook as a proposal; nothing changes until it is approved."""
    parts, author = parts_of(request), caller_of(request).must_be_somebody("propose rules")
    language = language_of(request)

    def keep() -> ProposalView:
        playbook = compose_playbook(draft.house, draft.scenes or {}, language, draft.stages)
        if draft.scenes is None or draft.stages is None:
            known = rulebook.playbook_of(parts.stores.read(rulebook.in_force).document)
            kept = {name: getattr(known, name) for name in ("scenes", "stages") if getattr(draft, name) is None}
            playbook = playbook.model_copy(update=kept)
        made = rulebook.propose_files(parts.stores, playbook, author, draft.note, parts.clock.now())
        return view(parts, made, language)

    return answer(await parts.instruments.pool.run(keep), request, 201)


@router.get(
    "/v1/policies/proposals", response_model=ProposalPage, summary="list proposals", **roles("marketer", "analyst")
)
async def list_proposals(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every proposal with what became of it."""
    before = position(cursor) or 1 << 53
    found = await parts_of(request).read(lambda c: proposals.page(c, limit + 1, before))
    items, following = cut(found, limit, lambda one: str(one.number))
    return answer(ProposalPage(items=tuple(line(one) for one in items), next=following), request)


@router.get(
    "/v1/policies/proposals/{id}",
    response_model=ProposalView,
    summary="read a proposal",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def read_proposal(request: Request, id: Identifier) -> Response:
    """What a proposal changes, rule by rule, and whether that can loosen anything."""
    parts, language = parts_of(request), language_of(request)
    found = await parts.read(lambda c: proposals.get(c, number_of(id)))
    return answer(await parts.instruments.pool.run(lambda: view(parts, found, language)), request)


@router.post(
    "/v1/policies/proposals/{id}/approve",
    response_model=ProposalView,
    summary="approve a proposal",
    responses={404: {}},
    **roles("approver"),
)
async def approve(request: Request, id: Identifier) -> Response:
    """Puts a proposal in force; one that can loosen anything needs another person than its author."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("approve rules")
    number, language = number_of(id), language_of(request)

    def enact() -> ProposalView:
        rulebook.approve(parts.stores, number, by, parts.clock.now())
        return view(parts, parts.stores.read(lambda c: proposals.get(c, number)), language)

    return answer(await parts.instruments.pool.run(enact), request)


@router.post(
    "/v1/policies/proposals/{id}/reject",
    response_model=ProposalLine,
    summary="reject a proposal",
    responses={404: {}},
    **roles("marketer"),
)
async def reject(request: Request, id: Identifier, word: Word) -> Response:
    """Closes a proposal without effect; its author takes it back in the same way."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("reject rules")
    number, now = number_of(id), parts.clock.now()
    closed = await parts.instruments.pool.run(lambda: rulebook.reject(parts.stores, number, by, word.reason, now))
    return answer(line(closed), request)


@router.post(
    "/v1/policies/rollback",
    response_model=ProposalView,
    status_code=201,
    summary="go back to an earlier version",
    responses={404: {}},
    **roles("approver"),
)
async def roll_back(request: Request, turn: Turn) -> Response:
    """Goes back at once; where that can loosen anything, for another person than who wrote the version in force."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("roll rules back")
    language, now = language_of(request), parts.clock.now()

    def turn_back() -> ProposalView:
        return view(parts, rulebook.roll_back(parts.stores, turn.to, by, now), language)

    return answer(await parts.instruments.pool.run(turn_back), request, 201)


@router.post(
    "/v1/policies/rules/{id}/retire",
    response_model=ProposalView,
    status_code=201,
    summary="propose to retire a rule",
    responses={404: {}},
    **roles("marketer"),
)
async def retire(request: Request, id: Identifier, word: Word) -> Response:
    """Proposes the book without one rule or exception; rules of a pack stay as long as their pack is on."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("retire rules")
    language, now = language_of(request), parts.clock.now()

    def leave_out() -> ProposalView:
        return view(parts, rulebook.retire(parts.stores, id, by, word.reason, now), language)

    return answer(await parts.instruments.pool.run(leave_out), request, 201)


def number_of(identifier: str) -> int:
    """The number of a proposal; raises NotFound for what is none."""
    if not (identifier.isascii() and identifier.isdigit() and len(identifier) < 16):
        raise NotFound("proposal", identifier)
    return int(identifier)


def line(proposal: Proposal) -> ProposalLine:
    """A proposal in a list."""
    return ProposalLine(
        id=str(proposal.number),
        status=proposal.status,
        base=proposal.base,
        author=proposal.author,
        note=proposal.note,
        created_at=proposal.created_at,
        decided_by=proposal.decided_by,
        decided_at=proposal.decided_at,
        reason=proposal.reason,
        policy_version=proposal.version,
    )


def view(parts: Parts, proposal: Proposal, language: Language) -> ProposalView:
    """A proposal with its changes and findings."""
    found = rulebook.difference(parts.stores, proposal)
    told = change_views(found.changes, language)
    wrong = finding_views(rulebook.examined(parts.stores, proposal.document), language)
    return ProposalView(**line(proposal).model_dump(), loosens=found.loosens, changes=told, findings=wrong)
