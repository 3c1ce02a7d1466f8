"""Exceptions: where a rule gives way, and everything that an exception may not do."""

from typing import Any

import pytest

from domain.errors import Unreadable
from policies.book import Book, Playbook
from policies.document import read_policy
from tests.policies.examples import SENDER, action_in, situation_in

CAP = """
rules:
  - id: cap
    type: frequency_cap
    name: {ja: 上限, en: Cap}
    scope: {channels: [email, line], audience: {stages: [active, loyal]}}
    max: 1
    window: {kind: rolling, unit: week}
"""
SENT = [{"channel": "email", "at": "2026-11-24T10:00:00+09:00"}]


def book(exception: str) -> Book:
    """The cap with an exception, kept and read back as a version is."""
    policy = read_policy(CAP + "exceptions:\n  - " + exception.strip().replace("\n", "\n    "))
    kept = Book(1, Playbook(rules=policy.rules, scenes=(), sender=SENDER, exceptions=policy.exceptions))
    again = Book.from_document(1, kept.to_document())
    assert again.rules == kept.rules and again.to_document() == kept.to_document()
    return again


def broken(exception: str, **case: Any) -> tuple[str, ...]:
    """The rules that an email is held by."""
    judged = book(exception)
    example = {"customer": {"stage": "active"}, "channel": "email", "at": "2026-11-25T10:00:00+09:00", **case}
    s = situation_in(example)
    return judged.names(judged.deliver(s, action_in(example, s)))


VIP = "id: vip\nrule: cap\nscope: {audience: {tags: [vip]}}\ninstead: {max: 2}\nuntil: 2026-12-31"
TAGGED = {"stage": "active", "tags": ["vip"]}


@pytest.mark.parametrize(
    ("exception", "case", "held"),
    [
        (VIP, {"history": SENT}, ("cap",)),
        (VIP, {"history": SENT, "customer": TAGGED}, ()),
        (VIP, {"history": SENT * 2, "customer": TAGGED}, ("vip",)),
        (VIP, {"history": SENT, "customer": {"stage": "new", "tags": ["vip"]}}, ()),
        (VIP, {"history": [{**SENT[0], "at": "2027-01-01T10:00:00+09:00"}], "customer": TAGGED,
               "at": "2027-01-02T10:00:00+09:00"}, ("cap",)),
        ("id: none\nrule: cap\nscope: {audience: {tags: [vip]}}", {"history": SENT * 9, "customer": TAGGED}, ()),
        ("id: app\nrule: cap\nscope: {scenes: [birthday]}", {"history": SENT, "scene": "birthday"}, ()),
        ("id: app\nrule: cap\nscope: {scenes: [birthday]}", {"history": SENT, "scene": "welcome"}, ("cap",)),
        (
            "id: app\nrule: cap\nscope: {scenes: [birthday]}",
            {"history": [{**SENT[0], "scene": "birthday"}], "scene": "welcome"},
            (),
        ),
        ("id: young\nrule: cap\nscope: {audience: {age: {below: 30}}}", {"history": SENT}, ("cap",)),
    ],
)  # fmt: skip
def test_where_a_rule_gives_way(exception: str, case: dict[str, Any], held: tuple[str, ...]) -> None:
    assert broken(exception, **case) == held


@pytest.mark.parametrize(
    ("exception", "said"),
    [
        ("id: x\nrule: cpa\nscope: {scenes: [a]}", "there is no rule 'cpa'"),
        ("id: cap\nrule: cap\nscope: {scenes: [a]}", "the id 'cap' belongs to a rule"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\ninstead: {scope: {}}", "instead cannot change 'scope'"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\ninstead: {type: min_gap}", "instead cannot change 'type'"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\ninstead: {severity: soft}", "instead cannot change 'severity'"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\ninstead: {mxa: 3}", "Did you mean 'max'?"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\ninstead: {max: many}", "max is a whole number"),
        ("id: x\nrule: cap\nscope: {channels: [sms]}\ninstead: {max: 3}", "have nothing in common"),
        ("id: x\nrule: cap\nscope: {channels: [email], except: {tags: [b]}}", "no except of its own"),
        ("id: x\nrule: cap\nscope: {offers: {tags: [b]}}", "are not named by tags"),
        ("id: x\nrule: cap\nscope: {}", "except is empty"),
        ("id: x\nrule: cap", "scope is missing"),
        ("id: x\nrule: cap\nscope: {scenes: [a]}\nutnil: 2026-12-31", "Did you mean 'until'?"),
    ],
)
def test_what_an_exception_may_not_do(exception: str, said: str) -> None:
    with pytest.raises(Unreadable) as told:
        book(exception)
    assert said in "\n".join(told.value.problems)


def test_a_rule_of_law_has_no_exception() -> None:
    text = "packs: [jp]\nexceptions:\n  - {id: x, rule: jp.alcohol, scope: {scenes: [a]}}"
    with pytest.raises(Unreadable, match="is a rule of law and has no exceptions"):
        read_policy(text)


@pytest.mark.parametrize("layer", ["law", "directive"])
def test_no_file_speaks_for_the_law_or_for_a_directive(layer: str) -> None:
    with pytest.raises(Unreadable, match="are not written in files"):
        read_policy(f"- {{id: x, type: min_gap, name: {{en: X}}, hours: 1, layer: {layer}}}")


def test_a_rule_cannot_take_the_place_of_one_in_a_pack() -> None:
    text = "packs: [jp]\nrules:\n  - {id: jp.alcohol, type: min_gap, name: {en: X}, hours: 1}"
    with pytest.raises(Unreadable, match="belongs to a pack"):
        read_policy(text)
