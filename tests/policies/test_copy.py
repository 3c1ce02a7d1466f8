"""May this copy be sent for this offer? One line of cases/copy/*.jsonl is one answer of the house rules."""

import json
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.channel import Channel, Purpose
from domain.message import Message
from policies.book import Book, Playbook
from policies.document import read_playbook
from policies.facts import action_of, situation_of
from tests.policies.examples import HOME, SENDER, offer_of, record_of, rules_of

COPY = Path(__file__).parent / "cases" / "copy"
AT = datetime.fromisoformat("2026-11-25T11:00:00+09:00")


def examples() -> list[Any]:
    """Every line of every file."""
    lines = [line for path in sorted(COPY.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


@cache
def house(forbidden: str | None) -> Book:
    """The house rules, with one more forbidden phrase where an example says so."""
    more = rules_of({"id": "directive", "type": "forbidden_phrase", "phrases": [forbidden]}) if forbidden else ()
    own = [rule for rule in read_playbook().written if rule.layer != "law"]
    return Book(1, Playbook(rules=(*own, *more), scenes=(), sender=SENDER))


@pytest.mark.parametrize("case", examples())
def test_copy(case: dict[str, Any]) -> None:
    book = house(case.get("forbid"))
    s = situation_of(record_of({"language": case["language"], **case.get("customer", {})}, []), HOME)
    offer = offer_of(case["offer"])
    copy = case["copy"]
    a = action_of(s, Channel(copy["channel"]), Purpose.MARKETING, AT, offer=offer, facts=case.get("facts", {}))
    findings = book.inspect(s, a, Message(language=case["language"], **copy))
    assert ("deny" if findings else "allow") == case["verdict"], (case["why"], copy, findings)
    assert all(finding.why.ja and finding.why.en for finding in findings)


@pytest.mark.parametrize(("country", "verdict"), [("JP", "deny"), ("US", "allow")])
@pytest.mark.parametrize("before", ["nothing", "plain words", "the same abroad"])
def test_what_was_read_before_changes_nothing(before: str, country: str, verdict: str) -> None:
    own = tuple(rule for rule in read_playbook().written if rule.layer != "law")
    book = Book(1, Playbook(rules=own, scenes=(), sender=SENDER))
    shirt = offer_of({"name": {"ja": "見本のシャツ", "en": "Sample shirt"}, "price": "49.80"})

    def read(body: str, home: str) -> str:
        s = situation_of(record_of({"language": "en"}, []), replace(HOME, country=home))
        a = action_of(s, Channel.WEB, Purpose.MARKETING, AT, offer=shirt)
        message = Message(channel=Channel.WEB, language="en", title="A shirt for you", body=body)
        return "deny" if book.inspect(s, a, message) else "allow"

    if before == "plain words":
        assert read("See it in the shop.", country) == "allow"
    if before == "the same abroad":
        read("Only 49.80 dollars: $49.80.", "US" if country == "JP" else "JP")
    assert read("Only 49.80 dollars: $49.80.", country) == verdict
