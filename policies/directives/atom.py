"""Atoms: the smallest stretches of a directive that mean something, with every meaning the words may have."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from policies.audience import Bounds

Values = frozenset[str]
AUDIENCE = (
    *("stages", "tiers", "age", "days_since_order", "genders", "countries", "regions", "languages"),
    *("tags", "segments"),
)
MESSAGE = ("channels", "purposes", "scenes", "kinds", "categories", "brands", "discounted")
WHO, WHAT = "who", "what"


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning: a kind, and what it takes of a dimension, a number, a stretch of time or a stretch of days."""

    kind: str
    name: str = ""
    values: Values = frozenset()
    number: Decimal | None = None
    low: int | None = None
    high: int | None = None
    bounds: Bounds | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of the text, `start` to `end`, and its senses."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    kinds: frozenset[str] = field(init=False, compare=False, repr=False)
    """The kinds of its senses: asked for far more often than atoms are made."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(sense.kind for sense in self.senses))

    def sense(self, *kinds: str) -> Sense | None:
        """The first sense of one of the kinds."""
        return next((sense for sense in self.senses if sense.kind in kinds), None)

    def has(self, *kinds: str) -> bool:
        """Whether it may mean one of the kinds."""
        return not self.kinds.isdisjoint(kinds)

    def only(self, *kinds: str) -> "Atom":
        """The atom with the senses of these kinds alone."""
        return replace(self, senses=tuple(sense for sense in self.senses if sense.kind in kinds))

    @property
    def scope(self) -> Sense | None:
        """What it says about for whom or what, if anything."""
        return self.sense(WHO, WHAT)


def merged(atoms: Iterable[Atom], text: str, *senses: Sense) -> Atom:
    """Several atoms as one, with a new meaning."""
    listed = list(atoms)
    return Atom(listed[0].start, listed[-1].end, text[listed[0].start : listed[-1].end], senses)


def words(table: str) -> list[str]:
    """The words of a table entry."""
    return [word.strip() for word in table.split("|") if word.strip()]
