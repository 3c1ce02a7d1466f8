"""Scenes: the use cases of the active policy book, each with its card."""

from fastapi import APIRouter, Request, Response

from api.door import Door, answer, book_of, roles
from api.naming import Identifier
from api.paging import Cursor, Limit, Page, cut
from domain.errors import NotFound
from domain.scene import Scene
from records.keys import Role

router = APIRouter(route_class=Door, tags=["scenes"])

READERS: tuple[Role, ...] = ("channel", "marketer", "store", "analyst", "admin")


class ScenePage(Page[Scene]):
    """Scenes in the order of their ids."""


@router.get("/v1/scenes", response_model=ScenePage, summary="list scenes", **roles(*READERS))
async def list_scenes(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every scene with the plain card of who gets what and why."""
    scenes = (await book_of(request)).scenes
    items, following = cut([scenes[id] for id in sorted(scenes) if id > cursor], limit, lambda scene: scene.id)
    return answer(ScenePage(items=items, next=following), request)


@router.get("/v1/scenes/{id}", response_model=Scene, summary="look a scene up", responses={404: {}}, **roles(*READERS))
async def get_scene(request: Request, id: Identifier) -> Response:
    """One scene."""
    scene = (await book_of(request)).scenes.get(id)
    if scene is None:
        raise NotFound("scene", id)
    return answer(scene, request)
