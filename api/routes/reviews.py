"""Reviews: the queue of words that wait for a person, and what they say of them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from agent import ruling
from agent.ruling import Order
from api import access
from api.door import Door, answer, language_of, parts_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page
from api.reviews import ReviewView, view
from api.security import caller_of
from records import reviews

router = APIRouter(route_class=Door, tags=["reviews"])

Wanted = Annotated[
    Literal["waiting", "approved", "edited", "rejected"],
    Query(description="What waits, the longest first; or what was decided that way, newest first."),
]


class ReviewPage(Page[ReviewView]):
    """Reviews."""


@router.get("/v1/reviews", response_model=ReviewPage, summary="list reviews", **roles("marketer"))
async def list_reviews(
    request: Request, status: Wanted = "waiting", limit: Limit = 50, cursor: Cursor = ""
) -> Response:
    """The drafts that wait for a person, with the words and the reasons; or those that were decided."""
    parts, language = parts_of(request), language_of(request)
    ground = await ruling.ground_of(parts.instruments)

    def look() -> ReviewPage:
        page = parts.stores.read(
            lambda c: (
                reviews.waiting(c, ground.now, limit, cursor or None)
                if status == "waiting"
                else reviews.decided(c, status, limit, cursor or None)
            )
        )
        return ReviewPage(items=tuple(view(ground, one, language) for one in page.items), next=page.next)

    return answer(await parts.instruments.pool.run(look), request)


@router.get(
    "/v1/reviews/{id}", response_model=ReviewView, summary="look at a review", responses={404: {}}, **roles("marketer")
)
async def get_review(request: Request, id: Identifier) -> Response:
    """One draft with the parts that may be changed, and what would hold it even if it were approved now."""
    parts, language = parts_of(request), language_of(request)
    ground = await ruling.ground_of(parts.instruments)

    def look() -> tuple[str | None, ReviewView]:
        found = parts.stores.read(lambda c: reviews.get(c, id))
        case = ruling.case_of(ground, found, language) if found.waits(ground.now) else None
        return found.customer_id, view(ground, found, language, case)

    customer_id, shown = await parts.instruments.pool.run(look)
    if customer_id is not None:
        access.note(request, customer_id, "review")
    return answer(shown, request)


@router.post(
    "/v1/reviews/{id}",
    response_model=ReviewView,
    summary="decide a review",
    responses={404: {}, 409: {}},
    **roles("marketer"),
)
async def decide_review(request: Request, id: Identifier, order: Order) -> Response:
    """Approves, edits or rejects a draft, once; words that break a rule are refused with the rule and still wait."""
    parts, by = parts_of(request), caller_of(request).must_be_somebody("decide about drafts")
    language, ground = language_of(request), await ruling.ground_of(parts.instruments)

    def decide() -> ReviewView:
        return view(ground, ruling.decide(ground, id, order, by, language), language)

    return answer(await parts.instruments.pool.run(decide), request)
