"""Problem documents (RFC 9457): one table from everything that can go wrong to a status and a stable type."""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple
from uuid import uuid4

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException as RoutingError
from starlette.routing import Match

from api.faults import FieldProblem, faults
from api.naming import SLASH
from domain.errors import (
    AlreadyDecided,
    Busy,
    Erased,
    KeyReused,
    Malformed,
    NotFound,
    NotPermitted,
    Refused,
    RuleBroken,
    SealBroken,
    SecondPerson,
    SecretLost,
    StillRunning,
    StoreOwned,
    TactError,
    Unavailable,
    Unreadable,
    shortened,
)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:tact:problem:"
MOST_FIELDS, SHOWN_FIELDS = 100, 5

log = logging.getLogger("tact.api")


class Meaning(NamedTuple):
    """How one kind of error is answered."""

    status: int
    title: str


MEANINGS: Mapping[type[TactError], Meaning] = {
    NotPermitted: Meaning(403, "This key may not do that"),
    SecondPerson: Meaning(403, "Another person has to approve this"),
    SealBroken: Meaning(409, "The envelope is not, or no longer, what was approved"),
    KeyReused: Meaning(422, "The idempotency key belongs to another request"),
    AlreadyDecided: Meaning(409, "Somebody decided about this before"),
    RuleBroken: Meaning(422, "The words break a rule"),
    StillRunning: Meaning(409, "The first request under this idempotency key is still running"),
    Refused: Meaning(403, "The request is not allowed"),
    Unreadable: Meaning(422, "The document cannot be read"),
    Malformed: Meaning(422, "The request cannot be read"),
    Erased: Meaning(410, "The customer was erased"),
    NotFound: Meaning(404, "There is no such thing"),
    Busy: Meaning(429, "Too many requests are waiting"),
    SecretLost: Meaning(503, "The master secret is not that of the database"),
    StoreOwned: Meaning(503, "Another process holds the context store"),
    Unavailable: Meaning(503, "The service cannot answer now"),
    TactError: Meaning(500, "The request failed"),
}
"""The tree of domain/errors.py; an error is answered like its nearest ancestor in this table."""

HTTP_TITLES: Mapping[str, str] = {
    "key-missing": "A valid key is needed",
    "route-not-found": "There is no such route",
    "method-not-allowed": "This route does not take that method",
    "body-too-large": "The body is too large",
    "body-timeout": "The body did not arrive in time",
    "media-type": "The body is not JSON",
    "encoding": "The body's encoding cannot be read",
    "json": "The body is not readable JSON",
    "malformed": MEANINGS[Malformed].title,
    "unexpected": "Something unexpected happened",
}
"""Problems that only exist on HTTP."""


class Problem(HTTPException):
    """A refusal that only HTTP knows: no key, a body too large, JSON that cannot be read."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code, self.errors = code, tuple(errors)

    def response(self) -> Response:
        """The problem as an answer."""
        return document(self.status_code, self.code, HTTP_TITLES[self.code], self.detail, self.errors, self.headers)


def document(
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
    instance: str | None = None,
) -> Response:
    """Builds the problem document; text that cannot be printed is written with escapes."""
    content: dict[str, object] = {"type": TYPE_PREFIX + code, "title": title, "status": status, "detail": detail}
    if errors:
        content["errors"] = [error._asdict() for error in errors]
    if instance:
        content["instance"] = instance
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, status, dict(headers or {}), MEDIA_TYPE)


def meaning_of(error: TactError) -> Meaning:
    """The row of the table for `error`: its own, or its nearest ancestor's."""
    return next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)


def fields_of(error: TactError) -> tuple[FieldProblem, ...]:
    """The fields that `error` names, each with its reason."""
    if isinstance(error, Unreadable):
        return tuple(FieldProblem(error.field, problem) for problem in error.problems[:MOST_FIELDS])
    if isinstance(error, RuleBroken):
        return tuple(FieldProblem(f"copy.{part}", f"{rule}: {why}") for rule, part, why in error.broken[:MOST_FIELDS])
    return (FieldProblem(error.field, error.why),) if isinstance(error, Malformed) else ()


def problem_of(error: TactError) -> Response:
    """The answer to a foreseen error."""
    status, title = meaning_of(error)
    wait = getattr(error, "retry_after", None) if getattr(error, "mends_itself", True) else None
    headers = {"Retry-After": str(max(1, math.ceil(wait)))} if isinstance(wait, (int, float)) else {}
    return document(status, error.code, title, str(error), fields_of(error), headers)


def invalid(errors: Sequence[ErrorDetails], body: object = None) -> Problem:
    """The refusal of a body or parameter that does not fit its model."""
    fields = faults(errors, body)
    detail = "; ".join(f"{field}: {why}" for field, why in fields[:SHOWN_FIELDS])
    more = f"; and {len(fields) - SHOWN_FIELDS} more" if len(fields) > SHOWN_FIELDS else ""
    return Problem(422, Malformed.code, detail + more, fields[:MOST_FIELDS])


async def on_tact_error(_: Request, error: Exception) -> Response:
    """Answers a foreseen error."""
    assert isinstance(error, TactError)
    if meaning_of(error).status >= 500:
        log.warning("%s: %s", error.code, error)
    return problem_of(error)


async def on_invalid(_: Request, error: Exception) -> Response:
    """Answers a request that FastAPI could not fit into its models."""
    assert isinstance(error, RequestValidationError)
    return invalid(error.errors(), error.body).response()


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answers what the router itself refuses: unknown routes, methods and our own HTTP problems."""
    assert isinstance(error, RoutingError)
    if isinstance(error, Problem):
        return error.response()
    path = shortened(request.scope["path"].replace(SLASH, "%2F"))
    if error.status_code == 404:
        return Problem(404, "route-not-found", f"There is no route {path}. GET /docs lists all.").response()
    if error.status_code == 405:
        allowed = ", ".join(methods_for(request))
        detail = f"{request.method} is not possible on {path}. Use {allowed or 'a method that GET /docs lists'}."
        return Problem(405, "method-not-allowed", detail, headers={"Allow": allowed}).response()
    title = HTTPStatus(error.status_code).phrase
    code = title.lower().replace(" ", "-")
    return document(error.status_code, code, title, str(error.detail), headers=error.headers)


def methods_for(request: Request) -> list[str]:
    """The methods of every route that has this path: the router names those of the first alone."""
    routes = [route for route in request.app.state.routes if route.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in routes for method in route.methods})


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Answers what nobody foresaw: an id for the reader, the traceback for the log."""
    instance = uuid4().hex
    # Never the path, which may name a customer or open their page.
    template = getattr(request.scope.get("route"), "path", "a route that does not exist")
    log.error("unexpected failure %s in %s %s", instance, request.method, template, exc_info=error)
    detail = f"The service failed in a way nobody foresaw. Report the id {instance}; the log holds the cause."
    title = HTTP_TITLES["unexpected"]
    return document(500, "unexpected", title, detail, instance=f"urn:uuid:{instance}")


def install(app: FastAPI) -> None:
    """Gives `app` the handlers that turn every error into a problem document."""
    app.add_exception_handler(TactError, on_tact_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(RoutingError, on_http_error)
    app.add_exception_handler(Exception, on_unexpected)
