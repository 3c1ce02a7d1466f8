"""The state of one walk: what is known so far about the answer to one ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.channel import Channel, Purpose
from domain.decision import Ask, Decision, Hold
from domain.message import Message
from domain.offer import Offer
from domain.scene import Scene
from domain.variant import Variant
from policies.book import Book
from policies.facts import Action, Situation
from records.idempotency import Slot
from records.recall import Recall
from tools.choice import Choice


@dataclass(slots=True, eq=False)
class Candidate:
    """An offer on a channel at a time, with the hard rules it breaks (bits) and how welcome it may be (score).

    `row` holds what the score was made from, in the order of tools.scoring.COLUMNS. Never changed, but not frozen
    either: two dozen are built for each ask, and freezing would treble their cost.
    """

    offer: Offer
    action: Action
    bits: int
    score: float
    row: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """How explanations and the record name it."""
        return f"{self.offer.id}/{self.action.channel}"


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for the chosen candidate, inspected; no message where it is written at delivery."""

    candidate: Candidate
    choice: Choice
    permitted: tuple[Candidate, ...]
    variant: Variant | None
    message: Message | None
    listed: tuple[Offer, ...] = ()
    """The offers that the message lists, where they are not among the walk's candidates."""


@dataclass(frozen=True)
class Walk:
    """One ask on its way; each node replaces it by a fuller one."""

    ask: Ask
    language: str
    """Of explanations; the customer's own language is in the record."""
    decision_id: str
    now: datetime
    deadline: datetime
    slot: Slot | None = None
    customer_id: str | None = None
    recall: Recall | None = None
    book: Book | None = None
    scene: Scene | None = None
    situation: Situation | None = None
    candidates: tuple[Candidate, ...] = ()
    held: Hold | None = None
    draft: Draft | None = None
    earlier: Decision | None = None
    """The decision as it was first made, when it is on its way out again."""
    decision: Decision | None = None

    def with_(self, **changes: object) -> "Walk":
        """The same walk with some fields replaced."""
        fields = self.__dict__ | changes
        if len(fields) > len(self.__dict__):
            raise TypeError(f"a walk has no {sorted(fields.keys() - self.__dict__.keys())!r}. Name its fields.")
        # dataclasses.replace sets every field through a frozen door: thirty times the cost, six times an ask.
        walk = object.__new__(Walk)
        walk.__dict__.update(fields)
        return walk

    @property
    def purpose(self) -> Purpose:
        """Why the message would be sent: what the scene says, else marketing."""
        return self.scene.purpose if self.scene else Purpose.MARKETING


VALID_FOR = timedelta(minutes=15)
"""How long a rendered message may be handed over before rules and facts must be looked at again."""


def allowed_channels(ask: Ask, scene: Scene | None) -> tuple[Channel, ...]:
    """The channels of the ask that the scene plays on, in the order asked, each once."""
    return tuple(dict.fromkeys(channel for channel in ask.channels if scene is None or channel in scene.channels))
