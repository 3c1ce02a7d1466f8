"""Snapshots: the facts that rules saw, small enough for the record and whole enough to run them again."""

import json
from decimal import Decimal
from typing import Any

from domain.channel import Channel, Purpose
from domain.clock import from_micros, to_micros
from domain.contact import Contact
from domain.language import Text
from domain.offer import Offer
from policies.facts import Action, Home, Situation
from policies.zones import MINUTE, local_times

PLAIN = ("stage", "tier", "age", "gender", "country", "region", "language")
STATED = ("scene", "language", "kind", "category", "brand", "offer_id", "in_stock", "currency")


def to_json(s: Situation, a: Action) -> str:
    """The facts of a situation and an action as JSON; identifiers are left out, since no rule before copy asks them."""
    return json.dumps({"s": _situation(s), "a": _action(a)}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(document: str) -> tuple[Situation, Action]:
    """The facts of a stored decision, as the rules before copy saw them."""
    stored = json.loads(document)
    s = _restored(stored["s"])
    return s, _repeated(stored["a"], s)


def _situation(s: Situation) -> dict[str, object]:
    known = {name: value for name in PLAIN if (value := getattr(s, name)) is not None}
    return known | {
        "tags": sorted(s.tags),
        "segments": sorted(s.segments),
        "attributes": dict(s.attributes),
        "consents": sorted([topic, purpose, said] for (topic, purpose), said in s.consents.items()),
        "contacts": [_contact(contact) for contact in s.contacts],
        "zones": list(s.zones),
        "home": [s.home.country, s.home.timezone, s.home.public_url],
    }


def _contact(contact: Contact) -> list[object]:
    micros = to_micros(contact.at)
    return [
        contact.channel,
        micros,
        contact.purpose,
        contact.pushed,
        contact.state,
        contact.scene,
        contact.offer_category,
    ]


def _action(a: Action) -> dict[str, object]:
    known = {name: value for name in STATED if (value := getattr(a, name)) is not None}
    off = [None if value is None else str(value) for value in (a.percent_off, a.amount_off)]
    return known | {
        "channel": a.channel,
        "purpose": a.purpose,
        "at": a.micros,
        "pushed": a.pushed,
        "consented": a.consented,
        "off": off,
        "offered": None if a.offer is None else sorted(name for name, value in a.offer.facts.items() if value),
    }


def _restored(found: dict[str, Any]) -> Situation:
    contacts = tuple(
        Contact(
            channel=Channel(channel),
            at=from_micros(micros),
            purpose=Purpose(purpose),
            pushed=pushed,
            state=state,
            scene=scene,
            offer_category=category,
        )
        for channel, micros, purpose, pushed, state, scene, category in found["contacts"]
    )
    known: dict[str, Any] = {name: found.get(name) for name in PLAIN}
    return Situation(
        **known,
        tags=frozenset(found["tags"]),
        segments=frozenset(found["segments"]),
        attributes=found["attributes"],
        consents={(topic, purpose): said for topic, purpose, said in found["consents"]},
        contacts=contacts,
        own=frozenset(),
        zones=tuple(found["zones"]),
        home=Home(*found["home"]),
    )


def _repeated(found: dict[str, Any], s: Situation) -> Action:
    micros: int = found["at"]
    percent, amount = (None if value is None else Decimal(value) for value in found["off"])
    offer = None
    if found["offered"] is not None:
        facts = dict.fromkeys(found["offered"], True)
        offer = Offer(id=found["offer_id"], kind=found["kind"], name=Text(), facts=facts)
    stated: dict[str, Any] = {name: found.get(name) for name in STATED}
    return Action(
        channel=Channel(found["channel"]),
        purpose=Purpose(found["purpose"]),
        at=from_micros(micros),
        micros=micros,
        pushed=found["pushed"],
        zones=s.zones,
        locals=local_times(s.zones, micros // MINUTE),
        consented=found["consented"],
        offer=offer,
        percent_off=percent,
        amount_off=amount,
        **stated,
    )
