"""A frame: what one clause says, before it becomes rules; and the trouble that keeps a clause from being one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from policies.audience import Bounds
from policies.directives.atom import Values

Days = tuple[date | None, date | None]
Pick = Mapping[str, Values | Bounds | Days]
"""What a scope takes of each dimension; a dimension that is not there takes everything."""
Kind = Literal[
    "cap",
    "gap",
    "hours",
    "ban",
    "allow",
    "discount",
    "price",
    "margin",
    "stock",
    "consent",
    "forbid",
    "require",
    "disclose",
    "length",
    "tone",
    "priority",
    "volume",
    "budget",
    "approval",
    "sensitive",
    "marks",
    "claims",
    "links",
    "language",
    "sample",
    "order",
    "permit",
    "exception",
    "rest",
    "courtesy",
]
Said = tuple[str, str]
"""A sentence in Japanese and in English."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """For whom and what: alternatives of which one must hold, and exceptions of which none may."""

    alternatives: tuple[Pick, ...] = ({},)
    excepted: tuple[Pick, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing is restricted."""
        return self.alternatives == ({},) and not self.excepted

    def dimensions(self) -> frozenset[str]:
        """Every dimension that is spoken of."""
        return frozenset(name for pick in self.alternatives for name in pick)


@dataclass(frozen=True, slots=True)
class Frame:
    """One constraint with its scope; `values` are what its kind needs."""

    kind: Kind
    scopes: Scopes = Scopes()
    values: Mapping[str, object] = field(default_factory=dict)
    soft: bool = False
    everyone: bool = False
    carves: bool = False
    """Whether it stands against the sentence before: but, ただし."""
    refers: bool = False
    """Whether a pronoun points back: it, それ."""
    people: bool = False
    """Whether a pronoun points back to customers: them, その方々."""
    also: bool = False
    """Whether it adds to the sentence before: も, また, either."""
    topic: frozenset[str] = frozenset()
    """The dimensions that were named as the topic, and stay for what follows in the sentence."""
    notes: tuple[Said, ...] = ()

    def within(self, scopes: Scopes) -> "Frame":
        """The same constraint with another scope."""
        return replace(self, scopes=scopes)

    def noted(self, *notes: Said) -> "Frame":
        """The frame with further assumptions."""
        return replace(self, notes=(*self.notes, *notes))


class Trouble(Exception):  # not an error of ours: a question to the marketer
    """Raised where a clause cannot be read; its sentence says which part, in both languages."""

    def __init__(self, ja: str, en: str, *, weight: int = 1, unread: bool = False, stops: bool = False) -> None:
        super().__init__(en)
        self.ja, self.en = ja, en
        self.stops = stops
        """Whether everything would stop: the stop switch is offered."""
        self.unread = unread
        """Whether the words were not followed at all, rather than too open to decide."""
        self.weight = weight
        """How much was recognised: the heaviest trouble is the one told."""
