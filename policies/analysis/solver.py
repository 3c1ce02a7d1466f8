"""The solver: the same questions asked of z3, which leaves none undecided; the oracle of the boxes in tests.

It reads the predicates itself and shares nothing with the boxes. A customer whose zone is unknown has three clocks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import z3  # type: ignore[import-untyped]  # it ships no stubs

from domain.channel import Channel, is_pushed
from policies.analysis.box import name_of, week
from policies.analysis.implication import counts_within, window_within
from policies.predicate import (
    Always,
    And,
    Compare,
    Dates,
    Field,
    Full,
    Holidays,
    Hours,
    Is,
    Known,
    Leaf,
    Not,
    OneOf,
    Or,
    Overlaps,
    Predicate,
    Share,
    Surely,
)
from policies.rules import AnyRule
from policies.tally import Spent
from policies.windows import Counting, Window

HIGHEST = {"age": 130}
CUSTOMER = frozenset(
    ("stage", "tier", "age", "days_since_order", "gender", "country", "region", "language", "customer_id")
)
MARKS = frozenset(("tags", "segments"))
READINGS = range(3)
WEEK = 7 * 24 * 60
PATIENCE_MS = 5_000


@dataclass
class World:
    """The facts of one customer and one message as unknowns of the solver; `known` leaves nothing unknown."""

    known: bool = False
    words: dict[str, int] = field(default_factory=dict)
    made: dict[object, Any] = field(default_factory=dict)
    laws: list[Any] = field(default_factory=list)
    mine: list[Any] = field(default_factory=list)
    """The unknowns of the customer."""

    def formula(self, predicate: Predicate, may: bool) -> Any:
        """The predicate may hold, or surely holds."""
        match predicate:
            case And(parts):
                return z3.And([self.formula(part, may) for part in parts])
            case Or(parts):
                return z3.Or([self.formula(part, may) for part in parts])
            case Not(part):
                return z3.Not(self.formula(part, not may))
            case Surely(part):
                return self.formula(part, False)
            case Always(value):
                return z3.BoolVal(value)
            case _:
                return self._leaf(predicate, may)

    def _leaf(self, leaf: Leaf, may: bool) -> Any:
        match leaf:
            case Hours(start, end, days):
                return self._shown(self.clocks(), lambda clock: z3.Or(within(clock, week(start, end, days))), may)
            case Dates(first, last):
                return self._shown(self.days(), lambda day: z3.And(between(day, first, last)), may)
            case Full(counting, window, most):
                low, high = self.count(counting, window)
                return z3.BoolVal(True) if most == 0 else (high if may else low) >= most
            case Holidays(country):
                return self._known_or(("holiday", country), may, self.truth(("holiday", country)))
            case Share(salt, share):
                return self._known_or(("share", salt), may, self.number(("share", salt), high=1) < fraction(share))
            case Spent(tally, most, adds, rate):
                key = ("spent", tally, adds, rate)
                low = 1 if adds == "one" else 0
                return self._known_or(key, may, self.number(key, low=low) > fraction(most))
            case _:
                return self._about(leaf, may)

    def _about(self, leaf: Leaf, may: bool) -> Any:
        match leaf:
            case Known(one):
                return z3.Not(self.null(self._held(one)))
            case Overlaps(one, values):
                return z3.Or([self.truth((one.name, "holds", value), one.name in MARKS) for value in sorted(values)])
            case Is(one):
                return self._known_or(self._key(one, "truth"), may, self.truth(self._key(one, "truth")))
            case OneOf(one, values):
                word = self.word(self._key(one, "text"))
                chosen = z3.Or([word == self.code(str(value)) for value in sorted(values, key=str)])
                return self._known_or(self._key(one, "text"), may and one.nullable, chosen)
            case Compare(one, operator, value):
                return self._compared(one, operator, value, may)
            case _:
                raise ValueError(f"{leaf} cannot be put to the solver")

    def _compared(self, one: Field, operator: str, value: object, may: bool) -> Any:
        if isinstance(value, bool):
            key = self._key(one, "truth")
            return self._known_or(key, may, self.truth(key) == value)
        if isinstance(value, str):
            key = self._key(one, "text in order")
            found, constant = self._made(key, z3.String), z3.StringVal(value)
        else:
            key = self._key(one, "number")
            low = None if one.attribute or one.name == "margin_percent" else 0
            found, constant = self.number(key, low=low, high=HIGHEST.get(one.name)), fraction(value)
        return self._known_or(key, may, ordered(found, operator, constant))

    def _key(self, one: Field, kind: str) -> object:
        """A free attribute may be of any type, so that it is another unknown for each."""
        if not one.attribute:
            return name_of(one)
        self._held(one)
        return "attribute", one.name, kind

    def _held(self, one: Field) -> object:
        """A free attribute is there or not, whatever its type; what is not there is unknown in every type."""
        if not one.attribute:
            return name_of(one)
        held = ("attribute", one.name, "held")
        if ("null", held) not in self.made and not self.known:
            kinds = [("attribute", one.name, kind) for kind in ("text", "truth", "number", "text in order")]
            self.laws += [z3.Implies(self.null(held), self.null(kind)) for kind in kinds]
        return held

    def _known_or(self, key: object, may: bool, holds: Any) -> Any:
        return z3.Or(self.null(key), holds) if may else z3.And(z3.Not(self.null(key)), holds)

    def _shown(self, readings: Sequence[Any], holds: Any, may: bool) -> Any:
        told = [holds(reading) for reading in readings]
        return z3.Or(told) if may else z3.And(told)

    def null(self, key: object) -> Any:
        """The fact is unknown."""
        return z3.BoolVal(False) if self.known and key != "offer" else self._made(("null", key), z3.Bool, key)

    def truth(self, key: object, mine: bool = False) -> Any:
        """A fact that is yes or no."""
        return self._made(key, z3.Bool, "tags" if mine else key)

    def word(self, key: object) -> Any:
        """A fact that is one of many words."""
        return self._made(key, z3.Int)

    def number(self, key: object, low: int | None = 0, high: int | None = None) -> Any:
        """A fact that is a number."""
        fresh = key not in self.made
        found = self._made(key, z3.Real)
        if fresh:
            self.laws += [found >= low] if low is not None else []
            self.laws += [found < high if high == 1 else found <= high] if high is not None else []
        return found

    def count(self, counting: Counting, window: Window) -> tuple[Any, Any]:
        """What a window holds at least and at most, in the calendars of all zones."""
        key = ("count", counting, window)
        fresh = key not in self.made
        high = self._made(key, z3.Int)
        low = high
        if not self.known and window.kind == "calendar" and window.zone == "customer" and window.fallback is None:
            low = self._made(("least", *key), z3.Int)
        if fresh:
            self.laws += [low >= 0, low <= high]
        return low, high

    def clocks(self) -> list[Any]:
        """Minutes of the week that the clocks show."""
        return self._readings("clock", lambda clock, _: [clock >= 0, clock < WEEK])

    def days(self) -> list[Any]:
        """Days that the calendars show: those of all zones are neighbours."""
        return self._readings("day", lambda day, first: [day >= first, day <= first + 1])

    def _readings(self, name: str, law: Any) -> list[Any]:
        fresh = (name, 0) not in self.made
        shown = [self._made((name, 0 if self.known else number), z3.Int) for number in READINGS]
        if fresh:
            self.laws += [one for reading in shown for one in law(reading, shown[0])]
        return shown

    def code(self, word: str) -> int:
        """The number of a word."""
        return self.words.setdefault(word, len(self.words))

    def _made(self, key: object, make: Any, owner: object = None) -> Any:
        if key not in self.made:
            self.made[key] = make(repr(key))
            whose = owner if owner is not None else key
            if whose in CUSTOMER or whose in MARKS or (isinstance(whose, tuple) and whose[0] == "attribute"):
                self.mine.append(self.made[key])
        return self.made[key]

    def order_of_counts(self) -> Iterator[Any]:
        """A window that lies in another holds no more than it."""
        counts = [key for key in self.made if isinstance(key, tuple) and key[0] == "count"]
        for inner, outer in permutations(counts, 2):
            if counts_within(inner[1], outer[1]) and window_within(inner[2], outer[2]):
                for few, many in zip(self.count(*inner[1:]), self.count(*outer[1:]), strict=True):
                    yield few <= many
                if outer[2].kind == "rolling":
                    yield self.count(*inner[1:])[1] <= self.count(*outer[1:])[0]

    def nature(self) -> Iterator[Any]:
        """What is true of every message: who is pushed, and what an offer has to be."""
        channel, offer = self.word("channel"), self.null("offer")
        yield z3.Or([channel == self.code(str(one)) for one in Channel])
        pushed = [channel == self.code(str(one)) for one in Channel if is_pushed(one) and one is not Channel.CALL]
        yield z3.Implies(z3.Or(pushed), self.truth("pushed"))
        yield z3.Implies(self.truth("pushed"), z3.Or([*pushed, channel == self.code(str(Channel.CALL))]))
        if not self.known:
            kinds = ("kind", "category", "brand", "offer_id", "price", "percent_off", "amount_off", "currency")
            yield from (z3.Implies(offer, self.null(one)) for one in kinds)


def never_fires(rule: AnyRule) -> bool:
    """Whether no customer and message of which everything is known is forbidden by the rule."""
    world = World(known=True)
    return not possible(world, [world.formula(rule.violation(), False)])


def implies(one: AnyRule, others: Sequence[AnyRule]) -> bool:
    """Whether whatever `one` may forbid is forbidden by one or another of `others`; False where z3 gives up."""
    world = World()
    outside = [z3.Not(world.formula(other.violation(), True)) for other in others]
    asked = [world.formula(one.violation(), True), *outside]
    return str(answer(world, [*asked, *world.nature()])) == "unsat"


def unreachable(rules: Sequence[AnyRule], channels: Sequence[Channel]) -> Mapping[str, object] | None:
    """A customer without history, known in all and agreed to everything, whom no message may reach on the channels."""
    world = World(known=True)
    blocked = z3.Or([world.formula(rule.violation(), True) for rule in rules])
    channel, pushed, given = world.word("channel"), world.truth("pushed"), [*world.laws, *_given(world)]
    which = [one for one in world.made.values() if not any(one.eq(mine) for mine in world.mine)]
    closed = []
    for one in channels:
        here = [channel == world.code(str(one)), pushed]
        asked = z3.Implies(z3.And([*given, *here]), blocked)
        closed.append(z3.ForAll(which, asked) if which else asked)
    solver = _solver([*(law for law in world.laws if _is_about(law, world.mine)), *closed])
    return _witness(world, solver.model()) if solver.check() == z3.sat else None


def possible(world: World, asked: Sequence[Any]) -> bool:
    """Whether there is such a customer and message."""
    return str(answer(world, asked)) != "unsat"


def answer(world: World, asked: Sequence[Any]) -> Any:
    """sat, unsat or unknown."""
    return _solver([*asked, *world.order_of_counts(), *world.laws]).check()


def between(number: Any, first: object, last: object) -> list[Any]:
    """The limits of a range, both included."""
    return ([number >= first] if first is not None else []) + ([number <= last] if last is not None else [])


def within(clock: Any, minutes: int) -> list[Any]:
    """The stretches of the week whose bits are set."""
    bits = bin(minutes)[2:].zfill(WEEK)[::-1] + "0"
    edges = [place for place in range(WEEK + 1) if bits[place] != (bits[place - 1] if place else "0")]
    return [z3.And(clock >= start, clock < end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def ordered(found: Any, operator: str, value: Any) -> Any:
    """The comparison."""
    match operator:
        case "<":
            return found < value
        case "<=":
            return found <= value
        case ">":
            return value < found
        case ">=":
            return value <= found
        case _:
            return found == value


def fraction(value: object) -> Any:
    """A number as the solver takes it, without rounding."""
    return z3.RealVal(str(value))


def _solver(asked: Sequence[Any]) -> Any:
    solver = z3.Solver()
    solver.set("timeout", PATIENCE_MS)
    solver.add(*asked)
    return solver


def _given(world: World) -> Iterator[Any]:
    """Circumstances that a message may have: nothing sent or spent before, everything agreed to and approved."""
    for key, found in list(world.made.items()):
        name = key[0] if isinstance(key, tuple) else key
        if name in ("count", "least"):
            yield found == 0
        elif name == "spent":
            yield found == 1
        elif name in ("share", "sample"):
            yield found > z3.RealVal("0.999999")
        elif name in ("consented", "approved", "reference_proven"):
            yield found
        elif name == "audience_size":
            yield found == 0
    yield world.word("purpose") == world.code("marketing")
    yield z3.Not(world.null("offer"))


def _is_about(law: Any, unknowns: Sequence[Any]) -> bool:
    return any(part.eq(one) for part in law.children() for one in unknowns)


def _witness(world: World, model: Any) -> dict[str, object]:
    """The customer whom the solver found, in the words of a profile."""
    words = {number: word for word, number in world.words.items()}
    found: dict[str, object] = {}
    for key, unknown in world.made.items():
        value = model.eval(unknown, model_completion=False)
        if key in CUSTOMER and z3.is_int_value(value):
            found[str(key)] = words.get(value.as_long(), f"other {value.as_long()}")
        elif key in CUSTOMER and z3.is_rational_value(value):
            found[str(key)] = float(value.as_fraction())
        elif isinstance(key, tuple) and key[0] in MARKS and z3.is_true(value):
            marks = found.setdefault(key[0], [])
            if isinstance(marks, list):
                marks.append(key[2])
    return found
