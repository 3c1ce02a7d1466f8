"""What-if: two books over the whole base, and who gains or loses a message by the change."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

import numpy as np

from agent.base import read_house
from agent.stores import Stores
from agent.town import Flags, Reached, Town
from domain.channel import Channel
from policies.book import Book
from policies.columns.judging import broken_for
from policies.columns.reaching import Reaching
from policies.facts import about

MOST_EXAMPLES = 10
MOST_OFFERS = 8
"""Different kinds of offers that are looked at to say why an example gets none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many customers may be reached before and after, and how many of them change sides."""

    before: int
    after: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody who gains or loses a message: a pseudonym, where, and by which rules."""

    customer: str
    change: str
    scene: str
    channel: Channel
    rules: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a change of rules does to every customer at one instant."""

    at: datetime
    customers: int
    overall: Counts
    by_channel: Mapping[str, Counts]
    by_scene: Mapping[str, Counts]
    examples: tuple[Example, ...]
    seconds: float


def simulate(stores: Stores, before: Book, after: Book, at: datetime, language: str) -> Simulation:
    """Both books over every customer, scene and channel, as an ask at that instant would meet them."""
    started = perf_counter()
    house = read_house(stores, at, max(before.lookback, after.lookback))
    town = Town(house, at)
    then, now = town.reached(before, after)
    return Simulation(
        at=at,
        customers=house.base.size,
        overall=_counts(then, now),
        by_channel={
            channel.value: _counts(then, now, channel=channel)
            for channel in Channel
            if any(channel is one for _, one in (*then, *now))
        },
        by_scene={
            scene: _counts(then, now, scene=scene) for scene in dict.fromkeys(scene for scene, _ in (*then, *now))
        },
        examples=tuple(_examples(town, (before, then), (after, now), stores.seal.sign, language)),
        seconds=perf_counter() - started,
    )


def _counts(then: Reached, now: Reached, *, scene: str | None = None, channel: Channel | None = None) -> Counts:
    """The customers who may be reached anywhere, or in one scene, or by one channel."""

    def anywhere(reached: Reached) -> Flags | bool:
        chosen = [
            flags
            for (other, by), flags in reached.items()
            if (scene is None or other == scene) and (channel is None or by is channel)
        ]
        return np.logical_or.reduce(chosen) if chosen else False

    size = max((len(flags) for flags in (*then.values(), *now.values())), default=0)
    before, after = (np.zeros(size, dtype=np.bool_) | anywhere(reached) for reached in (then, now))
    return Counts(int(before.sum()), int(after.sum()), int((after & ~before).sum()), int((before & ~after).sum()))


def _examples(
    town: Town,
    before: tuple[Book, Reached],
    after: tuple[Book, Reached],
    sign: Callable[[bytes], str],
    language: str,
) -> Iterator[Example]:
    """A few customers of each scene and channel whose message comes or goes, losses first."""
    left = MOST_EXAMPLES
    for change, (book, where), (_, other) in (("lost", after, before), ("gained", before, after)):
        for (scene, channel), had in other.items():
            has = where.get((scene, channel))
            rows = np.flatnonzero(had & ~has) if has is not None else np.flatnonzero(had)
            for row in rows[: 2 if left > 1 else left].tolist():
                yield _example(town, book, row, scene, channel, change, sign, language)
                left -= 1
            if left <= 0:
                return


def _example(
    town: Town,
    book: Book,
    row: int,
    scene: str,
    channel: Channel,
    change: str,
    sign: Callable[[bytes], str],
    language: str,
) -> Example:
    """Somebody, and the rules of the book that forbids the message."""
    name = str(town.base.customers["id"][row])
    broken = _forbidding(town, book, row, scene, channel)
    rules = [rule for rule in book.rules if rule.id in broken]
    return Example(
        customer="p-" + sign(f"pseudonym|{name}".encode())[:12],
        change=change,
        scene=scene,
        channel=channel,
        rules=tuple(rule.id for rule in rules),
        says=tuple(rule.say(language) for rule in rules),
    )


def _forbidding(town: Town, book: Book, row: int, scene: str, channel: Channel) -> frozenset[str]:
    """The rules that forbid every offer there is for the customer, or else all that forbid some of them."""
    played = book.scenes.get(scene)
    a = town.action(played, channel, town.at)
    offers = Reaching(book.rules, town.base).alike(town.offers(played, int(town.group[row])), a)[:MOST_OFFERS]
    hard = [rule for rule in book.rules if rule.severity == "hard"]
    broken = [broken_for(row, hard, town.base, about(a, offer)) for offer in offers]
    broken = broken or [broken_for(row, hard, town.base, a)]
    return frozenset.intersection(*broken) or frozenset.union(*broken)
