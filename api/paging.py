"""Lists: a limit, a cursor, and the items with the cursor of the next page."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query

from api.naming import NO_NUL
from domain.errors import Malformed
from domain.frozen import Frozen

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=200, description="How many items to answer at most.")]
Cursor = Annotated[str, Query(max_length=500, pattern=NO_NUL, description="`next` of the page before.")]


class Page(Frozen, Generic[T]):
    """One page of a list; `next` is the cursor of the following one, null on the last."""

    items: tuple[T, ...]
    next: str | None = None


def cut(found: Sequence[T], limit: int, key: Callable[[T], str]) -> tuple[tuple[T, ...], str | None]:
    """The first `limit` of what was `found`, and the key of the last one if there are more."""
    shown = tuple(found[:limit])
    return shown, key(shown[-1]) if len(found) > limit else None


def position(cursor: str) -> int:
    """A cursor that counts; raises Malformed for one that we did not give out."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise Malformed("cursor", cursor, "take `next` of the page before as it is, or leave it out.")
    return int(cursor)
