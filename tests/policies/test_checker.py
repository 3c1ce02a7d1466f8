"""The second opinion: one planted violation of every type of rule is found without the inspection's help."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.channel import Channel
from domain.message import Message, OfferLine
from domain.offer import Offer
from policies.checking.check import check, copy_faults
from policies.checking.verdicts import violated
from policies.facts import Situation, worded
from policies.rules import AnyRule
from tests.policies.examples import SENDER, action_in, book_of, offer_of, rules_of, situation_in
from tests.policies.strategies import actions, offers, rule_sets, situations
from tests.policies.test_copy import examples, house

CASES = Path(__file__).parent / "cases"
NOON = "2026-11-25T12:00:00+09:00"
NOT_IN_A_RECORD = {
    "channel_priority": "a wish: it ranks candidates and never keeps one back",
    "priority": "a wish: it ranks candidates and never keeps one back",
    "llm_data": "it says what a model may be shown before any words exist; the message shows nothing of it",
}
"""Types that leave no trace in a decision's record, and why."""


def planted() -> list[Any]:
    """Every line of planted.jsonl: a rule, a record, and the message that should never have left."""
    lines = (CASES / "checker" / "planted.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["rule"]["type"] not in NOT_IN_A_RECORD]
    return [pytest.param(case, id=f"{place}-{case['rule']['type']}") for place, case in enumerate(cases)]


def checked(case: dict[str, Any], message: dict[str, Any] | None, verdicts: int = 0) -> tuple[str, ...]:
    """The types of rule that the checker finds broken."""
    rules = rules_of(case["rule"])
    example = {"at": NOON, "channel": "email", **case}
    s = situation_in(example)
    a = action_in(example, s)
    language = (message or {}).get("language", "ja")
    written = None if message is None else Message(channel=a.channel, **{"language": "ja", **message})
    faults = check(rules, SENDER, s, worded(a, language, a.items), written, verdicts)
    return tuple(fault.type for fault in faults)


@pytest.mark.parametrize("case", planted())
def test_a_planted_violation_is_found_and_its_honest_twin_is_not(case: dict[str, Any]) -> None:
    kind = case["rule"]["type"]
    bad, good = {**case, **case.get("bad", {})}, {**case, **case.get("good", {})}
    assert set(checked(bad, bad.get("message", {"body": "器の市です。"}))) == {kind}, case
    assert checked(good, good.get("message", {"body": "器の市です。"})) == (), case


def test_every_type_of_rule_is_planted() -> None:
    types = {kind.model_fields["type"].default for kind in get_args(get_args(AnyRule)[0])}
    assert {case.values[0]["rule"]["type"] for case in planted()} | set(NOT_IN_A_RECORD) == types


def test_verdicts_must_follow_from_the_facts() -> None:
    night = {
        "rule": {"id": "night", "type": "quiet_hours", "start": "21:00", "end": "08:00"},
        "at": "2026-11-24T22:00:00+09:00",
    }
    assert checked(night, None, verdicts=1) == ()
    assert checked(night, None, verdicts=0) == ("quiet_hours",)
    assert checked({**night, "channel": "web"}, None, verdicts=1) == ("quiet_hours",)


def test_the_words_must_be_for_the_channel_and_the_offer_that_were_judged() -> None:
    rules = rules_of({"type": "consent", "needs": "no_refusal"})
    s = situation_in({})
    a = action_in({"at": NOON, "channel": "web", "offer": {"name": "器"}}, s)
    line = OfferLine(id="another", kind="product")
    message = Message(channel=Channel.EMAIL, language="ja", body="器です。", offer=line)
    assert [fault.type for fault in check(rules, SENDER, s, a, message, 0)] == ["channel", "offer"]


def test_a_soft_rule_is_a_wish() -> None:
    assert (
        checked({"rule": {"type": "forbidden_phrase", "phrases": ["安い"], "severity": "soft"}}, {"body": "安い"}) == ()
    )


def test_what_it_says_is_said_in_both_languages() -> None:
    rules = rules_of({"id": "words", "type": "forbidden_phrase", "phrases": ["絶対"]})
    s = situation_in({})
    a = action_in({"at": NOON, "channel": "web"}, s)
    message = Message(channel=Channel.WEB, language="ja", title="絶対だ")
    (fault,) = check(rules, SENDER, s, a, message, 0)
    assert fault.said.ja == "title の「絶対」は使わない言葉です（ルール words）。"
    assert fault.said.en == 'title: "絶対" is a phrase that is not used (rule words).'


@pytest.mark.parametrize("case", [case for case in examples() if case.values[0]["verdict"] == "allow"])
def test_it_does_not_cry_wolf(case: dict[str, Any]) -> None:
    assert opinion(case) == (), case["why"]


@pytest.mark.no_cover
def test_honest_messages_pass() -> None:
    lines = (CASES / "honest.jsonl").read_text(encoding="utf-8").splitlines()
    objected = [case["id"] for case in map(json.loads, lines) if opinion(case)]
    assert len(objected) <= len(lines) * 0.01, objected


def test_it_finds_most_of_what_is_wrong_by_its_own_short_lists() -> None:
    denied = [case.values[0] for case in examples() if case.values[0]["verdict"] == "deny"]
    missed = [case["id"] for case in denied if not opinion(case)]
    assert len(missed) <= len(denied) * 0.3, missed


def opinion(case: dict[str, Any]) -> tuple[str, ...]:
    """What the checker says of an example of tests/policies/cases/copy."""
    book = house(case.get("forbid"))
    customer = {"language": case["language"], **case.get("customer", {})}
    example = {**case, "customer": customer, "at": datetime.fromisoformat("2026-11-25T11:00:00+09:00").isoformat()}
    s = situation_in(example)
    a = worded(action_in({**example, "channel": case["copy"]["channel"]}, s), case["language"], ())
    message = Message(language=case["language"], **case["copy"])
    return tuple(fault.said.either("en") for fault in copy_faults(book.rules, SENDER, s, a, message))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("絶対", "絶<b>対</b>"),
        ("絶対", "絶\u200b対"),
        ("絶対", "絶・対"),
        ("絶対", "絶對"),
        ("絶対", "&#x7d76;対"),
        ("必ず痩せる", "かならずやせます"),
        ("必ず痩せる", "必ず、痩せた"),
        ("必ず治る", "必ず治ります"),
        ("急ぐ", "お急ぎください"),
        ("guaranteed", "ｇｕаｒаnteed"),
        ("guaranteed", "gu4r4nt33d"),
        ("guaranteed", "G U A R A N T E E D"),
        ("guaranteed", "guar\u00adanteed"),
        ("guaranteed", "gua\u0301ranteed"),
        ("guaranteed", "🅶🆄🅰🆁🅰🅽🆃🅴🅴🅳"),
        ("risk-free", "risk free"),
    ],
)
def test_disguises(phrase: str, text: str) -> None:
    case = {"rule": {"type": "forbidden_phrase", "phrases": [phrase]}, "channel": "app"}
    assert checked(case, {"body": text}) == ("forbidden_phrase",)


