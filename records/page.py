"""Pages: a long list in parts, each of which says where the next begins."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.errors import Malformed

T = TypeVar("T")
LATEST = 1 << 62
DIGITS = 18


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, newest first; `next` is the cursor of the next page, None on the last."""

    items: tuple[T, ...]
    next: str | None


def cursor_behind(at: int, id: str) -> str:
    """The cursor of the page that begins behind this instant and id."""
    return f"{at}:{id}"


def place(cursor: str | None) -> tuple[int, str]:
    """The instant and id behind which a page begins."""
    if cursor is None:
        return LATEST, ""
    at, _, before = cursor.partition(":")
    if not at.isascii() or not at.isdigit() or len(at) > DIGITS:
        raise Malformed("cursor", cursor, "take it from `next` of the page before.")
    return int(at), before
