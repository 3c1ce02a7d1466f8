"""Reads example files into what the rules see."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from domain.channel import Channel, Purpose, is_pushed
from domain.contact import Contact
from domain.customer import Customer, Record
from domain.language import Text
from domain.offer import Offer
from domain.sender import Sender
from policies.book import Book, Playbook
from policies.document import read_rules
from policies.facts import Action, Home, Situation, action_of, situation_of
from policies.rules import AnyRule

SENDER = Sender(
    name=Text(ja="見本百貨店", en="Mihon Department Store"),
    legal_name=Text(ja="株式会社見本百貨店", en="Mihon Department Store Co., Ltd."),
    address=Text(ja="〒100-0000 東京都千代田区見本町1-2-3", en="1-2-3 Mihoncho, Chiyoda-ku, Tokyo 100-0000, Japan"),
    phone="0120-000-000",
    hours=Text(ja="10時〜18時", en="10:00 to 18:00"),
    site="https://shop.example.com",
)
HOME = Home("JP", "Asia/Tokyo", "http://127.0.0.1:8000")


def rules_of(*given: Mapping[str, Any]) -> tuple[AnyRule, ...]:
    """Rules from short notes; id and name are filled in."""
    whole = [{"id": f"rule_{place}", "name": {"ja": "例", "en": "example"}, **rule} for place, rule in enumerate(given)]
    return _read(json.dumps(whole, ensure_ascii=False))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[AnyRule, ...]:
    """Rules never change, and many examples share theirs: reading YAML would be most of the work."""
    return read_rules(text)


def book_of(*rules: AnyRule) -> Book:
    """A book of some rules."""
    return Book(1, Playbook(rules=rules, scenes=(), sender=SENDER))


def offer_of(given: Mapping[str, Any]) -> Offer:
    """An offer in the vocabulary of the contracts: what the catalogue does not know is a named fact."""
    known = {key: value for key, value in given.items() if key in Offer.model_fields}
    facts = {key: value for key, value in given.items() if key not in Offer.model_fields}
    name = known.pop("name", "")
    name = Text(**name) if isinstance(name, Mapping) else Text(ja=name, en=name)
    return Offer.model_validate({"id": "offer", "kind": "product", **known, "name": name, "facts": facts})


def record_of(customer: Mapping[str, Any], history: list[Mapping[str, Any]]) -> Record:
    """A record in the vocabulary of the contracts; without a time zone it is Tokyo, null is unknown."""
    known = {"id": "x", "timezone": "Asia/Tokyo", **customer}
    said = known.pop("consents", {})
    consents = {(topic, purpose): yes for topic, told in said.items() for purpose, yes in _by_purpose(told).items()}
    contacts = tuple(_contact(contact) for contact in history)
    told, at = "ordered_at" in known, known.pop("ordered_at", None)
    record = Record(customer=Customer.model_validate(known), consents=consents, contacts=contacts)
    return record.who_ordered(at and datetime.fromisoformat(at)) if told else record


def _by_purpose(told: bool | Mapping[str, bool]) -> Mapping[str, bool]:
    return {"*": told} if isinstance(told, bool) else told


def _contact(given: Mapping[str, Any]) -> Contact:
    pushed = is_pushed(Channel(given["channel"]), given.get("direction"))
    return Contact.model_validate(
        {"pushed": pushed, **{key: value for key, value in given.items() if key != "direction"}}
    )


def situation_in(example: Mapping[str, Any]) -> Situation:
    """The situation of an example; counters of the house that it does not mention are empty, null is unread."""
    given = example.get("tallies", {})
    tallies = None if given is None else {key: Decimal(str(used)) for key, used in given.items()}
    return situation_of(record_of(example.get("customer", {}), example.get("history", [])), HOME, tallies=tallies)


def action_in(example: Mapping[str, Any], s: Situation) -> Action:
    """The action of an example."""
    return action_of(
        s,
        Channel(example["channel"]),
        Purpose(example.get("purpose", "marketing")),
        datetime.fromisoformat(example["at"]),
        example.get("scene"),
        offer_of(example["offer"]) if "offer" in example else None,
        example.get("direction"),
        language=example.get("language"),
        facts=example.get("facts", {}),
        approved=example.get("approved"),
        sample=example.get("sample"),
        audience_size=example.get("audience_size"),
    )
