"""The outbox: what journeys decided and nobody has handed over yet, for whoever sends it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime

from agent.outgoing import Outgoing
from api.door import Door, answer, parts_of, roles
from api.naming import NO_NUL
from api.paging import Cursor, Limit, Page
from api.security import caller_of
from domain.channel import Channel
from domain.frozen import Frozen
from records.outbox import Entry

router = APIRouter(route_class=Door, tags=["outbox"])

State = Literal["ready", "left", "handed", "failed", "cancelled"]


class OutboxEntry(Frozen):
    """One message to hand over, or one scene to ask for.

    `ready`: take it with `POST /v1/decisions/{decision_id}/deliver` from `send_at` on. `left`: there is no decision
    yet; when the customer is there, ask `POST /v1/next-message` with this scene.
    """

    id: str
    decision_id: str | None
    customer_id: str
    channel: Channel
    scene: str | None
    state: State
    send_at: AwareDatetime
    until: AwareDatetime
    attempts: int
    reason: str | None
    """Why it is put off, or was taken back, as `kind:detail`."""


class OutboxPage(Page[OutboxEntry]):
    """Entries, those that are due first."""


@router.get(
    "/v1/outbox", response_model=OutboxPage, summary="list the outbox", **roles("channel", "marketer", "analyst")
)
async def list_outbox(
    request: Request,
    channel: Annotated[Channel | None, Query(description="Only this channel; else all that the key may use.")] = None,
    state: Annotated[
        State, Query(description="ready to be taken, left to be asked for, or what became of it.")
    ] = "ready",
    customer: Annotated[str | None, Query(max_length=200, pattern=NO_NUL, description="Only this customer's.")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """What waits to be handed over; taking it is delivering its decision."""
    parts, caller = parts_of(request), caller_of(request)
    if channel is not None:
        caller.may_use([channel], "look into the outbox of this channel")
    channels = caller.channels if channel is None else frozenset((channel,))
    outgoing = Outgoing(parts.instruments, parts.delivery)
    page = await outgoing.waiting(limit, cursor or None, state=state, channels=channels, customer_id=customer)
    return answer(OutboxPage(items=tuple(map(shown, page.items)), next=page.next), request)


def shown(entry: Entry) -> OutboxEntry:
    """An entry as a channel sees it."""
    return OutboxEntry(**{name: getattr(entry, name) for name in OutboxEntry.model_fields})
