"""Evidence: what a decision leaves behind, so that it can be explained, verified and replayed."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import orjson
from pydantic import AwareDatetime, model_validator

from agent.provenance import Provenance
from agent.shorthand import expanded
from domain.clock import from_micros
from domain.customer import Record
from domain.decision import Decision
from domain.envelope import Envelope
from domain.frozen import Frozen
from domain.language import Language
from domain.moment import Moment
from domain.offer import Offer

NO_TALLIES: Mapping[str, Decimal] = {}


class Weighed(Frozen):
    """One candidate as it was judged."""

    offer: str
    channel: str
    at: AwareDatetime
    score: float
    bits: str
    propensity: float | None = None


class Thought(Frozen):
    """What a model's deliberation came to; its reasons are in the explanation, under the customer's key."""

    taken: bool
    """Whether the message is about the candidate that it chose; else chance chose, as everywhere."""
    angle: str | None = None
    odd: str | None = None
    """Why it came to nothing, where it did."""
    steps: int
    tokens: int
    seconds: float
    model: str
    prompt: str


class Picked(Frozen):
    """Which texts there were to choose from, what was known of each, and the draw that chose."""

    draw: float
    propensity: float
    arms: tuple[tuple[str, int, int], ...]
    """Id, how often it was shown, and how often that was answered."""
    earlier: int = 0
    """How many texts were tried before it."""


class Failed(Frozen):
    """A candidate that was chosen first and fell out because none of its words passed."""

    place: int
    """Among the candidates."""
    propensity: float
    """Among what was still open then."""
    draw: float
    rules: tuple[str, ...]
    """What its words broke."""


class Public(Frozen):
    """The part of the record that names nobody: kept in the open for analysis.

    Candidates are stored as columns: each offer and each way (channel, time) once, then a value for every pair.
    """

    channels: tuple[str, ...]
    scene: str | None
    placement: str | None
    direction: str | None = None
    candidates: tuple[Weighed, ...] = ()
    chosen: int | None = None
    draw: float | None = None
    failed: tuple[Failed, ...] = ()
    """What was chosen before, in that order; propensities of candidates are those of the last choice."""
    reasons: tuple[str, ...] = ()
    policy_version: int
    catalogue_version: int | None = None
    scorer: str | None = None
    variant: str | None = None
    picked: Picked | None = None
    tallies: Mapping[str, Decimal] = NO_TALLIES
    """What the house had promised altogether when the candidates were judged."""
    moved: Mapping[str, Decimal] = NO_TALLIES
    """Those of them that stood otherwise when the decision was made final."""
    thought: Thought | None = None
    penned: Provenance | None = None
    """What a model had to do with the words."""

    @model_validator(mode="before")
    @classmethod
    def _from_table(cls, stored: dict[str, Any]) -> dict[str, Any]:
        if "ways" not in stored:
            return stored
        known = dict(stored)
        ways = [{"channel": channel, "at": from_micros(micros)} for channel, micros in known.pop("ways")]
        places = product(known.pop("offers"), ways)
        judged = zip(places, known.pop("scores"), known.pop("bits"), known.pop("chances"), strict=True)
        candidates = [
            {"offer": offer, **way, "score": score, "bits": bits, "propensity": chance}
            for (offer, way), score, bits, chance in judged
        ]
        return {**known, "candidates": candidates}


class Personal(Frozen):
    """The part about a person: encrypted under their own key."""

    record: Record | None
    """What the rules read: of the features the newest order alone, where rules ask; no memory but those worded."""
    consents: tuple[tuple[str, str, bool], ...] = ()
    seen: Record | None = None
    """The record that the candidates were judged on, where the last word was spoken on another."""
    seen_consents: tuple[tuple[str, str, bool], ...] = ()
    moment: Moment
    offers: tuple[Offer, ...] = ()
    """The facts of every candidate's offer as they were; of those not taken only what rules ask."""
    decision: Decision
    envelope: Envelope | None = None
    asked_language: Language | None = None


def unpack(packed: bytes) -> Personal:
    """What recording.pack() wrote; the sealed message is the decision's own and stored once."""
    stored = orjson.loads(expanded(packed))
    if cites := stored.pop("cites", None):  # Older records have them in the message.
        stored["decision"]["message"]["cites"] = cites
    if stored["envelope"] is not None:
        stored["envelope"]["message"] = stored["decision"]["message"]
    return Personal.model_validate(stored)


def recorded(personal: Personal) -> Record | None:
    """The record that the last word was spoken on."""
    return _whole(personal.record, personal.consents)


def judged(personal: Personal) -> Record | None:
    """The record that the candidates were judged on."""
    return recorded(personal) if personal.seen is None else _whole(personal.seen, personal.seen_consents)


def _whole(record: Record | None, consents: tuple[tuple[str, str, bool], ...]) -> Record | None:
    if record is None:
        return None
    return record.model_copy(update={"consents": {(topic, purpose): yes for topic, purpose, yes in consents}})
