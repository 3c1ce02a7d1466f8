"""Analysis: planted flaws are found, honest rules are left alone, and an exact solver says the same."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel, Purpose, is_pushed
from domain.customer import Customer, Record
from domain.language import Text
from domain.offer import Offer
from policies.analysis import solver
from policies.analysis.audience import known
from policies.analysis.cover import MEANT
from policies.analysis.flaw import Flaw
from policies.analysis.flaws import flaws
from policies.analysis.lowering import lowered
from policies.analysis.shadow import covers
from policies.analysis.strictness import loosened
from policies.book import Book, Playbook
from policies.columns.judging import acts
from policies.document import read_data, read_playbook
from policies.exception import RuleException
from policies.facts import Situation, action_of, situation_of
from policies.kleene import verdict
from policies.rule import Rule
from policies.zones import known_zone
from tests.policies.examples import HOME, SENDER, rules_of
from tests.policies.strategies import actions, rule_sets, situations

CASES = Path(__file__).parent / "cases" / "analysis" / "flaws.yaml"
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


def cases() -> list[Any]:
    """The examples on the page."""
    found = read_data(CASES.read_text(encoding="utf-8"), CASES.name)
    assert isinstance(found, list)
    return found


def playbook_of(case: Mapping[str, Any]) -> Playbook:
    """A playbook with short ids."""
    rules = rules_of(*({"id": f"r{place}", **rule} for place, rule in enumerate(case["rules"])))
    exceptions = tuple(RuleException.model_validate(one) for one in case.get("exceptions", ()))
    return Playbook(rules=rules, scenes=(), sender=SENDER, exceptions=exceptions)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["why"])
def test_flaws_are_found_and_nothing_else(case: Mapping[str, Any]) -> None:
    found = flaws(playbook_of(case), TODAY)
    assert [(flaw.kind, list(flaw.rules)) for flaw in found] == [(one["kind"], one["rules"]) for one in case["flaws"]]
    for flaw, expected in zip(found, case["flaws"], strict=True):
        if "witness" in expected:
            assert flaw.witness == expected["witness"]


@pytest.mark.parametrize("case", [case for case in cases() if case["flaws"]], ids=lambda case: case["why"])
def test_flaws_speak_and_name_whom_they_touch(case: Mapping[str, Any]) -> None:
    for flaw in flaws(playbook_of(case), TODAY):
        assert flaw.text.ja and flaw.text.ja.endswith("。")
        assert flaw.text.en and flaw.text.en.endswith(".")
        assert "None" not in flaw.text.ja + flaw.text.en
        if flaw.witness is not None:
            assert is_meant(flaw)


def witness(flaw: Flaw) -> Record:
    """The example customer of a flaw, at noon."""
    told = {"id": "witness", **(flaw.witness or {})}
    days = told.pop("days_since_order", None)
    record = Record(customer=Customer.model_validate(told))
    return record if days is None else record.who_ordered(NOON - timedelta(days=float(str(days))))


def is_meant(flaw: Flaw) -> bool:
    """Whether the example customer surely is one of those whom the flaw touches."""
    s = situation_of(witness(flaw), HOME)
    return verdict(flaw.audience, s, action_of(s, Channel.EMAIL, Purpose.MARKETING, NOON)) is True


def test_the_house_rules_have_no_flaw() -> None:
    assert flaws(read_playbook(), TODAY) == ()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["why"])
def test_the_exact_solver_agrees(case: Mapping[str, Any]) -> None:
    rules = playbook_of(case).rules
    for one in lowered(rules):
        if one.hard:
            silent = not any(known(box) for box in one.must or ())
            assert solver.never_fires(one.rule) == silent
        for other in lowered(rules):
            if one.hard and other.hard and one is not other and covers(other, one):
                assert solver.implies(one.rule, [other.rule])
    expected = [one for one in case["flaws"] if one["kind"] == "no_channel"]
    asked = [
        one.rule
        for one in lowered(rules)
        if one.hard and one.rule.kind not in MEANT and one.rule.kind != "frequency_cap"
    ]
    if len(asked) > 1:
        found = solver.unreachable(asked, [channel for channel in Channel if is_pushed(channel)])
        assert (found is not None) == bool(expected)


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None, derandomize=True)
@given(rule_sets)
def test_boxes_claim_nothing_that_the_solver_denies(notes: list[dict[str, object]]) -> None:
    rules = [one for one in lowered(rules_of(*notes)) if one.hard]
    for one in rules:
        if one.must is not None:
            assert solver.never_fires(one.rule) == (not any(known(box) for box in one.must)), one.rule
        for other in rules:
            if one is not other and covers(other, one):
                assert solver.implies(one.rule, [other.rule]), (one.rule, other.rule)


@pytest.mark.no_cover
@settings(max_examples=70, deadline=None, derandomize=True)
@given(rule_sets, rule_sets, situations, st.data())
def test_what_is_not_loosened_forbids_all_that_it_forbade(
    old: list[dict[str, object]], new: list[dict[str, object]], s: Situation, data: st.DataObject
) -> None:
    before = rules_of(*old)
    kept = data.draw(st.lists(st.sampled_from(old), max_size=4))
    after = rules_of(*(widened(note) for note in kept), *({**note, "id": f"n{n}"} for n, note in enumerate(new)))
    lost = loosened(before, after)
    for _ in range(3):
        a = data.draw(actions(s))
        forbids = any(verdict(one.violation(), s, a) is not False for one in after if acts(one) and hard(one))
        for rule in before:
            if acts(rule) and hard(rule) and rule.id not in lost and verdict(rule.violation(), s, a) is not False:
                assert forbids, rule


def hard(rule: Rule) -> bool:
    """Whether the rule forbids."""
    return rule.severity == "hard"


def widened(note: dict[str, object]) -> dict[str, object]:
    """The rule for everybody and every day."""
    scope = note.get("scope")
    kept = scope.items() if isinstance(scope, dict) else ()
    return {**note, "scope": {name: part for name, part in kept if name not in ("audience", "dates")}}


def test_a_change_that_loosens_is_named() -> None:
    (day,) = rules_of({"id": "cap", "type": "frequency_cap", "max": 1, "window": {"kind": "calendar", "unit": "day"}})
    (week,) = rules_of({"id": "cap", "type": "frequency_cap", "max": 1, "window": {"kind": "rolling", "unit": "week"}})
    (two,) = rules_of({"id": "cap", "type": "frequency_cap", "max": 2, "window": {"kind": "calendar", "unit": "day"}})
    assert loosened([day], [week]) == () and loosened([day], [two]) == ("cap",) and loosened([week], [day]) == ("cap",)
    (night,) = rules_of({"id": "night", "type": "quiet_hours", "start": "21:00", "end": "08:00"})
    halves = rules_of(
        {"id": "early", "type": "quiet_hours", "start": "00:00", "end": "09:00"},
        {"id": "late", "type": "quiet_hours", "start": "20:00", "end": "00:00"},
    )
    assert loosened([night], halves) == () and loosened([night], halves[:1]) == ("night",)
    (words,) = rules_of({"id": "words", "type": "forbidden_phrase", "phrases": ["絶対"]})
    (more,) = rules_of({"id": "more", "type": "forbidden_phrase", "phrases": ["絶対", "必ず"]})
    assert loosened([words], [more]) == () and loosened([more], [words]) == ("more",)
    (wish,) = rules_of({"id": "words", "type": "forbidden_phrase", "phrases": ["絶対"], "severity": "soft"})
    assert loosened([words], [wish]) == ("words",) and loosened([wish], []) == ()


def test_a_hundred_rules_are_examined_at_once() -> None:
    notes = [rule for case in cases() for rule in case["rules"]][:100]
    many = rules_of(*({**note, "id": f"r{place}"} for place, note in enumerate(notes)))
    started = thread_time()
    flaws(Playbook(rules=many, scenes=(), sender=SENDER), TODAY)
    assert thread_time() - started < 5


OFFERED = [
    None,
    *(
        Offer(id="o", kind=kind, name=Text(en="o"), category=category, price=price, list_price=price, in_stock=True)
        for kind in ("product", "coupon")
        for category in ("food", "alcohol")
        for price in (Decimal(1000), Decimal(4000), Decimal(9000))
    ),
]


@pytest.mark.parametrize(
    "case",
    [case for case in cases() if any(one["kind"] == "no_channel" for one in case["flaws"])],
    ids=lambda case: case["why"],
)
def test_nothing_reaches_the_example_customer(case: Mapping[str, Any]) -> None:
    playbook = playbook_of(case)
    (flaw,) = (flaw for flaw in flaws(playbook, TODAY) if flaw.kind == "no_channel")
    record = witness(flaw)
    assert unreached(playbook, record) and not unreached(Playbook(rules=(), scenes=(), sender=SENDER), record)


def unreached(playbook: Playbook, record: Record) -> bool:
    """Whether no channel, hour or offer reaches somebody who agreed to everything."""
    agreed = {(channel.value, "*"): True for channel in Channel}
    customer = record.customer.model_copy(update={"timezone": "Asia/Tokyo", "country": record.customer.country or "JP"})
    s = situation_of(record.model_copy(update={"customer": customer, "consents": agreed}), HOME, tallies={})
    book = Book(1, playbook)
    monday = datetime(2026, 11, 23, tzinfo=known_zone("Asia/Tokyo"))
    return all(
        book.deliver(
            s, action_of(s, channel, Purpose.MARKETING, monday + timedelta(hours=hour), offer=offer, approved=True)
        )
        for channel in Channel
        if is_pushed(channel)
        for hour in range(0, 168, 5)
        for offer in OFFERED[1:]
    )


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None, derandomize=True)
@given(rule_sets)
def test_any_rules_can_be_examined(notes: list[dict[str, object]]) -> None:
    playbook = Playbook(rules=rules_of(*notes), scenes=(), sender=SENDER)
    for flaw in flaws(playbook, date(2026, 10, 30)):
        assert flaw.text.ja and flaw.text.en and "None" not in flaw.text.ja + flaw.text.en
        assert set(flaw.rules) <= {rule.id for rule in playbook.rules}
        if flaw.witness is not None:
            assert is_meant(flaw)