@pytest.mark.parametrize(
    ("phrase", "text"), [("絶対", "絶対値"), ("cheap", "cheapen"), ("penis", "pen is"), ("急ぐ", "特急列車")]
)
def test_words_that_only_look_like_it(phrase: str, text: str) -> None:
    assert checked({"rule": {"type": "forbidden_phrase", "phrases": [phrase]}}, {"body": text}) == ()


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None, derandomize=True)
@given(rule_sets, situations, st.lists(offers, max_size=3), st.data())
def test_both_opinions_agree_on_lists(
    given_rules: list[dict[str, object]], s: Situation, listed: list[Offer], data: st.DataObject
) -> None:
    rules = rules_of(*given_rules)
    a = worded(data.draw(actions(s)), "ja", tuple({one.id: one for one in listed}.values()))
    assert violated(rules, s, a) == book_of(*rules).deliver(s, a)


def test_a_list_of_discounts_is_added_up() -> None:
    rules = rules_of({"id": "spend", "type": "budget", "amount": 1000, "currency": "JPY", "per": "total"})
    s = situation_in({})
    saving = {"price": 500, "list_price": 1000, "currency": "JPY"}
    a = action_in({"at": NOON, "channel": "email", "offer": saving}, s)
    two, three = [tuple(offer_of({**saving, "id": f"offer-{n}"}) for n in range(count)) for count in (1, 2)]
    for items, found in ((two, 0), (three, 1)):
        listing = worded(a, "ja", items)
        assert violated(rules, s, listing) == book_of(*rules).deliver(s, listing) == found
