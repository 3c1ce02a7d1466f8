"""The meter: what models were asked and what it cost; says when a day's tokens or money are used up.

Requests under way are counted with what they may come to, so that one process never goes over a limit. What other
processes used is read back with every write of our own: several together may overshoot by what was under way.
"""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from time import monotonic
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.errors import BudgetSpent, TactError
from records import usage
from records.connection import Connection
from records.database import Database
from records.usage import Used

MILLION = 1_000_000
PACE = 0.05
"""Seconds between two writes: waking the writer for every request costs more than what it writes."""
BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds: the bounds of the histogram."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a million tokens cost, and how much may be used in a day; None is no limit."""

    price_in: Decimal = Decimal(0)
    price_out: Decimal = Decimal(0)
    currency: str = "USD"
    tokens_per_day: int | None = None
    money_per_day: Decimal | None = None

    def micros(self, prompt_tokens: int, completion_tokens: int) -> int:
        """The price in millionths, rounded up."""
        return ceil(prompt_tokens * self.price_in + completion_tokens * self.price_out)


@dataclass(slots=True)
class Figures:
    """What happened since the process began, for those who watch it."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Requests by task and how they ended."""
    tokens: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Tokens by task and direction, `in` or `out`."""
    buckets: dict[str, list[int]] = field(default_factory=dict)
    """Requests by task and how long they took: one number for each bound, and one for what was longer."""
    seconds: dict[str, float] = field(default_factory=dict)


class Meter:
    """Counts, and refuses what would go over a limit; safe to share between threads."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        tariff: Tariff,
        limit_of: Callable[[str], int | None] = lambda scene: None,
    ) -> None:
        self.tariff, self.figures = tariff, Figures()
        self.resting: set[tuple[str, str]] = set()
        """Tasks and scenes for which the model is left alone after failures."""
        self._database, self._clock, self._zone, self._limit_of = database, clock, zone, limit_of
        self._lock = threading.RLock()
        self._day = self._today()
        self._known: dict[tuple[str, ...], Used] = keyed(self._read())
        self._waiting: dict[tuple[str, ...], Used] = {}
        self._moving: dict[tuple[str, ...], Used] = {}
        self._flying: Counter[str] = Counter()
        self._flying_micros = 0
        self._writing: Future[list[Used]] | None = None
        self._last = -PACE
        self._soon: threading.Timer | None = None
        self._closed = False

    @contextmanager
    def reserved(self, scene: str | None, prompt_tokens: int, most: int) -> Iterator[None]:
        """Keeps room for one request while it runs; raises BudgetSpent where there is none."""
        name, tokens, micros = scene or "", prompt_tokens + most, self.tariff.micros(prompt_tokens, most)
        with self._lock:
            self._refuse(name, tokens, micros)
            self._flying[name] += tokens
            self._flying_micros += micros
        try:
            yield
        finally:
            with self._lock:
                self._flying[name] -= tokens
                self._flying_micros -= micros

    def note(self, used: Used) -> None:
        """Counts one attempt, today; it is written as soon as what was counted before it is, but not every moment."""
        micros = self.tariff.micros(used.prompt_tokens, used.completion_tokens)
        with self._lock:
            add_to(self._waiting, replace(used, day=self._turned(), micros=micros))
            self.figures.tokens[used.task, "in"] += used.prompt_tokens
            self.figures.tokens[used.task, "out"] += used.completion_tokens
        self._write()

    def ended(self, task: str, outcome: str, seconds: float) -> None:
        """Counts how a request ended, all its attempts together."""
        with self._lock:
            self.figures.outcomes[task, outcome] += 1
            self.figures.seconds[task] = self.figures.seconds.get(task, 0.0) + seconds
            self.figures.buckets.setdefault(task, [0] * (len(BOUNDS) + 1))[bisect_left(BOUNDS, seconds)] += 1

    def rests(self, task: str, scene: str | None, resting: bool) -> None:
        """Notes whether the model is left alone for a task of a scene."""
        if resting:
            self.resting.add((task, scene or ""))
        else:
            self.resting.discard((task, scene or ""))

    def today(self) -> list[Used]:
        """What is counted for today, whoever used it, with what is not written yet."""
        with self._lock:
            self._turned()
            found = dict(self._known)
            for more in (*self._moving.values(), *self._waiting.values()):
                if more.day == self._day:
                    add_to(found, more)
            return list(found.values())

    def used(self, scene: str | None = None) -> tuple[int, int]:
        """Tokens and millionths of money used today, by one scene or by all."""
        mine = [one for one in self.today() if scene is None or one.scene == scene]
        return sum(one.tokens for one in mine), sum(one.micros for one in mine)

    def close(self) -> None:
        """Writes what waits; the database must still be open."""
        with self._lock:
            self._closed, writing = True, self._writing
            if self._soon is not None:
                self._soon.cancel()
        if writing is not None and writing.exception() is None:
            self._moving = {}
        rest = [*self._moving.values(), *self._waiting.values()]
        if rest:
            self._database.write(lambda c: usage.add(c, rest))

    def _refuse(self, scene: str, tokens: int, micros: int) -> None:
        """Raises BudgetSpent where so much more would go over a limit."""
        tariff, limit = self.tariff, self._limit_of(scene) if scene else None
        if tariff.tokens_per_day is None and tariff.money_per_day is None and limit is None:
            return
        used, money = self.used()
        if tariff.tokens_per_day is not None and used + self._flying.total() + tokens > tariff.tokens_per_day:
            raise self._spent(f"the {tariff.tokens_per_day:,} tokens of a day are used up (TACT_LLM_TOKENS_PER_DAY)")
        most = tariff.money_per_day
        if most is not None and money + self._flying_micros + micros > most * MILLION:
            why = f"the {most} {tariff.currency} of a day are used up (TACT_LLM_MONEY_PER_DAY)"
            raise self._spent(why)
        if limit is not None and self.used(scene)[0] + self._flying[scene] + tokens > limit:
            raise self._spent(f"the {limit:,} tokens of a day for the scene {scene!r} are used up")

    def _spent(self, why: str) -> BudgetSpent:
        now = self._clock.now().astimezone(self._zone)
        tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), self._zone)
        return BudgetSpent(why, float(int((tomorrow - now).total_seconds()) + 1))

    def _today(self) -> str:
        return self._clock.now().astimezone(self._zone).date().isoformat()

    def _turned(self) -> str:
        """Today, with nothing known of it yet where it has just begun."""
        today = self._today()
        if today != self._day:
            self._day, self._known = today, {}
        return today

    def _read(self) -> Sequence[Used]:
        return self._database.read(lambda c: usage.since(c, self._day))

    def _write(self) -> None:
        """Hands what waits to the writer, unless it is busy with what waited before or was woken a moment ago."""
        with self._lock:
            if self._closed or self._moving or not self._waiting or self._rests():
                return
            self._moving, self._waiting = self._waiting, {}
            moving, day = list(self._moving.values()), self._day

            def add(c: Connection) -> list[Used]:
                usage.add(c, moving)
                return usage.since(c, day)

            try:
                self._writing = self._database.submit(add)
            except TactError:  # The writer is busy or closed: what waits goes with the next request, or with close().
                self._put_back()
                return
        self._writing.add_done_callback(self._written)

    def _rests(self) -> bool:
        """Whether the last write is so near that this one waits; it comes of itself then."""
        now = monotonic()
        near = self._last + PACE - now
        if near <= 0:
            self._last = now
            return False
        if self._soon is None:
            self._soon = threading.Timer(near, self._wait_is_over)
            self._soon.daemon = True
            self._soon.start()
        return True

    def _wait_is_over(self) -> None:
        with self._lock:
            self._soon = None
        self._write()

    def _written(self, done: Future[list[Used]]) -> None:
        with self._lock:
            if self._closed:
                return
            if done.cancelled() or done.exception() is not None:
                self._put_back()
                return
            self._moving = {}
            found = keyed([one for one in done.result() if one.day == self._day])
            self._known = found or self._known
        self._write()

    def _put_back(self) -> None:
        moving, self._moving = self._moving, {}
        for one in moving.values():
            add_to(self._waiting, one)


def keyed(used: Sequence[Used]) -> dict[tuple[str, ...], Used]:
    """The counts by what they are of."""
    return {key_of(one): one for one in used}


def key_of(used: Used) -> tuple[str, ...]:
    """What a count is of."""
    return (used.day, used.scene, used.task, used.model)


def add_to(counts: dict[tuple[str, ...], Used], more: Used) -> None:
    """Adds a count to those of the same thing."""
    key = key_of(more)
    counts[key] = counts[key] + more if key in counts else more


def by_scene(used: Sequence[Used]) -> Mapping[str, int]:
    """Tokens of each scene."""
    tokens: Counter[str] = Counter()
    for one in used:
        tokens[one.scene] += one.tokens
    return tokens
