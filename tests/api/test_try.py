"""Trying rules: what directives, packs and YAML say of one situation, in the words of the contract."""

from typing import Any

import pytest
from sqlalchemy import func, select

from records import schema
from records.statement import prepare
from tests.api.house import House

NOON, NIGHT = "2026-11-25T12:00:00+09:00", "2026-11-25T23:00:00+09:00"
QUIET = '- {id: night, type: quiet_hours, name: {ja: 夜間, en: Night}, start: "21:00", end: "08:00"}'
ADULTS = """
- id: caps
  type: frequency_cap
  name: {ja: 週1通, en: One a week}
  scope: {audience: {stages: [dormant]}}
  max: 1
  window: {kind: rolling, unit: week}
"""


def tried(house: House, language: str = "en", **request: Any) -> Any:
    """The answer to a trial."""
    answered = house.post("/v1/policies/try", "marketer", {"language": language, **request})
    assert answered.status_code == 200, answered.text
    return answered.json()


def email(at: str = NOON, **more: Any) -> dict[str, Any]:
    """An email at that time."""
    return {"channel": "email", "at": at, **more}


def test_a_directive_alone_is_read_and_nothing_is_judged(shared: House) -> None:
    text = 'Hello! Never use the phrase "act now".'
    read = tried(shared, directives=[text])
    assert read["verdict"] is None
    for clause in read["clauses"]:
        assert text[clause["start"] : clause["end"]] == clause["text"]
        promised = {"directive", "text", "start", "end", "status", "rules", "question", "assumptions"}
        assert set(clause) == promised | {"wishes", "doubt", "read_by", "suggestions"}
    rules = [rule for clause in read["clauses"] for rule in clause["rules"]]
    assert rules[0]["type"] == "forbidden_phrase" and rules[0]["phrases"] == ["act now"]


def test_a_clause_that_is_not_understood_gives_no_verdict(shared: House) -> None:
    told = tried(shared, directives=["Make them feel the ocean."], customer={}, action=email())
    assert (told["verdict"], told["understood"]) == (None, False)
    assert told["clauses"][0]["question"]


def test_a_violation_names_rule_type_clause_and_reason(shared: House) -> None:
    told = tried(
        shared, "ja", directives=["「絶対」という言葉は使わない。"], action=email(), copy={"body": "絶対おすすめです。"}
    )
    assert (told["verdict"], told["understood"]) == ("deny", True)
    (violation,) = told["violations"]
    assert violation["type"] == "forbidden_phrase"
    assert "絶対" in violation["clause"] and "絶対" in violation["reason"]
    assert (violation["part"], violation["words"]) == ("body", "絶対")


@pytest.mark.parametrize(
    ("customer", "at", "verdict"),
    [
        ({}, NOON, "allow"),
        ({}, NIGHT, "deny"),
        ({"timezone": "America/New_York"}, NIGHT, "allow"),
        ({"timezone": None, "country": "US"}, "2026-11-25T12:30:00-05:00", "deny"),
        ({"timezone": None}, NOON, "allow"),
    ],
)
def test_rules_in_yaml_and_whose_clock_it_is(shared: House, customer: Any, at: str, verdict: str) -> None:
    assert tried(shared, policy=QUIET, customer=customer, action=email(at))["verdict"] == verdict


def test_what_is_left_out_is_unknown_and_what_was_sent_counts(shared: House) -> None:
    sent = [{"channel": "email", "at": "2026-11-23T10:00:00+09:00"}]
    for stage, verdict in (({"stage": "dormant"}, "deny"), ({"stage": "new"}, "allow"), ({}, "deny")):
        assert tried(shared, policy=ADULTS, customer=stage, action=email(), history=sent)["verdict"] == verdict
    assert tried(shared, policy=ADULTS, customer={"stage": "dormant"}, action=email())["verdict"] == "allow"


CEILING = "- {id: c, type: discount_ceiling, name: {en: C}, max_percent: 10}"


@pytest.mark.parametrize(
    ("offer", "verdict"),
    [
        ({"kind": "coupon", "discount_percent": 10}, "allow"),
        ({"kind": "coupon", "discount_percent": 11}, "deny"),
        ({"kind": "coupon"}, "deny"),
        ({"kind": "product"}, "allow"),
        ({"category": "food"}, "deny"),
        ({"price": 80, "list_price": 100}, "deny"),
        (None, "allow"),
    ],
)
def test_an_offer_that_does_not_say_what_it_is_may_be_a_coupon(shared: House, offer: Any, verdict: str) -> None:
    assert tried(shared, policy=CEILING, action=email(offer=offer))["verdict"] == verdict


CONSENT = "- {id: c, type: consent, name: {en: C}}"


@pytest.mark.parametrize(
    ("consents", "verdict"),
    [
        ({"email": True}, "allow"),
        ({"email": {"marketing": True, "service": False}}, "allow"),
        ({"email": {"service": True}}, "deny"),
        ({"marketing": True}, "allow"),
        ({"marketing": False, "email": True}, "deny"),
        ({"email": False, "marketing": True}, "deny"),
        ({"sms": True}, "deny"),
        ({}, "deny"),
    ],
)
def test_consents_by_channel_and_purpose(shared: House, consents: Any, verdict: str) -> None:
    assert tried(shared, policy=CONSENT, customer={"consents": consents}, action=email())["verdict"] == verdict


