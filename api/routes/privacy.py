"""Privacy: what is held about a customer, who looked at it, and its erasure."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from agent import erasing, exporting
from api import access
from api.door import Door, answer, parts_of, roles
from api.naming import Named
from api.paging import Cursor, Limit, Page
from api.security import caller_of
from domain.errors import NotFound
from domain.frozen import Frozen
from records import accesses, profiles, tombstones
from records.connection import Connection

router = APIRouter(route_class=Door, tags=["privacy"])

JSON = "application/json"


class Look(Frozen):
    """One look at a customer's data; no person where keys were switched off."""

    at: AwareDatetime
    person: str | None
    role: str | None
    what: str


class Looks(Page[Look]):
    """Who looked at a customer's data, newest first."""


class Erasure(Frozen):
    """What an erasure came to: of the second one on, nothing is left to do."""

    already: bool
    members: int
    """Under how many ids the person was known."""
    rows: dict[str, int]
    """Rows that were deleted or made to lead to nobody, by table."""
    left: tuple[str, ...]
    """What could not be reached just now: it is tried again each hour, or send the request again."""


@router.get(
    "/v1/customers/{id}/export",
    summary="export a customer",
    response_class=StreamingResponse,
    responses={200: {"content": {JSON: {}}}, 404: {}},
    **roles("privacy"),
)
async def export_customer(request: Request, id: Named) -> Response:
    """Everything that we hold about the customer, under every id, as one JSON document."""
    parts = parts_of(request)
    pieces = await parts.instruments.pool.run(lambda: exporting.exported(parts.stores, id, parts.context))
    access.note(request, id, "export")
    headers = {"Content-Disposition": 'attachment; filename="export.json"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type=JSON, headers=headers)


@router.get(
    "/v1/customers/{id}/accesses",
    response_model=Looks,
    summary="see who looked at a customer",
    responses={404: {}},
    **roles("privacy"),
)
async def list_accesses(request: Request, id: Named, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Who looked at the customer's data and when, also after an erasure."""
    parts = parts_of(request)
    mark = tombstones.hash_of(parts.stores.suppression, "id", id)

    def look(c: Connection) -> Looks:
        found = accesses.of_customer(c, id, mark, limit, cursor or None)
        if not found.items and not cursor and profiles.customer(c, id) is None and not tombstones.known(c, mark):
            raise NotFound("customer", id)
        items = tuple(Look(at=one.at, person=one.person, role=one.role, what=one.what) for one in found.items)
        return Looks(items=items, next=found.next)

    return answer(await parts.read(look), request)


@router.delete(
    "/v1/customers/{id}",
    response_model=Erasure,
    summary="erase a customer",
    responses={404: {}},
    **roles("privacy"),
)
async def erase_customer(request: Request, id: Named) -> Response:
    """Erases the person everywhere and keeps them out; decisions stay, sealed and unreadable. Twice is once."""
    parts, caller = parts_of(request), caller_of(request)
    instruments = parts.instruments

    def erase() -> erasing.Gone:
        return erasing.erase(
            parts.stores,
            id,
            by=caller.person,
            role=caller.role,
            context=parts.context,
            encode=instruments.encode,
        )

    gone = await instruments.pool.run(erase)
    shown = Erasure(already=gone.already, members=gone.members, rows=dict(gone.rows or {}), left=gone.left)
    return answer(shown, request)
