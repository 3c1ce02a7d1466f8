"""The data inventory: which scenes the records can play today, and what is missing."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime

from agent.inventory.inventory import Inventory, Readiness, inventory
from api.door import Door, answer, book_of, language_of, parts_of, roles
from domain.channel import Channel
from domain.frozen import Frozen
from domain.language import Language

router = APIRouter(route_class=Door, tags=["scenes"])


class NeedView(Frozen):
    """One thing that a scene needs, and how much of it there is."""

    what: str
    name: str
    says: str
    have: int
    met: bool
    required: bool
    todo: str


class ReadinessView(Frozen):
    """One scene: whether it runs today, for how many customers, and what to do where it does not."""

    scene: str
    name: str
    runs: bool
    customers: int
    by_channel: Mapping[Channel, int]
    verdict: str
    needs: tuple[NeedView, ...]


class InventoryView(Frozen):
    """Every scene, and what there is altogether."""

    at: AwareDatetime
    customers: int
    identifiers: Mapping[str, int]
    events: Mapping[str, int]
    offers: Mapping[str, int]
    scenes: tuple[ReadinessView, ...]
    seconds: float


@router.get(
    "/v1/inventory", response_model=InventoryView, summary="take stock of the data", **roles("marketer", "analyst")
)
async def take_inventory(request: Request) -> Response:
    """Which scenes the data can run today, and what is missing for the others."""
    parts, book, language = parts_of(request), await book_of(request), language_of(request)
    now = parts.clock.now()
    found = await parts.instruments.pool.run(lambda: inventory(parts.stores, book, now))
    return answer(view_of(found, language), request)


def view_of(found: Inventory, language: Language) -> InventoryView:
    """An inventory in the reader's language."""
    return InventoryView(
        at=found.at,
        customers=found.customers,
        identifiers=found.identifiers,
        events=found.events,
        offers=found.offers,
        scenes=tuple(_scene(one, language) for one in found.scenes),
        seconds=round(found.seconds, 3),
    )


def _scene(one: Readiness, language: Language) -> ReadinessView:
    return ReadinessView(
        scene=one.scene.id,
        name=one.scene.name.either(language),
        runs=one.runs,
        customers=one.customers,
        by_channel=one.by_channel,
        verdict=one.verdict.either(language),
        needs=tuple(
            NeedView(
                what=need.what,
                name=need.name,
                says=need.says.either(language),
                have=need.have,
                met=need.met,
                required=need.required,
                todo=need.todo.either(language),
            )
            for need in one.needs
        ),
    )
