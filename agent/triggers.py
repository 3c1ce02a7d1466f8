"""Triggers: what an event starts and ends, by the scenes of the book; nothing is read and nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from domain.event import Event
from domain.happening import Happening, plain
from domain.journey import NO_EFFECTS, Bound, Cancel, Condition, Due, Effects, Start, Trigger, cause_id, known_event
from domain.moment import Cart, CartItem, Location, Moment
from domain.scene import Scene

MOST_ITEMS = 50
THINGS = ("product_id", "sku", "category", "step", "ticket_id", "webinar", "document")
"""Properties that say what an event is about."""
ITEMS = ("product_id", "sku", "id")
PLACES = ("store_id", "place", "venue")
CARTED = frozenset({Happening.CARTED, Happening.CHECKOUT})


class Triggers:
    """The scenes that start by themselves, by the event that starts or ends them."""

    def __init__(self, scenes: Iterable[Scene], zone: ZoneInfo) -> None:
        self._zone = zone
        self._starts: dict[str, list[tuple[Scene, Trigger, Start]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for scene in scenes:
            if scene.trigger is not None:
                self._learn(scene, scene.trigger)

    def effects(self, event: Event) -> Effects:
        """What the event starts and ends; the same event has the same effects however often it arrives."""
        names = names_of(event)
        if not any(name in self._starts or name in self._ends for name in names):
            return NO_EFFECTS
        return Effects(tuple(self._started(event, names)), tuple(self._ended(event, names)))

    def _learn(self, scene: Scene, trigger: Trigger) -> None:
        for start in trigger.starts:
            if start.event is not None:
                self._starts[known_event(start.event)].append((scene, trigger, start))
        for name in trigger.moot:
            self._ends[known_event(name)].append((scene.id, False))
        for name in trigger.moot_if_same:
            self._ends[known_event(name)].append((scene.id, True))

    def _started(self, event: Event, names: tuple[str, ...]) -> Iterator[Due]:
        seen: set[str] = set()
        received = event.received_at or event.at
        for name in names:
            for scene, trigger, start in self._starts.get(name, ()):
                due = due_of(event, scene, trigger, start, received, self._zone)
                if scene.id not in seen and meets(event, start.where) and received < due.until:
                    seen.add(scene.id)
                    yield due

    def _ended(self, event: Event, names: tuple[str, ...]) -> Iterator[Cancel]:
        for name in names:
            for scene, if_same in self._ends.get(name, ()):
                about = about_of(event) if if_same else ()
                yield Cancel(scene, f"{'undone' if if_same else 'moot'}:{name}", event.at, about or None)


def names_of(event: Event) -> tuple[str, ...]:
    """The names under which a trigger may know the event: what it means to us, and its own."""
    found = [event.happening] if event.happening else []
    return (*found, plain(event.name)) if event.type == "track" and event.name else tuple(found)


def due_of(event: Event, scene: Scene, trigger: Trigger, start: Start, received: datetime, zone: ZoneInfo) -> Due:
    """The run that the event starts."""
    cause = cause_of(event, trigger.per, zone)
    at = event.at + trigger.wait
    return Due(
        id=cause_id(scene.id, event.customer_id, cause),
        customer_id=event.customer_id,
        scene=scene.id,
        cause=cause,
        at=at,
        until=at + trigger.keeps,
        since=event.at,
        created_at=received,
        about=about_of(event),
        only=(start.only,) if start.only else (),
        moment=moment_of(event),
    )


def cause_of(event: Event, per: str, zone: ZoneInfo) -> str:
    """What one run is for: the customer, a day, a month, or a property of the event; without it the day counts."""
    day = event.at.astimezone(zone).date()
    if per == "customer":
        return "customer"
    if per == "month":
        return f"month:{day:%Y-%m}"
    value = value_of(event, per) if per != "day" else None
    if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
        return f"{per}:{value}"[:300]
    return f"day:{day}"


def meets(event: Event, where: Mapping[str, Condition]) -> bool:
    """Whether the event is as the trigger wants it; a property that is not there is not."""
    return all(fits(value_of(event, name), condition) for name, condition in where.items())


def fits(value: object, condition: Condition) -> bool:
    """Whether a value is what a condition says; words are compared without case."""
    if isinstance(condition, Bound):
        return condition.holds(value)
    wanted = condition if isinstance(condition, tuple) else (condition,)
    return any(_same(value, one) for one in wanted)


def value_of(event: Event, name: str) -> JsonValue:
    """A property of the event, else what its context says under that name."""
    return event.properties.get(name, event.context.get(name))


def about_of(event: Event) -> tuple[str, ...]:
    """The things that the event is about: its product, category, step or ticket, and the lines of its cart."""
    own = [value for name in THINGS if isinstance(value := event.properties.get(name), str) and value]
    lines = [value for line in _lines(event) if isinstance(value := line.get("category"), str) and value]
    return tuple(dict.fromkeys([*own, *_items(event), *lines]))[:MOST_ITEMS]


def moment_of(event: Event) -> Moment:
    """What the event says of the moment: weather, place, and what lies in the cart."""
    said = event.properties
    weather = value_of(event, "weather") or (said.get("condition") if _means(event, Happening.WEATHER_CHANGED) else "")
    place = next((value for name in PLACES if isinstance(value := said.get(name), str) and value), None)
    lines = tuple(CartItem(offer=item[:200]) for item in _items(event)) if event.happening in CARTED else ()
    return Moment(
        weather=weather[:50] if isinstance(weather, str) and weather else None,
        location=Location(place=place[:200]) if place else None,
        cart=Cart(items=lines, left_at=event.at) if lines else None,
    )


def _means(event: Event, happening: Happening) -> bool:
    return event.happening is happening


def _lines(event: Event) -> list[dict[str, JsonValue]]:
    """The lines of the event's cart or order."""
    given = event.properties.get("products")
    return [one for one in given[:MOST_ITEMS] if isinstance(one, dict)] if isinstance(given, list) else []


def _items(event: Event) -> list[str]:
    """The products of the event, by id."""
    known = [(event.properties, ITEMS[:2]), *((line, ITEMS) for line in _lines(event))]
    found = [[value for name in names if isinstance(value := one.get(name), str) and value][:1] for one, names in known]
    return [item for items in found for item in items]


def _same(value: object, wanted: object) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return plain(value) == plain(wanted)
    return type(value) is type(wanted) and value == wanted
