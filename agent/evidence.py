"""Evidence: what a decision leaves behind, so that it can be explained, verified and replayed."""

import zlib

from pydantic import AwareDatetime

from agent.state import Candidate, Walk
from domain.customer import Record
from domain.decision import Decision
from domain.envelope import Envelope
from domain.features import Features
from domain.frozen import Frozen
from domain.language import Language
from domain.moment import Moment
from domain.offer import Offer


class Weighed(Frozen):
    """One candidate as it was judged."""

    offer: str
    channel: str
    at: AwareDatetime
    score: float
    bits: str
    propensity: float | None = None


class Public(Frozen):
    """The part of the record that names nobody: kept in the open for analysis."""

    channels: tuple[str, ...]
    scene: str | None
    placement: str | None
    direction: str | None = None
    candidates: tuple[Weighed, ...] = ()
    chosen: int | None = None
    draw: float | None = None
    reasons: tuple[str, ...] = ()
    policy_version: int
    catalogue_version: int | None = None
    scorer: str | None = None
    variant: str | None = None


class Personal(Frozen):
    """The part about a person: encrypted under their own key."""

    record: Record | None
    """What the rules read: without features and with no memory but those worded."""
    consents: tuple[tuple[str, str, bool], ...] = ()
    moment: Moment
    offers: tuple[Offer, ...] = ()
    """The facts of every candidate's offer as they were."""
    decision: Decision
    envelope: Envelope | None = None
    asked_language: Language | None = None


def weighed(walk: Walk) -> tuple[Weighed, ...]:
    """All candidates of the walk, those permitted with the propensity they had."""
    propensity = (
        dict(zip(map(id, walk.draft.permitted), walk.draft.choice.propensities, strict=True)) if walk.draft else {}
    )
    return tuple(_weighed(candidate, propensity.get(id(candidate))) for candidate in walk.candidates)


def _weighed(candidate: Candidate, propensity: float | None) -> Weighed:
    return Weighed.model_construct(
        offer=candidate.offer.id,
        channel=candidate.action.channel.value,
        at=candidate.action.at,
        score=candidate.score,
        bits=f"{candidate.bits:x}",
        propensity=None if propensity is None else round(propensity, 5),
    )


def snapshot(record: Record) -> Record:
    """The record as the rules read it; consents travel apart, as JSON has no pairs for keys."""
    return record.model_copy(update={"features": Features(), "memories": (), "digest": None, "consents": {}})


def pack(personal: Personal) -> bytes:
    """Personal evidence as compressed JSON, ready to be encrypted."""
    return zlib.compress(personal.model_dump_json(exclude_defaults=True, by_alias=True).encode(), 1)


def unpack(packed: bytes) -> Personal:
    """What pack() wrote."""
    return Personal.model_validate_json(zlib.decompress(packed))


def recorded(personal: Personal) -> Record | None:
    """The record that the decision was made on."""
    if personal.record is None:
        return None
    return personal.record.model_copy(
        update={"consents": {(topic, purpose): yes for topic, purpose, yes in personal.consents}}
    )
