"""Events: what Segment's and RudderStack's SDKs send, and the events that could not be used."""

import logging
import re
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from api import arriving, tracking
from api.arriving import Envelope
from api.door import Handle, parts_of, require_json
from api.limits import Admission
from api.metrics import Metrics
from api.problems import Problem
from api.security import Caller, Guard, caller_of
from domain.event import EventType
from records.intake import Taken

log = logging.getLogger("tact.intake")

TRAIT, DECISION = re.compile(r"[a-z_]{1,40}"), re.compile(r"d-[0-9a-f]{11}(?:-[0-9a-f]{20})?")
"""What goes into a log: the name of a trait, the id of a decision."""

ROLES = frozenset({"ingest"})
CALLS: dict[str, EventType] = {
    "track": "track",
    "identify": "identify",
    "page": "page",
    "screen": "screen",
    "group": "group",
    "alias": "alias",
}
SHORT = {"t": "track", "i": "identify", "p": "page", "s": "screen", "g": "group", "a": "alias", "b": "batch"}
"""The paths of SDKs on telephones."""
AT_ONCE = 8 * 1024
"""A body up to here is read on the spot; a larger one beside the loop, so that nobody who asks waits for it."""
ACCEPTED = b'{"success": true}'

EVENT: dict[str, Any] = {
    "type": "object",
    "description": "One call of the Segment specification. Other fields are allowed and not kept.",
    "properties": {
        "type": {"type": "string", "enum": sorted(CALLS), "description": "Which call it is; needed in a batch alone."},
        "messageId": {"type": "string", "maxLength": arriving.LONGEST_MESSAGE_ID},
        "userId": {"type": ["string", "null"], "maxLength": arriving.LONGEST_ID},
        "anonymousId": {"type": ["string", "null"], "maxLength": arriving.LONGEST_ID},
        "event": {"type": "string", "description": "track: what happened, such as Order Completed."},
        "name": {"type": ["string", "null"], "description": "page and screen: which."},
        "properties": {"type": ["object", "null"]},
        "traits": {"type": ["object", "null"]},
        "context": {"type": ["object", "null"]},
        "groupId": {"type": ["string", "null"]},
        "previousId": {"type": ["string", "null"]},
        "timestamp": {"type": ["string", "null"]},
        "originalTimestamp": {"type": ["string", "null"]},
        "sentAt": {"type": ["string", "null"]},
    },
}
BATCH: dict[str, Any] = {
    "type": "object",
    "required": ["batch"],
    "properties": {
        "batch": {"type": "array", "items": EVENT},
        "sentAt": {"type": ["string", "null"]},
        "context": {"type": ["object", "null"]},
    },
}
SUCCESS: dict[str, Any] = {
    "type": "object",
    "required": ["success"],
    "properties": {"success": {"type": "boolean", "const": True}},
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Kept for good, in full or as dead letters.",
        "content": {"application/json": {"schema": SUCCESS}},
    },
    400: {},
    429: {},
}
STRICT = {
    "name": "X-Strict-Mode",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "1: an event that cannot be used refuses the request, and nothing of it is kept.",
}


class IntakeDoor(APIRoute):
    """A route for events: who may enter and how many at once is settled before a byte of the body is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind the checks."""
        handle: Handle = super().get_route_handler()

        async def enter(request: Request) -> Response:
            guard: Guard = request.app.state.guard
            request.state.caller = await guard.admit(request, ROLES, "send events")
            require_media(request)
            admission: Admission = request.app.state.intake_admission
            with admission.enter():
                return await handle(request)

        return enter


router = APIRouter(route_class=IntakeDoor, tags=["events"])


def require_media(request: Request) -> None:
    """Takes JSON, and text that telephones send with a key in a header, which no foreign web page can do."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "text/plain" or "authorization" not in request.headers:
        require_json(request)


def receiver(kind: EventType | None) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """The handler of one call; None is a batch."""

    async def receive(request: Request) -> Response:
        parts, raw = parts_of(request), await body_of(request)
        strict = request.headers.get("x-strict-mode", "").strip().lower() in ("1", "true", "on")
        now = parts.clock.now()
        envelope = Envelope(source_of(caller_of(request)), now, type=kind)
        if len(raw) > AT_ONCE:
            found = await parts.instruments.pool.run(lambda: tracking.read_request(raw, envelope, strict))
        else:
            found = tracking.read_request(raw, envelope, strict)
        if strict and found.refusals:
            raise tracking.refused(found.refusals, kind is not None)
        taken = await parts.intake.take(found.arrivals, [one for _, one in found.refusals], now)
        report(request, taken)
        return Response(ACCEPTED, media_type="application/json")

    return receive


async def body_of(request: Request) -> bytes:
    """The whole body; a sender who hangs up is answered, though nobody may read it."""
    try:
        return await request.body()
    except ClientDisconnect as error:
        raise Problem(408, "body-timeout", "The body did not arrive in full. Send it again.") from error


def source_of(caller: Caller) -> str:
    """Who sends: the person or system of the key."""
    return (caller.person or "this machine")[:200]


def report(request: Request, taken: Taken) -> None:
    """Counts what came in, and says which answers belong to nobody."""
    metrics: Metrics = request.app.state.metrics
    metrics.taken(taken)
    if taken.refused_traits:
        log.info("%d traits could not be used: %s", sum(taken.refused_traits.values()), shown(taken.refused_traits))
    if taken.answers.unknown:
        unknown = taken.answers.unknown
        log.warning("%d answers name decisions that nobody made: %s", len(unknown), shown(unknown, DECISION, 3))


def shown(names: Iterable[str], known: re.Pattern[str] = TRAIT, most: int = 10) -> str:
    """Those names that look like ours; what a sender wrote in their place may say who somebody is."""
    named = sorted(name for name in names if known.fullmatch(name))
    return ", ".join(named[:most]) or "none with a name like ours"


def add(path: str, kind: EventType | None, summary: str) -> None:
    """Makes the route of one call."""
    body = {"required": True, "content": {"application/json": {"schema": EVENT if kind else BATCH}}}
    router.add_api_route(
        path,
        receiver(kind),
        methods=["POST"],
        summary=summary,
        name=path.strip("/").replace("/", "_"),
        description=DESCRIPTIONS["batch" if kind is None else "call"],
        response_class=Response,
        responses=ANSWERS,
        openapi_extra={"x-roles": sorted(ROLES), "requestBody": body, "parameters": [STRICT]},
    )


DESCRIPTIONS = {
    "call": "Keeps one event; 200 is answered when it is durable. An event that comes again counts once.",
    "batch": "Keeps many events, each for itself; those that cannot be used become dead letters.",
}

for _call, _kind in CALLS.items():
    add(f"/v1/{_call}", _kind, f"send {'an' if _kind[0] in 'aeiou' else 'a'} {_call} event")
for _call in ("batch", "import"):
    add(f"/v1/{_call}", None, "send many events" if _call == "batch" else "send events of the past")
for _short, _call in SHORT.items():
    add(f"/v1/{_short}", CALLS.get(_call), f"the same as /v1/{_call}")
