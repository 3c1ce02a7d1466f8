"""Predicates: what a rule forbids, as a small three-valued language over facts that may be unknown.

One rule lowers to one predicate. Evaluators are written against this file alone: kleene.py walks it, python.py
generates code from it. Truth is Kleene's: a leaf over an unknown fact is unknown, and unknown travels upwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policies.tally import Spent
from policies.windows import CalendarWindow, Counting, Window

Side = Literal["s", "a"]
Operator = Literal["<", "<=", ">", ">=", "=="]
Constant = str | int | float | bool | Decimal


@dataclass(frozen=True, slots=True)
class Field:
    """A fact by name: of the situation (`s`) or of the action (`a`); nullable ones may be unknown."""

    name: str
    side: Side
    nullable: bool = True
    attribute: bool = False
    """Whether it is one of the customer's free attributes, of any type."""


@dataclass(frozen=True, slots=True)
class Always:
    """True, or false, whatever the facts."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact against a constant; a fact of another type than the constant is unknown."""

    field: Field
    operator: Operator
    value: Constant


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact is one of some values."""

    field: Field
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """A set of the customer's, such as tags, holds at least one of some values."""

    field: Field
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Is:
    """A yes-or-no fact is yes."""

    field: Field


@dataclass(frozen=True, slots=True)
class Known:
    """A fact is known; never unknown itself."""

    field: Field


@dataclass(frozen=True, slots=True)
class Hours:
    """The customer's wall clock is within a daily window, start inclusive, end exclusive, over midnight too.

    `days` are the weekdays on which the window begins. Unknown where the customer's possible zones differ.
    """

    start: int
    end: int
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Dates:
    """The customer's calendar shows a day from `first` to `last` (day numbers), both included."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Holidays:
    """The customer's calendar shows a national holiday of `country`; where it is None, of the customer's own.

    A customer whose country is not known has the holidays of the countries where their clock may stand, as far as these
    agree. Unknown where they do not, where the possible zones differ, or where that country's calendar is not kept.
    """

    country: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The customer belongs to the given share of all: the same customers whenever the salt is the same."""

    salt: str
    share: float


@dataclass(frozen=True, slots=True)
class Full:
    """A window that contains the action holds `most` counted messages already, the future ones included."""

    counting: Counting
    window: Window
    most: int

    @property
    def calendar(self) -> CalendarWindow:
        """The window for calendar arithmetic."""
        return CalendarWindow(self.window.unit, self.window.length, self.window.week_starts)

    @property
    def zone(self) -> str | None:
        """The zone that the window names, None for the customer's."""
        return None if self.window.zone == "customer" else self.window.zone

    def zones(self, possible: tuple[str, ...]) -> tuple[str, ...]:
        """The zones on whose calendars the window is counted, given those where the customer may be."""
        if self.zone is not None:
            return (self.zone,)
        return possible if self.window.fallback is None or len(possible) == 1 else (self.window.fallback,)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown stays unknown."""

    part: "Predicate"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Surely:
    """The part is known to be true; never unknown itself."""

    part: "Predicate"


Leaf = Always | Compare | OneOf | Overlaps | Is | Known | Hours | Dates | Holidays | Share | Full | Spent
Timed = Hours | Dates | Holidays | Full | Spent
"""Leaves that ask for the instant of an action."""
Predicate = Leaf | Not | And | Or | Surely

TRUE, FALSE = Always(True), Always(False)

STAGE, TIER, AGE, GENDER = (Field(name, "s") for name in ("stage", "tier", "age", "gender"))
COUNTRY, REGION, LANGUAGE = (Field(name, "s") for name in ("country", "region", "language"))
TAGS, SEGMENTS = Field("tags", "s", nullable=False), Field("segments", "s", nullable=False)
CUSTOMER_ID = Field("customer_id", "s")
CHANNEL, PURPOSE, PUSHED = (Field(name, "a", nullable=False) for name in ("channel", "purpose", "pushed"))
SCENE = Field("scene", "a", nullable=False)
OFFER = Field("offer", "a")
DAYS_SINCE_ORDER = Field("days_since_order", "a")
"""The customer's, but it grows while a message waits: Situation.days_since_order() at the instant of the action."""
CONSENTED, MESSAGE_LANGUAGE = Field("consented", "a"), Field("language", "a")
KIND, OFFER_ID = Field("kind", "a"), Field("offer_id", "a")
CATEGORY, BRAND, IN_STOCK, CURRENCY = (Field(name, "a") for name in ("category", "brand", "in_stock", "currency"))
PERCENT_OFF, AMOUNT_OFF = Field("percent_off", "a"), Field("amount_off", "a")
PRICE, MARGIN_PERCENT = Field("price", "a"), Field("margin_percent", "a")
OFFER_TAGS = Field("offer_tags", "a", nullable=False)
REFERENCE_PROVEN = Field("reference_proven", "a")
APPROVED, SAMPLE, AUDIENCE_SIZE = (Field(name, "a") for name in ("approved", "sample", "audience_size"))


