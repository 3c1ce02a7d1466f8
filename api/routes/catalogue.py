"""The catalogue: what messages can be about."""

from fastapi import APIRouter, Request, Response

from api.batch import OneOrMany, Written, latest, listed
from api.door import Door, answer, parts_of, roles
from api.naming import Named
from api.paging import Cursor, Limit, Page, cut
from domain.errors import NotFound
from domain.offer import Offer
from domain.told import ToldOffer
from records import catalogue

router = APIRouter(route_class=Door, tags=["offers"])


class OfferPage(Page[Offer]):
    """Offers in the order of their ids."""


@router.get(
    "/v1/offers", response_model=OfferPage, summary="list offers", **roles("marketer", "analyst", "store", "admin")
)
async def list_offers(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every offer, a page at a time."""
    found = await parts_of(request).read(lambda c: catalogue.page(c, limit + 1, cursor))
    items, following = cut(found, limit, lambda offer: offer.id)
    return answer(OfferPage(items=items, next=following), request)


@router.post("/v1/offers", response_model=Written, summary="write offers", **roles("admin", "marketer"))
async def write_offers(request: Request, offers: OneOrMany[ToldOffer]) -> Response:
    """Writes one offer or many, all or none; what stood under the same id is replaced."""
    parts, batch = parts_of(request), latest(listed(offers))
    now = parts.clock.now()
    await parts.write(lambda c: catalogue.upsert(c, batch, now))
    return answer(Written(written=len(batch)), request)


@router.delete(
    "/v1/offers/{id}", status_code=204, summary="remove an offer", responses={404: {}}, **roles("admin", "marketer")
)
async def remove_offer(request: Request, id: Named) -> Response:
    """Takes an offer out of the catalogue; decisions about it stay on record."""
    if not await parts_of(request).write(lambda c: catalogue.remove(c, id)):
        raise NotFound("offer", id)
    return Response(status_code=204)
