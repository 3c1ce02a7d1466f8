"""Planning: once a day everybody is looked at for what no event starts: birthdays, expiring points, habits, time away.

The pass goes through the customers page by page and keeps its place, so that a kill costs one page. What it starts has
a cause of its own (this month, this date, this time away), and a second pass on the same day starts nothing more.
A customer has one such run of a scene at a time, and what is found at once begins over some hours.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agent.instruments import Instruments
from agent.intake import at_hand
from agent.looking import SAID
from agent.triggers import fits
from domain.clock import from_micros
from domain.customer import Customer
from domain.features import Features
from domain.frozen import Frozen
from domain.journey import Due, Start, Trigger, cause_id
from domain.scene import Scene
from policies.book import Book
from records import due, passes
from records.connection import Connection
from records.passes import Past, Person

PASS = "journeys"
PAGE, PAGES_AT_ONCE = 50, 20
SPREAD = timedelta(hours=4)
"""Over how long what is found at once begins, but over no more than a quarter of the time in which it may be said."""
SHORTEST_GAP = 5.0
"""Days; what is bought more often than that needs no reminder."""


class Place(Frozen):
    """How far the pass of a day has come."""

    day: date
    version: int
    after: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """When the pass is made, and by which clock."""

    now: datetime
    zone: ZoneInfo

    @property
    def day(self) -> date:
        """The day that it is for the house."""
        return self.now.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The instant at which a day begins."""
        return datetime.combine(day, time(), self.zone)


class Planning:
    """The daily pass, some pages at a time."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments
        self._current = at_hand(instruments.stores, instruments.shelf)
        self._done: tuple[date, int] | None = None

    async def step(self, now: datetime) -> int:
        """Looks at the next customers of today's pass; says how many runs that started."""
        book = await self._instruments.pool.run(self._current)
        today = Today(now, ZoneInfo(self._instruments.settings.home_timezone))
        if self._done == (today.day, book.version):
            return 0
        started = 0
        for _ in range(PAGES_AT_ONCE):
            place = await self._instruments.read(lambda c: _place(c, today.day, book.version))
            if place.done:
                self._done = today.day, book.version
                break
            started += await self._page(place, book, today)
        return started

    async def whole(self, now: datetime) -> int:
        """The rest of today's pass at once."""
        started = await self.step(now)
        while not await self._is_done(now):
            started += await self.step(now)
        return started

    async def _is_done(self, now: datetime) -> bool:
        book = await self._instruments.pool.run(self._current)
        return self._done == (Today(now, ZoneInfo(self._instruments.settings.home_timezone)).day, book.version)

    async def _page(self, place: Place, book: Book, today: Today) -> int:
        people, past = await self._instruments.read(lambda c: _people(c, place.after))
        plans = plans_of(book)
        # Asks go on meanwhile: the loop only waits for the page.
        dues = await self._instruments.pool.run(lambda: found(people, plans, past, today)) if plans else []
        over = len(people) < PAGE or not plans
        # A pass that is over names nobody any more: whoever was last may be erased tomorrow.
        after = place.model_copy(update={"after": "" if over else people[-1].id, "done": over})

        def write(c: Connection) -> int:
            passes.put(c, PASS, after.model_dump_json(), today.now)
            return due.start(c, dues)

        return await self._instruments.write(write)


Plan = tuple[Scene, Trigger, Start]


def plans_of(book: Book) -> list[Plan]:
    """What starts without an event, by the scenes of the book."""
    return [
        (scene, scene.trigger, start)
        for scene in book.scenes.values()
        if scene.trigger is not None
        for start in scene.trigger.starts
        if start.event is None
    ]


def found(people: Iterable[Person], plans: Sequence[Plan], past: Iterable[Past], today: Today) -> list[Due]:
    """What starts for these customers today, beside the runs that they have."""
    had: dict[tuple[str, str], list[Past]] = defaultdict(list)
    for run in past:
        had[run.customer_id, run.scene].append(run)
    triggers = {scene.id: trigger for scene, trigger, _ in plans}
    chosen: dict[tuple[str, str], Due] = {}
    for one in (one for person in people for one in planned(person, plans, today)):
        key = one.customer_id, one.scene
        if key not in chosen and is_new(one, had[key], triggers[one.scene], today.now):
            chosen[key] = one
    return list(chosen.values())


def is_new(one: Due, had: Sequence[Past], trigger: Trigger, now: datetime) -> bool:
    """Whether the run may start: none of its scene is open for the customer, nor said as often as it may be."""
    if any(run.id == one.id or run.state in ("waiting", "taken") for run in had):
        return False
    often = trigger.at_most
    if often is None:
        return True
    since = now - timedelta(days=often.days)
    said = [run for run in had if run.state == "done" and run.reason in SAID and run.updated_at >= since]
    return len(said) < often.times


