"""Briefs: what to know before speaking to a customer, for sales, a shop and the call centre."""

from fastapi import APIRouter, Request, Response

from agent.handover.brief import Brief, Reader
from agent.handover.making import brief_of
from api import access
from api.door import Door, answer, language_of, parts_of, roles
from api.naming import Named
from api.security import Caller, caller_of
from domain.channel import Channel
from domain.errors import NotPermitted

router = APIRouter(route_class=Door, tags=["customers"])

BY_ROLE: dict[str | None, tuple[Reader, ...]] = {"store": ("store",), "channel": ("call",)}
"""The briefs of a role; everybody else who gets in may read each of them, as sales first."""


@router.get(
    "/v1/customers/{id}/brief",
    response_model=Brief,
    summary="read the hand-over brief",
    responses={404: {}},
    **roles("marketer", "store", "channel"),
)
async def read_brief(request: Request, id: Named, reader: Reader | None = None) -> Response:
    """What they said, what they did, what we guess, what not to bring up, the next step and whether we may call.

    A key of a shop reads the one for shops, a key of the channel `call` the one for calls. The read is written down.
    """
    wished = reader_of(caller_of(request), reader)
    parts = parts_of(request)
    brief = await brief_of(parts.instruments, parts.conductor, id, wished, language_of(request))
    access.note(request, brief.customer, f"brief:{wished}")
    return answer(brief, request)


def reader_of(caller: Caller, wished: Reader | None) -> Reader:
    """For whom the brief is; raises NotPermitted for one that the key may not read."""
    allowed: tuple[Reader, ...] = BY_ROLE.get(caller.role, ("sales", "store", "call"))
    if caller.role == "channel":
        caller.may_use([Channel.CALL], "read briefs for calls")
    if wished is not None and wished not in allowed:
        raise NotPermitted(f"read the brief for {wished}", caller.role, ["marketer"])
    return wished or allowed[0]
