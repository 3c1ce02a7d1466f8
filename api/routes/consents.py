"""Consent: what a customer allows, as an append-only ledger with evidence."""

from enum import StrEnum
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from api import access
from api.door import Door, answer, parts_of, roles
from api.naming import Named
from api.paging import Cursor, Limit, Page, cut, position
from domain.channel import Purpose
from domain.clock import EPOCH
from domain.consent import AHEAD, ANY_PURPOSE, Consent, Evidence
from domain.errors import Malformed, NotFound
from domain.frozen import Frozen
from records import consents, profiles, withdrawal
from records.connection import Connection

router = APIRouter(route_class=Door, tags=["consents"])


class Topic(StrEnum):
    """What a customer may be asked for: a channel, a use of their data, or to hear from us as often as usual."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    LINE = "line"
    WEB = "web"
    APP = "app"
    AD = "ad"
    SIGNAGE = "signage"
    CALL = "call"
    LOCATION = "location"
    FREQUENCY = "frequency"


class ConsentLine(Frozen):
    """One word of a customer on one channel, or on a use of their data such as `location`."""

    customer: str = Field(min_length=1, max_length=200)
    channel: Topic
    purpose: Purpose | Literal["*"] = ANY_PURPOSE
    granted: bool
    evidence: Evidence


class LedgerLine(Frozen):
    """A line of the ledger with the time at which we wrote it."""

    customer: str
    channel: str
    purpose: Purpose | Literal["*"]
    granted: bool
    evidence: Evidence
    at: AwareDatetime


class Ledger(Page[LedgerLine]):
    """The ledger of one customer, oldest line first."""


@router.post(
    "/v1/consents",
    response_model=LedgerLine,
    status_code=201,
    summary="write a consent down",
    responses={404: {}},
    **roles("ingest", "privacy"),
)
async def write_consent(request: Request, line: ConsentLine) -> Response:
    """Appends one line; the last line on a channel and purpose holds, and a general no stands over a narrow yes."""
    parts = parts_of(request)
    now = parts.clock.now()
    if line.evidence.at is not None and line.evidence.at > now + AHEAD:
        why = "it lies in the future, and until then no withdrawal would be newer. Give the time at which they said it."
        raise Malformed("evidence.at", line.evidence.at.isoformat(), why)
    if line.evidence.at is not None and line.evidence.at < EPOCH:
        raise Malformed("evidence.at", line.evidence.at.isoformat(), "give the time at which they said it, after 1970.")
    written = Consent(
        customer_id=line.customer,
        topic=str(line.channel),
        purpose=line.purpose,
        granted=line.granted,
        evidence=line.evidence,
        at=now,
    )
    await parts.write(lambda c: append(c, written))
    return answer(shown(written), request, 201)


@router.get(
    "/v1/customers/{id}/consents",
    response_model=Ledger,
    summary="read the consent ledger",
    responses={404: {}},
    **roles("privacy", "marketer"),
)
async def read_ledger(request: Request, id: Named, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every consent given and withdrawn, with its evidence."""
    begin = position(cursor)
    lines = await parts_of(request).read(lambda c: known(c, id) and consents.ledger(c, id))
    access.note(request, id, "consents")
    numbered = list(enumerate(lines, 1))[begin:]
    items, following = cut(numbered, limit, lambda line: str(line[0]))
    return answer(Ledger(items=tuple(shown(line) for _, line in items), next=following), request)


def append(c: Connection, written: Consent) -> None:
    """Appends to the ledger of a customer that exists."""
    known(c, written.customer_id)
    withdrawal.append(c, [written])


def known(c: Connection, id: str) -> Literal[True]:
    """Raises NotFound for an unknown customer."""
    if profiles.customer(c, id) is None:
        raise NotFound("customer", id)
    return True


def shown(line: Consent) -> LedgerLine:
    """A line of the ledger in the words of the API."""
    return LedgerLine(
        customer=line.customer_id,
        channel=line.topic,
        purpose=line.purpose,
        granted=line.granted,
        evidence=line.evidence,
        at=line.at,
    )
