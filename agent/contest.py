"""The contest: of many scenes that are due for one customer at about the same time, the best one goes.

First the order that the house gives its scenes (priority rules), then what an answer is worth times how likely one is,
then what ends first. Service and transactional scenes are not in it: they are never held back for a promotion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.channel import Channel, Purpose
from domain.customer import Record
from domain.scene import Scene
from policies.book import Book
from policies.facts import Home, action_of, situation_of
from records.lately import Rate
from records.run import Run

WINDOW = timedelta(minutes=60)
"""How near to each other two scenes are one occasion."""
PRIOR, STRENGTH = 0.05, 100.0
"""What is believed of a scene that was never said, and how many messages that belief is worth."""


class Rank(NamedTuple):
    """The place of a scene among those that are due, the best first."""

    penalty: float
    """What the house's soft rules hold against it."""
    worth: float
    """Value times likelihood, negative so that the most comes first."""
    until: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Contest:
    """What is needed to compare scenes for one customer at one moment."""

    book: Book
    home: Home
    record: Record
    now: datetime
    rates: Mapping[str, Rate] = field(default_factory=dict)

    def takes_part(self, run: Run) -> bool:
        """Whether the run is about a promotion of a scene that is on."""
        scene = self.book.scenes.get(run.due.scene)
        return scene is not None and scene.trigger is not None and scene.purpose is Purpose.MARKETING

    def rank(self, run: Run) -> Rank:
        """The place of a run that takes part."""
        scene = self.book.scenes[run.due.scene]
        value = scene.trigger.value if scene.trigger else 0.0
        return Rank(self._penalty(scene), -value * likelihood(self.rates.get(scene.id)), run.due.until, run.due.id)

    def _penalty(self, scene: Scene) -> float:
        if not self.book.wishes:
            return 0.0
        situation = situation_of(self.record, self.home)
        ways = [
            action_of(situation, channel, scene.purpose, self.now, scene.id) for channel in sorted(channels_of(scene))
        ]
        return min((self.book.penalty(situation, way) for way in ways), default=0.0)


def channels_of(scene: Scene) -> frozenset[Channel]:
    """Where the scene goes when it starts by itself."""
    wanted = scene.trigger.channels if scene.trigger else None
    return scene.channels if wanted is None else scene.channels & wanted


def likelihood(rate: Rate | None) -> float:
    """How likely an answer is, learned from few messages."""
    said, answered = rate or (0, 0)
    return (answered + PRIOR * STRENGTH) / (said + STRENGTH)
