"""The emergency stop: any marketer stops at once; starting again takes another person."""

from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from api.door import Door, answer, book_of, parts_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut, position
from api.security import caller_of
from domain.channel import Channel
from domain.errors import Malformed
from domain.frozen import Frozen
from domain.stop import Stop
from records import stops

router = APIRouter(route_class=Door, tags=["stop"])

NOBODY = "anybody on this machine (TACT_AUTH=off)"


class StopOrder(Frozen):
    """What to silence; all three left out silences everything."""

    reason: str = Field(min_length=1, max_length=500)
    scene: str | None = Field(None, min_length=1, max_length=100)
    channel: Channel | None = None
    region: str | None = Field(None, min_length=1, max_length=100)


class Lifted(Frozen):
    """A stop that is no longer in force."""

    stop: Stop
    lifted_by: str
    lifted_at: AwareDatetime


class StopPage(Page[Stop]):
    """The stops in force, oldest first."""


@router.post("/v1/stop", response_model=Stop, status_code=201, summary="stop sending at once", **roles("marketer"))
async def stop_now(request: Request, order: StopOrder) -> Response:
    """Silences everything, or one scene, channel or region, from the next decision on."""
    parts = parts_of(request)
    if order.scene is not None:
        known = (await book_of(request)).scenes
        if order.scene not in known:
            # A misspelt stop would silence nothing while somebody believes that it does.
            raise Malformed("scene", order.scene, f"there is no such scene. Choose one of {', '.join(sorted(known))}.")
    stop = new_stop(order, caller_of(request).person or NOBODY, parts.clock.now())
    await parts.write(lambda c: stops.add(c, stop))
    return answer(stop, request, 201)


@router.get("/v1/stops", response_model=StopPage, summary="list stops", **roles("marketer", "analyst", "admin"))
async def list_stops(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every stop in force."""
    begin = position(cursor)
    active = await parts_of(request).read(stops.active)
    items, following = cut(list(enumerate(active, 1))[begin:], limit, lambda numbered: str(numbered[0]))
    return answer(StopPage(items=tuple(stop for _, stop in items), next=following), request)


@router.post(
    "/v1/stop/{id}/lift", response_model=Lifted, summary="lift a stop", responses={404: {}}, **roles("approver")
)
async def lift(request: Request, id: Identifier) -> Response:
    """Starts sending again; another person than the one who stopped has to say so."""
    parts = parts_of(request)
    by, now = caller_of(request).must_be_somebody("lift a stop"), parts.clock.now()
    stop = await parts.write(lambda c: stops.lift(c, id, by, now))
    return answer(Lifted(stop=stop, lifted_by=by, lifted_at=now), request)


def new_stop(order: StopOrder, by: str, now: AwareDatetime) -> Stop:
    """The stop that `by` orders."""
    return Stop(id=f"stop-{uuid4().hex[:12]}", by=by, at=now, **order.model_dump())
