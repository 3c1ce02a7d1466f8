"""One or many: bodies that hold one thing or a list of up to a thousand."""

from typing import Annotated, Protocol, TypeVar

from pydantic import Discriminator, Field, Tag

from domain.frozen import Frozen

T = TypeVar("T")

MOST = 1000


def one_or_many(value: object) -> str:
    """Which of the two shapes a body has."""
    return "many" if isinstance(value, list) else "one"


Many = Annotated[list[T], Field(min_length=1, max_length=MOST), Tag("many")]
OneOrMany = Annotated[Annotated[T, Tag("one")] | Many[T], Discriminator(one_or_many)]


def listed(given: T | list[T]) -> list[T]:
    """The things of the body, whichever shape it had."""
    return given if isinstance(given, list) else [given]


class Named(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def latest(things: list[N]) -> list[N]:
    """Each id once: what is told last of it."""
    return list({thing.id: thing for thing in things}.values())


class Written(Frozen):
    """How many things were written."""

    written: int
