"""A town: the whole base at one instant, and whom the rules of a book let reach there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from agent.base import House
from domain.channel import Channel, Purpose, is_pushed
from domain.offer import Offer
from domain.scene import Scene
from domain.stop import Stop
from policies.book import Book
from policies.columns.base import Base, Codes
from policies.columns.reaching import Reaching
from policies.facts import Action, action_of
from policies.zones import zone_named
from tools.offers import SHOP, Catalogue
from tools.timing import slots

Flags = NDArray[np.bool_]
NOT_DRAWN = 0.999_999
"""A decision that no review of a share draws, as most are not."""

Reached = Mapping[tuple[str, Channel], Flags]
"""Who may be reached, by scene and channel."""


@dataclass(eq=False)
class Town:
    """The house at one instant: what is the same for both books is worked out once."""

    house: House
    at: datetime
    groups: tuple[tuple[date, frozenset[str]], ...] = ()
    """The local day and the shops of customers to whom the same offers stand open."""
    group: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    later: dict[datetime, Flags] = field(default_factory=dict)
    _offers: dict[object, tuple[Offer, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        offers = self.house.offers
        self.catalogue = Catalogue(0, offers, np.zeros((len(offers), 1), dtype=np.float32))
        self.groups, self.group = self._groups()

    @property
    def base(self) -> Base:
        """The customers."""
        return self.house.base

    def reached(self, *books: Book) -> tuple[Reached, ...]:
        """Who may be reached under each book, by scene and channel; every scene and channel that the book plays."""
        nobody = np.zeros(self.base.size, dtype=np.bool_)
        found: list[dict[tuple[str, Channel], Flags]] = [dict.fromkeys(_plays(book), nobody) for book in books]
        reaching = [Reaching(book.rules, self.base) for book in books]
        for at, whose in self._instants(books):
            for book, rules, flags in zip(books, reaching, found, strict=True):
                for scene, channel in flags:
                    played = book.scenes.get(scene)
                    if at == self.at or _waits(played, channel):
                        wanted = whose & ~flags[scene, channel] & ~self._stopped(played, channel)
                        a = self.action(played, channel, at)
                        flags[scene, channel] = flags[scene, channel] | self._at(rules, a, played, wanted)
        return tuple(found)

    def _instants(self, books: Sequence[Book]) -> Iterator[tuple[datetime, Flags]]:
        """Now, and the later hours that suit customers better where some scene waits for them; with whom each suits."""
        yield self.at, np.ones(self.base.size, dtype=np.bool_)
        if any(_waits(book.scenes.get(scene), channel) for book in books for scene, channel in _plays(book)):
            yield from self._later().items()

    def action(self, scene: Scene | None, channel: Channel, at: datetime) -> Action:
        """The message of a scene by a channel, to nobody in particular."""
        purpose = scene.purpose if scene else Purpose.MARKETING
        return action_of(self.base.anybody, channel, purpose, at, scene.id if scene else None, sample=NOT_DRAWN)

    def offers(self, scene: Scene | None, group: int) -> Sequence[Offer]:
        """The offers that stand open to a group of customers."""
        day, shops = self.groups[group]
        return self.catalogue.eligible(scene, day, shops).offers

    def _at(self, reaching: Reaching, a: Action, scene: Scene | None, wanted: Flags) -> Flags:
        """Who of those wanted may get the message about some offer that stands open to them."""
        found = np.zeros(self.base.size, dtype=np.bool_)
        sent = wanted & reaching.sent(a).to_numpy() if wanted.any() else found
        for group in np.unique(self.group[sent]).tolist():
            offers = self._alike(reaching, a, scene, group)
            found |= sent & (self.group == group) & reaching.told(a, offers).to_numpy()
        return found

    def _alike(self, reaching: Reaching, a: Action, scene: Scene | None, group: int) -> tuple[Offer, ...]:
        about = (reaching, scene.id if scene else None, group, a.at.date())
        if about not in self._offers:
            self._offers[about] = reaching.alike(self.offers(scene, group), a)
        return self._offers[about]

    def _stopped(self, scene: Scene | None, channel: Channel) -> Flags:
        """Who is silenced by a stop in force."""
        found = np.zeros(self.base.size, dtype=np.bool_)
        for stop in self.house.stops:
            if _covers(stop, scene, channel):
                found |= self.base.may_be("region", stop.region) if stop.region else True
        return found

    def _groups(self) -> tuple[tuple[tuple[date, frozenset[str]], ...], Codes]:
        """Customers by local day and shops, as the catalogue sorts offers."""
        home = self.base.home.timezone
        found, codes = self.base.by_place_and_tags(SHOP)
        grouped: dict[tuple[date, frozenset[str]], int] = {}
        numbers = [
            grouped.setdefault((_day(name or home, home, self.at), shops), len(grouped)) for name, shops in found
        ]
        return tuple(grouped), np.array(numbers, dtype=np.intp)[codes] if numbers else codes

    def _later(self) -> Mapping[datetime, Flags]:
        """The later hours that suit customers better, and whom each suits."""
        if not self.later:
            home, chosen = self.base.home.timezone, dict[datetime, list[int]]()
            known: dict[tuple[str, tuple[int, ...]], datetime | None] = {}
            names = self.base.words("timezone")
            for row, (name, hours) in enumerate(zip(names, self.house.hours, strict=True)):
                habit = (name or home, tuple(hours))
                if habit not in known:
                    known[habit] = _best(habit[1], self.at, _zone(habit[0], home))
                at = known[habit]
                if at is not None:
                    chosen.setdefault(at, []).append(row)
            self.later = {at: self._flags(rows) for at, rows in chosen.items()}
        return self.later

    def _flags(self, rows: Sequence[int]) -> Flags:
        return self.base.spread(np.array(rows, dtype=np.intp)).to_numpy()


def _plays(book: Book) -> list[tuple[str, Channel]]:
    """Every scene of a book with each of its channels; all channels without a scene where the book has none."""
    if not book.scenes:
        return [("", channel) for channel in Channel]
    return [(scene.id, channel) for scene in book.scenes.values() for channel in Channel if channel in scene.channels]


def _waits(scene: Scene | None, channel: Channel) -> bool:
    """Whether a message of the scene may go out at a later hour that suits better."""
    return scene is not None and scene.send_time == "best" and is_pushed(channel)


def _best(hours: Sequence[int], at: datetime, zone: ZoneInfo) -> datetime | None:
    later = slots(hours, at, zone, ahead=True)[1:]
    return later[0].at if later else None


def _zone(name: str, home: str) -> ZoneInfo:
    return zone_named(name) or ZoneInfo(home)


def _day(name: str, home: str, at: datetime) -> date:
    return at.astimezone(_zone(name, home)).date()


def _covers(stop: Stop, scene: Scene | None, channel: Channel) -> bool:
    return stop.model_copy(update={"region": None}).covers(scene.id if scene else None, channel, None)
