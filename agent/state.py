"""The state of one walk: what is known so far about the answer to one ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.channel import Channel, Purpose
from domain.decision import Ask, Decision, Hold
from domain.frozen import value
from domain.message import Message
from domain.offer import Offer
from domain.scene import Scene
from domain.variant import Angle, Variant
from policies.book import Book
from policies.facts import Action, Situation, about
from policies.finding import Finding
from records.idempotency import Slot
from records.recall import Recall
from tools.choice import Choice
from tools.model import Usage
from tools.ranking import Floats
from tools.variant_choice import Turn


@dataclass(slots=True, eq=False)
class Candidate:
    """An offer on a channel at a time, with the hard rules it breaks (bits) and how welcome it may be (score).

    Never changed once it is weighed, but not frozen either: two dozen are built for each ask, and freezing would treble
    their cost.
    """

    offer: Offer
    way: Action
    """The channel and the time, whatever the offer."""
    bits: int
    score: float = 0.0
    rows: Floats | None = None
    """What the scores of all candidates of the ask were made from, in the order of tools.scoring.COLUMNS."""
    place: int = 0
    """Which of the rows is this one's."""
    _action: Action | None = None

    @property
    def action(self) -> Action:
        """The message as rules see it: made when somebody asks, which is for one candidate of two dozen."""
        if self._action is None:
            self._action = about(self.way, self.offer)
        return self._action

    @property
    def row(self) -> Floats | tuple[float, ...]:
        """What the score was made from; nothing where it was not made here."""
        return () if self.rows is None else self.rows[self.place]

    @property
    def name(self) -> str:
        """How explanations and the record name it."""
        return self.offer.id + "/" + self.way.channel


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What a model that was let think made of the choice; without a candidate the deterministic choice stands."""

    candidate: Candidate | None
    """The very one among the permitted."""
    angle: Angle | None
    reasons: tuple[str, ...]
    usage: Usage
    steps: int
    prompt: str = ""
    """The hash of the prompt that it was given."""
    odd: str | None = None
    """What was wrong with its answer, where there was something."""


@dataclass(frozen=True, slots=True)
class Penned:
    """Where a model's words come from, or why there are none of it: for the record and the explanation."""

    prompt: str
    """The hash of the prompt's files."""
    brief: str
    """The digest of what the model was told."""
    model: str | None = None
    calls: int = 0
    """Answers that were asked for; repeated attempts at one answer are within it."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    revisions: int = 0
    prepared: str | None = None
    """The id of the words that were made ahead."""
    failed: str | None = None
    """The code of the failure after which approved copy was taken; `inspection` where the draft broke a rule."""
    ended: float | None = None
    """When the model was done, on the process's own clock: what is left of a deadline is measured from here."""


@dataclass(frozen=True, slots=True)
class Pick:
    """How one of several approved texts was chosen: by which draw, with which probability, among which."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Setback:
    """A candidate that was chosen first and fell out because none of its words pass."""

    candidate: Candidate
    choice: Choice
    findings: tuple[Finding, ...]


@value()
class Draft:
    """Words for the chosen candidate, inspected; no message where it is written at delivery."""

    candidate: Candidate
    choice: Choice
    permitted: tuple[Candidate, ...]
    """In the order of the walk's candidates; the record relies on it."""
    variant: Variant | None
    message: Message | None
    listed: tuple[Offer, ...] = ()
    """The offers that the message lists, where they are not among the walk's candidates."""
    penned: Penned | None = None
    """What a model had to do with the words; None where none was asked."""
    pick: Pick | None = None
    """How the text was chosen, where others could have been."""
    setbacks: tuple[Setback, ...] = ()
    """What was chosen before, in that order."""

    @property
    def is_models(self) -> bool:
        """Whether a model wrote these words for this very message."""
        return self.variant is not None and self.variant.origin == "model"

    @property
    def propensity(self) -> float | None:
        """The probability of just this offer, channel, time and text; None where something else was drawn first.

        Who knows which other words would not have passed? Without such decisions the logged figures are exact.
        """
        if self.setbacks or (self.pick is not None and self.pick.turn.earlier):
            return None
        chosen = self.choice.propensities[self.choice.index]
        return chosen * self.pick.turn.propensity if self.pick else chosen


@value(slots=False)
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
    thought: Deliberation | None = None
    """What the model thought in scenes that let it; None elsewhere, and where it had no answer in time."""
    draft: Draft | None = None
    penned: Penned | None = None
    """What a model had to do with the words, also where nothing is sent."""
    earlier: Decision | None = None
    """The decision as it was first made, when it is on its way out again."""
    decision: Decision | None = None

    def with_(self, **changes: object) -> "Walk":
        """The same walk with some fields replaced."""
        fields = self.__dict__ | changes
        if len(fields) > len(self.__dict__):
            raise TypeError(f"a walk has no {sorted(fields.keys() - self.__dict__.keys())!r}. Name its fields.")
        # dataclasses.replace looks at every field: six times the cost, six times an ask.
        walk = object.__new__(Walk)
        walk.__dict__ = fields
        return walk

    @property
    def permitted(self) -> list[Candidate]:
        """The candidates that break no rule; where there are none, those that want nothing but a person's approval."""
        free = [one for one in self.candidates if not one.bits]
        if free or self.book is None:
            return free
        return [one for one in self.candidates if self.book.wants_person(one.bits)]

    def waits(self, candidate: Candidate) -> bool:
        """Whether words for the candidate wait for a person, as a rule or the scene says, and nobody looked yet."""
        return (bool(candidate.bits) or self.in_review) and not candidate.way.approved

    @property
    def in_review(self) -> bool:
        """Whether a person looks at every message of the scene."""
        return self.scene is not None and self.scene.review

    @property
    def reasoned(self) -> bool:
        """Whether the draft is about the candidate that a model chose, and not about one that was drawn."""
        thought, draft = self.thought, self.draft
        return thought is not None and draft is not None and thought.candidate is draft.candidate

    @property
    def purpose(self) -> Purpose:
        """Why the message would be sent: what the scene says, else marketing."""
        return self.scene.purpose if self.scene else Purpose.MARKETING


VALID_FOR = timedelta(minutes=15)
"""How long a rendered message may be handed over before rules and facts must be looked at again."""


def allowed_channels(ask: Ask, scene: Scene | None) -> tuple[Channel, ...]:
    """The channels of the ask that the scene plays on, in the order asked, each once."""
    asked = tuple(dict.fromkeys(ask.channels))
    if scene is None:
        return asked
    played = scene.channels
    return tuple([channel for channel in asked if channel in played])
