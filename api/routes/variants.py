"""Copy versions: written ahead by a model, looked at, and taken out of use by marketers."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from agent.composing import Composer, Work
from agent.ordering import Order
from agent.parts import Parts
from agent.retiring import samples_of
from api.background import Background
from api.door import Door, answer, parts_of, roles
from api.naming import NO_NUL, Identifier
from api.paging import Cursor, Limit, Page
from api.security import caller_of
from api.variants import CompositionView, VariantLine, VariantView, line, told, view
from domain.channel import Channel
from domain.frozen import Frozen
from domain.message import Message
from records import variants
from records.variants import Kept

router = APIRouter(route_class=Door, tags=["variants"])

NOBODY = "local"
"""Who it was where keys are switched off."""
SceneName = Annotated[str, Query(max_length=100, pattern=NO_NUL, description="Only those of this scene.")]
OfferName = Annotated[str, Query(max_length=200, pattern=NO_NUL, description="Only those about this offer.")]
ChannelName = Annotated[Channel | None, Query(description="Only those for this channel.")]
Standing = Annotated[
    Literal["", "waiting", "approved", "rejected", "retired"], Query(description="Only those that stand so.")
]


class Why(Frozen):
    """Why it is taken out of use."""

    reason: str = Field("", max_length=500)


class VariantPage(Page[VariantLine]):
    """Copy versions, newest first."""


@router.get("/v1/variants", response_model=VariantPage, summary="list copy versions", **roles("marketer", "analyst"))
async def list_variants(
    request: Request,
    limit: Limit = 50,
    cursor: Cursor = "",
    scene: SceneName = "",
    status: Standing = "",
    offer: OfferName = "",
    channel: ChannelName = None,
) -> Response:
    """Every text that was written ahead, with where it comes from and how often it was shown and answered."""
    parts = parts_of(request)
    way = channel.value if channel else ""
    found = await parts.read(
        lambda c: variants.page(c, limit, cursor or None, scene=scene, status=status, offer=offer, channel=way)
    )
    return answer(VariantPage(items=tuple(line(one) for one in found.items), next=found.next), request)


@router.get(
    "/v1/variants/{id}",
    response_model=VariantView,
    summary="look a copy version up",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def get_variant(request: Request, id: Identifier) -> Response:
    """One text, and how typical customers would read it."""
    parts = parts_of(request)

    def look() -> tuple[Kept, tuple[Message, ...]]:
        found = parts.stores.read(lambda c: variants.get(c, id))
        return found, samples_of(parts.stores, found.variant)

    return answer(view(*await parts.instruments.pool.run(look)), request)


@router.post(
    "/v1/variants/compose",
    response_model=CompositionView,
    status_code=202,
    summary="have copy written",
    responses={404: {}},
    **roles("marketer"),
)
async def compose(request: Request, order: Order) -> Response:
    """Has a model write copy ahead of time; `GET /v1/compositions/{id}` says how far it is."""
    parts, by = parts_of(request), caller_of(request).person or NOBODY
    composer = composer_of(parts)
    work: Work = await parts.instruments.pool.run(lambda: composer.begin(order, by))
    background: Background = request.app.state.background
    background.start(composer.run(work), work.id)
    return answer(told(await parts.instruments.pool.run(lambda: composer.look(work.id))), request, 202)


@router.get(
    "/v1/compositions/{id}",
    response_model=CompositionView,
    summary="look a composition up",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def get_composition(request: Request, id: Identifier) -> Response:
    """How far a composition is, and what became of its texts."""
    parts = parts_of(request)
    return answer(told(await parts.instruments.pool.run(lambda: composer_of(parts).look(id))), request)


@router.post(
    "/v1/variants/{id}/retire",
    response_model=VariantLine,
    summary="retire a copy version",
    responses={404: {}},
    **roles("marketer"),
)
async def retire(request: Request, id: Identifier, why: Why) -> Response:
    """Takes a text out of use for good, from the next ask on."""
    parts, by = parts_of(request), caller_of(request).person or NOBODY
    now = parts.clock.now()
    await parts.write(lambda c: variants.retire(c, id, by, why.reason, now))
    return answer(line(await parts.read(lambda c: variants.get(c, id))), request)


def composer_of(parts: Parts) -> Composer:
    """Whoever takes orders for copy."""
    return Composer(parts.stores, parts.instruments.model)
