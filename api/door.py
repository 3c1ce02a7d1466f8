"""The door: a route that checks key, media type and JSON before anything else reads the request."""

from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Annotated, Any, cast

from fastapi import Request, Response
from fastapi._compat import ModelField
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from agent.parts import Parts
from api.naming import SLASH, unmarked
from api.problems import Problem, invalid
from api.reading import read_json
from api.security import Guard, expand
from domain.decision import Decision
from domain.language import LANGUAGES, Language
from policies.book import Book
from records import versions
from records.keys import Role

Handle = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRequest(Request):
    """A request whose JSON is read strictly, also about types: a text is no number, and 1 is not true."""

    body_of: TypeAdapter[Any] | None = None

    async def json(self) -> Any:
        """The body as its route takes it; raises Problem for anything that is not plain JSON, or of another type."""
        body = await self.body()
        value = read_json(body)
        if self.body_of is None:
            return value
        try:
            return self.body_of.validate_json(body, strict=True)
        except ValidationError as error:
            found = error.errors(include_url=False)
            raise invalid([{**one, "loc": ("body", *one["loc"])} for one in found], value) from error


class Door(APIRoute):
    """A route with a list of roles; one that names none is refused when the service is built."""

    def get_route_handler(self) -> Handle:
        """The handler, behind the checks."""
        handle = super().get_route_handler()
        roles = expand(self.openapi_extra["x-roles"] if self.openapi_extra else ())
        action, takes_body = self.summary or self.name, self.body_field is not None
        body_of = adapter_of(self.body_field) if self.body_field is not None else None
        if not roles:
            raise ValueError(f"{self.path} names no roles: add **roles(...) to its decorator")

        async def enter(request: Request) -> Response:
            guard: Guard = request.app.state.guard
            strict = StrictRequest(request.scope, request.receive)
            strict.body_of = body_of
            strict.state.caller = await guard.admit(strict, roles, action)
            if takes_body:
                require_json(strict)
            if SLASH in request.scope["path"]:
                found: dict[str, str] = request.scope["path_params"]
                request.scope["path_params"] = {name: unmarked(value) for name, value in found.items()}
            return await handle(strict)

        return enter


def adapter_of(field: ModelField) -> TypeAdapter[Any]:
    """What reads a body of this field."""
    told = field.field_info
    return TypeAdapter(cast(Any, Annotated[told.annotation, told]))


def roles(*names: Role) -> dict[str, Any]:
    """What a route's decorator says about who may use it: enforced by Door, shown in the OpenAPI document."""
    return {"openapi_extra": {"x-roles": list(names)}}


def require_json(request: Request) -> None:
    """Refuses a body that does not say it is JSON: browsers send such bodies across sites without asking."""
    headers = request.headers
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return
    given = headers.get("content-type", "")
    media = given.partition(";")[0].strip().lower()
    if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
        detail = f"Content-Type {given!r} is not JSON. Send 'Content-Type: application/json'."
        raise Problem(415, "media-type", detail)


def parts_of(request: Request) -> Parts:
    """The parts the service was built from."""
    parts: Parts = request.app.state.parts
    return parts


async def book_of(request: Request) -> Book:
    """The policy book in force, from memory while its version is the newest."""
    parts = parts_of(request)
    newest = await parts.read(lambda c: (versions.current(c, "policy"), versions.current(c, "catalogue")))
    held = parts.shelf.holds(*newest)
    if held is None:
        held = await parts.instruments.pool.run(parts.shelf.load)
    return held[0]


def language_of(request: Request) -> Language:
    """The language of explanations: what the reader accepts, else the service's own."""
    return wished_language(request) or parts_of(request).settings.language


def wished_language(request: Request) -> Language | None:
    """The language that the reader asks for, None where nothing is said."""
    wish = request.headers.get("accept-language")
    return preferred(wish) if wish else None


@lru_cache(256)
def preferred(accepted: str) -> Language | None:
    """The one of our languages that an Accept-Language header likes best, None where it likes neither."""
    best: tuple[float, Language | None] = (0.0, None)
    for choice in accepted[:200].split(","):
        tag, _, parameter = choice.partition(";")
        language = next((known for known in LANGUAGES if tag.strip().lower().split("-")[0] == known), None)
        weight = quality(parameter)
        if language and weight > best[0]:
            best = (weight, language)
    return best[1]


def quality(parameter: str) -> float:
    """The weight of `q=0.8`; 1 where nothing is said, 0 where it cannot be read."""
    _, separator, number = parameter.partition("=")
    if not separator:
        return 1.0
    digits = number.strip()
    return float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 0.0


def answer(model: BaseModel, request: Request, status: int = 200) -> Response:
    """`model` as JSON, written once by pydantic: what we built ourselves is not validated again."""
    said = {"Content-Language": language_of(request)}
    return Response(model.model_dump_json(by_alias=True), status, said, "application/json")


def answer_decision(decision: Decision, request: Request, replayed: bool = False) -> Response:
    """A decision for a channel."""
    said: dict[str, str] = {"Content-Language": language_of(request)}
    if replayed:
        said["Idempotent-Replay"] = "true"
    return Response(decision.spoken, 200, said, "application/json")
