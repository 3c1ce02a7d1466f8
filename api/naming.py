"""Naming: how an address names a thing by an id that others chose, whatever characters it holds."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Path, Query
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import Malformed

NO_NUL = "^[^\\x00]*$"
LONGEST = 200
Identifier = Annotated[str, Path(min_length=1, max_length=LONGEST, pattern=NO_NUL)]
InQuery = Annotated[
    str | None,
    Query(
        alias="id",
        min_length=1,
        max_length=LONGEST,
        pattern=NO_NUL,
        description="Any id, where `_` stands in its place in the path: for those that a client or proxy would read "
        "in its own way, such as `..`, or one with a slash.",
    ),
]
ELSEWHERE = "_"
SLASH = "\udc2f"
"""A slash that belongs to an id, while the path is matched: half a surrogate pair, which no request can bring in."""


class EncodedSlashes:
    """Makes `%2F` in a path a part of an id, instead of the end of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with such slashes marked; the door puts them back when the route is found."""
        raw = scope.get("raw_path")
        if raw and b"%2" in raw and (b"%2F" in raw or b"%2f" in raw):
            marked = raw.decode("ascii", "replace").replace("%2f", "%2F").split("%2F")
            scope["path"] = SLASH.join(map(unquote, marked))
        await self._app(scope, receive, send)


def unmarked(path: str) -> str:
    """A path, or a part of it, with its slashes put back."""
    return path.replace(SLASH, "/")


async def named(id: Identifier, given: InQuery = None) -> str:
    """The id, from the path or, where `_` stands there, from the query."""
    if given is not None and id != ELSEWHERE:
        raise Malformed("id", given, f"the path names {id!r}. Put {ELSEWHERE!r} in its place, or leave one out.")
    return given or id


Named = Annotated[str, Depends(named)]
"""An id that somebody else chose: of a customer, or of an offer."""
