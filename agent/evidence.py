"""Evidence: what a decision leaves behind, so that it can be explained, verified and replayed."""

import json
import zlib
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, model_validator

from agent.state import Walk
from domain.customer import Record
from domain.decision import Decision
from domain.envelope import Envelope
from domain.features import Features
from domain.frozen import Frozen
from domain.language import Language
from domain.moment import Moment
from domain.offer import Offer

FAST = 1
"""Level of compression: the record is small, and a decision waits for it."""


class Weighed(Frozen):
    """One candidate as it was judged."""

    offer: str
    channel: str
    at: AwareDatetime
    score: float
    bits: str
    propensity: float | None = None


class Public(Frozen):
    """The part of the record that names nobody: kept in the open for analysis.

    Candidates are stored as a table: each offer and each way (channel, time) once, then a short row a candidate.
    """

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

    @model_validator(mode="before")
    @classmethod
    def _from_table(cls, stored: dict[str, Any]) -> dict[str, Any]:
        if "rows" not in stored:
            return stored
        known = dict(stored)
        offers, ways, rows = known.pop("offers"), known.pop("ways"), known.pop("rows")
        names = ("score", "bits", "propensity")
        candidates = [
            {"offer": offers[offer], "channel": ways[way][0], "at": ways[way][1], **dict(zip(names, rest, strict=True))}
            for offer, way, *rest in rows
        ]
        return {**known, "candidates": candidates}


class Personal(Frozen):
    """The part about a person: encrypted under their own key."""

    record: Record | None
    """What the rules read: without features and with no memory but those worded."""
    consents: tuple[tuple[str, str, bool], ...] = ()
    moment: Moment
    offers: tuple[Offer, ...] = ()
    """The facts of every candidate's offer as they were; of those not taken only what rules ask."""
    decision: Decision
    envelope: Envelope | None = None
    asked_language: Language | None = None


def public_json(walk: Walk, decision: Decision, scorer: str) -> str:
    """The public part of the record as it is stored."""
    draft = walk.draft
    known: dict[str, object] = {
        "channels": [channel.value for channel in walk.ask.channels],
        "scene": walk.ask.scene,
        "placement": walk.ask.placement.id if walk.ask.placement else None,
        "direction": walk.ask.moment.direction,
        "chosen": next((n for n, one in enumerate(walk.candidates) if draft and one is draft.candidate), None),
        "draw": draft.choice.draw if draft else None,
        "reasons": [reason.rule for reason in decision.hold.reasons] if decision.hold else [],
        "policy_version": decision.policy_version,
        "catalogue_version": walk.recall.catalogue_version if walk.recall else None,
        "scorer": scorer,
        "variant": draft.variant.id if draft and draft.variant else None,
        **_table(walk),
    }
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def _table(walk: Walk) -> dict[str, object]:
    offers: dict[str, int] = {}
    ways: dict[tuple[str, datetime], int] = {}
    draft = walk.draft
    chances = zip(map(id, draft.permitted), draft.choice.propensities, strict=True) if draft else ()
    propensity = dict(chances)
    rows = []
    for one in walk.candidates:
        offer = offers.setdefault(one.offer.id, len(offers))
        way = ways.setdefault((one.action.channel.value, one.action.at), len(ways))
        chance = propensity.get(id(one))
        rows.append((offer, way, one.score, f"{one.bits:x}", None if chance is None else round(chance, 5)))
    if not rows:
        return {}
    times = [(channel, at.isoformat()) for channel, at in ways]
    return {"offers": list(offers), "ways": times, "rows": rows}


def snapshot(record: Record) -> Record:
    """The record as the rules read it; consents travel apart, as JSON has no pairs for keys."""
    return record.model_copy(update={"features": Features(), "memories": (), "consents": {}})


def pack(walk: Walk, record: Record, decision: Decision, envelope: Envelope | None) -> bytes:
    """The personal part as compressed JSON, ready to be encrypted; what is JSON already is not parsed again."""
    told = _told(walk)
    offers = {one.offer.id: one.offer.document if one.offer.id in told else one.offer.judged for one in walk.candidates}
    consents = [(topic, purpose, yes) for (topic, purpose), yes in record.consents.items()]
    parts = {
        "record": snapshot(record).model_dump_json(exclude_defaults=True),
        "consents": json.dumps(consents, ensure_ascii=False),
        "moment": walk.ask.moment.model_dump_json(exclude_defaults=True),
        "offers": f"[{','.join(offers.values())}]",
        "decision": decision.model_dump_json(exclude_defaults=True, by_alias=True),
        "envelope": envelope.model_dump_json(exclude={"message"}) if envelope else "null",
        "asked_language": json.dumps(walk.ask.language),
    }
    text = ",".join(f'"{name}":{value}' for name, value in parts.items())
    return zlib.compress(f"{{{text}}}".encode(), FAST)


def _told(walk: Walk) -> set[str]:
    """The offers that the words are about: the choice, and those of a list."""
    if walk.draft is None:
        return set()
    listed = walk.draft.message.items if walk.draft.message else ()
    return {walk.draft.candidate.offer.id, *(item.offer for item in listed)}


def unpack(packed: bytes) -> Personal:
    """What pack() wrote; the sealed message is the decision's own and stored once."""
    stored = json.loads(zlib.decompress(packed))
    if stored["envelope"] is not None:
        stored["envelope"]["message"] = stored["decision"]["message"]
    return Personal.model_validate(stored)


def recorded(personal: Personal) -> Record | None:
    """The record that the decision was made on."""
    if personal.record is None:
        return None
    return personal.record.model_copy(
        update={"consents": {(topic, purpose): yes for topic, purpose, yes in personal.consents}}
    )
