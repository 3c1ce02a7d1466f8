"""The question everything is for: what is the next message for this customer?"""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from api.door import Door, answer_decision, language_of, parts_of, roles
from api.limits import Admission
from api.metrics import Metrics
from api.security import caller_of
from domain.clock import EARLIEST, LATEST, SPAN
from domain.decision import Ask, Decision
from domain.errors import Malformed
from records.idempotency import Slot

router = APIRouter(route_class=Door, tags=["messages"])

IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=255, description="The same key and body get the same decision for 24 hours."),
]


@router.post(
    "/v1/next-message",
    response_model=Decision,
    summary="ask for the next message",
    responses={404: {}, 409: {}, 429: {}},
    **roles("channel"),
)
async def next_message(request: Request, ask: Ask, idempotency_key: IdempotencyKey = None) -> Response:
    """Decides whether to speak to a customer now, on which channel, about what and in which words."""
    parts, caller = parts_of(request), caller_of(request)
    caller.may_use(ask.channels, "ask for these channels")
    refuse_far_times(ask)
    slot = None if idempotency_key is None else Slot(caller.key_id, idempotency_key, hash_of(ask))
    admission: Admission = request.app.state.admission
    with admission.enter():
        answered = await parts.conductor.next_message(ask, language=language_of(request), slot=slot)
    metrics: Metrics = request.app.state.metrics
    metrics.decided(answered.decision)
    return answer_decision(answered.decision, request, answered.replayed)


def hash_of(ask: Ask) -> str:
    """SHA-256 of what is asked, whatever the spacing and order of the JSON that said it."""
    return hashlib.sha256(ask.model_dump_json().encode()).hexdigest()


def refuse_far_times(ask: Ask) -> None:
    """Refuses times so far away that no calendar of ours reaches a month beyond them."""
    left_at = ask.moment.cart.left_at if ask.moment.cart else None
    for field, time in (("moment.at", ask.moment.at), ("moment.cart.left_at", left_at)):
        if time is not None and not EARLIEST <= time <= LATEST:
            raise Malformed(field, time.isoformat(), f"give a time {SPAN}.")
