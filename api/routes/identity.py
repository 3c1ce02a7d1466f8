"""Identity: who may be one person, joining two customers and parting them again."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, Field

from agent import linking
from api import access
from api.door import Door, answer, language_of, parts_of, roles
from api.naming import NO_NUL
from api.paging import Cursor, Limit, Page
from api.security import caller_of
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.language import Language
from records import matching, merging
from records.connection import Connection
from records.matching import Match, MatchStatus
from records.members import members

router = APIRouter(route_class=Door, tags=["identity"])

CustomerId = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
MatchId = Annotated[str, Field(min_length=1, max_length=420, pattern=NO_NUL)]
Reason = Annotated[str, Field(max_length=500)]
Wanted = Annotated[
    MatchStatus,
    Query(description="`open` waits for a person; `merged` was joined without one; the others were decided."),
]


class MatchView(Frozen):
    """Two customers who may be one person, how likely that is from 0 to 1, and why, in words."""

    id: str
    customers: tuple[str, str]
    score: float
    reasons: tuple[str, ...]
    status: MatchStatus
    created_at: AwareDatetime
    decided_by: str | None
    decided_at: AwareDatetime | None


class MatchPage(Page[MatchView]):
    """Pairs, the likeliest first."""


class MatchOrder(Frozen):
    """What a person decides about a pair."""

    verdict: Literal["accept", "reject"]


class MergeOrder(Frozen):
    """Two customers who are one person; what the survivor says of themselves goes first."""

    survivor: CustomerId
    absorbed: CustomerId
    reason: Reason = ""


class SplitOrder(Frozen):
    """A customer who was absorbed by mistake."""

    customer: CustomerId
    reason: Reason = ""


class PersonView(Frozen):
    """A person, and the customers who are one with them."""

    id: str
    absorbed: tuple[str, ...]


@router.get(
    "/v1/identity/matches",
    response_model=MatchPage,
    summary="list customers who may be one person",
    **roles("marketer", "privacy"),
)
async def list_matches(request: Request, status: Wanted = "open", limit: Limit = 50, cursor: Cursor = "") -> Response:
    """The pairs that wait for a person, or what became of the others; how fields agree, not what they say."""
    language = language_of(request)
    page = await parts_of(request).read(lambda c: matching.page(c, status, limit, cursor))
    return answer(MatchPage(items=tuple(view(one, language) for one in page.items), next=page.next), request)


@router.post(
    "/v1/identity/matches/{id}",
    response_model=MatchView,
    summary="decide whether two customers are one person",
    responses={404: {}, 409: {}},
    **roles("marketer", "privacy"),
)
async def decide_match(request: Request, id: MatchId, order: MatchOrder) -> Response:
    """Joins the two, or notes that they are two people, once; joining can be undone by `/v1/identity/split`."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("decide who is one person")
    decide = matching.accept if order.verdict == "accept" else matching.reject
    now = parts.clock.now()
    found = await parts.write(lambda c: decide(c, id, by, now))
    parts.follower.wake()
    return answer(view(found, language_of(request)), request)


@router.post(
    "/v1/identity/merge",
    response_model=PersonView,
    summary="join two customers into one person",
    responses={404: {}},
    **roles("privacy", "admin"),
)
async def merge(request: Request, order: MergeOrder) -> Response:
    """Counts both as one from now on: messages, a no of either, history; no row is rewritten."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("join customers")
    now = parts.clock.now()
    if order.survivor == order.absorbed:
        raise Malformed("absorbed", order.absorbed, "it is the survivor itself. Name two customers.")

    def join(c: Connection) -> PersonView:
        matching.joined_by_hand(c, order.survivor, order.absorbed, by, now)
        merging.merge(c, order.survivor, order.absorbed, kind="person", by=by, now=now, evidence=order.reason)
        return person_view(c, order.survivor)

    found = await parts.write(join)
    parts.follower.wake()
    access.note(request, found.id, "merge")
    return answer(found, request)


@router.post(
    "/v1/identity/split",
    response_model=PersonView,
    summary="part a customer from a person",
    responses={404: {}},
    **roles("privacy", "admin"),
)
async def split(request: Request, order: SplitOrder) -> Response:
    """Undoes a merge: each has what was theirs before it; nothing joins the two by itself again."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("part customers")
    now = parts.clock.now()

    def part(c: Connection) -> PersonView:
        left = merging.split(c, order.customer, by, now)
        matching.keep_apart(c, left, order.customer, by, now)
        return person_view(c, order.customer)

    found = await parts.write(part)
    parts.follower.wake()
    access.note(request, found.id, "split")
    return answer(found, request)


def person_view(c: Connection, customer_id: str) -> PersonView:
    """The person behind an id."""
    survivor, *absorbed = members(c, customer_id)
    return PersonView(id=survivor, absorbed=tuple(absorbed))


def view(match: Match, language: Language) -> MatchView:
    """A pair in the words of the API."""
    return MatchView(
        id=match.id,
        customers=(match.left, match.right),
        score=round(match.score, 4),
        reasons=linking.reasons(match, language),
        status=match.status,
        created_at=match.created_at,
        decided_by=match.decided_by,
        decided_at=match.decided_at,
    )
