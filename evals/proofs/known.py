"""Known: values that exist in the service that is asked, so that not every made-up request is about nothing."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import httpx
from pydantic import JsonValue

from evals.proofs.stage import ROOT

KNOWN_SHARE = 0.6
"""How often a made-up value gives way to one that exists, where one is known for its place."""
MOST_KNOWN = 40
HOUSE = ROOT / "policies" / "playbook" / "house.yaml"
LINKS = re.compile(r"/(u|why|p)/([\w.=-]+)")
"""Links for customers, in whatever is answered."""
MAKES = {"/v1/next-message": "/v1/decisions", "/v1/variants/compose": "/v1/compositions"}
"""Paths that make what lies under another."""
WRITTEN: Mapping[str, JsonValue] = {"scene": "newsletter", "n": 1, "channels": ["email"], "languages": ["en"]}
"""Copy to order, for one offer."""


@dataclass(frozen=True, slots=True)
class Known:
    """Values by the name of a field, ids by the path of their collection, good bodies by their operation."""

    values: dict[str, list[JsonValue]]

    def named(self, name: str, path: str) -> list[JsonValue]:
        """What may stand in a path's parameter of that name."""
        return self.values.get(collection_of(path) if name in ("id", "token") else name, [])

    def bodies(self, operation: str) -> list[JsonValue]:
        """Good bodies of an operation."""
        return self.values.get(operation, [])

    def informed(self, value: JsonValue, chance: random.Random, name: str = "") -> JsonValue:
        """A made-up value in which some have given way to those that exist."""
        if name == "customer" and isinstance(value, dict) and chance.random() < KNOWN_SHARE:
            return {"id": chance.choice(self.values["customer"])}
        if isinstance(value, dict):
            return {
                key: self.informed(below, chance, "customer" if key == "id" else key) for key, below in value.items()
            }
        if isinstance(value, list):
            return [self.informed(below, chance, name) for below in value]
        some = self.values.get(name)
        return chance.choice(some) if some and chance.random() < KNOWN_SHARE else value

    def learn(self, path: str, answered: httpx.Response) -> None:
        """Remembers the ids and links that an answer names."""
        if answered.status_code >= 300 or "json" not in answered.headers.get("content-type", ""):
            return
        ids = list(ids_in(answered.json()))
        some = self.values.setdefault(collection_of(path), [])
        some += [one for one in ids if one not in some][: max(0, MOST_KNOWN - len(some))]
        for kind, token in LINKS.findall(answered.text):
            self.values.setdefault(collection_of(f"/{kind}"), []).append(token)


def collection_of(path: str) -> str:
    """The collection that a path is about: `/v1/decisions` of `/v1/decisions/{id}/verify`."""
    static = MAKES.get(path, path).partition("/{")[0]
    return "/".join(static.split("/")[:3]).removesuffix("s") + "s"


def ids_in(value: JsonValue) -> Iterator[str]:
    """The ids that an answer names."""
    listed = value.get("items") if isinstance(value, dict) else None
    for one in listed if isinstance(listed, list) else [value]:
        if isinstance(one, dict):
            found = one.get("id") or one.get("decision_id")
            yield from [str(found)] if isinstance(found, str | int) else []


def what_exists(customers: Sequence[str], offers: Sequence[str]) -> Known:
    """Words that mean something here, by the field in which they are written."""
    whom: list[JsonValue] = list(customers)
    asked: dict[str, JsonValue] = {"customer": {"id": whom[0]}, "channels": ["email"], "deadline_ms": 10_000}
    happened: dict[str, JsonValue] = {
        "userId": whom[-1],
        "event": "Product Saved",
        "properties": {"product_id": "proof-1"},
    }
    values: dict[str, list[JsonValue]] = {
        "customer": whom,
        "user_id": whom,
        "userId": whom,
        "survivor": whom,
        "absorbed": whom,
        "offer": list(offers),
        "offer_id": list(offers),
        "product_id": list(offers),
        "scene": ["newsletter", "welcome", "cart_abandonment"],
        "event": ["Order Completed", "Product Viewed", "Unsubscribed", "Ticket Opened", "Survey Answered"],
        "text": ["プッシュは週2通まで。", "No messages after 21:00.", "At most one e-mail a day."],
        "/v1/customers": whom,
        "/v1/offers": list(offers),
        "/v1/scenes": ["newsletter", "welcome", "cart_abandonment"],
        "n": [1, 2],
        "m": [1, 2],
        "POST /v1/next-message": [asked, {**asked, "channels": ["app", "web"]}],
        "POST /v1/segments": [{"term": "常連", "audience": {"stages": ["loyal"]}}],
        "POST /v1/variants/compose": [{**WRITTEN, "offers": [next(iter(offers), "none")]}],
        "POST /v1/track": [happened],
        "POST /v1/batch": [{"batch": [{"type": "track", **happened}]}],
        "POST /v1/policies/proposals": [{"house": HOUSE.read_text(encoding="utf-8")}],
    }
    return Known(values)
