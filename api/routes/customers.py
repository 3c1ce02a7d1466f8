"""Customers: bring them in, look them up."""

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime

from agent.parts import Parts
from api import access
from api.batch import OneOrMany, Written, latest, listed
from api.door import Door, answer, language_of, parts_of, roles
from api.features_view import Explained, explain
from api.naming import Named
from api.paging import Cursor, Limit, Page, cut
from domain.customer import Customer
from domain.errors import NotFound
from domain.features import Features
from domain.frozen import Frozen
from domain.memory import Distance, Ended, Memory
from domain.stages import Stages
from domain.told import ToldCustomer
from records import following, members, memories, profiles, tombstones
from records.connection import Connection

router = APIRouter(route_class=Door, tags=["customers"])


class CustomerPage(Page[Customer]):
    """Customers in the order of their ids."""


class CustomersWritten(Written):
    """How many customers were written."""

    skipped: int
    """How many were not, since they had been erased."""


class Remembered(Frozen):
    """A memory with its source, without the vector."""

    id: str
    text: str
    distance: Distance
    source: str
    at: AwareDatetime
    topic: str | None
    offer_id: str | None
    word: str | None
    """How copy may name it; None: it may not be worded."""
    quote: str | None
    """What somebody said or wrote, as they did."""
    place: str | None
    against: bool
    """They do not want what it is about."""
    sensitive: bool
    gift: bool
    expires_at: AwareDatetime | None
    ended: Ended | None
    """Why it is not read any more."""


class Profile(Frozen):
    """What we know of one customer."""

    customer: Customer
    features: Features
    behaviour: Explained
    """The same in words and units."""
    memories: tuple[Remembered, ...]
    absorbed: tuple[str, ...]
    """Other ids under which the same person is known."""


@router.get("/v1/customers", response_model=CustomerPage, summary="list customers", **roles("marketer", "analyst"))
async def list_customers(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every customer, a page at a time."""
    found = await parts_of(request).read(lambda c: profiles.page(c, limit + 1, cursor))
    items, following = cut(found, limit, lambda customer: customer.id)
    access.note_many(request, [customer.id for customer in items], "list")
    return answer(CustomerPage(items=items, next=following), request)


@router.post("/v1/customers", response_model=CustomersWritten, summary="write customers", **roles("ingest", "admin"))
async def write_customers(request: Request, customers: OneOrMany[ToldCustomer]) -> Response:
    """Writes one customer or many, all or none; what was known under the same id is replaced.

    Who was erased is skipped and counted.
    """
    parts, batch = parts_of(request), latest(listed(customers))
    now = parts.clock.now()

    def write(c: Connection) -> int:
        kept, skipped = tombstones.allowed(c, parts.stores.suppression, batch)
        profiles.upsert(c, kept, now)
        following.touch(c, [one.id for one in kept], now)
        return skipped

    skipped = await parts.write(write)
    parts.follower.wake()
    return answer(CustomersWritten(written=len(batch) - skipped, skipped=skipped), request)


@router.get(
    "/v1/customers/{id}",
    response_model=Profile,
    summary="look a customer up",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def get_customer(request: Request, id: Named) -> Response:
    """Profile, features and memories with their sources."""
    parts, language = parts_of(request), language_of(request)
    book, _ = await parts.instruments.pool.run(parts.instruments.shelf.load)
    profile = await parts.read(lambda c: profile_of(c, id, parts, book.stages, language))
    access.note(request, id, "profile")
    return answer(profile, request)


def profile_of(c: Connection, id: str, parts: Parts, stages: Stages, language: str) -> Profile:
    """Everything on one snapshot; raises NotFound for an unknown customer."""
    customer = profiles.customer(c, id)
    if customer is None:
        raise NotFound("customer", id)
    kept = tuple(remembered(memory) for memory in memories.of_customer(c, id))
    features, zone = profiles.features(c, id), parts.stores.zone_of(customer)
    told = explain(customer, features, stages, parts.clock.now(), zone, language)
    _, *absorbed = members.members(c, customer.id)
    return Profile(customer=customer, features=features, behaviour=told, memories=kept, absorbed=tuple(absorbed))


def remembered(memory: Memory) -> Remembered:
    """The memory as a reader of the profile sees it."""
    return Remembered.model_validate(memory.model_dump(include=set(Remembered.model_fields)))