TEA = {"name": "Sencha", "price": 1200, "currency": "JPY", "url": "https://tea.example.com/sencha", "pack_size": 20}


@pytest.mark.parametrize(
    ("copy", "verdict"),
    [
        ({"subject": "Sencha", "body": "A box of 20 bags."}, "allow"),
        ({"subject": "Sencha", "body": "A box of 25 bags."}, "deny"),
        ({"subject": "Sencha", "body": "Only ¥1,200."}, "allow"),
        ({"subject": "Sencha", "body": "See https://elsewhere.example.net/sencha"}, "deny"),
        ({"subject": "Sencha", "url": "https://tea.example.com/sencha?utm_source=mail"}, "allow"),
        ({"subject": "You have 340 points", "body": "They wait for you."}, "allow"),
        ({"subject": "You have 430 points", "body": "They wait for you."}, "deny"),
    ],
)
def test_copy_is_held_against_the_facts_of_the_request(shared: House, copy: Any, verdict: str) -> None:
    told = tried(
        shared,
        packs=["house"],
        stations=["inspect"],
        customer={"language": "en"},
        action=email(offer=TEA),
        copy=copy,
        facts={"points": 340},
    )
    assert told["verdict"] == verdict, told["violations"]
    assert all(violation["reason"] and violation["clause"] for violation in told["violations"])


def test_only_the_stations_asked_for_run(shared: House) -> None:
    asked: dict[str, Any] = {"policy": QUIET, "customer": {}, "action": email(NIGHT), "copy": {"body": "Hello"}}
    assert tried(shared, **asked)["verdict"] == "deny"
    assert tried(shared, **asked, stations=["inspect"])["verdict"] == "allow"
    assert tried(shared, **asked, stations=[])["verdict"] is None


def test_the_sender_may_be_told(shared: House) -> None:
    sender = {
        "name": {"en": "Tea House"},
        "legal_name": {"en": "Tea House Ltd."},
        "address": {"en": "1 Leaf Street"},
        "phone": "0120-111-222",
        "hours": {"en": "10:00 to 18:00"},
        "site": "https://tea.example.com",
    }
    asked: dict[str, Any] = {
        "packs": ["house"],
        "stations": ["inspect"],
        "customer": {"language": "en"},
        "copy": {"channel": "sms", "body": "Call 0120-111-222 from 10:00."},
    }
    assert tried(shared, **asked)["verdict"] == "deny"
    assert tried(shared, **asked, sender=sender)["verdict"] == "allow"


def test_a_list_of_facts_is_read_as_its_words(shared: House) -> None:
    offer = {**TEA, "origins": ["Uji", "Yame"]}
    customer = {"language": "en", "attributes": {"interests": ["tea", 3]}}
    copy = {"body": "From Uji, Yame."}
    asked: dict[str, Any] = {"packs": ["house"], "customer": customer, "facts": {"shops": ["Kyoto"]}, "copy": copy}
    assert tried(shared, **asked, stations=["inspect"], action=email(offer=offer))["verdict"] == "allow"


def test_an_exception_may_be_tried_on_a_rule_of_the_house(shared: House) -> None:
    sent = [{"channel": "sms", "at": "2026-11-23T10:00:00+09:00"}]
    customer = {"consents": {"sms": True}, "tags": ["vip"]}
    action = {"channel": "sms", "at": NOON}
    asked: dict[str, Any] = {"packs": ["house"], "customer": customer, "action": action, "history": sent}
    assert tried(shared, **asked)["verdict"] == "deny"
    vip = "{id: x, rule: cap_sms_week, scope: {audience: {tags: [vip]}}, instead: {max: 3}}"
    assert tried(shared, **asked, policy=f"rules: []\nexceptions: [{vip}]")["verdict"] == "allow"


def test_a_wish_never_denies(shared: House) -> None:
    soft = QUIET.replace("id: night", "id: night, severity: soft")
    assert tried(shared, policy=soft, action=email(NIGHT))["verdict"] == "allow"


def test_the_same_id_twice_is_two_rules(shared: House) -> None:
    twice = 'Never use the phrase "act now". Never use the phrase "act now".'
    told = tried(shared, directives=[twice, twice], action=email(), copy={"body": "Act now!"})
    assert told["verdict"] == "deny"


def test_nothing_is_stored(house: House) -> None:
    every = [prepare(select(func.count()).select_from(table)) for table in schema.metadata.sorted_tables]
    before = house.parts.stores.read(lambda c: [c.one(count) for count in every])
    tried(house, packs=["house", "jp"], customer={"consents": {"email": True}}, action=email(), copy={"body": "Hi"})
    assert house.parts.stores.read(lambda c: [c.one(count) for count in every]) == before
