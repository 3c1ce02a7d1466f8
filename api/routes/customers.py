"""Customers: bring them in, look them up."""

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime

from api.batch import OneOrMany, Written, listed
from api.door import Door, Identifier, answer, parts_of, roles
from api.paging import Cursor, Limit, Page, cut
from domain.customer import Customer
from domain.errors import NotFound
from domain.features import Features
from domain.frozen import Frozen
from domain.memory import Distance, Memory
from records import memories, profiles
from records.connection import Connection

router = APIRouter(route_class=Door, tags=["customers"])


class CustomerPage(Page[Customer]):
    """Customers in the order of their ids."""


class Remembered(Frozen):
    """A memory with its source, without the vector."""

    id: str
    text: str
    distance: Distance
    source: str
    at: AwareDatetime
    topic: str | None
    offer_id: str | None
    sensitive: bool
    gift: bool
    expires_at: AwareDatetime | None


class Profile(Frozen):
    """What we know of one customer."""

    customer: Customer
    features: Features
    memories: tuple[Remembered, ...]


@router.get("/v1/customers", response_model=CustomerPage, summary="list customers", **roles("marketer", "analyst"))
async def list_customers(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every customer, a page at a time."""
    found = await parts_of(request).read(lambda c: profiles.page(c, limit + 1, cursor))
    items, following = cut(found, limit, lambda customer: customer.id)
    return answer(CustomerPage(items=items, next=following), request)


@router.post("/v1/customers", response_model=Written, summary="write customers", **roles("ingest", "admin"))
async def write_customers(request: Request, customers: OneOrMany[Customer]) -> Response:
    """Writes one customer or many, all or none; what was known under the same id is replaced."""
    parts, batch = parts_of(request), listed(customers)
    now = parts.clock.now()
    await parts.write(lambda c: profiles.upsert(c, batch, now))
    return answer(Written(written=len(batch)), request)


@router.get(
    "/v1/customers/{id}",
    response_model=Profile,
    summary="look a customer up",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def get_customer(request: Request, id: Identifier) -> Response:
    """Profile, features and memories with their sources."""
    return answer(await parts_of(request).read(lambda c: profile_of(c, id)), request)


def profile_of(c: Connection, id: str) -> Profile:
    """Everything on one snapshot; raises NotFound for an unknown customer."""
    customer = profiles.customer(c, id)
    if customer is None:
        raise NotFound("customer", id)
    kept = tuple(remembered(memory) for memory in memories.of_customer(c, id))
    return Profile(customer=customer, features=profiles.features(c, id), memories=kept)


def remembered(memory: Memory) -> Remembered:
    """The memory as a reader of the profile sees it."""
    return Remembered.model_validate(memory.model_dump(include=set(Remembered.model_fields)))