def planned(person: Person, plans: Sequence[Plan], today: Today) -> Iterator[Due]:
    """What could be due for one customer from today on; of each start what ends first comes first."""
    customer = Customer.model_validate_json(person.profile)
    features = Features.model_validate_json(person.features) if person.features else Features()
    for scene, trigger, start in plans:
        if all(fits(known_of(customer, name), wanted) for name, wanted in start.where.items()):
            for cause, opens, closes, about in sorted(occasions(customer, features, start, today), key=_end):
                due = due_of(
                    customer.id, scene, trigger, cause_of(trigger.per, cause, today), opens, closes, about, today
                )
                if due is not None:
                    yield due


def cause_of(per: str, cause: str, today: Today) -> str:
    """What one run is for: the customer or the month where the trigger says so, else the occasion itself."""
    if per == "customer":
        return per
    return f"month:{today.day:%Y-%m}" if per == "month" else cause


Occasion = tuple[str, datetime, datetime | None, tuple[str, ...]]
"""A cause, from when it may be said, until when, and what it is about."""


def occasions(customer: Customer, features: Features, start: Start, today: Today) -> Iterator[Occasion]:
    """What the calendar and the record bring about for one customer today."""
    if start.fact is not None:
        day = date_of(customer.attributes.get(start.fact))
        if day is not None and day - start.before <= today.day <= day:
            yield f"{start.fact}:{day}", today.start_of(day - start.before), today.start_of(day + timedelta(days=1)), ()
    elif start.month is not None:
        if month_of(customer.attributes.get(start.month)) == today.day.month:
            first = today.day.replace(day=1)
            yield f"month:{first:%Y-%m}", today.start_of(first), today.start_of(next_month(first)), ()
    elif start.habit is not None:
        yield from habits_due(features, start, today)
    elif start.stage is not None and customer.stage in start.stage and features.last_at is not None:
        away = features.last_at.astimezone(today.zone).date()
        yield f"away:{away}", today.now, None, ()


def habits_due(features: Features, start: Start, today: Today) -> Iterator[Occasion]:
    """The habits whose usual gap is over, or nearly so."""
    columns = features.habits
    for topic, last, gap in zip(columns.topics, columns.last_at, columns.gap_days, strict=True):
        if gap < SHORTEST_GAP:
            continue
        bought = from_micros(last)
        opens = bought + timedelta(days=gap) - start.before
        # After another half gap the habit is no longer one: winning back is for other scenes.
        closes = bought + timedelta(days=gap * 1.5)
        if opens.astimezone(today.zone).date() <= today.day and today.now < closes:
            yield f"habit:{topic}:{bought.astimezone(today.zone).date()}", opens, closes, (topic,)


def due_of(
    customer_id: str,
    scene: Scene,
    trigger: Trigger,
    cause: str,
    opens: datetime,
    closes: datetime | None,
    about: tuple[str, ...],
    today: Today,
) -> Due | None:
    """The run, None where its time is over before it could begin."""
    at = max(opens + trigger.wait, today.now)
    until = min(at + trigger.keeps, closes) if closes is not None else at + trigger.keeps
    if until <= at:
        return None
    return Due(
        id=cause_id(scene.id, customer_id, cause),
        customer_id=customer_id,
        scene=scene.id,
        cause=cause,
        at=at + share_of(customer_id) * min(SPREAD, (until - at) / 4),
        until=until,
        since=today.now,
        created_at=today.now,
        about=about,
        planned=True,
    )


def share_of(customer_id: str) -> float:
    """From 0 to 1, the same for all runs of a customer, so that they still meet and the best one goes."""
    return int.from_bytes(hashlib.sha256(customer_id.encode()).digest()[:4]) / 2**32


def known_of(customer: Customer, name: str) -> object:
    """An attribute of the customer, or one of the few fields by which scenes choose."""
    if name in customer.attributes:
        return customer.attributes[name]
    return getattr(customer, name) if name in ("tier", "stage", "language", "country", "region") else None


def date_of(value: object) -> date | None:
    """The day in an attribute, None where there is none that can be read."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def month_of(value: object) -> int | None:
    """The month in an attribute, None where it is none."""
    month = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
    return month if isinstance(month, int) and not isinstance(month, bool) and 1 <= month <= 12 else None


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=32)).replace(day=1)


def _end(occasion: Occasion) -> datetime:
    """Until when it may be said."""
    return occasion[2] or datetime.max.replace(tzinfo=UTC)


def _people(c: Connection, after: str) -> tuple[list[Person], list[Past]]:
    """The next customers, and the runs that they have."""
    people = passes.people(c, after, PAGE)
    return people, passes.near(c, people[0].id, people[-1].id) if people else []


def _place(c: Connection, day: date, version: int) -> Place:
    """Where today's pass goes on; another day or another book begins anew."""
    kept = passes.get(c, PASS)
    place = Place.model_validate_json(kept) if kept else None
    return place if place and (place.day, place.version) == (day, version) else Place(day=day, version=version)
