"""Dead letters: events that could not be used; an admin looks at them, replays them or drops them."""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, Field, JsonValue

from api.door import Door, answer, parts_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut, position
from api.reading import too_deep
from api.replaying import Replayed, Replays
from api.security import caller_of
from domain.errors import NotFound
from domain.frozen import Frozen
from records import dead_letters
from records.dead_letters import DeadLetter, Status

router = APIRouter(route_class=Door, tags=["events"])

Wanted = Annotated[Literal["waiting", "replayed", "dropped", "all"], Query(description="What became of them.")]
SOMEBODY = "anybody on this machine (TACT_AUTH=off)"
MOST_DIGITS = 15


class DeadLetterView(Frozen):
    """An event that could not be used, with the field and the reason."""

    id: str
    status: Status
    field: str
    reason: str
    source: str
    type: str | None
    message_id: str | None
    received_at: AwareDatetime
    event: JsonValue
    """The event as it came."""
    decided_by: str | None
    decided_at: AwareDatetime | None


class DeadLetterPage(Page[DeadLetterView]):
    """Dead letters, the oldest first."""


class Correction(Frozen):
    """The event put right, in the place of what came in."""

    event: dict[str, JsonValue] | None = None


class Selection(Frozen):
    """Which of those that wait are replayed."""

    field: str = Field("", max_length=200)
    limit: int = Field(200, ge=1, le=1000)


class Outcome(Frozen):
    """What became of one dead letter; field and reason where it waits on."""

    id: str
    status: Status
    field: str | None = None
    reason: str | None = None


class Outcomes(Frozen):
    """What became of several."""

    replayed: int
    waiting: int
    items: tuple[Outcome, ...]


@router.get("/v1/dead-letters", response_model=DeadLetterPage, summary="list dead letters", **roles("admin"))
async def list_dead_letters(
    request: Request,
    status: Annotated[
        Literal["waiting", "replayed", "dropped", "all"], Query(description="Which of them.")
    ] = "waiting",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """Events that could not be used, the oldest first."""
    behind = position(cursor)
    wanted: Status | Literal[""] = "" if status == "all" else status
    found = await parts_of(request).read(lambda c: dead_letters.page(c, limit + 1, wanted, behind))
    items, following = cut(found, limit, lambda one: str(one.seq))
    return answer(DeadLetterPage(items=tuple(map(view, items)), next=following), request)


@router.post("/v1/dead-letters/replay", response_model=Outcomes, summary="replay dead letters", **roles("admin"))
async def replay_many(request: Request, selection: Selection) -> Response:
    """Reads those that wait once more, after something was put right; what still cannot be used waits on."""
    found = await replays(request).some(selection.field, selection.limit, by(request))
    items = tuple(map(outcome, found))
    waiting = sum(one.status == "waiting" for one in items)
    return answer(Outcomes(replayed=len(items) - waiting, waiting=waiting, items=items), request)


@router.post(
    "/v1/dead-letters/{id}/replay",
    response_model=Outcome,
    summary="replay a dead letter",
    responses={404: {}},
    **roles("admin"),
)
async def replay_one(request: Request, id: Identifier, correction: Correction | None = None) -> Response:
    """Reads one once more, as it came or as it is put right here."""
    event = correction.event if correction else None
    return answer(outcome(await replays(request).by_number(number(id), by(request), event)), request)


@router.post(
    "/v1/dead-letters/{id}/drop",
    response_model=Outcome,
    summary="drop a dead letter",
    responses={404: {}},
    **roles("admin"),
)
async def drop(request: Request, id: Identifier) -> Response:
    """Notes that one is not to be used; it goes with the retention of dead letters."""
    parts, seq, who = parts_of(request), number(id), by(request)
    now = parts.clock.now()
    await parts.write(lambda c: dead_letters.settle(c, seq, "dropped", who, now))
    return answer(Outcome(id=id, status="dropped"), request)


def replays(request: Request) -> Replays:
    """What reads dead letters again."""
    parts = parts_of(request)
    return Replays(parts.intake, parts.stores, parts.instruments.pool)


def by(request: Request) -> str:
    """Who decides."""
    return caller_of(request).person or SOMEBODY


def number(id: str) -> int:
    """The number in an id; raises NotFound for one that we did not give out."""
    if not (id.isascii() and id.isdigit() and len(id) <= MOST_DIGITS):
        raise NotFound("dead letter", id)
    return int(id)


def view(one: DeadLetter) -> DeadLetterView:
    """A dead letter in the words of the API."""
    return DeadLetterView(
        id=str(one.seq),
        status=one.status,
        field=one.field,
        reason=one.reason,
        source=one.source,
        type=one.type,
        message_id=one.message_id,
        received_at=one.received_at,
        event=shown(one.document),
        decided_by=one.decided_by,
        decided_at=one.decided_at,
    )


def shown(document: str) -> JsonValue:
    """The event as a reader may see it; one with half a character, or nested too deep for an answer, as its text."""
    if too_deep(document.encode()):
        return document
    value: JsonValue = json.loads(document)
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return document
    return value


def outcome(found: Replayed) -> Outcome:
    """What became of one in the words of the API."""
    return Outcome(id=str(found.seq), status=found.status, field=found.field, reason=found.reason)
