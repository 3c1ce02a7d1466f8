"""Decisions: hand over, release, look up, replay and verify."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, Field

from agent import verification
from agent.evidence import Personal, Public, unpack
from agent.outgoing import Outgoing
from agent.verification import Replayed, Verification
from api import access
from api.door import Door, answer, answer_decision, language_of, parts_of, roles
from api.limits import Admission
from api.naming import NO_NUL, Identifier
from api.paging import Cursor, Limit, Page
from api.security import caller_of
from domain.channel import Channel
from domain.contact import Contact
from domain.decision import Decision
from domain.frozen import Frozen
from records.outcome import Stored

router = APIRouter(route_class=Door, tags=["decisions"])


class Release(Frozen):
    """Why a message was definitely not sent."""

    reason: str = Field(min_length=1, max_length=500)


class Released(Frozen):
    """Whether this call freed what the decision had reserved; false where nothing was reserved any more."""

    decision_id: str
    released: bool


class ReplayOrder(Frozen):
    """Under which rules to replay; the decision's own where nothing is said."""

    policy_version: int | None = Field(None, ge=1, le=2**53)


class Summary(Frozen):
    """A decision without anything personal; of one who was erased, under a name that leads to nobody."""

    decision_id: str
    customer_id: str
    at: AwareDatetime
    outcome: Literal["message", "hold"]
    channel: Channel | None
    policy_version: int
    erased: bool
    """Whether the customer's data was erased: only the seal is left to check."""


class Handed(Frozen):
    """What the deliver station answered, and on what; for words that a person let go the only place where they are."""

    at: AwareDatetime
    outcome: Literal["message", "hold"]
    policy_version: int
    personal: Personal | None
    seal: str


class DecisionRecord(Summary):
    """The whole record of a decision; `personal` is null once the customer's data was erased."""

    contact: Contact | None
    released_because: str | None
    evidence: Public
    personal: Personal | None
    seal: str
    handed: tuple[Handed, ...]
    """Every answer of the deliver station, oldest first."""


class DecisionPage(Page[Summary]):
    """Decisions, newest first."""


@router.post(
    "/v1/decisions/{id}/deliver",
    response_model=Decision,
    summary="deliver a decision",
    responses={404: {}, 409: {}, 410: {}, 429: {}},
    **roles("channel"),
)
async def deliver(request: Request, id: Identifier) -> Response:
    """Runs every rule again on what is true now and answers the message, or a hold."""
    admission: Admission = request.app.state.admission
    channels, language = caller_of(request).channels, language_of(request)
    with admission.enter():
        outgoing = Outgoing(parts_of(request).instruments, parts_of(request).delivery)
        decision = await outgoing.take(id, language=language, channels=channels)
    return answer_decision(decision, request)


@router.post(
    "/v1/decisions/{id}/release",
    response_model=Released,
    summary="release a decision",
    responses={404: {}},
    **roles("channel"),
)
async def release(request: Request, id: Identifier, order: Release) -> Response:
    """Reports that the message was definitely not sent: its caps and budgets are free again."""
    parts, caller = parts_of(request), caller_of(request)
    if caller.channels is not None:
        stored = await parts.read(lambda c: parts.stores.decisions.get(c, id))
        caller.may_use([stored.channel] if stored.channel else [], "release this decision")
    freed = await parts.delivery.release(id, order.reason)
    await Outgoing(parts.instruments, parts.delivery).released(id, order.reason)
    return answer(Released(decision_id=id, released=freed), request)


@router.get("/v1/decisions", response_model=DecisionPage, summary="list decisions", **roles("marketer", "analyst"))
async def list_decisions(
    request: Request,
    customer: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL, description="The customer's id.")],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """The decisions about one customer."""
    parts = parts_of(request)
    page = await parts.read(lambda c: parts.stores.decisions.of_customer(c, customer, limit, cursor or None))
    if page.items:
        access.note(request, customer, "decisions")
    return answer(DecisionPage(items=tuple(summary(stored) for stored in page.items), next=page.next), request)


@router.get(
    "/v1/decisions/{id}",
    response_model=DecisionRecord,
    summary="look a decision up",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def get_decision(request: Request, id: Identifier) -> Response:
    """Everything on record: what was known, which rules ran, what else was considered, what was said."""
    parts = parts_of(request)
    decisions = parts.stores.decisions
    stored, handed = await parts.read(lambda c: (decisions.get(c, id), decisions.deliveries(c, id)))
    if stored.personal is not None:
        access.note(request, stored.customer_id, "decision")
    return answer(record(stored, handed), request)


@router.post(
    "/v1/decisions/{id}/replay",
    response_model=Replayed,
    summary="replay a decision",
    responses={404: {}, 410: {}},
    **roles("marketer", "analyst"),
)
async def replay(request: Request, id: Identifier, order: ReplayOrder | None = None) -> Response:
    """Decides again from the record alone, writing nothing."""
    parts = parts_of(request)
    version = order.policy_version if order else None
    found = await parts.instruments.pool.run(lambda: verification.replay(parts.stores, id, version))
    stored = await parts.read(lambda c: parts.stores.decisions.get(c, id))
    access.note(request, stored.customer_id, "replay")
    return answer(found, request)


@router.get(
    "/v1/decisions/{id}/verify",
    response_model=Verification,
    summary="verify a decision",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def verify(request: Request, id: Identifier) -> Response:
    """Checks seal, message and verdicts from the record alone."""
    parts = parts_of(request)
    return answer(await parts.instruments.pool.run(lambda: verification.verify(parts.stores, id)), request)


def summary(stored: Stored) -> Summary:
    """The line of a list."""
    told = {name: getattr(stored, name) for name in Summary.model_fields if name != "erased"}
    return Summary(**told, erased=stored.personal is None)


def record(stored: Stored, handed: Sequence[Stored]) -> DecisionRecord:
    """The whole record, opened as far as the customer's key still opens it."""
    return DecisionRecord(
        **summary(stored).model_dump(),
        contact=stored.contact,
        released_because=stored.released_because,
        evidence=Public.model_validate_json(stored.public),
        personal=None if stored.personal is None else unpack(stored.personal),
        seal=stored.seal,
        handed=tuple(
            Handed(
                at=one.at,
                outcome=one.outcome,
                policy_version=one.policy_version,
                personal=None if one.personal is None else unpack(one.personal),
                seal=one.seal,
            )
            for one in handed
        ),
    )