def attribute(name: str) -> Field:
    """One of the customer's free attributes."""
    return Field(name, "s", attribute=True)


def all_of(*parts: Predicate) -> Predicate:
    """The parts joined by and, as flat as can be."""
    kept: list[Predicate] = []
    for part in parts:
        kept += part.parts if isinstance(part, And) else [] if part == TRUE else [part]
    return FALSE if FALSE in kept else TRUE if not kept else kept[0] if len(kept) == 1 else And(tuple(kept))


def any_of(*parts: Predicate) -> Predicate:
    """The parts joined by or, as flat as can be."""
    kept: list[Predicate] = []
    for part in parts:
        kept += part.parts if isinstance(part, Or) else [] if part == FALSE else [part]
    return TRUE if TRUE in kept else FALSE if not kept else kept[0] if len(kept) == 1 else Or(tuple(kept))


def one_of(field: Field, values: Iterable[str] | None) -> Predicate:
    """The fact is one of `values`; True where they are not restricted."""
    return TRUE if values is None else OneOf(field, frozenset(values))


def leaves(predicate: Predicate) -> Iterator[Leaf]:
    """Every leaf, from left to right."""
    match predicate:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | Surely(part):
            yield from leaves(part)
        case _:
            yield predicate


def fields(predicate: Predicate) -> frozenset[Field]:
    """Every fact that the predicate reads by name."""
    return frozenset(leaf.field for leaf in leaves(predicate) if not isinstance(leaf, Always | Share | Timed))


OFFER_FACTS = frozenset(
    (
        *("offer", "kind", "category", "brand", "offer_id", "offer_tags", "in_stock", "currency"),
        *("price", "percent_off", "amount_off", "margin_percent", "reference_proven"),
    )
)
"""The facts of an action that come from its offer; all others are the same for every offer on that channel and time."""


def asks_offer(predicate: Predicate) -> bool:
    """Whether the predicate needs to know what the message is about."""
    costly = any(isinstance(leaf, Spent) and leaf.adds != "one" for leaf in leaves(predicate))
    return costly or any(field.side == "a" and field.name in OFFER_FACTS for field in fields(predicate))


ALIKE = OFFER_FACTS - {"reference_proven"} | {"purpose", "scene", "language", "approved", "sample", "audience_size"}
"""The facts of an action that are the same on every channel and at every time; past prices prove one day only."""


def asks_way(predicate: Predicate) -> bool:
    """Whether the predicate needs to know on which channel, or when, the message is sent."""
    timed = any(isinstance(leaf, Timed) for leaf in leaves(predicate))
    return timed or any(field.side == "a" and field.name not in ALIKE for field in fields(predicate))


def asks_action(predicate: Predicate) -> bool:
    """Whether the predicate needs an action, beyond the customer."""
    timed = any(isinstance(leaf, Timed) for leaf in leaves(predicate))
    return timed or any(field.side == "a" for field in fields(predicate))
