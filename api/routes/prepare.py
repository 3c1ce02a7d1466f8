"""Preparing: whoever sees an event that makes a next message likely says so, and a model writes its words ahead."""

from fastapi import APIRouter, Request

from api.door import Door, parts_of, roles
from api.routes.messages import refuse_far_times
from api.security import caller_of
from domain.decision import Ask
from domain.frozen import Frozen

router = APIRouter(route_class=Door, tags=["messages"])


class Accepted(Frozen):
    """Whether a model is at it: not where none is set, rules forbid a message now, or the scene has no such words."""

    accepted: bool


@router.post(
    "/v1/prepare",
    status_code=202,
    summary="prepare the next message",
    responses={404: {}, 429: {}},
    **roles("ingest", "channel"),
)
async def prepare(request: Request, ask: Ask) -> Accepted:
    """Begins to write words for the ask that is likely to come; the answer does not wait for them."""
    parts, caller = parts_of(request), caller_of(request)
    caller.may_use(ask.channels, "prepare for these channels")
    refuse_far_times(ask)
    return Accepted(accepted=await parts.conductor.prepare_soon(ask))
